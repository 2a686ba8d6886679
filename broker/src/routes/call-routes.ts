import type {FastifyPluginAsync} from 'fastify';

import type {Call as CallAnswered} from '../../../src/protocol/call-api.js';
import {answering, cancelling, declining, hangingUp} from '../calls/call-deeds.js';
import {callLinkOver} from '../calls/call-links.js';
import {readAnswer, readCallRequest, readReason, readUrl} from '../calls/call-request.js';
import {infoOf} from '../calls/call-view.js';
import {isOf, type Call} from '../calls/call.js';
import type {Identity} from '../callers/identity.js';
import {BrokerError} from '../errors.js';
import type {MeetingContext} from '../meetings/meeting-context.js';
import {demandRecorder} from '../meetings/recording.js';
import {callerOf} from './caller.js';
import {demandMeetingRate} from './meeting-rate.js';

const CALLS = '/v1/calls';

type ById = {readonly Params: {readonly id: string}};

/** The calls of two users: one rings the other, who answers or declines; either hangs up. */
export const callRoutes =
  (context: MeetingContext): FastifyPluginAsync =>
  async (app) => {
    const {store, settings, meetings} = context;
    const {calls, links} = context.calls;

    /** Who calls may come at once, who is called once he has answered. */
    const answerFor = async ({sub, name}: Identity, call: Call): Promise<CallAnswered> => {
      const info = infoOf(call, sub);
      const mayCome = !call.end && (sub === call.caller.sub || call.answered);
      const meeting = mayCome ? await meetings.byId(call.meeting) : undefined;
      if (!meeting) return info;
      const person = {sub, role: 'chair' as const, ...(name !== undefined && {name})};
      return {...info, element: await context.links.element(meeting, person)};
    };

    app.post(CALLS, async (request, reply) => {
      const identity = callerOf(request);
      const {link, ...wish} = readCallRequest(request.body, identity.sub);
      demandRecorder(settings, wish);
      if (link) links.demand();
      await demandMeetingRate(store, identity.sub, settings.limits.meetingsPerUser);
      const call = await calls.make(identity, wish);
      const answer = await answerFor(identity, call);
      return reply.code(201).send(link ? {...answer, callUrl: links.make(call)} : answer);
    });

    app.post('/v1/calls/link', async (request) => {
      const identity = callerOf(request);
      const id = links.read(readUrl(request.body));
      const call = await calls.find(id);
      if (!call || call.end) throw callLinkOver();
      if (isOf(call, identity.sub)) return answerFor(identity, call);
      throw new BrokerError(
        403,
        'call-of-others',
        'This link is for two other users. Sign in as one of them, or ask for one of your own.',
      );
    });

    app.get<ById>(`${CALLS}/:id`, async (request) => {
      const identity = callerOf(request);
      return answerFor(identity, await calls.of(identity.sub, request.params.id));
    });

    app.post<ById>(`${CALLS}/:id/answer`, async (request) => {
      const identity = callerOf(request);
      const deed = answering(identity, readAnswer(request.body));
      return answerFor(identity, await calls.act(identity.sub, request.params.id, deed));
    });

    app.post<ById>(`${CALLS}/:id/decline`, async (request) => {
      const {sub} = callerOf(request);
      const deed = declining(sub, readReason(request.body));
      return infoOf(await calls.act(sub, request.params.id, deed), sub);
    });

    app.post<ById>(`${CALLS}/:id/cancel`, async (request) => {
      const {sub} = callerOf(request);
      return infoOf(await calls.act(sub, request.params.id, cancelling(sub)), sub);
    });

    app.post<ById>(`${CALLS}/:id/hangup`, async (request) => {
      const {sub} = callerOf(request);
      return infoOf(await calls.act(sub, request.params.id, hangingUp(sub)), sub);
    });
  };
