/** A user's sign-in for Rocket.Chat, as `POST /api/v1/login` answers it. */
export interface Credentials {
  readonly userId: string;
  readonly authToken: string;
  readonly username?: string;
  /** ISO 8601. */
  readonly expiresAt?: string;
}

/** Where a token is used. Each surface needs one of its own, as signing out ends it. */
export type Surface = 'embed' | 'live';

/** What the pane asks of an `auth` function. */
export interface CredentialsAsk {
  readonly surface: Surface;
  /** `rejected`: the last token did not work. */
  readonly reason: 'initial' | 'expiring' | 'rejected';
  /** Aborts when the pane no longer needs the answer. */
  readonly signal: AbortSignal;
}

/**
 * The `auth` property of a chat pane. A fixed object cannot be refreshed. A function resolves with
 * nothing where nobody is signed in to the page any more; one that throws is asked again.
 */
export type Auth = Credentials | ((ask: CredentialsAsk) => Promise<Credentials | null | undefined>);

const matching =
  (pattern: RegExp) =>
  (value: unknown): string | undefined =>
    typeof value === 'string' && pattern.test(value) ? value : undefined;

/** Returns `value` if it can be the id of a user. */
export const credentialUser = matching(/^[\w-]{1,128}$/);

/**
 * Returns `value` if it can be a login token.
 *
 * Rocket.Chat takes a missing token for "log in as before", which may be somebody else
 * (RocketChat/Rocket.Chat#9530), so that nothing but a well-formed token ever passes.
 */
export const credentialToken = matching(/^[\w-]{20,128}$/);

/** Reads credentials from whatever a page or its server gave; `undefined` for anything else. */
export const parseCredentials = (data: unknown): Credentials | undefined => {
  const given = (data ?? {}) as Partial<Record<string, unknown>>;
  const userId = credentialUser(given['userId']);
  const authToken = credentialToken(given['authToken']);
  if (!userId || !authToken) return;
  const {username, expiresAt} = given;
  return {
    userId,
    authToken,
    ...(typeof username === 'string' && {username}),
    ...(typeof expiresAt === 'string' && {expiresAt}),
  };
};
