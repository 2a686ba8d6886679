import {PexipChatError} from '../../errors.js';

export const noRoom = (): PexipChatError =>
  new PexipChatError(
    'invalid-argument',
    'open() was given no room. Use "#channel", "@user", "channel/…", "group/…", "direct/…" or an id.',
  );

export const noCredentials = (): PexipChatError =>
  new PexipChatError(
    'invalid-argument',
    "login() was given no {userId, authToken} as Rocket.Chat's login answers them.",
  );

export const noText = (): PexipChatError =>
  new PexipChatError('invalid-argument', 'send() was given no text, or a blank one.');

export const noRoomYet = (): PexipChatError =>
  new PexipChatError('disconnected', 'No room is open yet. Wait for rc-room-opened.');

export const signInRequired = (): PexipChatError =>
  new PexipChatError(
    'sign-in-required',
    'The native view has no sign-in form of its own. Set auth, or broker with accessToken or a cookie.',
  );

export const notSignedIn = (): PexipChatError =>
  new PexipChatError(
    'disconnected',
    'Nobody is signed in to Rocket.Chat. Wait for rc-logged-in, or call login().',
  );

/** By its fields, as the server's refusal is of a class of another file; its body is left out. */
export const notRead = (failure?: unknown): PexipChatError => {
  const {code, status} = Object(failure) as {code?: unknown; status?: unknown};
  const cause = status === undefined ? failure : new Error(`HTTP ${String(status)}`);
  return typeof code === 'string'
    ? new PexipChatError(
        'room-forbidden',
        `Rocket.Chat did not mark the room as read (${code}). Check that the user is a member.`,
        {cause},
      )
    : new PexipChatError(
        'disconnected',
        'There is no connection with Rocket.Chat now. Mark the room as read once it is live.',
        {cause},
      );
};

export const notShown = (method: string): PexipChatError =>
  new PexipChatError(
    'disconnected',
    `${method}() was called on a pane without a conversation. Put it into the page with server and room.`,
  );

const NEEDS = {
  compose: 'needs the native view; the embedded page takes no text from outside.',
  markRead: 'needs a user that auth, login() or a broker has signed in.',
  send: 'needs a user that auth, login() or a broker has signed in.',
};

export const unsupported = (method: keyof typeof NEEDS): PexipChatError =>
  new PexipChatError('unsupported', `${method}() ${NEEDS[method]}`);
