import type {MeetingStatus} from '../../../src/protocol/meeting-api.js';
import {field} from '../../../src/protocol/guards.js';
import {BrokerError} from '../errors.js';

const STATUSES: readonly MeetingStatus[] = ['ended', 'live', 'scheduled', 'waiting'];

/**
 * Reads the query of `GET /v1/meetings`.
 *
 * @throws {BrokerError} `invalid-argument`
 */
export const readListQuery = (query: unknown): {readonly status?: MeetingStatus} => {
  const given = field(query, 'status');
  if (given === undefined) return {};
  const status = STATUSES.find((each) => each === given);
  if (status === undefined)
    throw new BrokerError(
      400,
      'invalid-argument',
      `Ask for one status, or for all meetings: ?status= is one of ${STATUSES.join(', ')}.`,
    );
  return {status};
};
