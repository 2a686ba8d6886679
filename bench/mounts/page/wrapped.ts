/**
 * What the browser's counters cannot tell: timers that are still to come, and listeners on what
 * outlives an element. To be wrapped before any other script runs.
 */
const timers = new Map<number, string>();
const listeners = new Map<string, number>();

type Start = (handler: () => void, delay?: number) => number;

const wrapTimers = (): void => {
  const {setTimeout: later, setInterval: often, clearTimeout: stop} = window;
  const wrapped =
    (start: Start, name: string, isOnce: boolean) =>
    (handler: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): number => {
      const run = (): void => {
        if (isOnce) timers.delete(id);
        handler(...args);
      };
      const id = start(run, delay);
      timers.set(id, `${name} of ${delay ?? 0} ms`);
      return id;
    };
  const clear = (id?: number): void => {
    timers.delete(id!);
    stop(id);
  };
  Object.assign(window, {
    setTimeout: wrapped(later as Start, 'setTimeout', true),
    setInterval: wrapped(often as Start, 'setInterval', false),
    clearTimeout: clear,
    clearInterval: clear,
  });
};

const wrapListeners = (target: EventTarget, targetName: string): void => {
  type Listener = EventListenerOrEventListenerObject;
  type Options = boolean | AddEventListenerOptions | undefined;
  const {addEventListener: add, removeEventListener: remove} = target;
  const known = new Map<string, Set<Listener>>();
  const count = (name: string, by: number): void => {
    listeners.set(name, (listeners.get(name) ?? 0) + by);
  };
  const keyOf = (type: string, options: Options): string =>
    `${type} ${typeof options === 'object' ? !!options.capture : !!options}`;
  const forget = (type: string, listener: Listener, options: Options): void => {
    if (known.get(keyOf(type, options))?.delete(listener)) count(`${type} on ${targetName}`, -1);
  };
  target.addEventListener = (type: string, listener: Listener | null, options?: Options): void => {
    const {signal, once} = typeof options === 'object' ? options : {};
    if (!listener || signal?.aborted) return;
    const key = keyOf(type, options);
    const same = known.get(key) ?? new Set();
    known.set(key, same);
    if (!same.has(listener)) {
      same.add(listener);
      count(`${type} on ${targetName}`, 1);
      const gone = (): void => forget(type, listener, options);
      signal?.addEventListener('abort', gone, {once: true});
      if (once) add.call(target, type, gone, {once, ...(signal && {signal})});
    }
    add.call(target, type, listener, options);
  };
  target.removeEventListener = (
    type: string,
    listener: Listener | null,
    options?: Options,
  ): void => {
    if (listener) forget(type, listener, options);
    remove.call(target, type, listener, options);
  };
};

wrapTimers();
wrapListeners(window, 'window');
wrapListeners(document, 'document');

/** How many there are now, by what they are. */
export const wrappedCounts = (): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of timers.values()) counts[name] = (counts[name] ?? 0) + 1;
  for (const [name, count] of listeners) if (count) counts[`listener of ${name}`] = count;
  return counts;
};
