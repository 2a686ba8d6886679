import type {PexipChatError} from '../errors.js';
import type {Credentials, CredentialsAsk, Surface} from '../protocol/credentials.js';
import {remaining} from './expiry.js';
import {gone, isDefinite, otherUser} from './refusal.js';
import type {TokenSource} from './token-source.js';

/** What happens to tokens. The tokens themselves are told to nobody but those who sign in. */
export type TokenFact =
  | {
      readonly type: 'token-expiring' | 'token-expired';
      readonly detail: {readonly surface: Surface; readonly expiresAt?: string};
    }
  | {readonly type: 'token-renewed'; readonly surface: Surface; readonly credentials: Credentials}
  /** There is a token, but it is another user's. */
  | {readonly type: 'other-user'; readonly error: PexipChatError};

/** A token is refreshed when a tenth of its time is left, but between these before its end; ms. */
const LEAST_LEAD = 5_000;
const MOST_LEAD = 300_000;
/** A token that lives for less than this is rare; ms. So many in a row are refreshed as they say. */
const BRIEF = 60_000;
const MOST_BRIEF = 3;
/** The longest time that a timer can wait; ms. */
const LONGEST = 2 ** 31 - 1;
/** Between two asks where the first one failed; ms. */
const LEAST_RETRY = 5_000;
/** So often whoever gives tokens may fail in a row before one that is needed counts as expired. */
const MOST_FAILURES = 4;

/**
 * Keeps one token for each surface: asks once however many need it, refreshes it before it ends or
 * when it was refused, and never lets one of another user through.
 */
export class TokenKeeper {
  readonly #source: TokenSource;
  readonly #listeners = new Set<(fact: TokenFact) => void>();
  readonly #tokens = new Map<Surface, Credentials>();
  readonly #asks = new Map<Surface, Promise<Credentials>>();
  readonly #timers = new Map<Surface, ReturnType<typeof setTimeout>>();
  readonly #life = new AbortController();
  /** When each token ends, by the clock of `performance.now()`. */
  readonly #ends = new Map<Surface, number>();
  /** How many tokens in a row seemed to end soon after they were given. */
  readonly #brief = new Map<Surface, number>();
  /** How often in a row there was none in place of one that has ended. */
  readonly #failures = new Map<Surface, number>();
  /** The tokens that were told to end soon. */
  readonly #warned = new Map<Surface, string>();
  readonly #replaced: Credentials[] = [];
  #userId: string | undefined;

  constructor(source: TokenSource) {
    this.#source = source;
    source.renewed = (surface, credentials) => {
      // What is being asked for is told to whoever asks.
      if (!this.#asks.has(surface)) this.#renew(surface, credentials);
    };
  }

  subscribe(listener: (fact: TokenFact) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The tokens that there are, and those before them that may still be good. */
  get known(): readonly Credentials[] {
    return [...this.#tokens.values(), ...this.#replaced];
  }

  /** The token that a surface has. */
  of(surface: Surface): Credentials | undefined {
    return this.#tokens.get(surface);
  }

  /** The token of a surface, asked for if there is none yet. @throws {PexipChatError} */
  get(surface: Surface): Promise<Credentials> {
    const known = this.#tokens.get(surface);
    return known ? Promise.resolve(known) : this.#ask(surface, 'initial');
  }

  /**
   * The server has refused `token`. Resolves with another one, which whoever asked before may have
   * brought already. Whoever gives tokens may be away for a moment, and can be asked again.
   *
   * @throws {PexipChatError} there is none
   */
  async replace(surface: Surface, token: string): Promise<Credentials> {
    const known = this.#tokens.get(surface);
    return known && known.authToken !== token ? known : this.#ask(surface, 'rejected');
  }

  /** No token of this surface works any more, and there is no other. Told once until one does. */
  expire(surface: Surface): void {
    const known = this.#tokens.get(surface);
    this.#putAway(known);
    clearTimeout(this.#timers.get(surface));
    this.#failures.delete(surface);
    if (this.#tokens.delete(surface)) this.#tell('token-expired', surface, known?.expiresAt);
  }

  /** Ends all tokens, as far as their source can. @throws {PexipChatError} */
  async end(): Promise<void> {
    this.#forget();
    await this.#source.end();
  }

  /** The tokens are no longer needed here. */
  release(): void {
    this.#forget();
    this.#source.release();
  }

  #forget(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#life.abort();
    this.#tokens.clear();
    this.#listeners.clear();
  }

  #ask(surface: Surface, reason: CredentialsAsk['reason']): Promise<Credentials> {
    const under = this.#asks.get(surface);
    if (under) return under;
    if (this.#life.signal.aborted) return Promise.reject(gone());
    const {signal} = this.#life;
    const asked = (async () => {
      try {
        const credentials = await this.#source.ask({surface, reason, signal});
        signal.throwIfAborted();
        this.#keep(surface, credentials);
        return credentials;
      } catch (error) {
        if (reason === 'rejected') this.#fail(surface, error);
        throw error;
      }
    })().finally(() => this.#asks.delete(surface));
    this.#asks.set(surface, asked);
    return asked;
  }

  #keep(surface: Surface, credentials: Credentials): void {
    this.#userId ??= credentials.userId;
    if (credentials.userId !== this.#userId) {
      const error = otherUser();
      this.#told({type: 'other-user', error});
      throw error;
    }
    const before = this.#tokens.get(surface);
    if (before?.authToken !== credentials.authToken) this.#putAway(before);
    this.#tokens.set(surface, credentials);
    this.#failures.delete(surface);
    this.#ends.delete(surface);
    clearTimeout(this.#timers.get(surface));
    const left = remaining(credentials.expiresAt);
    if (left === undefined) return;
    this.#ends.set(surface, performance.now() + left);
    const lead = Math.min(Math.max(left / 10, LEAST_LEAD), MOST_LEAD, left / 2);
    // Where each new token seems to end at once, the clock is wrong by nearly their life.
    const brief = left < BRIEF ? (this.#brief.get(surface) ?? 0) + 1 : 0;
    this.#brief.set(surface, brief);
    const least =
      brief > MOST_BRIEF ? Math.min(BRIEF * 2 ** (brief - MOST_BRIEF - 1), MOST_LEAD) : 0;
    this.#later(surface, Math.max(left - lead, least));
  }

  #putAway(token: Credentials | undefined): void {
    if (token) this.#replaced.unshift(token);
  }

  #later(surface: Surface, time: number): void {
    const wait = Math.min(time, LONGEST);
    this.#timers.set(
      surface,
      setTimeout(() => {
        if (wait < time) this.#later(surface, time - wait);
        else void this.#refresh(surface);
      }, wait),
    );
  }

  async #refresh(surface: Surface): Promise<void> {
    const before = this.#tokens.get(surface);
    if (!before) return;
    const {expiresAt, authToken} = before;
    if (this.#warned.get(surface) !== authToken) this.#tell('token-expiring', surface, expiresAt);
    this.#warned.set(surface, authToken);
    try {
      const credentials = await this.#ask(surface, 'expiring');
      this.#told({type: 'token-renewed', surface, credentials});
    } catch (error) {
      if (this.#life.signal.aborted || before !== this.#tokens.get(surface)) return;
      // Not by the clock, which may have been set meanwhile.
      const left = (this.#ends.get(surface) ?? 0) - performance.now();
      if ((error as Partial<PexipChatError>).code === 'other-user') this.expire(surface);
      else if (left <= 0) this.#fail(surface, error);
      if (!this.#tokens.has(surface)) return;
      const wait = LEAST_RETRY * 2 ** (this.#failures.get(surface) ?? 0);
      this.#later(surface, left > 0 ? Math.min(left, Math.max(left / 4, LEAST_RETRY)) : wait);
    }
  }

  /** There is no token in place of one that has ended. A device without a network may get one later. */
  #fail(surface: Surface, error: unknown): void {
    const times = (this.#failures.get(surface) ?? 0) + Number(navigator.onLine);
    this.#failures.set(surface, times);
    if (isDefinite(error) || times >= MOST_FAILURES) this.expire(surface);
  }

  #renew(surface: Surface, credentials: Credentials): void {
    try {
      this.#keep(surface, credentials);
      this.#told({type: 'token-renewed', surface, credentials});
    } catch {
      this.expire(surface);
    }
  }

  #tell(type: 'token-expiring' | 'token-expired', surface: Surface, expiresAt?: string): void {
    this.#told({type, detail: {surface, ...(expiresAt && {expiresAt})}});
  }

  #told(fact: TokenFact): void {
    for (const listener of this.#listeners) listener(fact);
  }
}
