import type {
  CallResult,
  CallStatus,
  CallType,
  DeclineReason,
} from '../../../src/protocol/call-api.js';

/** How long a call rings; ms. */
export const RING_TIME = 30_000;

/** One of the two of a call. */
export interface Party {
  readonly sub: string;
  readonly name?: string;
}

/** How a call ended. */
export interface CallEnd {
  /** Epoch ms. */
  readonly at: number;
  readonly result: CallResult;
  /** `sub` of who did it; nobody where the meeting ended by itself. */
  readonly by?: string;
  /** Of one that was declined or missed. */
  readonly reason?: DeclineReason;
}

/**
 * A call as brokers keep it. It goes one way only: rings, answered, started, ended, perhaps leaving
 * some out. All times are epoch ms.
 */
export interface Call {
  /** 128 random bits. */
  readonly id: string;
  /** Id and alias of its meeting. */
  readonly meeting: string;
  readonly alias: string;
  readonly caller: Party;
  readonly callee: Party;
  readonly callType: CallType;
  readonly record: 'automatic' | 'manual' | 'none';
  readonly createdAt: number;
  /** Over by then at the latest, as its meeting is. */
  readonly expiresAt: number;
  /** `stream` is the tab that answered, where it said which one it is. */
  readonly answered?: {readonly at: number; readonly stream?: string};
  /** Both were in the meeting. */
  readonly startedAt?: number;
  readonly end?: CallEnd;
}

/** How far a call has come. */
export const RINGS = 1;
export const ANSWERED = 2;
export const STARTED = 3;
export const ENDED = 4;

export const stepOf = ({answered, startedAt, end}: Call): number => {
  if (end) return ENDED;
  if (startedAt !== undefined) return STARTED;
  return answered ? ANSWERED : RINGS;
};

export const statusOf = (call: Call): CallStatus => {
  const step = stepOf(call);
  if (step === ENDED) return 'ended';
  return step === RINGS ? 'dialing' : 'connected';
};

export const isOf = ({caller, callee}: Call, sub: string): boolean =>
  sub === caller.sub || sub === callee.sub;

export const otherOf = ({caller, callee}: Call, sub: string): Party =>
  sub === caller.sub ? callee : caller;

/** When it stops to ring. */
export const ringsUntil = ({createdAt}: Call): number => createdAt + RING_TIME;

/** The call with its end; one that is over stays as it is. */
export const ended = (call: Call, end: CallEnd): Call | undefined =>
  call.end ? undefined : {...call, end};

/** Nobody answered in time: to both that is as if who was called had said so. */
export const missed = (call: Call): Call | undefined =>
  stepOf(call) === RINGS
    ? ended(call, {
        at: ringsUntil(call),
        result: 'missed',
        by: call.callee.sub,
        reason: 'no_answer',
      })
    : undefined;

/** Over by itself, or by somebody who was asked in another way: its meeting has ended. */
export const closed = (call: Call, at: number): Call | undefined =>
  ended(call, {at, result: call.answered ? 'answered' : 'failed'});
