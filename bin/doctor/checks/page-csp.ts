import {judgePolicies} from '../judge/page-policies.js';
import {metaOf} from '../judge/plugin-page.js';
import {policiesOf} from '../judge/csp.js';
import {whatCame} from '../judge/page-kind.js';
import {ok, unchecked, wrong, type Check} from '../verdict.js';
import {good} from './common.js';

const BY_HAND =
  'Compare the Content-Security-Policy of your page with docs/csp-and-origins.md; curl -I shows it.';

/** Whether the pages' own policies let them load what the elements need. */
export const pageCsp: Check = {
  id: 'page-csp',
  subject: 'Page',
  run: async (scene) => {
    if (scene.pages.length === 0) {
      return unchecked('No page was given.', `Run the doctor with --page, or: ${BY_HAND}`);
    }
    if (!scene.readPages) {
      return unchecked('The pages were not asked for their policies.', BY_HAND);
    }
    const unseen: string[] = [];
    let limited = false;
    for (const page of scene.pagesToRead) {
      const answer = await scene.ask(page);
      const found = good(answer);
      if (!found) {
        unseen.push(`${page.origin} (${whatCame(answer)})`);
        continue;
      }
      const inPage = metaOf(found.body, 'http-equiv', 'content-security-policy');
      const policies = [
        ...policiesOf(found.headers['content-security-policy']),
        ...policiesOf(inPage),
      ];
      limited ||= policies.length > 0;
      const problems = judgePolicies(policies, found, scene);
      if (problems.length > 0) {
        return wrong(
          `The Content-Security-Policy of ${found.url.href} forbids what the elements need: ${problems.map(({what}) => what).join('; ')}.`,
          `Change the policy of that page: ${problems.map(({add}) => add).join('; ')} (docs/csp-and-origins.md).`,
        );
      }
    }
    if (unseen.length > 0) return unchecked(`Not seen: ${unseen.join(', ')}.`, BY_HAND);
    return limited
      ? ok("The pages' policies allow what the elements need.")
      : ok('The pages send no Content-Security-Policy, which allows everything.');
  },
};
