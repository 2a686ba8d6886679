/** A user's sign-in for Rocket.Chat, as `POST /api/v1/login` answers it. */
export interface Credentials {
  readonly userId: string;
  readonly authToken: string;
  readonly username?: string;
  /** ISO 8601. */
  readonly expiresAt?: string;
}

/** What the pane asks of an `auth` function. */
export interface CredentialsAsk {
  /** Where the token will be used. Each surface needs a token of its own, as logout ends it. */
  readonly surface: 'embed' | 'live';
  /** `rejected`: the last token did not work. */
  readonly reason: 'initial' | 'expiring' | 'rejected';
  /** Aborts when the pane no longer needs the answer. */
  readonly signal: AbortSignal;
}

/** The `auth` property of a chat pane. A fixed object cannot be refreshed. */
export type Auth = Credentials | ((ask: CredentialsAsk) => Promise<Credentials>);

/**
 * Reads credentials from whatever a page or its server gave.
 *
 * Rocket.Chat takes a missing token for "log in as before", which may be somebody else
 * (RocketChat/Rocket.Chat#9530), so that nothing but a well-formed token ever passes.
 */
export const parseCredentials = (data: unknown): Credentials | undefined => {
  const {userId, authToken, username, expiresAt} = (data ?? {}) as Partial<Record<string, unknown>>;
  if (typeof userId !== 'string' || !/^[\w-]{1,128}$/.test(userId)) return;
  if (typeof authToken !== 'string' || !/^[\w-]{20,128}$/.test(authToken)) return;
  return {
    userId,
    authToken,
    ...(typeof username === 'string' && {username}),
    ...(typeof expiresAt === 'string' && {expiresAt}),
  };
};
