import type {FastifyPluginAsync} from 'fastify';

import type {DiscussionInfo} from '../../../src/protocol/discussion-api.js';
import {askerOf} from '../discussions/asker.js';
import {Subjects} from '../discussions/subjects.js';
import type {MeetingContext} from '../meetings/meeting-context.js';
import {callerOf} from './caller.js';
import {demandRate} from './rate.js';

const MINUTE = 60_000;

/**
 * `POST /v1/meetings/:alias/discussion`: the meeting's one discussion, made by the first who may have it.
 * No other route, and nothing that Pexip Infinity asks or tells, ever makes one.
 */
export const discussionRoutes = (context: MeetingContext): FastifyPluginAsync => {
  const {store, settings, discussions} = context;
  const subjects = new Subjects({...context, room: settings.discussions.room});
  return async (app) => {
    app.post<{Params: {alias: string}}>(
      '/v1/meetings/:alias/discussion',
      async (request, reply): Promise<DiscussionInfo> => {
        const caller = callerOf(request);
        // An alias of ten digits could be guessed by who asks without end.
        await demandRate(
          store,
          `discussions:${caller.sub}`,
          settings.limits.meetingsPerUser,
          MINUTE,
        );
        const subject = await subjects.find(caller.sub, request.params.alias);
        const asker = await askerOf(context, caller);
        const {roomId, name, kind} = await discussions.open(subject, asker);
        reply.header('cache-control', 'no-store');
        return {roomId, name, type: 'discussion', kind};
      },
    );
  };
};
