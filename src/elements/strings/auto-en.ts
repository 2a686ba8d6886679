/** The texts of auto.ts in English. */
export const autoEnglish = {
  meetingChatWaits: 'The conversation opens when the meeting has begun.',
  meetingChatNoAccount:
    'You have no account in this chat yet. Sign in to Rocket.Chat, then try again.',
  meetingChatNotSignedIn:
    'You could not be signed in. Sign in to this page again, then try once more.',
  meetingChatNotYours:
    'This conversation is only for the people of the meeting. Ask whoever has invited you.',
  meetingChatNone: 'The meeting is over, and it has no conversation.',
  meetingChatRefused:
    'The conversation could not be started. Try again once somebody else has joined.',
  meetingChatNotSetUp:
    'This meeting has no conversation. Whoever looks after the chat can set one up.',
  meetingChatAway: 'The conversation could not be opened. Check your connection, then try again.',
  meetingChatAgain: 'Try again',
  meetingChatLink: 'Open Rocket.Chat in a new window',
};

export type AutoStrings = Readonly<typeof autoEnglish>;
