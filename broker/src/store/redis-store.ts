import {lifeOf, limitOf, FOREVER} from './life.js';
import type {RedisConnection} from './redis-connection.js';
import {NEWS, RedisNews} from './redis-news.js';
import * as scripts from './redis-scripts.js';
import type {Listener, LogEntry, Store, Tally} from './store.js';
import {keep, kept} from './text.js';

/** Every kind has keys of its own, so that no name of one is a name of another. */
const pair = (key: string): string => `pcr:pair:${keep(key)}`;
const fields = (group: string): string => `pcr:group:${keep(group)}`;
const order = (list: string): string => `pcr:list:${keep(list)}`;
const members = (list: string): string => `pcr:items:${keep(list)}`;
const counted = (key: string): string => `pcr:count:${keep(key)}`;
const logged = (log: string): string => `pcr:log:${keep(log)}`;
const ARRIVALS = 'pcr:arrivals';

/**
 * The store of any number of brokers: a Redis of version 6 or later, not a cluster. Its keys begin
 * with `pcr:`. A restart of Redis loses nothing if Redis is set to `appendonly yes`; its
 * `maxmemory-policy` must be `noeviction`, as it would else forget who holds which token.
 */
export class RedisStore implements Store {
  readonly forgets = 0;
  readonly #redis: RedisConnection;
  readonly #news: RedisNews;

  constructor(redis: RedisConnection) {
    this.#redis = redis;
    this.#news = new RedisNews(() => redis.another());
  }

  async get(key: string): Promise<string | undefined> {
    const value = await this.#redis.ask((redis) => redis.get(pair(key)));
    return value === null ? undefined : kept(value);
  }

  async set(key: string, value: string, ttl?: number): Promise<void> {
    const life = lifeOf(ttl);
    await this.#redis.ask((redis) =>
      life === FOREVER
        ? redis.set(pair(key), keep(value))
        : redis.set(pair(key), keep(value), 'PX', life),
    );
  }

  async setIfAbsent(key: string, value: string, ttl?: number): Promise<boolean> {
    const life = lifeOf(ttl);
    const answer = await this.#redis.ask((redis) =>
      life === FOREVER
        ? redis.set(pair(key), keep(value), 'NX')
        : redis.set(pair(key), keep(value), 'PX', life, 'NX'),
    );
    return answer === 'OK';
  }

  async delete(key: string): Promise<void> {
    await this.#redis.ask((redis) => redis.del(pair(key)));
  }

  async compareAndDelete(key: string, value: string): Promise<boolean> {
    return (await this.#redis.run(scripts.COMPARE_AND_DELETE, [pair(key)], keep(value))) === 1;
  }

  async compareAndSet(key: string, old: string, value: string, ttl?: number): Promise<boolean> {
    const life = lifeOf(ttl);
    const values = [keep(old), keep(value), life === FOREVER ? 0 : life];
    return (await this.#redis.run(scripts.COMPARE_AND_SET, [pair(key)], ...values)) === 1;
  }

  async put(group: string, field: string, value: string, ttl: number): Promise<void> {
    await this.#redis.run(scripts.PUT, [fields(group)], keep(field), keep(value), lifeOf(ttl));
  }

  async hold(
    group: string,
    field: string,
    value: string,
    ttl: number,
    most: number,
  ): Promise<void> {
    const life = lifeOf(ttl);
    await this.#redis.run(scripts.HOLD, [fields(group)], keep(field), keep(value), life, most);
  }

  async field(group: string, field: string): Promise<string | undefined> {
    const value = await this.#redis.run(scripts.FIELD, [fields(group)], keep(field));
    return typeof value === 'string' ? kept(value) : undefined;
  }

  async swap(
    group: string,
    field: string,
    old: string | undefined,
    value: string,
    ttl: number,
  ): Promise<boolean> {
    const must = old === undefined ? [0, ''] : [1, keep(old)];
    const values = [keep(field), keep(value), lifeOf(ttl), ...must];
    return (await this.#redis.run(scripts.SWAP, [fields(group)], ...values)) === 1;
  }

  async remove(group: string, field: string): Promise<boolean> {
    return (await this.#redis.run(scripts.REMOVE, [fields(group)], keep(field))) === 1;
  }

  async entries(group: string): Promise<ReadonlyMap<string, string>> {
    const all = (await this.#redis.run(scripts.ENTRIES, [fields(group)])) as string[];
    const found = new Map<string, string>();
    for (let i = 0; i < all.length; i += 2) found.set(kept(all[i]!), kept(all[i + 1]!));
    return found;
  }

  async deleteGroup(group: string): Promise<void> {
    await this.#redis.ask((redis) => redis.del(fields(group)));
  }

  async schedule(list: string, item: string, at: number): Promise<void> {
    await this.#redis.run(scripts.SCHEDULE, [order(list), members(list), ARRIVALS], keep(item), at);
  }

  async enqueue(list: string, item: string, at: number): Promise<number> {
    const keys = [order(list), members(list), ARRIVALS];
    return Number(await this.#redis.run(scripts.ENQUEUE, keys, keep(item), at));
  }

  async unschedule(list: string, item: string): Promise<boolean> {
    const keys = [order(list), members(list)];
    return (await this.#redis.run(scripts.UNSCHEDULE, keys, keep(item))) === 1;
  }

  async due(list: string, until: number, limit: number): Promise<readonly string[]> {
    const found = await this.#redis.ask((redis) =>
      redis.zrangebyscore(order(list), '-inf', until, 'LIMIT', 0, limitOf(limit)),
    );
    return found.map((member) => kept(scripts.itemOf(member)));
  }

  async count(key: string, window: number, by = 1): Promise<Tally> {
    const answer = await this.#redis.run(scripts.COUNT, [counted(key)], lifeOf(window), by);
    const [count, resetIn] = answer as [number, number];
    return {count, resetIn};
  }

  async append(log: string, {at, value}: LogEntry): Promise<void> {
    await this.#redis.run(scripts.APPEND, [logged(log), ARRIVALS], keep(value), at);
  }

  async read(log: string, since: number, limit: number): Promise<readonly LogEntry[]> {
    const found = await this.#redis.ask((redis) =>
      redis.zrangebyscore(logged(log), since, '+inf', 'WITHSCORES', 'LIMIT', 0, limitOf(limit)),
    );
    const entries: LogEntry[] = [];
    for (let i = 0; i < found.length; i += 2) {
      entries.push({at: Number(found[i + 1]), value: kept(scripts.itemOf(found[i]!))});
    }
    return entries;
  }

  async prune(log: string, before: number): Promise<void> {
    await this.#redis.ask((redis) => redis.zremrangebyscore(logged(log), '-inf', `(${before}`));
  }

  async publish(channel: string, message: string): Promise<void> {
    const told = JSON.stringify([channel, message]);
    await this.#redis.ask((redis) => redis.publish(NEWS, told));
  }

  listen(channel: string, listener: Listener): () => void {
    return this.#news.listen(channel, listener);
  }

  async ping(): Promise<void> {
    await this.#redis.ask((redis) => redis.ping());
  }

  async close(): Promise<void> {
    this.#news.close();
    await this.#redis.close();
  }
}
