/**
 * Which browser takes a run at full length. What such a run tests of a browser itself shows in a shorter one, too,
 * and three long ones at once keep a machine busy for minutes. Each of the two browsers is the quickest at its own.
 * Without a window Chromium calls itself HeadlessChrome.
 */
const AT_FULL_LENGTH = {
  /** Many messages. */
  chromium: navigator.userAgent.includes('Chrome/'),
  /** Nothing but waiting. */
  webkit: /AppleWebKit\/(?!.*Chrome\/)/.test(navigator.userAgent),
};

/** The one in the browser of this name, the other one elsewhere. */
export const atFullLength = <Value>(
  browser: keyof typeof AT_FULL_LENGTH,
  full: Value,
  shorter: Value,
): Value => (AT_FULL_LENGTH[browser] ? full : shorter);
