import {field} from '../../../src/protocol/guards.js';

type BrokerPackage = typeof import('pexip-chat-room-broker');

/**
 * Loads the broker only when one is started, so that whoever has not installed it can use the other
 * simulators.
 *
 * @throws {Error} it is not installed, or not completely
 */
export const loadBroker = async (): Promise<BrokerPackage> => {
  try {
    return await import('pexip-chat-room-broker');
  } catch (cause) {
    if (field(cause, 'code') !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new Error(
      'startBroker found no broker to start. Install it beside pexip-chat-room: npm install --save-dev pexip-chat-room-broker (or build it, in a checkout of both: npm run build:broker).',
      {cause},
    );
  }
};
