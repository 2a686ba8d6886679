import {PexipChatError} from '../../errors.js';
import {userName} from '../../protocol/user-list.js';
import {visibleName} from '../../protocol/visible-text.js';
import {refusalOf} from '../../session/server-refusal.js';
import {kindOf} from './given-kind.js';

/** There is nobody for whom it could be done. */
export const notCreated = (): PexipChatError =>
  new PexipChatError(
    'not-created',
    'Nobody is signed in here. Call create() and use its client, or set accessToken.',
  );

/** Somebody who was signed in is no longer. */
export const signedOut = (): PexipChatError =>
  new PexipChatError(
    'sign-in-required',
    'Another element of the page has signed the user out. The button in the window signs in again, or updateAccessToken().',
  );

/** Nobody is signed in here any more, but the broker does not know. */
export const notEnded = (cause: unknown): PexipChatError =>
  new PexipChatError(
    'broker-failed',
    'The user is signed out of this page, but the broker could not be told. The session there ends by itself when its lease ends.',
    {cause},
  );

/** The page has turned chat off. */
export const chatDisabled = (): PexipChatError =>
  new PexipChatError(
    'chat-disabled',
    'Chat module not initialized: this widget was created with chat: false, or with tools that do not name chat.',
  );

/** Nobody is called so. @param alias what was asked for, whatever the page gave */
export const userNotFound = (alias?: unknown): PexipChatError => {
  const asked =
    alias === undefined ? 'this alias' : `the alias "${visibleName(userName(alias) ?? '', '?')}"`;
  return new PexipChatError(
    'user-not-found',
    `Nobody in chat has ${asked}. Aliases are compared exactly; whoever never signed in may be missing.`,
  );
};

/** What `updateAccessToken()` does not do. */
export const otherUser = (): PexipChatError =>
  new PexipChatError(
    'other-user',
    'updateAccessToken() was given the token of another user. Call logout(), then create().',
  );

export const brokerMissing = (): PexipChatError =>
  new PexipChatError(
    'invalid-attribute',
    'The attribute "broker" is missing. data-broker of the script tag is for create() alone.',
  );

/** In Rocket.Chat's page a message can only be sent. */
export const needsNativeView = (): PexipChatError =>
  new PexipChatError('unsupported', 'composeMessage() without send needs view="native".');

/** What was given to an operation is none of what it takes; it is not repeated, as it may be a message. */
export const wrongArgument = (name: string, given: unknown, allowed: string): PexipChatError =>
  new PexipChatError(
    'invalid-argument',
    `The argument ${name} must be ${allowed}, not ${kindOf(given)}.`,
  );

/** What Rocket.Chat did with something that the page wanted; its own text is left out. */
export const notDone = (cause: unknown): PexipChatError => {
  const refused = refusalOf(cause);
  return refused
    ? new PexipChatError(
        'action-refused',
        `Rocket.Chat did not do this to the chat (${refused}). Check the permissions of the user, such as create-d and delete-d.`,
      )
    : new PexipChatError(
        'disconnected',
        'The connection with Rocket.Chat went before this was done. Try again once it is live.',
      );
};
