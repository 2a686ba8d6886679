import {field, identifier, LIMITS} from '../protocol/guards.js';
import type {LiveSession} from './live-session.js';

/** The user of a live session, with the name where it is known. */
export interface OwnUser {
  readonly userId: string | undefined;
  readonly username: string | undefined;
}

/**
 * Who the user is. `auth` need not tell the username; the user's part in any room does (`u` of
 * Rocket.Chat's `ISubscription`).
 */
export const ownUser = (
  session: Pick<LiveSession, 'directory' | 'getState'>,
  roomId: string,
): OwnUser => {
  const {userId, username} = session.getState().user ?? {};
  const raw = session.directory.membership(roomId)?.raw;
  return {
    userId,
    username: username ?? identifier(field(field(raw, 'u'), 'username'), LIMITS.name),
  };
};
