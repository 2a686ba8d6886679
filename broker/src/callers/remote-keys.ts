import {createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey} from 'jose';
import {fetch, type Dispatcher} from 'undici';

import {field} from '../../../src/protocol/guards.js';
import {limitedText} from '../http/limited-text.js';
import {cannotTell} from './refused-proofs.js';

/** How long keys are used before they are fetched again. */
const FRESH = 600_000;
/** How long keys still count that cannot be fetched again: an issuer may be away for a while. */
const STALE = 3_600_000;
/** An unknown key makes one request in this time, however many tokens name one. */
const COOLDOWN = 30_000;
/** How long nothing is asked after a failure, while no keys are known. */
const PAUSE = 5_000;
/** How long an answer may take. */
const PATIENCE = 5_000;
/** The longest key set, in bytes. */
const LONGEST = 1_048_576;

/** What a token itself is to blame for. */
const OF_TOKEN: readonly string[] = [
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
  errors.JOSENotSupported.code,
];

const isKeySet = (text: string): boolean => {
  const keys = field(JSON.parse(text), 'keys');
  return Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null);
};

/** The public keys of an issuer, from its address: fetched when needed, and seldom. */
export class RemoteKeys {
  readonly #url: string;
  readonly #dispatcher: Dispatcher;
  readonly #now: () => number;
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  #last: {readonly text: string; readonly at: number} | undefined;
  #failure: {readonly error: unknown; readonly at: number} | undefined;

  /** @param now ms by any clock that never goes back */
  constructor(url: string, dispatcher: Dispatcher, now = () => performance.now()) {
    this.#url = url;
    this.#dispatcher = dispatcher;
    this.#now = now;
    this.#keys = createRemoteJWKSet(new URL(url), {
      cacheMaxAge: FRESH,
      cooldownDuration: COOLDOWN,
      timeoutDuration: PATIENCE,
      [customFetch]: (_url, {headers, signal}) => this.#fetch(headers, signal),
    });
  }

  /**
   * Finds the key of a token.
   *
   * @throws {BrokerError} `broker-busy` if the keys cannot be had: that says nothing against the token
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    try {
      return await this.#keys(header, token);
    } catch (error) {
      const code = error instanceof errors.JOSEError ? error.code : '';
      // A key that is missing in old keys may be in the new ones that cannot be had.
      const unsure = code === errors.JWKSNoMatchingKey.code && this.#failure;
      if (OF_TOKEN.includes(code) && !unsure) throw error;
      throw cannotTell("the issuer of the access token's keys", this.#failure?.error ?? error);
    }
  };

  async #fetch(headers: Headers, signal: AbortSignal): Promise<Response> {
    const since = this.#now() - (this.#failure?.at ?? -Infinity);
    if (since >= (this.#last ? COOLDOWN : PAUSE)) {
      try {
        const text = await this.#ask(headers, signal);
        this.#last = {text, at: this.#now()};
        this.#failure = undefined;
      } catch (error) {
        this.#failure = {error, at: this.#now()};
      }
    }
    const {text, at} = this.#last ?? {};
    if (text !== undefined && at !== undefined && this.#now() - at < STALE)
      return new Response(text);
    throw this.#failure?.error;
  }

  async #ask(headers: Headers, signal: AbortSignal): Promise<string> {
    const answer = await fetch(this.#url, {
      headers: [...headers],
      signal,
      redirect: 'error',
      dispatcher: this.#dispatcher,
    });
    const text = await limitedText(answer.body, LONGEST);
    if (answer.status !== 200) throw new Error(`The keys' address answers HTTP ${answer.status}.`);
    if (!isKeySet(text)) throw new Error("The keys' address answers no JSON Web Key Set.");
    return text;
  }
}
