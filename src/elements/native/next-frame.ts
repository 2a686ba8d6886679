/** A page in the background gets no frames; it is brought up to date so often, ms. */
const IN_BACKGROUND = 250;

/** Does something in the next frame, or soon where the page has none. @returns calls it off */
export const inNextFrame = (work: () => void): (() => void) => {
  let frame = 0;
  const cancel = (): void => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
  const done = (): void => {
    cancel();
    work();
  };
  const timer = setTimeout(done, IN_BACKGROUND);
  frame = requestAnimationFrame(done);
  return cancel;
};

/** Resolves with the next frame, or soon where the page has none. */
export const nextFrame = (): Promise<void> => new Promise((resolve) => inNextFrame(resolve));
