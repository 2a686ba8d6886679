/**
 * What Lit's css-tag.js is to ReactiveElement, in the classic script: without the ways for browsers
 * that adopt no style sheets, as none that knows `:state()` is one of them. rollup.config.mjs puts
 * it in its place.
 */

/** Makes a style sheet. Takes no values, as none of ours has any. */
export const css = (strings: TemplateStringsArray): CSSStyleSheet => unsafeCSS(strings.join(''));

export const unsafeCSS = (text: string): CSSStyleSheet => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
};

export const getCompatibleStyle = (sheet: CSSStyleSheet): CSSStyleSheet => sheet;

export const adoptStyles = (root: ShadowRoot, sheets: CSSStyleSheet[]): void => {
  root.adoptedStyleSheets = sheets;
};

export const supportsAdoptingStyleSheets = true;
export const CSSResult = globalThis.CSSStyleSheet;
