import {field, identifier, LIMITS, text} from '../protocol/guards.js';
import {list} from '../protocol/list.js';
import {visibleName} from '../protocol/visible-text.js';
import type {ChatApi} from './chat-api.js';

/** Somebody who can be mentioned. */
export interface Person {
  readonly username: string;
  readonly name: string;
  readonly status?: 'online' | 'away' | 'busy' | 'offline';
}

const STATUSES: readonly unknown[] = ['online', 'away', 'busy', 'offline'];
const MOST = 20;

const personOf = (data: unknown): Person | undefined => {
  const username = identifier(field(data, 'username'), LIMITS.name);
  const status = field(data, 'status');
  return username
    ? {
        username,
        name: visibleName(text(field(data, 'name'), LIMITS.name) ?? '', username),
        ...(STATUSES.includes(status) && {status: status as NonNullable<Person['status']>}),
      }
    : undefined;
};

/**
 * People whose name begins like `query`, those of the room first.
 *
 * Source: `spotlight [text, except, {users}, rid]`, REST `spotlight`.
 *
 * @throws what says that it could not be asked
 */
export const findPeople = async (
  api: ChatApi,
  roomId: string,
  query: string,
): Promise<readonly Person[]> => {
  const params = [query, [], {users: true, rooms: false}, roomId];
  const answer = await api.ask('spotlight', params, (rest) =>
    rest.get('spotlight', {query: `@${query}`}),
  );
  return list(field(answer, 'users'))
    .slice(0, MOST)
    .map(personOf)
    .filter((each) => each !== undefined);
};
