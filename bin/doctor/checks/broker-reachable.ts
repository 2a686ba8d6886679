import {whatCame} from '../judge/page-kind.js';
import {ok, wrong, type Check} from '../verdict.js';
import {judgeReachable} from './common.js';

/** Whether the broker answers, and lets the pages ask it. */
export const brokerReachable: Check = {
  id: 'broker-reachable',
  subject: 'Broker',
  when: ({broker}) => broker !== undefined,
  run: async (scene) => {
    const broker = scene.broker as URL;
    const [origin] = scene.origins;
    const answer = await scene.askBroker(broker, 'v1/config', origin);
    const {behindProxy} = scene;
    const reachable = judgeReachable(answer, {who: 'the broker', at: broker.href, behindProxy});
    if (answer.kind === 'failure') return reachable;
    const isJson = /^application\/json\b/i.test(answer.headers['content-type'] ?? '');
    if (!isJson || answer.elsewhere) {
      return wrong(
        `${broker.href} does not answer as a broker: in the place of v1/config there is ${whatCame(answer)}.`,
        'Check --broker, with its path if it has one, and the reverse proxy before it.',
      );
    }
    if (origin && origin !== broker.origin) {
      const allowed = answer.headers['access-control-allow-origin'];
      if (allowed !== origin) {
        return wrong(
          `The broker does not let ${origin} ask it.`,
          "Add the page's origin to origins in the broker's configuration, exactly as browsers write it.",
        );
      }
    }
    return ok(`The broker answers at ${broker.href} (${answer.status}).`);
  },
};
