import {field} from '../../protocol/guards.js';
import {list} from '../../protocol/list.js';
import {presenceStatus, type PresenceStatus} from '../../protocol/presence.js';
import {gone} from '../../session/refusal.js';
import type {LiveSession} from '../../session/live-session.js';
import {notDone, userNotFound} from './desk-errors.js';

/**
 * How somebody is who has no alias, and of whom the broker therefore tells nothing.
 *
 * Source: `spotlight [text, except, {users}]`, REST `spotlight`.
 *
 * @throws {PexipChatError} `user-not-found`: nobody has this username, or the user may not see who;
 * `disconnected`
 */
export const statusAtChat = async (
  {api}: LiveSession,
  username: string,
): Promise<PresenceStatus> => {
  if (!api) throw gone();
  const params = [username, [], {users: true, rooms: false}];
  const answer = await api
    .ask('spotlight', params, (rest) => rest.get('spotlight', {query: `@${username}`}))
    .catch((cause: unknown) => {
      throw notDone(cause);
    });
  const person = list(field(answer, 'users')).find((each) => field(each, 'username') === username);
  if (!person) throw userNotFound(`@${username}`);
  return presenceStatus(field(person, 'status')) ?? 'offline';
};
