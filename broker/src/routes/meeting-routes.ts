import type {FastifyPluginAsync, FastifyRequest} from 'fastify';

import type {MeetingList, RecordingAnswer} from '../../../src/protocol/meeting-api.js';
import {BrokerError} from '../errors.js';
import {meetingNotFound, type Attendance} from '../meetings/access.js';
import type {MeetingContext} from '../meetings/meeting-context.js';
import {readMeetingRequest} from '../meetings/meeting-request.js';
import {listedMeeting, meetingInfo, statusOf, withPeople} from '../meetings/meeting-view.js';
import {isOver, roleOf} from '../meetings/meeting.js';
import {demandRecorder, recordingByHand} from '../meetings/recording.js';
import {callerOf} from './caller.js';
import {readListQuery} from './meeting-list-query.js';
import {demandMeetingRate} from './meeting-rate.js';

const MOST_IN_LIST = 100;

interface OfMeeting {
  readonly Params: {readonly alias: string};
}

const notYourRoom = (): BrokerError =>
  new BrokerError(
    403,
    'room-forbidden',
    'You do not belong to the room in which the meeting is to begin, or there is none. Join it in Rocket.Chat, or leave "room" out.',
  );

const hostsOnly = (): BrokerError =>
  new BrokerError(
    403,
    'meeting-hosts-only',
    'Only hosts of the meeting may do that: whoever has made it, and those whom it names as "chair".',
  );

const hasEnded = (): BrokerError =>
  new BrokerError(409, 'meeting-ended', 'The meeting has ended. Make another one.');

/**
 * `/v1/meetings`: meetings are made, listed, looked at and ended. An alias that the caller may not see is
 * answered as one that does not exist.
 */
export const meetingRoutes =
  (context: MeetingContext): FastifyPluginAsync =>
  async (app) => {
    const {settings, store, meetings, roster, rooms, access, links} = context;

    const attendanceOf = async (request: FastifyRequest<OfMeeting>): Promise<Attendance> => {
      const found = await access(callerOf(request), request.params.alias);
      if (!found) throw meetingNotFound();
      return found;
    };
    const infoFor = async (request: FastifyRequest, attendance: Attendance) => {
      const status = await statusOf(attendance.meeting, roster);
      return meetingInfo(attendance, status, {links, identity: callerOf(request)});
    };

    app.post('/v1/meetings', async (request, reply) => {
      const identity = callerOf(request);
      const plan = readMeetingRequest(request.body);
      demandRecorder(settings, plan);
      await demandMeetingRate(store, identity.sub, settings.limits.meetingsPerUser);
      if (plan.room !== undefined && !(await rooms.belongs(identity.sub, plan.room)))
        throw notYourRoom();
      const meeting = await meetings.create(identity, plan);
      return reply.code(201).send(await infoFor(request, {meeting, role: 'chair'}));
    });

    app.get('/v1/meetings', async (request): Promise<MeetingList> => {
      const {sub} = callerOf(request);
      const {status: wanted} = readListQuery(request.query);
      const found = await meetings.ofPerson(sub, MOST_IN_LIST, async (meeting) => {
        if (meeting.call) return false;
        // What has ended is told from the record alone, which most of them have.
        if (wanted === undefined) return true;
        return isOver(meeting) ? wanted === 'ended' : (await statusOf(meeting, roster)) === wanted;
      });
      const listed = found.map(async (meeting) => {
        const role = roleOf(meeting, sub) ?? 'guest';
        return listedMeeting({meeting, role}, await statusOf(meeting, roster), links);
      });
      return {meetings: await Promise.all(listed)};
    });

    app.get<OfMeeting>('/v1/meetings/:alias', async (request) => {
      const attendance = await attendanceOf(request);
      const info = await infoFor(request, attendance);
      return withPeople(info, await roster.participants(attendance.meeting.id));
    });

    app.post<OfMeeting>('/v1/meetings/:alias/end', async (request) => {
      const {meeting, role} = await attendanceOf(request);
      if (role !== 'chair') throw hostsOnly();
      const ended = await meetings.end(meeting.id, 'ended', callerOf(request).sub);
      if (!ended) throw meetingNotFound();
      return infoFor(request, {meeting: ended, role});
    });

    app.post<OfMeeting>('/v1/meetings/:alias/recording', async (request) => {
      const {meeting} = await attendanceOf(request);
      const dial = recordingByHand(settings, meeting, callerOf(request).sub);
      if (isOver(meeting)) throw hasEnded();
      const answer: RecordingAnswer = {request: dial};
      return answer;
    });
  };
