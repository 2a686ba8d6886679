import type {FastifyBaseLogger} from 'fastify';
import {Redis} from 'ioredis';

import type {RedisAddress} from './redis-address.js';
import {SCRIPTS, type RedisScript} from './redis-scripts.js';
import {closed, unavailable} from './unavailable.js';

/** How long an answer may take, ms. */
const PATIENCE = 5_000;
/** The longest time between two attempts to connect, ms: so long a command may wait for a Redis that is away. */
const LONGEST_PAUSE = 1_000;

/** What is known of an end that had no error before it. */
const ENDED = 'the connection ended';

const BEHAVIOUR = {
  lazyConnect: true,
  enableAutoPipelining: true,
  commandTimeout: PATIENCE,
  // A connection that is open on one side only is given up, and made anew.
  socketTimeout: PATIENCE,
  connectTimeout: PATIENCE - LONGEST_PAUSE,
  // What was under way when the connection ended is rejected, never sent again: a claim that has been
  // won would be told lost. What comes meanwhile waits for the next attempt, and no longer.
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  retryStrategy: (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 10), LONGEST_PAUSE),
  // After a failover the old master takes no writes any more.
  reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  protocol: 2,
  disableClientInfo: true,
} as const;

/** A connection to Redis that comes back by itself, and whose errors hold nothing secret. */
export class RedisConnection {
  readonly #redis: Redis;
  readonly #address: RedisAddress;
  readonly #log: FastifyBaseLogger;
  #away = false;
  /** Why there is no connection, for a time when there is none. */
  #reason = ENDED;
  #closed = false;

  constructor(address: RedisAddress, log: FastifyBaseLogger) {
    this.#address = address;
    this.#log = log;
    this.#redis = new Redis({...BEHAVIOUR, ...address.options});
    this.#redis.on('error', (error) => {
      this.#reason = this.#clean(error).message;
      this.#lost();
    });
    this.#redis.on('close', () => this.#lost());
    this.#redis.on('ready', () => this.#found());
  }

  /** @throws Error that says where and why */
  async open(): Promise<void> {
    // Its attempts are told by the error of open(), not by the log.
    this.#away = true;
    const reasons: unknown[] = [];
    const note = (error: unknown) => void reasons.push(error);
    this.#redis.on('error', note);
    try {
      await this.#redis.connect();
    } catch (error) {
      // connect() itself may say no more than that the connection was closed.
      const reason = this.#clean(reasons[0] ?? error).message;
      await this.close();
      throw new Error(
        `The broker cannot use its Redis at ${this.#address.shown}: ${reason}. ` +
          'Start it, or mend `store.redis`.',
      );
    } finally {
      this.#redis.off('error', note);
    }
  }

  /** A further connection to the same place, not opened yet, that subscribes to nothing by itself. */
  another(): Redis {
    return new Redis({...BEHAVIOUR, ...this.#address.options, autoResubscribe: false});
  }

  /** Carries out a command; rejects with `store-unavailable`. */
  async ask<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    if (this.#closed) throw closed();
    try {
      return await command(this.#redis);
    } catch (error) {
      throw unavailable(this.#clean(error));
    }
  }

  /** Carries out a script, which Redis may have forgotten by a restart. */
  run(
    {sha, lua}: RedisScript,
    keys: readonly string[],
    ...values: readonly (string | number)[]
  ): Promise<unknown> {
    return this.ask(async (redis) => {
      try {
        return await redis.evalsha(sha, keys.length, ...keys, ...values);
      } catch (error) {
        if (!String(error).includes('NOSCRIPT')) throw error;
        return redis.eval(lua, keys.length, ...keys, ...values);
      }
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      // Behind everything that was asked for in this turn.
      if (this.#redis.status === 'ready') await this.#redis.ping();
    } catch {
      // It is away: nothing is left to wait for.
    }
    this.#redis.disconnect();
  }

  #lost(): void {
    if (this.#away || this.#closed) return;
    this.#away = true;
    const where = this.#address.shown;
    this.#log.warn(
      `The broker has lost its Redis at ${where} (${this.#reason}); it goes on trying.`,
    );
  }

  #found(): void {
    for (const {lua} of SCRIPTS) this.#redis.script('LOAD', lua).catch(() => undefined);
    if (this.#away) this.#log.info(`The broker uses its Redis at ${this.#address.shown}.`);
    this.#away = false;
    this.#reason = ENDED;
  }

  /** The library's errors have the command with its values; Redis itself repeats what it does not know. */
  #clean(error: unknown): Error {
    const {message = '', code} = error as Partial<NodeJS.ErrnoException>;
    let text = (message || code || 'unknown error').replace(/,? with args beginning with.*$/s, '');
    if (text.startsWith('Reached the max retries')) text = `it is away (${this.#reason})`;
    for (const secret of this.#address.secrets) text = text.replaceAll(secret, '(password)');
    return new Error(text.replace(/\.$/, ''));
  }
}
