/** Something was listened to on the window or the document. */
interface Listening {
  readonly type: string;
  readonly listener: unknown;
  readonly signal: AbortSignal | undefined;
}

/**
 * Counts what is listened to on window and document from now on, and neither removed nor aborted; ends
 * with `signal`. What was listened to before is not counted.
 */
export const watchListeners = (signal: AbortSignal) => {
  const all = new Set<Listening>();
  for (const target of [window, document] as EventTarget[]) {
    const {addEventListener, removeEventListener} = target;
    target.addEventListener = (type, listener, options) => {
      const aborts = typeof options === 'object' ? options.signal : undefined;
      all.add({type, listener, signal: aborts});
      addEventListener.call(target, type, listener, options);
    };
    target.removeEventListener = (type, listener, options) => {
      for (const each of all)
        if (each.type === type && each.listener === listener) all.delete(each);
      removeEventListener.call(target, type, listener, options);
    };
    signal.addEventListener('abort', () => {
      // What was put on the target itself goes, and its prototype's shows again.
      for (const name of ['addEventListener', 'removeEventListener'])
        Reflect.deleteProperty(target, name);
    });
  }
  /** The types that are listened to now, sorted. */
  return (): string[] =>
    [...all]
      .filter((each) => !each.signal?.aborted)
      .map(({type}) => type)
      .sort();
};
