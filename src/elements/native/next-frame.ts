/** A page in the background gets no frames; it is brought up to date so often, ms. */
const IN_BACKGROUND = 250;

/** Resolves with the next frame, or soon where the page has none. */
export const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      resolve();
    };
    const frame = requestAnimationFrame(done);
    const timer = setTimeout(done, IN_BACKGROUND);
  });
