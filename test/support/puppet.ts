let lastId = 0;

/** What a puppet was sent in a flood, by action. */
export type Flood = Readonly<Record<string, {readonly count: number; readonly last: unknown}>>;

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

interface Sending {
  /** Levels above the puppet. Default 1. */
  readonly up?: number;
  /** Default 1. */
  readonly times?: number;
}

/**
 * Has a puppet post messages to the window `up` levels above it, all of them `times` times over, and
 * resolves when they have arrived: the puppet answers after them, and messages between two windows
 * keep their order.
 */
export const puppetSendsAll = async (
  puppet: Window,
  messages: readonly unknown[],
  {up = 1, times = 1}: Sending = {},
): Promise<void> => {
  const id = ++lastId;
  const sent = nextMessage(({data}) => data?.puppet === 'sent' && data.id === id);
  puppet.postMessage({puppet: 'send', id, messages, up, times}, '*');
  await sent;
};

/** Has a puppet post one message, as {@link puppetSendsAll} does. */
export const puppetSends = (puppet: Window, message: unknown, sending?: Sending): Promise<void> =>
  puppetSendsAll(puppet, [message], sending);

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

/**
 * Has a puppet count what it is sent from now on, and tell nothing of it. The function that is returned
 * ends that, and resolves with the counts of all that was sent until then.
 */
export const puppetFlood = (puppet: Window): (() => Promise<Flood>) => {
  puppet.postMessage({puppet: 'flood begins'}, '*');
  return async () => {
    const id = ++lastId;
    const told = nextMessage(({data}) => data?.puppet === 'flood' && data.id === id);
    puppet.postMessage({puppet: 'flood ends', id}, '*');
    return (await told).data.flood;
  };
};
