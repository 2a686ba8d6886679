import type {FastifyPluginAsync} from 'fastify';
import plugin from 'fastify-plugin';

import {BrokerError} from '../errors.js';
import {tooMany} from '../http/limits.js';
import type {Refusals} from '../http/refusals.js';
import type {Callers} from './callers.js';
import type {Identity} from './identity.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks. Only the routes below {@link signIn} have it. */
    identity: Identity;
  }
}

/**
 * Lets only signed-in callers on to the routes of the app it is registered in, and of those below.
 *
 * An address with too many refused proofs is answered 429 in the place of 401 for the rest of the
 * minute. A valid proof still passes: many people share an address, and one forgotten tab of theirs
 * with an old token must not lock all of them out. Nothing is lost by it, as a signature cannot be
 * guessed, and whoever tries cookies can try them at the application itself.
 *
 * @param refusals counts what is refused by address; without them nothing is counted
 */
export const signIn = (callers: Callers, refusals?: Refusals): FastifyPluginAsync =>
  plugin(
    async (app) => {
      if (!app.hasRequestDecorator('identity')) app.decorateRequest('identity');
      app.addHook('onRequest', async (request) => {
        try {
          request.identity = await callers.identify(request);
        } catch (error) {
          if (!(error instanceof BrokerError && error.status === 401)) throw error;
          const wait = await refusals?.note(request.ip);
          if (!wait) throw error;
          throw tooMany(
            wait,
            'Too many requests of your network address had no valid proof of sign-in. Get a new access token, or sign in again.',
          );
        }
      });
    },
    {name: 'pexip-chat-room-sign-in', fastify: '5.x'},
  );
