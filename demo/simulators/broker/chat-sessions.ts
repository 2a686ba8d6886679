import type {ChatSession, ChatSessionRequest} from '../../../src/protocol/broker-api.js';
import type {Surface} from '../../../src/protocol/credentials.js';
import {field, identifier} from '../../../src/protocol/guards.js';
import {Leases, type LeaseTimes} from './leases.js';
import {BrokerRefused} from './refusals.js';
import type {Minted, Tokens} from './tokens.js';

const SURFACES: ReadonlySet<unknown> = new Set<Surface>(['embed', 'live']);
const LONGEST_LEASE = 512;

const isSurface = (value: unknown): value is Surface => SURFACES.has(value);

/** Reads the body of a request for a session. Throws the refusal of one that is none. */
export const readSessionRequest = (body: unknown): ChatSessionRequest => {
  const surfaces: unknown = field(body, 'surfaces') ?? ['live'];
  const lease = field(body, 'lease');
  const refuse = (name: string): BrokerRefused =>
    new BrokerRefused(400, 'invalid-argument', `${name} is not what it should be.`);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('The body');
  if (!Array.isArray(surfaces) || !surfaces.length || !surfaces.every(isSurface)) {
    throw refuse('surfaces');
  }
  const known = identifier(lease, LONGEST_LEASE);
  if (lease !== undefined && !known) throw refuse('lease');
  return {surfaces: [...new Set(surfaces)], ...(known && {lease: known})};
};

/** The chat sessions of all users: who has a lease keeps his tokens. */
export class ChatSessions {
  readonly #tokens: Tokens;
  readonly #leases: Leases;

  constructor(tokens: Tokens, times: LeaseTimes) {
    this.#tokens = tokens;
    this.#leases = new Leases(times, (username) => void tokens.end(username));
  }

  /** Begins or renews a session. Nobody has a lease before he has his tokens. */
  async open(
    username: string,
    {surfaces = ['live'], lease: id}: ChatSessionRequest,
  ): Promise<ChatSession & {readonly alias: string}> {
    const minted: Minted[] = [];
    for (const surface of surfaces) minted.push(await this.#tokens.get(username, surface));
    const lease = this.#leases.renew(username, id);
    return {
      lease: lease.id,
      leaseExpiresAt: new Date(lease.expiresAt).toISOString(),
      userId: minted[0]?.userId ?? '',
      username,
      alias: username,
      surfaces: Object.fromEntries(
        minted.map(({surface, authToken}) => [surface, {authToken}] as const),
      ),
      expiresAt: new Date(Math.min(...minted.map(({expiresAt}) => expiresAt))).toISOString(),
    };
  }

  /** One page of the user's is gone. */
  release(username: string, lease: string): void {
    this.#leases.release(username, lease);
  }

  /** Signs the user out everywhere. */
  async end(username: string): Promise<void> {
    this.#leases.end(username);
    await this.#tokens.end(username);
  }

  leases(username: string): number {
    return this.#leases.count(username);
  }

  /** Ends all timers. */
  close(): void {
    this.#leases.close();
    this.#tokens.close();
  }
}
