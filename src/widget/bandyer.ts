import type {BandyerOptions} from '../elements/floating/widget-options.js';
import {PexipChatError} from '../errors.js';
import {warnOfError, warnOnce} from '../log.js';
import {ownScript} from '../parts/load-part.js';
import type {AccessToken} from '../transport/broker-client.js';
import {refuse} from './option-error.js';
import {address, callback, oneOf, options} from './option-kinds.js';
import type {CreateOptions} from './options.js';

/** How long a page's `credentials()` may take, and how long its answer is taken for the next one, in ms. */
export const CREDENTIALS_PACE = {patience: 30_000, kept: 60_000};

type Credentials = NonNullable<BandyerOptions['credentials']>;

const readCompat = options({
  environments: options({production: address(), sandbox: address()}),
  credentials: callback<Credentials>(),
});

/** All that the page has said by `compat()`; undefined where it has not. */
let said: BandyerOptions | undefined;
/** Why the latest of it cannot be used. */
let wrong: PexipChatError | undefined;

/**
 * What `compat()` does: each call adds to those before it, and goes before them. What is wrong is told on
 * the console, and again by each `create()`.
 */
export const compat = (name: unknown, given: unknown = {}): void => {
  try {
    oneOf('bandyer')(name, 'The name given to compat()');
    const {environments, ...others} = readCompat(given, 'compat()');
    said = {...said, ...others, environments: {...said?.environments, ...environments}};
    wrong = undefined;
  } catch (error) {
    warnOfError((wrong = error as PexipChatError));
  }
};

/**
 * What pages of Bandyer's have beyond their options; undefined on any other page.
 *
 * @throws {PexipChatError} `invalid-option`: `compat()` or the script tag has said what it cannot
 */
export const bandyer = (): BandyerOptions | undefined => {
  const {compat: byTag} = ownScript?.dataset ?? {};
  if (wrong) throw wrong;
  if (!said && byTag !== undefined && byTag !== 'bandyer')
    refuse('data-compat', byTag, '"bandyer"', true);
  return said ?? (byTag === undefined ? undefined : {});
};

const failed = (why: string, cause?: unknown): PexipChatError =>
  new PexipChatError('credentials-failed', `The credentials() of compat() ${why}.`, {cause});

/** Asks the page's own code, which may do anything. */
const ask = async (credentials: Credentials, user: Parameters<Credentials>[0]): Promise<string> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const {patience} = CREDENTIALS_PACE;
    timer = setTimeout(() => reject(failed('gave no answer in time')), patience);
  });
  const asked = (async () => credentials(user))().catch((cause: unknown) => {
    throw failed('threw', cause);
  });
  const token: unknown = await Promise.race([asked, late]).finally(() => clearTimeout(timer));
  if (typeof token === 'string' && /^[!-~]+$/.test(token)) return token;
  throw failed('answered something else than an access token');
};

/**
 * The token of a user whom the page names in the old way: asked for now, and again when one is needed
 * later.
 *
 * @throws {PexipChatError} `access-token-required`: nobody gives tokens; `credentials-failed`
 */
export const tokenByAlias = async (
  {userAlias = '', appId = '', environment}: CreateOptions,
  credentials: Credentials | undefined,
): Promise<AccessToken> => {
  if (!credentials)
    throw new PexipChatError(
      'access-token-required',
      'userAlias and appId tell nobody who the user is. Give accessToken, or credentials() to compat().',
    );
  warnOnce('create(): userAlias and appId are deprecated. Give accessToken in their place.');
  let latest: {readonly token: Promise<string>; readonly until: number} | undefined;
  const next = (): Promise<string> => {
    if (latest && performance.now() < latest.until) return latest.token;
    const token = ask(credentials, {userAlias, appId, environment: environment ?? ''});
    const mine = (latest = {token, until: performance.now() + CREDENTIALS_PACE.kept});
    token.catch(() => {
      if (latest === mine) latest = undefined;
    });
    return token;
  };
  await next();
  return next;
};
