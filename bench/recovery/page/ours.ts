import {AuthTokens} from '../../../src/session/auth-tokens.js';
import {LiveClient, type ClientFact} from '../../../src/session/live-client.js';
import {BACKOFF} from '../../../src/transport/backoff.js';
import {HEARTBEAT} from '../../../src/transport/ddp-connection.js';
import {RestClient, type RestClientOptions} from '../../../src/transport/rest-client.js';
import type {Entry} from './contender.js';
import {watchOf} from './sockets.js';
import type {Telling} from './told.js';

/** How many times faster than the product's the heartbeats are. */
const SCALE = 50;

const PACE = {
  heartbeat: {
    interval: HEARTBEAT.interval / SCALE,
    timeout: HEARTBEAT.timeout / SCALE,
    probe: HEARTBEAT.probe / SCALE,
  },
  // The product's own, as the first attempt is judged by the clock.
  backoff: BACKOFF,
};

/** Starts the live client as a pane does. Resolves when it is complete for the first time. */
export const startOurs = (
  {origin, userId, authToken, roomId}: Entry,
  telling: Telling,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const watch = watchOf(new URL(origin).host);
    const options = {
      base: `${origin}/`,
      owner: {},
      signIn: {given: [authToken], source: () => new AuthTokens({userId, authToken})},
      pace: PACE,
      rest: async (access: RestClientOptions) => new RestClient(access),
      // Nobody signs out here.
      endTokens: async () => undefined,
      tell: (fact: ClientFact) => {
        if (fact.type === 'message-received') telling.add('new', fact.detail.id, fact.detail.text);
        else if (fact.type === 'message-changed') {
          const {change, id, text} = fact.detail;
          telling.add(change, id, text);
        } else if (fact.type === 'signed-out') reject(fact.error);
        else if (fact.type === 'connection-changed' && fact.detail.status === 'live') {
          watch.complete();
          // A pane knows the room's id only now, too.
          client.follow(roomId);
          resolve();
        }
      },
    };
    const client = new LiveClient(options);
  });
