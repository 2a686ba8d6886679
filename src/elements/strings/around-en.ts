import type {Plural} from './strings.js';

/** The texts of around.ts in English. In those by number `#` is it, and `{room}` is a room's name. */
export const aroundEnglish = {
  statusRecovering: 'Connecting again…',
  statusOffline: 'Offline. New messages will be shown once the connection is back.',
  statusConnected: 'Connected again.',
  /** The number is a place, and the same in every plural. */
  statusQueued: {other: 'Signing in. You are number # in the queue.'} as Plural,
  statusWaiting: 'Signing in. Please wait.',
  statusSignedOut: 'Your sign-in has ended.',
  statusNotSignedIn: 'You are not signed in to the conversation.',
  statusSignIn: 'Sign in again',
  statusSignInFirst: 'Sign in',
  statusLink: 'Open the conversation in a new window',
  rooms: 'Rooms',
  roomsSearch: 'Search rooms',
  roomsNone: 'You have no rooms yet.',
  roomsUnmatched: 'No room has this name.',
  roomUnread: {
    one: '{room}, # unread message',
    other: '{room}, # unread messages',
  } as Plural,
  roomAlert: '{room}, new messages',
  /** On a badge, of a number that does not fit. */
  roomUnreadMost: {other: '#+'} as Plural,
};

export type AroundStrings = Readonly<typeof aroundEnglish>;
