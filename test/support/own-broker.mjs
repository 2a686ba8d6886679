/**
 * A broker as a program of an operator's own starts it, told by its surroundings:
 * `--config <file>`, and the variable OWN for `{lastRequests, limit}` in ms. A signed-in `GET /v1/fails`
 * throws, with the text of its query `text` in the error and in a field of it.
 */
import {untilStopped} from '../../broker/dist/command/until-stopped.js';
import {loadSettings, serveBroker} from '../../broker/dist/index.js';

const {lastRequests, limit} = JSON.parse(process.env.OWN ?? '{}');
const broker = await serveBroker(loadSettings({file: process.argv[3], env: process.env}), {
  ...(lastRequests !== undefined && {lastRequests}),
  signedIn: async (app) => {
    app.get('/v1/fails', async ({query: {text}}) => {
      const error = new Error('inner works', {cause: new Error(`read token=${text}`)});
      throw Object.assign(error, {code: 'E_INNER', claims: {sub: text}});
    });
  },
});
const {how} = await untilStopped(broker, {
  signals: process,
  ...(limit !== undefined && {limit}),
});
process.stdout.write(`${JSON.stringify({how})}\n`, () => process.exit(how === 'closed' ? 0 : 1));
