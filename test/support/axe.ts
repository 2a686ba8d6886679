import 'axe-core';
import type Axe from 'axe-core';

// It is no module, and leaves its name on the window.
const {axe} = globalThis as unknown as {axe: typeof Axe};

/** What axe-core finds wrong in an element and the shadow trees in it, one line each. */
export const violationsIn = async (element: Element): Promise<string[]> => {
  const {violations} = await axe.run(element, {
    // A test's page has no landmarks.
    rules: {region: {enabled: false}},
    // Without preload, as it would fetch; without frames, as it would post messages into them.
    preload: false,
    iframes: false,
  });
  return violations.flatMap(({id, nodes}) =>
    nodes.map(({html, failureSummary}) => `${id}: ${html} ${failureSummary}`),
  );
};
