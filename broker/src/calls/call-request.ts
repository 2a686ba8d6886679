import type {CallType, DeclineReason} from '../../../src/protocol/call-api.js';
import {field, identifier} from '../../../src/protocol/guards.js';
import {subject} from '../callers/claims.js';
import {BrokerError} from '../errors.js';

const CALL_TYPES = ['audio', 'audio-upgradable', 'video'] as const;
const RECORDS = ['automatic', 'manual', 'none'] as const;
const REASONS = ['none', 'do_not_disturb', 'no_answer', 'error', 'answered_another_call'] as const;
const STREAM = /^[\w-]{1,64}$/;
const LONGEST_URL = 4096;

/** What somebody who calls wants. */
export interface CallWish {
  readonly callee: string;
  readonly callType: CallType;
  readonly record: 'automatic' | 'manual' | 'none';
  readonly link: boolean;
}

const refuse = (message: string): BrokerError => new BrokerError(400, 'invalid-argument', message);

const choiceIn = <Choice extends string>(
  body: unknown,
  name: string,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice => {
  const value = field(body, name) ?? otherwise;
  const choice = choices.find((each) => each === value);
  if (choice === undefined)
    throw refuse(`"${name}" of the call must be one of ${choices.join(', ')}. Mend it.`);
  return choice;
};

const demandObject = (body: unknown): void => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refuse('The body is no object. Send {} at least.');
};

/**
 * Reads the body of `POST /v1/calls`.
 *
 * @param caller who calls, and is not to be called
 * @throws {BrokerError} `invalid-argument`
 */
export const readCallRequest = (body: unknown, caller: string): CallWish => {
  demandObject(body);
  const users = field(body, 'users');
  const [callee] = Array.isArray(users) && users.length === 1 ? users.map(subject) : [];
  if (callee === undefined)
    throw refuse('"users" is a list of one alias: a call is between two users. Mend it.');
  if (callee === caller) throw refuse('"users" has your own alias. Call somebody else.');
  const link = field(body, 'link') ?? false;
  if (typeof link !== 'boolean') throw refuse('"link" of the call must be true or false. Mend it.');
  return {
    callee,
    callType: choiceIn(body, 'callType', CALL_TYPES, 'video'),
    record: choiceIn(body, 'record', RECORDS, 'none'),
    link,
  };
};

/** Reads `{stream?}`, the tab that answers; without a body there is none. */
export const readAnswer = (body: unknown): string | undefined => {
  if (body === undefined) return;
  demandObject(body);
  const given = field(body, 'stream');
  if (given === undefined) return;
  if (typeof given === 'string' && STREAM.test(given)) return given;
  throw refuse('"stream" is not the id of a call stream. Send the one of its first event.');
};

/** Reads `{reason?}`; default `none`. */
export const readReason = (body: unknown): DeclineReason => {
  if (body === undefined) return 'none';
  demandObject(body);
  return choiceIn(body, 'reason', REASONS, 'none');
};

/** Reads `{url}`. */
export const readUrl = (body: unknown): URL => {
  const given = identifier(field(body, 'url'), LONGEST_URL);
  const url = given !== undefined && URL.canParse(given) ? new URL(given) : undefined;
  if (!url) throw refuse('"url" is no address. Send the callUrl of a call.');
  return url;
};
