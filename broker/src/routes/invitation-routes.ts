import type {FastifyPluginAsync} from 'fastify';

import {readInvitationRequest} from '../invitations/invitation-request.js';
import type {Invitations} from '../invitations/invitations.js';
import {callerOf} from './caller.js';

/** `POST /v1/invitations`: links, the row of a table, and a calendar file, to invite people with. */
export const invitationRoutes =
  (invitations: Invitations): FastifyPluginAsync =>
  async (app) => {
    app.post('/v1/invitations', async (request, reply) => {
      const identity = callerOf(request);
      const answer = await invitations.make(identity, readInvitationRequest(request.body));
      return reply.header('cache-control', 'no-store').send(answer);
    });
  };
