import {giveInstead} from '../given.js';
import {judgeNames} from '../judge/certificates.js';
import {unchecked, type Check} from '../verdict.js';
import {withNode} from './common.js';
import {NODE_CERTIFICATES} from './node-tls.js';

/** Whether every node behind a common name has that name in its certificate. */
export const nodeCertificateNames: Check = {
  id: 'node-certificate-names',
  subject: 'Pexip Infinity',
  run: withNode(async (scene, node) =>
    node.protocol === 'http:'
      ? unchecked(
          'There are no certificates where the address is http (see node-tls).',
          giveInstead(scene, 'node', 'the https address that the nodes have in production'),
        )
      : judgeNames(
          await scene.certificates(node),
          {who: 'the node', name: node.hostname, remedy: NODE_CERTIFICATES},
          scene.showAddresses,
        ),
  ),
};
