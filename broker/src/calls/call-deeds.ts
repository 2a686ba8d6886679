import type {DeclineReason} from '../../../src/protocol/call-api.js';
import {BrokerError} from '../errors.js';
import {ended, RINGS, ringsUntil, stepOf, type Call, type Party} from './call.js';

/** Changes a call, or leaves it (`undefined`) where it is so already. Throws why it cannot be done. */
export type Deed = (call: Call, now: number) => Call | undefined;

const over = (): BrokerError =>
  new BrokerError(409, 'call-over', 'This call is over. Make another one.');

const notForYou = (message: string): BrokerError =>
  new BrokerError(403, 'call-not-allowed', message);

/** Refuses what is too late for a call that rang for its time, whether or not a broker has said so. */
const demandRinging = (call: Call, now: number, remedy: string): void => {
  if (call.end || (stepOf(call) === RINGS && now >= ringsUntil(call))) throw over();
  if (stepOf(call) !== RINGS)
    throw new BrokerError(409, 'call-answered', `This call was answered. ${remedy}`);
};

/**
 * Who is called answers, in one tab: there the same answer comes again as often as it is asked. A tab that
 * does not say which one it is cannot be told from another, and has it once.
 */
export const answering =
  ({sub, name}: Party, stream: string | undefined): Deed =>
  (call, now) => {
    if (sub !== call.callee.sub)
      throw notForYou('Who calls cannot answer: only the one who is called can.');
    if (!call.end && stream !== undefined && call.answered?.stream === stream) return;
    demandRinging(call, now, 'It goes on in the tab where it was answered.');
    return {
      ...call,
      callee: {sub, ...(name !== undefined && {name})},
      answered: {at: now, ...(stream !== undefined && {stream})},
    };
  };

export const declining =
  (sub: string, reason: DeclineReason): Deed =>
  (call, now) => {
    if (sub !== call.callee.sub)
      throw notForYou('Who calls cannot decline: cancel the call instead.');
    if (call.end?.result === 'declined') return;
    demandRinging(call, now, 'Hang up instead.');
    return ended(call, {at: now, result: 'declined', by: sub, reason});
  };

export const cancelling =
  (sub: string): Deed =>
  (call, now) => {
    if (sub !== call.caller.sub)
      throw notForYou('Who is called cannot cancel: decline the call instead.');
    if (call.end?.result === 'cancelled') return;
    demandRinging(call, now, 'Hang up instead.');
    return ended(call, {at: now, result: 'cancelled', by: sub});
  };

/** Either ends the call; while it rings it is as if the one cancelled, the other declined. */
export const hangingUp =
  (sub: string): Deed =>
  (call, now) => {
    if (call.end) {
      if (call.end.by === sub && call.end.result !== 'missed') return;
      throw over();
    }
    if (call.answered) return ended(call, {at: now, result: 'answered', by: sub});
    const deed = sub === call.caller.sub ? cancelling(sub) : declining(sub, 'none');
    return deed(call, now);
  };
