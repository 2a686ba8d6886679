import type {ChatSessionRequest} from '../../../src/protocol/broker-api.js';
import type {Surface} from '../../../src/protocol/credentials.js';
import {field, identifier} from '../../../src/protocol/guards.js';
import {BrokerError} from '../errors.js';

const SURFACES: ReadonlySet<unknown> = new Set<Surface>(['embed', 'live']);
const LONGEST_LEASE = 512;

const refuse = (message: string): BrokerError => new BrokerError(400, 'invalid-argument', message);

const surfacesIn = (
  body: object,
  name: 'surfaces' | 'rejected',
): readonly Surface[] | undefined => {
  const given = field(body, name);
  if (given === undefined) return;
  if (!Array.isArray(given) || !given.every((each): each is Surface => SURFACES.has(each))) {
    throw refuse(`"${name}" is a list of "embed" and "live" at most. Mend it, or leave it out.`);
  }
  return [...new Set(given)];
};

/**
 * Reads the body of `POST /v1/chat/session`. What it has besides is not looked at: for whom the session
 * is, is said by the proof of sign-in alone.
 *
 * @throws {BrokerError} `invalid-argument`
 */
export const readSessionRequest = (
  body: unknown,
): Required<Pick<ChatSessionRequest, 'surfaces'>> & ChatSessionRequest => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw refuse('The body is no object. Send {} at least.');
  }
  const surfaces = surfacesIn(body, 'surfaces') ?? ['live'];
  if (!surfaces.length) throw refuse('"surfaces" is empty. Name one, or leave it out.');
  const rejected = surfacesIn(body, 'rejected');
  const given = field(body, 'lease');
  const lease = identifier(given, LONGEST_LEASE);
  if (given !== undefined && lease === undefined) {
    throw refuse('"lease" is no lease. Send the one of the last answer, or leave it out.');
  }
  return {surfaces, ...(lease && {lease}), ...(rejected?.length && {rejected})};
};
