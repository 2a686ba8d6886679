import type {FastifyPluginAsync} from 'fastify';

import {eventRoutes} from '../events/event-routes.js';
import {invitationRoutes} from '../routes/invitation-routes.js';
import {meetingRoutes} from '../routes/meeting-routes.js';
import {discussionRoutes} from '../routes/discussion-routes.js';
import {callRoutes} from '../routes/call-routes.js';
import {callStreamRoutes} from '../routes/call-stream-routes.js';
import {historyRoutes} from '../routes/history-routes.js';
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
    await app.register(eventRoutes(context));
  };

/** The routes of meetings at which pages ask, behind the broker's sign-in. */
export const routesForPages =
  (context: MeetingContext): FastifyPluginAsync =>
  async (app) => {
    await app.register(invitationRoutes(context.invitations));
    await app.register(meetingRoutes(context));
    await app.register(discussionRoutes(context));
    await app.register(callRoutes(context));
    await app.register(callStreamRoutes(context));
    await app.register(historyRoutes(context));
  };
