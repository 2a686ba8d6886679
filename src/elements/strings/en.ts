/** The texts of the elements in English. Every other language has the same names. */
export const en = {
  direction: 'ltr' as 'ltr' | 'rtl',
  meetingFrame: 'Meeting',
  meetingIdle: 'No meeting yet.',
  meetingStart: 'Show the meeting',
  meetingLoading: 'The meeting is loading…',
  meetingUnbridged: 'The meeting works, but without its Chat button.',
  meetingFailed: 'The meeting cannot be shown.',
  chatFrame: 'Chat',
  chatIdle: 'No conversation yet.',
  chatLoading: 'The conversation is loading…',
  chatDegraded: 'The conversation did not answer. It may not be up to date.',
  chatFailed: 'The conversation cannot be shown.',
  chatButton: 'Chat',
  chatButtonAlert: 'Chat, new messages',
  /** By plural category (`Intl.PluralRules`); `#` is the number. */
  chatButtonUnread: {one: 'Chat, # new message', other: 'Chat, # new messages'},
};

/** A text, or its forms by plural category of which `other` is always there. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & {other: string}>;

export type Strings = Readonly<
  Omit<typeof en, 'chatButtonUnread'> & {readonly chatButtonUnread: Plural}
>;
