import {field, identifier} from '../../../src/protocol/guards.js';

/** Longest value that is read, in characters: display names and aliases have 250 at most. */
const LONGEST = 1_024;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What the broker looks at of the many things that Pexip Infinity tells when it asks. */
export interface PolicyQuery {
  /** What the participant dialled. */
  readonly localAlias: string | undefined;
  /** The conference, where there is one already: breakout rooms, dial-outs, participants. */
  readonly serviceName: string | undefined;
  readonly breakout: string | undefined;
  /** A ticket, or anything else that came with the participant. */
  readonly callTag: string | undefined;
  /** What the participant is by a PIN or his sign-in. */
  readonly role: 'chair' | 'guest' | undefined;
}

/**
 * Reads the query of a policy request. What is empty, stands there twice or is far too long counts as
 * not there: an error would send Pexip Infinity to its own database.
 */
export const readPolicyQuery = (query: unknown): PolicyQuery => {
  const one = (name: string) => identifier(field(query, name), LONGEST);
  const breakout = one('breakout_uuid');
  const role = one('preauthenticated_role');
  return {
    localAlias: one('local_alias'),
    serviceName: one('service_name'),
    breakout: breakout !== undefined && UUID.test(breakout) ? breakout.toLowerCase() : undefined,
    callTag: one('call_tag'),
    role: role === 'chair' || role === 'guest' ? role : undefined,
  };
};
