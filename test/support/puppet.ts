let lastId = 0;

/** Resolves with the first message that `matches`. */
export const nextMessage = (
  matches: (event: MessageEvent<{puppet?: string; id?: number; data?: unknown}>) => boolean,
): Promise<MessageEvent> =>
  new Promise((resolve) => {
    const life = new AbortController();
    window.addEventListener(
      'message',
      (event) => {
        if (!matches(event)) return;
        life.abort();
        resolve(event);
      },
      {signal: life.signal},
    );
  });

/**
 * Has a puppet post a message to the window `up` levels above it, and resolves when the message has
 * arrived: the puppet answers after it, and messages between two windows keep their order.
 */
export const puppetSends = async (
  puppet: Window,
  message: unknown,
  {up = 1, times = 1}: {up?: number; times?: number} = {},
): Promise<void> => {
  const id = ++lastId;
  const sent = nextMessage(({data}) => data?.puppet === 'sent' && data.id === id);
  puppet.postMessage({puppet: 'send', id, message, up, times}, '*');
  await sent;
};

/** What the puppets of this page were sent, from now on. */
export const puppetMail = (): unknown[] => {
  const mail: unknown[] = [];
  window.addEventListener('message', ({data}) => {
    if (data?.puppet === 'got') mail.push(data.data);
  });
  return mail;
};

/** Resolves with the next thing a puppet was sent that has this action. */
export const puppetGets = async (action: string): Promise<Record<string, unknown>> => {
  const {data} = await nextMessage(
    ({data: got}) =>
      got?.puppet === 'got' && (got.data as {action?: string} | null)?.action === action,
  );
  return data.data;
};
