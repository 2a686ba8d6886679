import {Channel} from '@pexip/plugin-api';

import {PLUGIN_ID} from '../../src/protocol/external-chat.js';
import {field} from '../../src/protocol/guards.js';

/**
 * Opens a channel of our own to Web App 3, beside the one inside plugin-api and under its id.
 *
 * plugin-api's `conference.dialOut` hides the reply of the call: neither the `uuid` of a participant
 * that is still ringing can be known, which is needed to hang up, nor why a dial was refused. The
 * same call made through this channel is answered with the reply itself.
 *
 * To be called before `registerPlugin`, whose reply tells the id.
 */
export const openHostChannel = (self: Window, signal: AbortSignal): Promise<Channel> =>
  new Promise((resolve) => {
    const listening = new AbortController();
    signal.addEventListener('abort', () => listening.abort(), {once: true});
    const read = (event: MessageEvent<unknown>): void => {
      if (event.source !== self.parent) return;
      const id = field(event.data, 'chanId');
      if (typeof id !== 'string' || !id.startsWith(`${PLUGIN_ID}-`)) return;
      listening.abort();
      const channel = new Channel(self.parent, id);
      signal.addEventListener('abort', () => channel.unregister(), {once: true});
      resolve(channel);
    };
    self.addEventListener('message', read, {signal: listening.signal});
  });
