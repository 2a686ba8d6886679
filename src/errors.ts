/** Every code of a {@link PexipChatError}; docs/errors.md explains each under a heading of its name. */
export type ErrorCode =
  | 'access-token-required'
  | 'account-missing'
  | 'action-refused'
  | 'already-created'
  | 'broker-failed'
  | 'chat-disabled'
  | 'commands-disabled'
  | 'credentials-failed'
  | 'dial-out-ambiguous'
  | 'dial-out-forbidden'
  | 'dial-out-limited'
  | 'dial-out-refused'
  | 'dial-out-timeout'
  | 'disconnected'
  | 'discussion-missing'
  | 'discussion-not-configured'
  | 'discussion-refused'
  | 'embed-silent'
  | 'events-disabled'
  | 'file-failed'
  | 'framing-forbidden'
  | 'insecure-url'
  | 'invalid-argument'
  | 'invalid-attribute'
  | 'invalid-option'
  | 'loaded-twice'
  | 'meeting-not-found'
  | 'message-refused'
  | 'not-connected'
  | 'not-created'
  | 'origin-not-allowed'
  | 'origins-missing'
  | 'other-user'
  | 'part-failed'
  | 'plugin-timeout'
  | 'room-forbidden'
  | 'room-not-found'
  | 'room-unconfirmed'
  | 'sign-in-required'
  | 'token-rejected'
  | 'unsupported'
  | 'user-not-found';

/**
 * The one error of the product. Its message says who did what and how to mend it; `code` is stable
 * and is the anchor of the entry in docs/errors.md. It never holds a token, PIN or message text.
 */
export class PexipChatError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PexipChatError';
    this.code = code;
  }
}
