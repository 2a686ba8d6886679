import {createHash} from 'node:crypto';

import {fetch, type Dispatcher} from 'undici';

import type {CookieSignIn} from '../config/settings.js';
import {limitedText} from '../http/limited-text.js';
import {identityOf} from './claims.js';
import type {CookieHook} from './cookie-hook.js';
import type {Identity} from './identity.js';
import {cannotTell} from './refused-proofs.js';

/** How long an answer of the application's counts; so long a signed-out user may still be let in. */
const KEPT = 10_000;
/** How many answers are kept at most. */
const MOST = 10_000;
/** How long an answer may take, in ms, and be, in bytes. */
const PATIENCE = 5_000;
const LONGEST = 16_384;

const APPLICATION = 'the application';
/** Nobody is signed in with that cookie. */
const NOBODY: readonly number[] = [401, 403, 404];

/** Tells for whom a cookie is; `undefined` for nobody. Rejects with `broker-busy` if that cannot be told. */
export type CookieCheck = (value: string, header: string) => Promise<Identity | undefined>;

/** Asks the function of whoever mounted the broker. What it gives is read like any claims. */
const byHook =
  (hook: CookieHook): CookieCheck =>
  async (value, header) => {
    let user;
    try {
      user = await hook(value, header);
    } catch (error) {
      throw cannotTell(APPLICATION, error);
    }
    if (user === undefined || user === null) return;
    const identity = identityOf({...user, email_verified: user.emailVerified}, 'cookie');
    if (identity) return identity;
    throw cannotTell(APPLICATION, new Error('The cookie hook gave no fit sub.'));
  };

const ask = async (
  url: string,
  cookie: string,
  dispatcher: Dispatcher,
): Promise<Identity | undefined> => {
  const answer = await fetch(url, {
    headers: {accept: 'application/json', cookie},
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
    dispatcher,
  });
  const text = await limitedText(answer.body, LONGEST);
  if (NOBODY.includes(answer.status)) return;
  if (answer.status !== 200)
    throw new Error(`The cookie's address answers HTTP ${answer.status}, where 200 or 401 is due.`);
  const identity = identityOf(JSON.parse(text), 'cookie');
  if (!identity) throw new Error("The cookie's address answers no JSON object with a fit sub.");
  return identity;
};

/** Asks the application by HTTP, with that one cookie and nothing else of the caller's. */
export class RemoteCookies {
  readonly #name: string;
  readonly #url: string;
  readonly #dispatcher: Dispatcher;
  readonly #now: () => number;
  /** By the cookie's hash, so that no cookie is kept. In the order of coming. */
  readonly #answers = new Map<
    string,
    {readonly until: number; readonly identity: Promise<Identity | undefined>}
  >();

  constructor(name: string, url: string, dispatcher: Dispatcher, now = () => performance.now()) {
    this.#name = name;
    this.#url = url;
    this.#dispatcher = dispatcher;
    this.#now = now;
  }

  readonly check: CookieCheck = (value) => {
    const hash = createHash('sha256').update(value).digest('base64');
    const known = this.#answers.get(hash);
    if (known && this.#now() < known.until) return known.identity;
    this.#answers.delete(hash);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size >= MOST && oldest !== undefined) this.#answers.delete(oldest);
    const identity = this.#ask(value);
    const entry = {until: this.#now() + KEPT, identity};
    this.#answers.set(hash, entry);
    // Those who ask meanwhile share the question. Only a yes is kept: a sign-in counts at once.
    const forget = (): void => {
      if (this.#answers.get(hash) === entry) this.#answers.delete(hash);
    };
    identity.then((user) => user || forget(), forget);
    return identity;
  };

  async #ask(value: string): Promise<Identity | undefined> {
    try {
      return await ask(this.#url, `${this.#name}=${value}`, this.#dispatcher);
    } catch (error) {
      throw cannotTell(APPLICATION, error);
    }
  }
}

/** Chooses how cookies are checked. A hook is asked each time: it knows best what it may keep. */
export const cookieCheck = (
  {name, url, hook}: CookieSignIn,
  dispatcher: Dispatcher,
): CookieCheck => {
  if (hook) return byHook(hook);
  if (url === undefined) throw new TypeError('The sign-in by cookie needs a url or a hook.');
  return new RemoteCookies(name, url, dispatcher).check;
};
