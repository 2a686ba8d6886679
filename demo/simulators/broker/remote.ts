import type {BrokerFault, FaultOptions} from './broker-fault.js';
import type {BrokerSimulator} from './server.js';

type Answer<Name extends 'mints' | 'requests' | 'tokens'> = ReturnType<BrokerSimulator[Name]>;

/** Commands a broker for tests that was started with `remoteControl` from a page of any origin. */
export class BrokerRemote {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** The host application's token for a user; `expiresIn` in seconds. */
  accessToken(username: string, {expiresIn = 3600}: {expiresIn?: number} = {}): Promise<string> {
    return this.#command('access-token', {username, expiresIn});
  }

  /** The host application's cookie, `name=value`, for a page that is on the broker's host. */
  cookie(username: string): Promise<string> {
    return this.#command('cookie', {username});
  }

  /** The Rocket.Chat tokens that were made, in order. */
  mints(): Promise<Answer<'mints'>> {
    return this.#command('mints', {});
  }

  /** All Rocket.Chat tokens that a user was ever lent, in order. */
  tokens(username: string): Promise<Answer<'tokens'>> {
    return this.#command('tokens', {username});
  }

  /** The user's next session brings other tokens; those of before go on until they end. */
  async replaceTokens(username: string): Promise<void> {
    await this.#command('replace-tokens', {username});
  }

  /** How often a session was asked for, refused or not. */
  sessions(): Promise<number> {
    return this.#command('sessions', {});
  }

  /** How many pages of a user hold a session. */
  leases(username: string): Promise<number> {
    return this.#command('leases', {username});
  }

  /** The requests the broker has seen, without those of the remote. */
  requests(): Promise<Answer<'requests'>> {
    return this.#command('requests', {});
  }

  /** Each user's next `positions` attempts to get a new token are told to wait. */
  async queue(positions: number, retryAfterSeconds: number): Promise<void> {
    await this.#command('queue', {positions, retryAfterSeconds});
  }

  /** From now on everybody gets this user's session; `null`: his own again. */
  async answerAs(username: string | null): Promise<void> {
    await this.#command('answer-as', {username});
  }

  /** Fails the next `count` requests, all by default, until told `null`. */
  async fail(fault: BrokerFault | null, count?: number, options?: FaultOptions): Promise<void> {
    await this.#command('fail', {fault, count, options});
  }

  // The answers are those of our own server, whose types these are.
  async #command<T>(name: string, params: object): Promise<T> {
    const url = `${this.#origin}/__broker/${name}`;
    const response = await fetch(url, {method: 'POST', body: JSON.stringify(params)});
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer as T;
  }
}
