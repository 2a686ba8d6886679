import {giveInstead} from '../given.js';
import {judgePlain, judgeTls} from '../judge/certificates.js';
import {isSecure} from '../scene.js';
import type {Check} from '../verdict.js';
import {withServer} from './common.js';

/** Whether the workspace's certificate is accepted. */
export const serverTls: Check = {
  id: 'server-tls',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) =>
    server.protocol === 'http:'
      ? judgePlain('Rocket.Chat', server, {
          loopback: isSecure(server),
          byHand: giveInstead(scene, 'server', 'the https address that it has in production'),
        })
      : judgeTls(
          await scene.certificates(server),
          {
            who: 'Rocket.Chat',
            name: server.hostname,
            remedy:
              'In the reverse proxy before Rocket.Chat, install a certificate that has this name, with its intermediate certificates.',
          },
          Date.now(),
        ),
  ),
};
