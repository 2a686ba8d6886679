import {unchecked, type Check} from '../verdict.js';

/** A node tells its version to nobody who has not joined a meeting or signed in at the Management Node. */
export const nodeVersion: Check = {
  id: 'node-version',
  subject: 'Pexip Infinity',
  run: () =>
    unchecked(
      'A Conferencing Node does not tell its version from outside.',
      'The Management Node shows it in its Administrator interface. Pexip Infinity 30 is the least, 35 for persistent chat of the Pexip app.',
    ),
};
