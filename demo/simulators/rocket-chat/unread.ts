import type {Message, RoomKind, Subscription} from './model.js';
import type {SettingsStore} from './settings.js';

/** What one message adds to a member's subscription. */
export type UnreadIncrease = Pick<Subscription, 'unread' | 'userMentions' | 'groupMentions'>;

/**
 * Counts a message for a member other than its author.
 *
 * By the factory settings only mentions count in channels, groups and discussions, and every message
 * in direct ones; a message that does not count still raises `alert`, which is the caller's part.
 * Settings `Unread_Count` and `Unread_Count_DM` of Rocket.Chat's server/settings/general.ts.
 */
export const unreadIncrease = (
  {mentions}: Message,
  kind: RoomKind,
  member: string,
  settings: SettingsStore,
): UnreadIncrease => {
  const mentioned = mentions.some(({username}) => username === member);
  const everyone = mentions.some(({username}) => username === 'all' || username === 'here');
  const rule = kind === 'd' ? settings.get('Unread_Count_DM') : settings.get('Unread_Count');
  const counts =
    rule === 'all_messages' ||
    (mentioned && rule !== 'group_mentions_only') ||
    (everyone && rule !== 'user_mentions_only');
  return {
    unread: Number(counts),
    userMentions: Number(mentioned),
    groupMentions: Number(everyone),
  };
};
