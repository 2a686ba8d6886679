import {PexipChatError} from '../../errors.js';
import type {WidgetTokenDetail} from '../../events/widget-events.js';
import {parseAccessToken, type AccessTokenClaims} from '../../protocol/access-token.js';
import type {AccessToken} from '../../transport/broker-client.js';
import {onWake} from '../../transport/wake.js';
import {otherUser} from './desk-errors.js';

/** What befalls the page's access token. */
export type TokenFact = 'about-to-expire' | 'expired';

/** How the end of a token is watched; ms. */
export const TOKEN_TIMES = {
  /** It is told so long before the end; of a short token, in the last fifth of its time. */
  ahead: 60_000,
  /** The clock is looked at so often at least: it may be set, and no timer runs while a device sleeps. */
  look: 3_600_000,
};

const FIFTH = 5;

const refused = (what: string): PexipChatError =>
  new PexipChatError('invalid-option', `updateAccessToken() was given ${what}.`);

/** What is told of a token: never the token. */
const detailOf = (expiresAt: number): WidgetTokenDetail =>
  Object.freeze({expiresAt: new Date(expiresAt).toISOString()});

/**
 * When a token that the page gives now ends, by the clock of this device. Where that is behind, a token has no
 * more time than it was made for; where that calls it over, it has all of it, and the broker refuses it if it is.
 */
const endOf = ({expiresAt, life}: AccessTokenClaims): number => {
  const now = Date.now();
  if (life === undefined) return expiresAt;
  return expiresAt > now ? Math.min(expiresAt, now + life) : now + life;
};

/**
 * Watches when the page's access token ends: once it ends soon, and once it has. Nothing of this is a proof,
 * which is the broker's; it is what the token says of itself, by the clock of this device.
 */
export class AccessTokenClock {
  readonly #tell: (fact: TokenFact, detail: WidgetTokenDetail) => void;
  #token: string | undefined;
  #claims: AccessTokenClaims | undefined;
  /** When it is told that the token ends soon, and that it has ended, by the clock of this device. */
  #soon = Infinity;
  #end = Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #life: AbortController | undefined;

  constructor(tell: (fact: TokenFact, detail: WidgetTokenDetail) => void) {
    this.#tell = tell;
  }

  /**
   * The page has this token. Of a function nothing is told, as it is called for a token each time; nor of
   * what is no JSON Web Token.
   */
  use(given: AccessToken | null | undefined): void {
    const token = typeof given === 'string' ? given : undefined;
    if (token !== undefined && token === this.#token) return;
    this.stop();
    const claims = parseAccessToken(token);
    if (!claims) return;
    this.#token = token;
    this.#claims = claims;
    const now = Date.now();
    this.#end = endOf(claims);
    const ahead = Math.min(TOKEN_TIMES.ahead, (this.#end - now) / FIFTH);
    this.#soon = this.#end > now ? this.#end - ahead : Infinity;
    this.#life = new AbortController();
    onWake({wake: () => this.#look(), leave: () => undefined}, this.#life.signal);
    this.#wait();
  }

  /**
   * Goes on with another token of the same user.
   *
   * @throws {PexipChatError} `invalid-option`: this is none, or has ended without saying when it was made; `other-user`
   */
  update(token: unknown): WidgetTokenDetail {
    const claims = parseAccessToken(token);
    if (!claims)
      throw refused('no access token: it takes a JSON Web Token with "sub" and "exp", as text');
    // Of the token that ended here no end is awaited any more.
    const isOver = token === this.#token ? this.#end === Infinity : endOf(claims) <= Date.now();
    if (isOver) throw refused('an access token that has ended. Ask your server for another one');
    if (this.#claims && claims.sub !== this.#claims.sub) throw otherUser();
    this.use(token as string);
    return detailOf(claims.expiresAt);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#life?.abort();
    this.#token = this.#claims = this.#life = undefined;
    this.#soon = this.#end = Infinity;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const next = Math.min(this.#soon, this.#end) - Date.now();
    if (next === Infinity) return;
    const time = Math.min(Math.max(next, 0), TOKEN_TIMES.look);
    this.#timer = setTimeout(() => this.#look(), time);
  }

  #look(): void {
    const {expiresAt} = this.#claims ?? {};
    if (expiresAt === undefined) return;
    const now = Date.now();
    const [isSoon, isOver] = [now >= this.#soon, now >= this.#end];
    if (isSoon) this.#soon = Infinity;
    if (isOver) this.#soon = this.#end = Infinity;
    this.#wait();
    // Last, as whoever hears of it may give another token.
    if (isOver) this.#tell('expired', detailOf(expiresAt));
    else if (isSoon) this.#tell('about-to-expire', detailOf(expiresAt));
  }
}
