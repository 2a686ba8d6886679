import type {FastifyPluginAsync} from 'fastify';
import plugin from 'fastify-plugin';

import {BrokerError} from '../errors.js';
import {Windows} from './windows.js';

const WINDOW = 60_000;

/** @param wait ms until it is worth trying again */
export const tooMany = (wait: number, message: string): BrokerError => {
  const seconds = Math.max(1, Math.ceil(wait / 1000));
  return new BrokerError(429, 'rate-limited', `${message} Try again in ${seconds} s.`, {
    headers: {'retry-after': String(seconds)},
  });
};

/**
 * Limits how often one user asks, in the app where it is registered after `signIn`, and below. It is
 * each broker's own count, in memory: this is done at every request, and what may happen only so
 * often for all brokers together (tokens, look-ups) has a count of its own in the store. So a user
 * has at most `perUser` requests a minute for each broker.
 *
 * @param now ms, by a clock that never goes back
 */
export const limitUsers = (perUser: number, now?: () => number): FastifyPluginAsync =>
  plugin(
    async (app) => {
      const windows = new Windows(WINDOW, now);
      app.addHook('onRequest', (request, _reply, done) => {
        const {count, resetIn} = windows.count(request.identity.sub);
        if (count <= perUser) return done();
        done(tooMany(resetIn, `You made more than ${perUser} requests in a minute.`));
      });
    },
    {name: 'pexip-chat-room-limits', fastify: '5.x', dependencies: ['pexip-chat-room-sign-in']},
  );
