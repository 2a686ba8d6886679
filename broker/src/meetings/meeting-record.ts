import {field} from '../../../src/protocol/guards.js';
import type {Meeting} from './meeting.js';

const TEXTS = ['id', 'alias', 'creator', 'title', 'hostPin', 'chat', 'callType', 'record'];

/**
 * Reads a meeting that was kept. It was sealed, so that nobody but a broker has written it: what is
 * looked for is a record of another version.
 */
export const parseMeeting = (plain: string): Meeting | undefined => {
  const data: unknown = JSON.parse(plain);
  const fit =
    TEXTS.every((name) => typeof field(data, name) === 'string') &&
    Array.isArray(field(data, 'people')) &&
    typeof field(data, 'createdAt') === 'number' &&
    typeof field(data, 'expiresAt') === 'number';
  return fit ? (data as Meeting) : undefined;
};
