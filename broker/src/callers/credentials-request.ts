import {field} from '../../../src/protocol/guards.js';
import {BrokerError} from '../errors.js';
import {emailAddress, personName, subject} from './claims.js';
import type {TokenOwner} from './own-tokens.js';

/** How long a token may live, in seconds, and does unless the request says. */
const SHORTEST = 360;
const LONGEST = 86_400;

/** What a server of the host application asks for. */
export interface CredentialsRequest {
  readonly owner: TokenOwner;
  /** Seconds. */
  readonly lifetime: number;
}

const optional = <Value>(
  body: unknown,
  name: string,
  read: (value: unknown) => Value | undefined,
): Value | undefined => {
  const given = field(body, name);
  if (given === undefined || given === null) return;
  const value = read(given);
  if (value !== undefined) return value;
  throw new BrokerError(400, 'invalid-argument', `The field ${name} is none. Correct or omit it.`);
};

const lifetimeOf = (body: unknown): number => {
  const given = field(body, 'expires_in') ?? SHORTEST;
  if (Number.isInteger(given) && Number(given) >= SHORTEST && Number(given) <= LONGEST)
    return Number(given);
  throw new BrokerError(
    422,
    'invalid_token_expirations',
    `The expires_in must be between ${SHORTEST} (6 minutes) and ${LONGEST} (24 hours), in whole seconds.`,
  );
};

/**
 * Reads the body of `POST /v1/credentials`.
 *
 * @throws {BrokerError} 400 `invalid-argument`, 422 `invalid_token_expirations`
 */
export const readCredentialsRequest = (body: unknown): CredentialsRequest => {
  const sub = subject(field(body, 'user_id'));
  if (sub === undefined)
    throw new BrokerError(
      400,
      'invalid-argument',
      'The field user_id must be a text of 1 to 128 characters, without control characters and without spaces at its ends.',
    );
  const lifetime = lifetimeOf(body);
  const name = optional(body, 'name', personName);
  const email = optional(body, 'email', emailAddress);
  return {
    owner: {sub, ...(name !== undefined && {name}), ...(email !== undefined && {email})},
    lifetime,
  };
};
