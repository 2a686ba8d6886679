import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Checks one document, without its frames, by axe-core.
 *
 * @param {import('../../support/e2e-browser.mjs').Scope} scope
 * @returns {Promise<string[]>} the violations, one line each; none is what is wanted
 */
export const violationsIn = async (scope) => {
  // The driver runs it: the demo's policy would stop a script element.
  await scope.evaluate(SOURCE);
  return scope.evaluate(async () => {
    // A colour on its way to another is neither.
    for (const animation of document.getAnimations())
      if (animation.effect.getComputedTiming().endTime < Infinity) animation.finish();
    // Without frames, as axe would post messages into them; without preload, as it would fetch.
    const {violations} = await globalThis.axe.run(document, {iframes: false, preload: false});
    return violations.flatMap(({id, nodes}) =>
      nodes.map(
        ({target, failureSummary}) => `${id}: ${target.flat().join(' ')} ${failureSummary}`,
      ),
    );
  });
};
