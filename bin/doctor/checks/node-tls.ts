import {giveInstead} from '../given.js';
import {judgePlain, judgeTls} from '../judge/certificates.js';
import {isSecure} from '../scene.js';
import type {Check} from '../verdict.js';
import {withNode} from './common.js';

/** Where an operator of Pexip Infinity changes certificates. */
export const NODE_CERTIFICATES =
  'In the Management Node (see "Managing TLS and trusted CA certificates" of Pexip) upload a certificate that has this name, with its intermediate certificates, and assign it to every Conferencing Node behind the name.';

/** Whether the node's certificate is accepted. */
export const nodeTls: Check = {
  id: 'node-tls',
  subject: 'Pexip Infinity',
  run: withNode(async (scene, node) =>
    node.protocol === 'http:'
      ? judgePlain('the node', node, {
          loopback: isSecure(node),
          byHand: giveInstead(scene, 'node', 'the https address that it has in production'),
        })
      : judgeTls(
          await scene.certificates(node),
          {who: 'the node', name: node.hostname, remedy: NODE_CERTIFICATES},
          Date.now(),
        ),
  ),
};
