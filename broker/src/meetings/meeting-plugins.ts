import type {FastifyPluginAsync} from 'fastify';

import {callRoutes} from '../routes/call-routes.js';
import {callStreamRoutes} from '../routes/call-stream-routes.js';
import {historyRoutes} from '../routes/history-routes.js';
import type {MeetingContext} from './meeting-context.js';

/** The routes at which Pexip Infinity asks and tells; it signs in with its own name and password. */
export const routesForPexip =
  (_context: MeetingContext): FastifyPluginAsync =>
  async () => {};

/** The routes of meetings at which pages ask, behind the broker's sign-in. */
export const routesForPages =
  (context: MeetingContext): FastifyPluginAsync =>
  async (app) => {
    await app.register(callRoutes(context));
    await app.register(callStreamRoutes(context));
    await app.register(historyRoutes(context));
  };
