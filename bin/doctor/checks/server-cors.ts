import {ok, unchecked, type Check} from '../verdict.js';
import {withServer} from './common.js';

/** Whether the pages may use the REST API themselves. Only a note: the live connection and a broker do without. */
export const serverCors: Check = {
  id: 'server-cors',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) => {
    const [origin] = scene.origins;
    if (!origin) {
      return unchecked(
        'Whether pages may use the REST API was not asked: no page was given.',
        'Run the doctor with --page, or look at Manage > Workspace > Settings > General > REST API > Enable CORS. It can stay off with a broker.',
      );
    }
    const answer = await scene.preflight(server, 'api/v1/me', origin);
    const allowed =
      answer.kind === 'answer' ? answer.headers['access-control-allow-origin'] : undefined;
    return allowed === '*' || allowed === origin
      ? ok(`The REST API lets ${origin} use it (CORS).`)
      : ok(
          `The REST API does not let ${origin} use it (CORS); the live connection does without, and so do files with a broker.`,
          'Only for files without a broker: turn on Manage > Workspace > Settings > General > REST API > Enable CORS, and name the page in CORS Origin.',
        );
  }),
};
