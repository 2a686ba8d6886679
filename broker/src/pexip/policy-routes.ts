import type {FastifyPluginAsync} from 'fastify';

import {BrokerError} from '../errors.js';
import type {MeetingContext} from '../meetings/meeting-context.js';
import {isOver, type Meeting} from '../meetings/meeting.js';
import {soon} from '../soon.js';
import {unavailable} from '../store/unavailable.js';
import {aliasIn} from './alias-forms.js';
import {participantProperties} from './participant-properties.js';
import {readPolicyQuery, type PolicyQuery} from './policy-query.js';
import {serviceConfiguration, type Asker} from './service-configuration.js';
import {readServiceName} from '../meetings/service-name.js';
import {TicketDesk} from './ticket-desk.js';

/** Pexip Infinity waits 5 s at most, for the way there and back, too. Ms. */
const PATIENCE = 2_000;

/** With the headers of `leanHeaders` in the place of helmet's. */
const OPTIONS = {config: {cors: false}, exposeHeadRoute: false, helmet: false} as const;
/** Pexip Infinity goes on as if there were no policy server. */
const CONTINUE = {status: 'success', action: 'continue'} as const;
const UNCHANGED = {...CONTINUE, result: {}} as const;
/** Without `result`, as Pexip Infinity looks at no `action` beside a valid one. */
const REJECT = {status: 'success', action: 'reject'} as const;

/** What the routes of policy work with. */
export type PolicyContext = Pick<MeetingContext, 'log' | 'settings'> & {
  readonly meetings: Pick<MeetingContext['meetings'], 'byId' | 'find'>;
  readonly tickets: Pick<MeetingContext['tickets'], 'read'>;
  /** How long an answer may take, ms; default 2,000. */
  readonly patience?: number;
};

const noPicture = (): BrokerError =>
  new BrokerError(
    404,
    'not-found',
    'The broker has no pictures of participants. Turn the avatar look-up of the policy profile off, or leave it: initials are shown.',
  );

/**
 * The external policy of Pexip Infinity: what becomes of an alias that somebody dials, and of who comes
 * with a ticket. It depends on the store only, never on Rocket.Chat. The broker says "reject" with
 * status 200 for what it knows to be over; with any error Pexip Infinity asks its own database, which
 * has none of the broker's meetings.
 */
export const policyRoutes = ({
  settings,
  meetings,
  tickets,
  log,
  patience = PATIENCE,
}: PolicyContext): FastifyPluginAsync => {
  const desk = new TicketDesk({tickets, log});

  /** A conference that is there already is what counts, as for breakout rooms and dial-outs. */
  const meetingOf = async ({
    serviceName,
    localAlias,
  }: PolicyQuery): Promise<Meeting | undefined> => {
    const service = readServiceName(serviceName);
    if (service) return meetings.byId(service.id);
    if (serviceName !== undefined) return;
    const alias = aliasIn(localAlias);
    return alias === undefined ? undefined : meetings.find(alias);
  };

  const inTime = async <T>(work: Promise<T>): Promise<T> => {
    const answer = await soon(work, patience, undefined);
    if (answer) return answer;
    throw unavailable(new Error('The store did not answer in the time that Pexip Infinity waits.'));
  };

  /** Of those without a ticket, who are all told the same; the meeting is read from the store each time. */
  const answers = new WeakMap<Meeting, string>();
  const answerTo = (meeting: Meeting, asker: Asker): string =>
    JSON.stringify({...CONTINUE, result: serviceConfiguration(meeting, settings, asker)});
  const commonAnswer = (meeting: Meeting): string => {
    const known = answers.get(meeting);
    if (known !== undefined) return known;
    const answer = answerTo(meeting, {});
    answers.set(meeting, answer);
    return answer;
  };

  const configuration = async (query: PolicyQuery): Promise<object | string> => {
    const meeting = await meetingOf(query);
    if (!meeting) return CONTINUE;
    if (isOver(meeting)) return REJECT;
    const holder = query.callTag && (await desk.holderOf(meeting, query.callTag));
    const breakout = query.breakout ?? readServiceName(query.serviceName)?.breakout;
    if (!holder && breakout === undefined) return commonAnswer(meeting);
    return answerTo(meeting, {
      ...(holder && {role: holder.role}),
      ...(breakout !== undefined && {breakout}),
    });
  };

  const properties = async (query: PolicyQuery): Promise<object> => {
    const meeting = await meetingOf(query);
    if (!meeting) return UNCHANGED;
    if (isOver(meeting)) return REJECT;
    const holder = await desk.holderOf(meeting, query.callTag);
    return holder ? {...CONTINUE, result: participantProperties(holder, query.role)} : UNCHANGED;
  };

  return async (app) => {
    app.get('/policy/v1/service/configuration', OPTIONS, ({query}, reply) => {
      reply.type('application/json; charset=utf-8');
      return inTime(configuration(readPolicyQuery(query)));
    });
    app.get('/policy/v1/participant/properties', OPTIONS, ({query}) =>
      inTime(properties(readPolicyQuery(query))),
    );
    app.get('/policy/v1/participant/location', OPTIONS, async () => CONTINUE);
    app.get('/policy/v1/participant/avatar/*', OPTIONS, async () => {
      throw noPicture();
    });
    app.get('/policy/v1/registrations', OPTIONS, async () => ({status: 'success', result: []}));
    app.get('/policy/v1/registrations/*', OPTIONS, async () => CONTINUE);
  };
};
