import type {Redis} from 'ioredis';

import {News} from './news.js';
import type {Listener} from './store.js';

/** The channel of Redis that has those of all brokers: they are few words, and each broker knows whom they are for. */
export const NEWS = 'pcr:news';
/** Ms after which a connection that is silent is asked for a sign of life. */
const SILENCE = 5_000;

/** What a message of the channel is: its own channel, and what was told there. */
const parse = (text: string): readonly [string, string] | undefined => {
  try {
    const told: unknown = JSON.parse(text);
    if (!Array.isArray(told)) return;
    const [channel, message]: readonly unknown[] = told;
    if (typeof channel === 'string' && typeof message === 'string') return [channel, message];
  } catch {
    // Of somebody else who uses the same Redis.
  }
};

/**
 * Hears what brokers tell each other by Redis, on a connection of its own, as one that listens takes no
 * other commands. It is opened for the first listener. What is told while it is away is lost:
 * listeners are told when it is back.
 */
export class RedisNews {
  readonly #connect: () => Redis;
  readonly #news = new News();
  #redis: Redis | undefined;
  #alive: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param connect makes a connection that is not opened yet */
  constructor(connect: () => Redis) {
    this.#connect = connect;
  }

  listen(channel: string, listener: Listener): () => void {
    const end = this.#news.listen(channel, listener);
    if (!this.#closed) this.#redis ??= this.#open();
    return end;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#alive);
    this.#news.clear();
    this.#redis?.disconnect();
  }

  #open(): Redis {
    const redis = this.#connect();
    // Its failures are told by the connection of the store, which has the same ones.
    redis.on('error', () => undefined);
    redis.on('message', (_, text: string) => {
      const told = parse(text);
      if (told) this.#news.tell(...told);
    });
    redis.on('ready', () => {
      redis.subscribe(NEWS).then(
        () => this.#news.again(),
        () => redis.disconnect(true),
      );
    });
    // One that is open on one side only would be silent for ever; the library ends it when no answer comes.
    this.#alive = setInterval(() => {
      if (redis.status === 'ready') redis.ping().catch(() => redis.disconnect(true));
    }, SILENCE).unref();
    redis.connect().catch(() => undefined);
    return redis;
  }
}
