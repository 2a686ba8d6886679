import 'axe-core';
import type Axe from 'axe-core';

// It is no module, and leaves its name on the window.
const {axe} = globalThis as unknown as {axe: typeof Axe};

/** The rules about colours, the only ones that can find something in one colour scheme alone. */
export const OF_COLOURS = ['color-contrast', 'link-in-text-block'] as const;

/**
 * What axe-core finds wrong in an element and the shadow trees in it, one line each.
 *
 * @param rules all but those that need a whole page, if left out
 */
export const violationsIn = async (
  element: Element,
  rules?: readonly string[],
): Promise<string[]> => {
  const {violations} = await axe.run(element, {
    // A test's page has no landmarks.
    ...(rules ? {runOnly: [...rules]} : {rules: {region: {enabled: false}}}),
    // Without preload, as it would fetch; without frames, as it would post messages into them.
    preload: false,
    iframes: false,
    // Nobody asks what was found to be right.
    resultTypes: ['violations'],
  });
  return violations.flatMap(({id, nodes}) =>
    nodes.map(({html, failureSummary}) => `${id}: ${html} ${failureSummary}`),
  );
};
