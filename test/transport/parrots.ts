/** Listens for orders on a port: to say something to a window above, and to tell what it hears. */
const SCRIPT = `<!doctype html><script>
  let port;
  addEventListener('message', ({data, origin, ports}) => {
    if (!ports[0]) return port?.postMessage({data, origin});
    port = ports[0];
    port.onmessage = ({data: {levels, say}}) => {
      let target = self;
      for (let level = 0; level < levels; level++) target = target.parent;
      target.postMessage(say, '*');
    };
    port.postMessage('listening');
  });
</script>`;

/** What a {@link Parrot} has heard. */
export interface Heard {
  readonly data: unknown;
  /** Of the window that spoke. */
  readonly origin: string;
}

const nextOn = <T>(port: MessagePort): Promise<T> =>
  new Promise((resolve) => {
    port.onmessage = ({data}) => resolve(data as T);
  });

/** A real frame that says to the test's window what it is told to. */
export interface Parrot {
  readonly frame: HTMLIFrameElement;
  readonly window: Window;
  /** Says it, and resolves when every listener of the test's window has been told. */
  readonly say: (data: unknown) => Promise<void>;
  /** What it is told next by a window message. */
  readonly hears: () => Promise<Heard>;
}

export interface ParrotOptions {
  /** Where to put the frame; its document may be that of another frame. */
  readonly into: HTMLElement;
  /** Gives the frame an opaque origin. */
  readonly opaque?: boolean;
}

const levelsBelow = (above: Window, self: Window): number =>
  self === above ? 0 : 1 + levelsBelow(above, self.parent);

/** Opens a frame in the test's document or in one of its frames, with the page's origin or none. */
export const openParrot = async ({into, opaque = false}: ParrotOptions): Promise<Parrot> => {
  const frame = into.ownerDocument.createElement('iframe');
  if (opaque) frame.setAttribute('sandbox', 'allow-scripts');
  // WebKit opens no third about:srcdoc below two others, but any number of blobs.
  if (opaque) frame.srcdoc = SCRIPT;
  else frame.src = URL.createObjectURL(new Blob([SCRIPT], {type: 'text/html'}));
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, {once: true}));
  into.append(frame);
  await loaded;
  const self = frame.contentWindow!;
  const {port1: port, port2} = new MessageChannel();
  const listening = nextOn(port);
  self.postMessage(null, '*', [port2]);
  await listening;
  const levels = levelsBelow(window, self);
  return {
    frame,
    window: self,
    hears: () => nextOn<Heard>(port),
    say: (data) =>
      new Promise((resolve) => {
        const done = new AbortController();
        const told = ({source}: MessageEvent): void => {
          if (source !== self) return;
          done.abort();
          resolve();
        };
        // Added last, so that it is told last.
        window.addEventListener('message', told, {signal: done.signal});
        port.postMessage({levels, say: data});
      }),
  };
};

/** Opens a parrot inside the document of `outer`, which must have the page's origin. */
export const openParrotIn = (outer: Parrot, opaque = false): Promise<Parrot> =>
  openParrot({into: outer.frame.contentDocument!.body, opaque});
