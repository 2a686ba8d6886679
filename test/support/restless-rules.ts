const CALM = 'prefers-reduced-motion';

/** What moves by itself, by the properties that say so. */
const moves = (style: CSSStyleDeclaration): boolean =>
  style.scrollBehavior === 'smooth' ||
  style.animationName.split(', ').some((name) => name && name !== 'none') ||
  // What is seen or not has nothing between: its transition says when, and moves nothing.
  (style.transitionProperty !== 'visibility' &&
    [style.transitionDuration, style.transitionDelay]
      .join()
      .split(',')
      .some((each) => parseFloat(each) > 0));

/** The rules that move something even for people who want less motion. */
const restless = (rules: Iterable<CSSRule>): string[] =>
  [...rules].flatMap((rule) => {
    // Only what is asked for such people alone, or for all but them, may be another thing.
    if (rule instanceof CSSMediaRule && rule.conditionText.includes(CALM))
      return rule.conditionText.includes(`${CALM}: no-preference`) ? [] : restless(rule.cssRules);
    if (rule instanceof CSSStyleRule && moves(rule.style)) return [rule.cssText];
    return 'cssRules' in rule ? restless(rule.cssRules as CSSRuleList) : [];
  });

/** Those in the style sheets of a shadow tree. */
export const restlessRules = ({adoptedStyleSheets, styleSheets}: ShadowRoot): string[] =>
  // Some browsers have the adopted ones in both lists.
  [...new Set([...adoptedStyleSheets, ...styleSheets])].flatMap((sheet) =>
    restless(sheet.cssRules),
  );
