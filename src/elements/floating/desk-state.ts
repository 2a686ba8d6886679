import type {PexipChatError} from '../../errors.js';
import {NOTHING_UNREAD} from '../../session/chat-state.js';
import type {LiveSide} from '../views/live-side.js';
import type {DeskState} from './desk-types.js';
import type {DeskWork} from './desk-work.js';

/** Who is signed in. */
export const userOf = (work: DeskWork | undefined): DeskState['user'] => {
  const {names} = work ?? {};
  return names ? {alias: names.alias(names.username), username: names.username} : null;
};

/** What a widget knows. @param failure why nobody is signed in */
export const stateOf = (
  {state, signIn}: LiveSide,
  work: DeskWork | undefined,
  failure: PexipChatError | undefined,
): DeskState => {
  const {status = 'connecting', known = false} = state ?? {};
  const {entries: chats = [], unread = NOTHING_UNREAD} = work ?? {};
  return {
    status,
    user: userOf(work),
    known: known && !!work,
    chats,
    unread,
    signIn: failure ? {...signIn, signedOut: true, queued: undefined} : signIn,
  };
};
