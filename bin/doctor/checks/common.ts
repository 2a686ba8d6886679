import {giveInstead} from '../given.js';
import type {Answer, Asked} from '../net/answer.js';
import {wordsOf} from '../net/failures.js';
import type {Scene} from '../scene.js';
import {unchecked, wrong, type Verdict} from '../verdict.js';

/** The finding of whatever is about a product that was not named. */
export const notGiven = (scene: Scene, what: 'node' | 'server'): Verdict =>
  unchecked(
    `Not looked at: no ${what} was given.`,
    giveInstead(scene, what, `its address, https://…`),
  );

/** Runs a check of the node, if there is one. */
export const withNode =
  (run: (scene: Scene, node: URL) => Promise<Verdict> | Verdict) =>
  (scene: Scene): Promise<Verdict> | Verdict =>
    scene.node ? run(scene, scene.node) : notGiven(scene, 'node');

/** Runs a check of the workspace, if there is one. */
export const withServer =
  (run: (scene: Scene, server: URL) => Promise<Verdict> | Verdict) =>
  (scene: Scene): Promise<Verdict> | Verdict =>
    scene.server ? run(scene, scene.server) : notGiven(scene, 'server');

/** The finding where what is looked at did not come; the cause has a finding of its own. */
export const notSeen = (what: string, because: string, byHand: string): Verdict =>
  unchecked(`${what} could not be seen: ${because}.`, byHand);

const startOf = (sentence: string): string =>
  `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;

/** Judges whether somebody answers at all; `who` stands within a sentence, such as `the broker`. */
export const judgeReachable = (
  answer: Asked,
  {who, at, behindProxy}: {who: string; at: string; behindProxy: boolean},
): Verdict => {
  if (answer.kind === 'answer') {
    return {
      status: 'ok',
      message: `${startOf(who)} answers at ${at} (${answer.status}).`,
      remedy: '',
    };
  }
  const message = `${startOf(who)} does not answer at ${at}: ${wordsOf(answer)}.`;
  if (behindProxy) {
    return unchecked(
      `${message} The doctor does not use the proxy for outgoing requests.`,
      'Run npx pexip-chat-room doctor on a machine that needs no proxy.',
    );
  }
  const remedies: Partial<Record<typeof answer.code, string>> = {
    'unknown-name': 'Check the spelling, and that DNS has the name where the pages are used.',
    certificate: 'See the finding about its certificate.',
    'not-http': 'Check the port: another service listens there.',
  };
  return wrong(
    message,
    remedies[answer.code] ??
      `Check that ${who} runs, and that a firewall lets HTTPS (port 443) through.`,
  );
};

/** The answer, if it is a good one (2xx, not sent elsewhere). */
export const good = (answer: Asked | undefined): Answer | undefined =>
  answer?.kind === 'answer' && !answer.elsewhere && answer.status >= 200 && answer.status < 300
    ? answer
    : undefined;
