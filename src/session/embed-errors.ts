import {PexipChatError} from '../errors.js';

/** Nothing was heard of the page. */
export const silent = (): PexipChatError =>
  new PexipChatError(
    'embed-silent',
    'Rocket.Chat said nothing. Check that the workspace may be framed by this page, that it sends ' +
      'events to and takes commands from its origin, and that the token is valid.',
  );

/** The page was heard, and no token had any effect. */
export const notSignedIn = (): PexipChatError =>
  new PexipChatError(
    'embed-silent',
    'Rocket.Chat is there, but signed nobody in. Check that the workspace takes commands from the ' +
      'origin of this page, and that the token is valid.',
  );

/** The page was told to sign out, and did not say that it has. */
export const notSignedOut = (): PexipChatError =>
  new PexipChatError(
    'embed-silent',
    'Rocket.Chat did not confirm the sign-out, and may still show the conversation. Check that the ' +
      'workspace takes commands from the origin of this page, and end the token on your server.',
  );

/** Somebody else was signed in in the page again and again. */
export const otherUser = (): PexipChatError =>
  new PexipChatError(
    'other-user',
    "Rocket.Chat's page was signed in as another user, in another tab or another pane. Only one user at a time can be signed in to it in a browser.",
  );

/** The user is signed in, but the room did not open. */
export const unconfirmed = (): PexipChatError =>
  new PexipChatError(
    'room-unconfirmed',
    'Rocket.Chat signed the user in but opened no such room. Check its name, and that the user is a member.',
  );

/** Nobody wants to know any more whether the room opens. */
export const superseded = (): PexipChatError =>
  new PexipChatError(
    'disconnected',
    'Another room was asked for before this one opened, or the pane was removed.',
  );
