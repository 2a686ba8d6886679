import type {Plural} from './strings.js';

/** The texts of what a person does with messages, in English. `{…}` are put in. */
export const doingEnglish = {
  doingThreadMessages: 'Thread',
  doingActions: 'Actions for the message of {name}, {time}',
  doingReact: 'Add a reaction',
  doingReactMore: 'Add another reaction',
  doingReactionSearch: 'Search emoji',
  doingReactionNone: 'No emoji has such a name.',
  doingTooFar: 'This message is too far back. Open it in Rocket.Chat.',
  doingGone: 'This message was deleted meanwhile.',
  doingReply: 'Reply in a thread',
  doingReplyHere: 'Reply in the thread',
  doingQuote: 'Quote',
  doingEdit: 'Edit',
  doingDelete: 'Delete',
  doingDeleteAsk: 'Delete this message?',
  doingCancel: 'Cancel',
  doingThread: 'Thread',
  doingClose: 'Close',
  doingNoConnection: 'There is no connection right now. Try again once it is back.',
  doingRefused: 'Rocket.Chat did not allow this.',
  doingFailed: 'This did not work. Try again.',
  doingTyping: {one: '{names} is typing…', other: '{names} are typing…'} as Plural,
  doingTypingMany: 'Several people are typing…',
};

export type DoingStrings = Readonly<typeof doingEnglish>;
