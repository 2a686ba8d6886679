const {setTimeout: later} = window;
let due: number | undefined;
afterEach(() => void Object.assign(window, {setTimeout: later}));

/**
 * Has the page's timers tell, until the end of the test, when they were due: on a busy machine each comes late,
 * which is no fault of the page that has set it.
 *
 * @returns what `performance.now()` should be in the timer that runs now, and is elsewhere
 */
export const watchTimers = (): (() => number) => {
  const set = (task: (...args: unknown[]) => void, delay = 0, ...args: unknown[]): number => {
    const at = performance.now() + delay;
    return later(() => {
      due = at;
      try {
        task(...args);
      } finally {
        due = undefined;
      }
    }, delay);
  };
  Object.assign(window, {setTimeout: set});
  return () => due ?? performance.now();
};

/**
 * Resolves after so much time of the page's own timers, one set when the one before has come. Whatever
 * waits by such timers in the page for less comes before that, however late all of them are.
 */
export const timers = async (...delays: readonly number[]): Promise<void> => {
  for (const delay of delays) await new Promise((resolve) => later(resolve, delay));
};
