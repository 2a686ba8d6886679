import {PexipChatError} from '../errors.js';
import type {ChatSession} from '../protocol/broker-api.js';
import type {Credentials, CredentialsAsk, Surface} from '../protocol/credentials.js';
import {field} from '../protocol/guards.js';
import {refusalOf, type AccessToken, type BrokerClient} from '../transport/broker-client.js';
import {HttpFailure} from '../transport/http-failure.js';
import type {RestClientOptions} from '../transport/rest-client.js';
import {sleep} from '../transport/sleep.js';
import {remaining} from './expiry.js';
import type {QueueListener} from './token-pool.js';
import type {TokenSource} from './token-source.js';

/** When a lease is renewed that does not say how long it holds, or says it by another clock; ms. */
const USUAL_LEASE = 300_000;
/** No broker gives a lease for less; ms. */
const SHORTEST_LEASE = 10_000;
/** What a client waits for its turn where the broker does not say for how long; ms. */
const USUAL_WAIT = 5_000;
/** And what it waits for in any case; ms. */
const LEAST_WAIT = 1_000;
const LONGEST_WAIT = 300_000;

const codeOf = (status: number | undefined): 'sign-in-required' | 'broker-failed' =>
  status === 401 || status === 403 ? 'sign-in-required' : 'broker-failed';

/**
 * What the broker's failure means to whoever builds the page. Of what it says no more than a code is
 * taken, as a proxy before it may repeat what it was sent, and with it a token.
 *
 * @param by how the broker was told who asks
 */
export const brokerFailed = (
  failure: unknown,
  what = 'gave no sign-in for chat',
  by?: RequestCredentials,
): PexipChatError => {
  // It was not asked: the page has no token for it.
  if (failure instanceof PexipChatError) return failure;
  const status = field(failure, 'status') as HttpFailure['status'] | undefined;
  const code = refusalOf(failure)?.code;
  const answer = status ? `HTTP ${status}` : 'no answer';
  return new PexipChatError(
    codeOf(status),
    `The broker ${what} (${code ?? answer}). Check its address, its list of origins, and the ${by === 'include' ? 'cookie' : 'accessToken'} of this page.`,
    {cause: status === undefined ? failure : new HttpFailure(status)},
  );
};

/**
 * Tokens of the broker: one lease for the page, renewed at half its time and on wake, and all
 * surfaces that are asked for in one moment in one request.
 */
export class BrokerTokens implements TokenSource {
  readonly #client: BrokerClient;
  readonly #queued: QueueListener;
  readonly #surfaces = new Set<Surface>();
  /** Whose token the workspace has refused, which the broker was not told yet. */
  readonly #rejected = new Set<Surface>();
  readonly #life = new AbortController();
  #asking: Promise<ChatSession> | undefined;
  #session: ChatSession | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** By the clock, which goes on while a device sleeps. */
  #renewAt = 0;
  #failures = 0;
  renewed?: (surface: Surface, credentials: Credentials) => void;

  constructor(client: BrokerClient, queued: QueueListener) {
    this.#client = client;
    this.#queued = queued;
    const {signal} = this.#life;
    addEventListener('pagehide', ({persisted}) => !persisted && this.release(), {signal});
    document.addEventListener('visibilitychange', () => this.#wake(), {signal});
    addEventListener('pageshow', () => this.#wake(), {signal});
  }

  get rest(): RestClientOptions {
    const {passThrough: base, credentials} = this.#client;
    return {base, credentials, headers: () => this.#client.headers()};
  }

  use(accessToken: AccessToken | undefined): void {
    this.#client.use(accessToken);
  }

  async ask({surface, reason}: CredentialsAsk): Promise<Credentials> {
    this.#surfaces.add(surface);
    if (reason === 'rejected') this.#rejected.add(surface);
    try {
      let session = await this.#ask();
      // What was under way when this surface was asked for does not have it, or has what was refused.
      if (!session.surfaces[surface] || this.#rejected.has(surface)) session = await this.#ask();
      const {userId, username, expiresAt, surfaces} = session;
      const authToken = surfaces[surface]?.authToken;
      if (authToken) return {userId, authToken, username, expiresAt};
      throw new HttpFailure(200);
    } catch (error) {
      if (reason === 'initial') this.#surfaces.delete(surface);
      throw brokerFailed(error, undefined, this.#client.credentials);
    }
  }

  async end(): Promise<void> {
    this.#stop();
    await this.#client.end().catch((error: unknown) => {
      throw brokerFailed(error, 'did not end the session', this.#client.credentials);
    });
  }

  release(): void {
    const lease = this.#session?.lease;
    this.#stop();
    // Nobody is left to hear of a failure; the lease lapses by itself.
    if (lease) this.#client.release(lease).catch(() => undefined);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#session = undefined;
    this.#life.abort();
  }

  #ask(): Promise<ChatSession> {
    this.#asking ??= Promise.resolve()
      .then(() => this.#open())
      .finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #open(): Promise<ChatSession> {
    let queued = false;
    let expired = false;
    try {
      for (;;) {
        const lease = this.#session?.lease;
        const rejected = [...this.#rejected];
        const request = {
          surfaces: [...this.#surfaces],
          ...(lease && {lease}),
          ...(rejected.length && {rejected}),
        };
        try {
          const session = await this.#client.open(request, this.#life.signal);
          // Once it is answered, what is lent is another token, or was found to be good.
          for (const surface of rejected) this.#rejected.delete(surface);
          this.#keep(session);
          return session;
        } catch (error) {
          const {status, wait} = error as Partial<HttpFailure>;
          // A function may have given a token that has just expired, once.
          if (status === 401 && !expired) expired = true;
          else if (status === 429) {
            queued = true;
            this.#queued(refusalOf(error)?.position ?? null);
            await sleep(Math.max(wait ?? USUAL_WAIT, LEAST_WAIT), this.#life.signal);
          } else throw error;
        }
      }
    } finally {
      if (queued) this.#queued(undefined);
    }
  }

  #keep(session: ChatSession): void {
    const before = this.#session;
    this.#session = session;
    const left = remaining(session.leaseExpiresAt) ?? USUAL_LEASE;
    // By a clock that is wrong, it may seem to end at once, or in a day.
    const lease = left < SHORTEST_LEASE ? USUAL_LEASE : Math.min(left, USUAL_LEASE);
    this.#failures = 0;
    this.#renewAt = Date.now() + lease / 2;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#renew(), lease / 2);
    if (!before) return;
    const {userId, username, expiresAt} = session;
    for (const surface of this.#surfaces) {
      const authToken = session.surfaces[surface]?.authToken;
      if (authToken && authToken !== before.surfaces[surface]?.authToken)
        this.renewed?.(surface, {userId, authToken, username, expiresAt});
    }
  }

  #wake(): void {
    if (this.#session && Date.now() > this.#renewAt) this.#renew();
  }

  #renew(): void {
    clearTimeout(this.#timer);
    // A broker that is away for a moment is asked again, ever more rarely; the tokens hold on their own.
    this.#ask().catch(() => {
      if (this.#life.signal.aborted) return;
      const wait = Math.min(USUAL_WAIT * 2 ** this.#failures++, LONGEST_WAIT);
      this.#timer = setTimeout(() => this.#renew(), wait);
    });
  }
}
