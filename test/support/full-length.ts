/**
 * Whether this browser is the one that takes the longest runs at full length: Chromium. What such a run tests
 * of a browser itself shows in a shorter one, too, and three long ones at once keep a machine busy for minutes.
 * Without a window it calls itself HeadlessChrome.
 */
const AT_FULL_LENGTH = navigator.userAgent.includes('Chrome/');

/** The one in Chromium, the other one in Firefox and WebKit. */
export const atFullLength = <Value>(full: Value, shorter: Value): Value =>
  AT_FULL_LENGTH ? full : shorter;
