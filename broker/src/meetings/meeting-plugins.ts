import type {FastifyPluginAsync} from 'fastify';

import {eventRoutes} from '../events/event-routes.js';
import type {MeetingContext} from './meeting-context.js';

/** The routes at which Pexip Infinity asks and tells; it signs in with its own name and password. */
export const routesForPexip =
  (context: MeetingContext): FastifyPluginAsync =>
  async (app) => {
    await app.register(eventRoutes(context));
  };

/** The routes of meetings at which pages ask, behind the broker's sign-in. */
export const routesForPages =
  (_context: MeetingContext): FastifyPluginAsync =>
  async () => {};
