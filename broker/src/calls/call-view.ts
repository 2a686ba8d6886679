import type {CallEventData, CallInfo, CallStreamEvents} from '../../../src/protocol/call-api.js';
import {ANSWERED, ENDED, otherOf, RINGS, STARTED, statusOf, stepOf, type Call} from './call.js';

const iso = (at: number): string => new Date(at).toISOString();

/** A call as one of its two users sees it. */
export const infoOf = (call: Call, sub: string): CallInfo => {
  const {id, alias, caller, callee, callType, record, createdAt, startedAt, end} = call;
  const {name} = otherOf(call, sub);
  return {
    id,
    alias,
    direction: sub === caller.sub ? 'outgoing' : 'incoming',
    status: statusOf(call),
    participants: [caller.sub, callee.sub],
    ...(name !== undefined && {name}),
    callType,
    record,
    live: true,
    creationDate: iso(createdAt),
    ...(startedAt !== undefined && {startedAt: iso(startedAt)}),
    ...(end && {endedAt: iso(end.at), result: end.result}),
  };
};

/** Somebody's stream. */
export interface Hearer {
  readonly sub: string;
  /** Id of the stream. */
  readonly id: string;
}

/** An event of a stream. */
export type CallEvent = {
  readonly [Name in keyof CallStreamEvents]: {
    readonly name: Name;
    readonly data: CallStreamEvents[Name];
  };
}[keyof CallStreamEvents];

const answerOf = (call: Call, {sub, id}: Hearer, data: CallEventData): CallEvent => {
  const isElsewhere =
    sub === call.callee.sub && call.answered?.stream !== undefined && call.answered.stream !== id;
  return {name: isElsewhere ? 'stopped' : 'answered', data: {...data, executor: call.callee.sub}};
};

const endOf = ({answered, end}: Call, data: CallEventData): CallEvent => {
  const {result, by, reason = 'none'} = end ?? {};
  const all = by === undefined ? data : {...data, executor: by};
  if (answered) return {name: 'ended', data: all};
  if (result === 'declined' || result === 'missed')
    return {name: 'declined', data: {...all, reason}};
  return {name: 'stopped', data: all};
};

/**
 * What a stream must hear that was told of a call up to a step: so all that two brokers tell of it, in
 * whichever order and however often, comes once and in its order.
 *
 * @param told 0: nothing yet
 */
export const eventsSince = (call: Call, told: number, hearer: Hearer): readonly CallEvent[] => {
  const data: CallEventData = {call: infoOf(call, hearer.sub)};
  const step = stepOf(call);
  const events: CallEvent[] = [];
  const comes = (at: number): boolean => told < at && step >= at;
  if (comes(RINGS) && step < ENDED) events.push({name: 'incoming', data});
  // Who hears of a call for the first time when it is over has missed nothing that he can do.
  if (told === 0 && step === ENDED) return [];
  if (comes(ANSWERED) && call.answered) events.push(answerOf(call, hearer, data));
  if (comes(STARTED) && call.startedAt !== undefined) events.push({name: 'started', data});
  if (comes(ENDED)) events.push(endOf(call, data));
  return events;
};
