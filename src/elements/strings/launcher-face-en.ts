import type {Plural} from './strings.js';

/** The texts of floating/launcher-face.ts in English. In those by number `#` is it. */
export const launcherFaceEnglish = {
  launcherAlert: 'Chats, new messages',
  launcherUnread: {
    one: 'Chats, # unread message',
    other: 'Chats, # unread messages',
  } as Plural,
  /** On the badge, of a number that does not fit. */
  launcherMost: {other: '#+'} as Plural,
  launcher_connecting: 'Connecting…',
  launcher_offline: 'No connection.',
  launcher_signed_out: 'You are not signed in.',
  /** Said when there are more than before. */
  launcherNews: {
    one: 'You have # unread message.',
    other: 'You have # unread messages.',
  } as Plural,
};

export type LauncherFaceStrings = Readonly<typeof launcherFaceEnglish>;
