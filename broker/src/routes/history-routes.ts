import type {FastifyPluginAsync} from 'fastify';

import type {History} from '../../../src/protocol/call-api.js';
import {field} from '../../../src/protocol/guards.js';
import {HISTORY_TIME} from '../calls/call-history.js';
import {callEntry, meetingEntry} from '../calls/history.js';
import {BrokerError} from '../errors.js';
import type {MeetingContext} from '../meetings/meeting-context.js';
import {callerOf} from './caller.js';

const USUAL = 50;
const MOST = 200;
/** Where a page ends: when its last entry was made, and its id, as several may be of one moment. */
const CURSOR = /^(\d{1,15})\.([\w-]{1,64})$/;

interface Place {
  readonly at: number;
  readonly id: string;
}

/** The newest first; of one moment, by id. */
const compare = (one: Place, other: Place): number =>
  other.at - one.at || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

const invalid = (name: string, wanted: string): BrokerError =>
  new BrokerError(
    400,
    'invalid-argument',
    `"${name}" must be ${wanted}. Mend it, or leave it out.`,
  );

const countIn = (query: unknown): number => {
  const given = field(query, 'count');
  if (given === undefined) return USUAL;
  const count = typeof given === 'string' && /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (count < 1 || count > MOST) throw invalid('count', `a number from 1 to ${MOST}`);
  return count;
};

const beforeIn = (query: unknown): Place | undefined => {
  const given = field(query, 'before');
  if (given === undefined) return;
  const [, at, id] = (typeof given === 'string' && CURSOR.exec(given)) || [];
  if (at === undefined || id === undefined) throw invalid('before', '"next" of an earlier answer');
  return {at: Number(at), id};
};

/** `GET /v1/history`: the caller's meetings and calls of 90 days. A call's own meeting is that call. */
export const historyRoutes =
  (context: MeetingContext): FastifyPluginAsync =>
  async (app) => {
    const {meetings, calls, settings} = context;
    const {destination, name} = settings.recording;
    const recorder = destination === undefined ? undefined : name;

    app.get('/v1/history', async (request, reply): Promise<History> => {
      const {sub} = callerOf(request);
      const count = countIn(request.query);
      const before = beforeIn(request.query);
      const oldest = Date.now() - HISTORY_TIME;
      const isWanted = (place: Place): boolean =>
        place.at > oldest && (before === undefined || compare(before, place) < 0);
      const known = await calls.history.of(sub);
      const own = new Set(known.map(({meeting}) => meeting));
      // One more than wanted tells whether there is a next page.
      const others = await meetings.ofPerson(
        sub,
        count + 1,
        ({id, createdAt}) => !own.has(id) && isWanted({at: createdAt, id}),
      );
      const all = [
        ...known.map((call) => ({
          at: call.createdAt,
          id: call.id,
          entry: () => callEntry(call, sub, recorder),
        })),
        ...others.map((meeting) => ({
          at: meeting.createdAt,
          id: meeting.id,
          entry: () => meetingEntry(meeting, sub, recorder),
        })),
      ];
      const found = all.filter(isWanted).sort(compare);
      const page = found.slice(0, count);
      const last = page.at(-1);
      reply.header('cache-control', 'no-store');
      return {
        entries: page.map(({entry}) => entry()),
        ...(last && found.length > count && {next: `${last.at}.${last.id}`}),
      };
    });
  };
