const {requestAnimationFrame: real} = globalThis;

afterEach(() => void (globalThis.requestAnimationFrame = real));

/**
 * Keeps all that waits for a frame from now on.
 *
 * @returns has it drawn, in one frame, after which all is as ever; ends with the test at the latest
 */
export const holdFrames = (): (() => void) => {
  const held: FrameRequestCallback[] = [];
  globalThis.requestAnimationFrame = (told) => -held.push(told);
  return () => {
    globalThis.requestAnimationFrame = real;
    real((now) => held.forEach((told) => told(now)));
  };
};
