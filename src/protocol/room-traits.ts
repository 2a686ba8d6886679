/** What a view needs to know of a room beside its place in the list. Source: `IRoom`, `ISubscription`. */
import {parseTime} from './ddp.js';
import {field, LIMITS, text} from './guards.js';
import {visibleText} from './visible-text.js';

/** Why a user cannot write in a room. Being offline is no reason: messages wait. */
export type WriteBar = 'archived' | 'encrypted' | 'muted' | 'not-member' | 'read-only';

export interface RoomTraits {
  /** What the room is about; empty if nobody has said so. */
  readonly topic: string;
  readonly bar: WriteBar | undefined;
  /** Messages are encrypted, which only Rocket.Chat's own clients can read. */
  readonly encrypted: boolean;
  /** Until when the user has read it, by the server's clock: epoch ms; 0 if that is not known. */
  readonly read: number;
}

/** Who may write in a room that is read-only, by Rocket.Chat's own permissions. */
const MAY_POST = ['admin', 'moderator', 'owner'];

/** How many names of a list are looked at; one that is mostly holes would take seconds. */
const MOST_NAMES = 1e4;

const includes = (list: unknown, wanted: unknown): boolean =>
  Array.isArray(list) && wanted !== undefined && list.slice(0, MOST_NAMES).includes(wanted);

/**
 * Reads a room as its user sees it.
 *
 * @param room Rocket.Chat's room, if it is known
 * @param subscription the user's part in it; undefined where he is no member
 * @param username his own
 */
export const roomTraits = (
  room: unknown,
  subscription: unknown,
  username: string | undefined,
): RoomTraits => {
  const encrypted = field(room, 'encrypted') === true || field(subscription, 'encrypted') === true;
  const roles = field(subscription, 'roles');
  const posts =
    includes(field(room, 'unmuted'), username) || MAY_POST.some((role) => includes(roles, role));
  const archived = field(room, 'archived') === true || field(subscription, 'archived') === true;
  const bar: WriteBar | undefined = !subscription
    ? 'not-member'
    : archived
      ? 'archived'
      : encrypted
        ? 'encrypted'
        : field(room, 'ro') === true && !posts
          ? 'read-only'
          : includes(field(room, 'muted'), username)
            ? 'muted'
            : undefined;
  return {
    topic: visibleText(text(field(room, 'topic'), LIMITS.message) ?? ''),
    bar,
    encrypted,
    read: parseTime(field(subscription, 'ls')) ?? 0,
  };
};
