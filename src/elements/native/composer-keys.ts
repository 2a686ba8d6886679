/** While letters are composed by an input method, keys belong to it. WebKit tells its last Enter by the code 229 alone. */
export const isComposing = ({isComposing, keyCode}: KeyboardEvent): boolean =>
  isComposing || keyCode === 229;

/** A key without any modifier. */
export const isPlain = ({altKey, ctrlKey, metaKey, shiftKey}: KeyboardEvent): boolean =>
  !altKey && !ctrlKey && !metaKey && !shiftKey;

/** Whether Enter sends by default: on a touch screen it breaks the line, as there is no Shift to it. */
export const enterSends = (): boolean => !matchMedia('(hover: none) and (pointer: coarse)').matches;
