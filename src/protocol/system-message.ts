/**
 * What Rocket.Chat itself remarks in a room, as facts for a table of texts.
 *
 * Source: packages/message-types/src/registrations of Rocket.Chat: the kind is a message's `t`, and
 * what it tells of (a username, a topic, …) is its `msg`.
 */
import {isByPerson, isRemoved, type ChatMessage} from './chat-message.js';
import {field, LIMITS, text} from './guards.js';
import {cutText, visibleName, visibleText} from './visible-text.js';

/** Remarks about the one who did it. */
const PLAIN = {
  uj: 'joined',
  ut: 'joined',
  ujt: 'joined-team',
  ul: 'left',
  ult: 'left-team',
  wm: 'welcome',
  message_pinned: 'pinned',
  'room-archived': 'archived',
  'room-unarchived': 'unarchived',
  'room-set-read-only': 'read-only',
  'room-removed-read-only': 'writable',
  'room-allowed-reacting': 'reacting-allowed',
  'room-disallowed-reacting': 'reacting-refused',
  room_changed_avatar: 'avatar-changed',
  room_e2e_enabled: 'encryption-on',
  room_e2e_disabled: 'encryption-off',
  videoconf: 'conference',
  rtc: 'conference',
} as const;

/** Remarks about somebody else, by username. */
const ABOUT = {
  au: 'added',
  'added-user-to-team': 'added-to-team',
  ui: 'invited',
  ru: 'removed',
  'removed-user-from-team': 'removed-from-team',
  'user-muted': 'muted',
  'user-unmuted': 'unmuted',
  'user-banned': 'banned',
  'user-unbanned': 'unbanned',
  'subscription-role-added': 'role-added',
  'subscription-role-removed': 'role-removed',
} as const;

/** Remarks about a value that was set; it may be empty. */
const CHANGED = {
  r: 'name-changed',
  room_changed_name: 'name-changed',
  room_changed_topic: 'topic-changed',
  room_changed_description: 'description-changed',
  room_changed_announcement: 'announcement-changed',
  room_changed_privacy: 'privacy-changed',
  'discussion-created': 'discussion',
} as const;

type ValueOf<T> = T[keyof T];

/** What a remark of Rocket.Chat tells. Names and values are from others, harmless to look at. */
export type SystemFact =
  | {readonly type: ValueOf<typeof PLAIN>; readonly actor: string}
  | {
      readonly type: ValueOf<typeof ABOUT>;
      readonly actor: string;
      /** A username. */
      readonly target: string;
      /** Of roles: which, such as `owner`. */
      readonly role?: string;
    }
  | {readonly type: ValueOf<typeof CHANGED>; readonly actor: string; readonly value: string}
  /** What is left of a message that was deleted; `actor` wrote it. */
  | {readonly type: 'deleted'; readonly actor: string}
  /** A kind that is not known here; `text` may be empty. */
  | {
      readonly type: 'unknown';
      readonly actor: string;
      readonly kind: string;
      readonly text: string;
    };

/** All but `unknown`, for tables of texts. */
export type SystemFactType = SystemFact['type'];

const own = <T extends object>(table: T, name: string): ValueOf<T> | undefined =>
  Object.hasOwn(table, name) ? table[name as keyof T] : undefined;

/** What a message tells that nobody wrote; `undefined` for the messages of people. */
export const systemFact = (message: ChatMessage): SystemFact | undefined => {
  const {kind, sender} = message;
  if (!kind || isByPerson(message)) return;
  const actor = visibleName(sender.name, sender.username) || sender.userId;
  if (isRemoved(message)) return {type: 'deleted', actor};
  const plain = own(PLAIN, kind);
  if (plain) return {type: plain, actor};
  const written = visibleText(cutText(message.text, LIMITS.message));
  const about = own(ABOUT, kind);
  const target = visibleName(written, '');
  const role = visibleName(text(field(message.raw, 'role'), LIMITS.code) ?? '', '');
  if (about && target) return {type: about, actor, target, ...(role && {role})};
  const changed = own(CHANGED, kind);
  if (changed) return {type: changed, actor, value: written};
  return {type: 'unknown', actor, kind, text: written};
};
