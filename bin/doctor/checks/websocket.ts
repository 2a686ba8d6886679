import {wordsOf} from '../net/failures.js';
import {ok, unchecked, wrong, type Check} from '../verdict.js';
import {good, withServer} from './common.js';
import {askInfo} from './workspace-answers.js';

/** Whether a WebSocket can be opened, through whatever proxies are on the way. */
export const websocket: Check = {
  id: 'websocket',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) => {
    const where = scene.pageOf(server, 'websocket');
    where.protocol = where.protocol === 'http:' ? 'ws:' : 'wss:';
    if (!good(await askInfo(scene, server))) {
      return unchecked(
        'No WebSocket was asked for, as the workspace does not answer as Rocket.Chat.',
        `In the browser's network tools look at ${where.href} while Rocket.Chat is open: status 101.`,
      );
    }
    const upgrade = await scene.upgrade(server, 'websocket');
    if (upgrade.kind === 'upgrade' && upgrade.accepted)
      return ok(`${where.href} opens a WebSocket.`);
    const why =
      upgrade.kind === 'failure'
        ? wordsOf(upgrade)
        : upgrade.status === 101
          ? 'what answers does not do the handshake of RFC 6455'
          : `the answer is ${upgrade.status} in the place of 101`;
    return wrong(
      `${where.href} opens no WebSocket: ${why}. There is no live connection then.`,
      'Let the reverse proxy pass WebSockets: in nginx, proxy_http_version 1.1 and the headers Upgrade and Connection.',
    );
  }),
};
