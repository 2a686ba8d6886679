/** Takes what was seen at a place; anything at all. */
export type Note = (place: string, thing: unknown) => void;

type Method = (...args: readonly unknown[]) => unknown;

/** Lets `hear` know of each call of a method until the signal; `silent`: nobody else hears of it. */
const hook = (
  target: object,
  name: string,
  signal: AbortSignal,
  hear: (args: readonly unknown[]) => void,
  silent = false,
): void => {
  const own = Object.getOwnPropertyDescriptor(target, name);
  const original = Reflect.get(target, name) as Method;
  const value = function (this: unknown, ...args: readonly unknown[]): unknown {
    hear(args);
    return silent ? undefined : Reflect.apply(original, this, args);
  };
  Object.defineProperty(target, name, {configurable: true, writable: true, value});
  signal.addEventListener('abort', () => {
    if (own) Object.defineProperty(target, name, own);
    else Reflect.deleteProperty(target, name);
  });
};

/** The same for what is made with `new`. */
const hookClass = (
  name: 'WebSocket' | 'EventSource' | 'Worker',
  signal: AbortSignal,
  note: Note,
) => {
  const Real = globalThis[name];
  const construct = (target: object, args: readonly unknown[], made: object): object => {
    note('request', String(args[0]));
    return Reflect.construct(target as new () => object, [...args], made as new () => object);
  };
  Reflect.set(globalThis, name, new Proxy(Real, {construct}));
  signal.addEventListener('abort', () => Reflect.set(globalThis, name, Real));
};

const hookRequests = (note: Note, signal: AbortSignal): void => {
  const request = ([input]: readonly unknown[]): void =>
    note('request', input instanceof Request ? input.url : String(input));
  hook(globalThis, 'fetch', signal, request);
  hook(navigator, 'sendBeacon', signal, request);
  hook(globalThis, 'open', signal, request);
  hook(XMLHttpRequest.prototype, 'open', signal, ([, url]) => note('request', String(url)));
  for (const name of ['WebSocket', 'EventSource', 'Worker'] as const) hookClass(name, signal, note);
};

/** Also what stays there for no longer than a moment. */
const hookStorage = (note: Note, signal: AbortSignal): void => {
  hook(Storage.prototype, 'setItem', signal, (args) => note('storage', args));
  for (const name of ['put', 'add'])
    hook(IDBObjectStore.prototype, name, signal, (args) => note('database', args));
  hook(Cache.prototype, 'put', signal, ([request]) =>
    note('cache', request instanceof Request ? request.url : String(request)),
  );
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
  const set = (text: string): void => {
    note('cookie', text);
    cookie.set!.call(document, text);
  };
  Object.defineProperty(document, 'cookie', {
    configurable: true,
    get: () => cookie.get!.call(document),
    set,
  });
  signal.addEventListener('abort', () => Reflect.deleteProperty(document, 'cookie'));
  for (const name of ['pushState', 'replaceState'])
    hook(history, name, signal, (args) => note('address', args));
};

/** Frames of other origins cannot be watched from here; a puppet in one tells what it was sent. */
const hookMessages = (note: Note, signal: AbortSignal): void => {
  for (const target of [window, MessagePort.prototype, BroadcastChannel.prototype])
    hook(target, 'postMessage', signal, ([data]) => note('message', data));
  addEventListener('message', ({data}) => note('message', data), {capture: true, signal});
};

/** Notes all that the page does from now on until the signal, at the moment at which it does it. */
export const hookPage = (note: Note, signal: AbortSignal): void => {
  hookRequests(note, signal);
  hookStorage(note, signal);
  hookMessages(note, signal);
  for (const [name, value] of Object.entries(console))
    if (typeof value === 'function')
      hook(console, name, signal, (args) => note('console', args), true);
  hook(EventTarget.prototype, 'dispatchEvent', signal, ([event]) => {
    if (event instanceof Event && /^(rc|pexip)-/.test(event.type)) note('event', event);
  });
  for (const type of ['error', 'unhandledrejection'])
    addEventListener(type, (event) => note('error', event), {capture: true, signal});
};
