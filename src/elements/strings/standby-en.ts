import type {Plural} from './strings.js';

/** The texts of standby.ts in English. */
export const standbyEnglish = {
  meetingUnbridged: 'The meeting works, but without its Chat button.',
  meetingStart: 'Show the meeting',
  chatButton: 'Chat',
  chatButtonAlert: 'Chat, new messages',
  /** By plural category (`Intl.PluralRules`); `#` is the number. */
  chatButtonUnread: {one: 'Chat, # new message', other: 'Chat, # new messages'} as Plural,
};

export type StandbyStrings = Readonly<typeof standbyEnglish>;
