import type {Plural} from './strings.js';

/** The texts of the widget's window in English. In those by number `#` is it, and `{name}` is a name. */
export const windowEnglish = {
  windowChats: 'Chats',
  windowChat: 'Chat',
  windowSettings: 'Settings',
  windowBack: 'Back to the chats',
  windowClose: 'Close the chats',
  windowSearch: 'Search chats',
  windowUnmatched: 'No chat has this name.',
  windowEmpty: 'You have no chats yet.',
  windowOff: 'Chats are switched off on this page.',
  windowLoading: 'Your chats are loading…',
  windowFailed: 'Your chats could not be loaded. Check your connection and try again.',
  windowAgain: 'Try again',
  windowGone: 'The chat with {name} is no longer in your list.',
  windowUnread: {one: '# unread message', other: '# unread messages'} as Plural,
  windowNews: 'new messages',
  windowAlso: ', {state}',
  windowMost: {other: '#+'} as Plural,
  window_online: 'online',
  window_away: 'away',
  window_busy: 'busy',
  window_offline: 'offline',
  windowLanguage: 'Language',
  windowUser: 'Signed in as',
  windowNobody: 'Nobody is signed in.',
  windowSignOut: 'Sign out',
  windowSignOutAsk: 'Sign out of the chats on this page?',
  windowCancel: 'Cancel',
  windowVersion: 'Version {version}',
};

export type WindowStrings = Readonly<typeof windowEnglish>;
