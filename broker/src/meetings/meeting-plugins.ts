import type {FastifyPluginAsync} from 'fastify';

import {Refusals} from '../http/refusals.js';
import {basicAuth} from '../pexip/basic-auth.js';
import {leanHeaders} from '../pexip/lean-headers.js';
import {policyRoutes} from '../pexip/policy-routes.js';
import type {MeetingContext} from './meeting-context.js';

/** The routes at which Pexip Infinity asks and tells; it signs in with its own name and password. */
export const routesForPexip =
  (context: MeetingContext): FastifyPluginAsync =>
  async (app) => {
    const {settings, store, log} = context;
    const {username, password} = settings.pexip;
    if (username === undefined || password === undefined) return;
    const limit = settings.limits.refusedPerAddress;
    await app.register(leanHeaders);
    await app.register(
      basicAuth({username, password}, new Refusals({store, log, kind: 'pexip', limit})),
    );
    await app.register(policyRoutes(context));
  };

/** The routes of meetings at which pages ask, behind the broker's sign-in. */
export const routesForPages =
  (_context: MeetingContext): FastifyPluginAsync =>
  async () => {};
