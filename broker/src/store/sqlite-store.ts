import Database from 'libsql';

import {Counts} from './counts.js';
import {limitOf} from './life.js';
import {SqliteBatch} from './sqlite-batch.js';
import {FORGETS, SqliteGroups} from './sqlite-groups.js';
import {SqlitePairs} from './sqlite-pairs.js';
import {prepare, type SqliteStatements} from './sqlite-statements.js';
import {News} from './news.js';
import type {Listener, LogEntry, Store, Tally} from './store.js';
import {keep, kept} from './text.js';
import {closed} from './unavailable.js';

/** Rows of each table that one sweep deletes at most, so that nobody waits for it. */
const SWEPT_AT_ONCE = 500;

/** What a store in an SQLite file may be told. */
export interface SqliteStoreOptions {
  /** Called once it is closed. */
  readonly closed?: () => void;
  /** Ms between two sweeps of what has expired; default one minute. */
  readonly sweepEvery?: number;
}

/**
 * The store of one broker: an SQLite file. What is asked for in one turn of the event loop is one
 * transaction. A kill of the process loses nothing that has resolved, but of `hold` the last half
 * second; a power cut may lose the last moments of all, never the file. `count` and `publish` are held in
 * memory: they begin anew with the process, and are of this broker alone.
 */
export class SqliteStore implements Store {
  readonly forgets = FORGETS;
  readonly #database: Database.Database;
  readonly #do: SqliteStatements;
  readonly #batch: SqliteBatch;
  readonly #pairs: SqlitePairs;
  readonly #groups: SqliteGroups;
  readonly #counts = new Counts();
  readonly #news = new News();
  readonly #sweeper: NodeJS.Timeout;
  readonly #closed: (() => void) | undefined;
  #open = true;

  /** @param database with its tables; `openSqlite()` makes one */
  constructor(
    database: Database.Database,
    {sweepEvery = 60_000, closed: whenClosed}: SqliteStoreOptions = {},
  ) {
    this.#closed = whenClosed;
    this.#database = database;
    this.#do = prepare(database);
    this.#batch = new SqliteBatch(
      database,
      () => this.#pairs.follow(),
      () => this.#pairs.clear(),
    );
    this.#pairs = new SqlitePairs(this.#batch, this.#do);
    this.#groups = new SqliteGroups(this.#batch, this.#do);
    // A sweep that fails is not told: whoever uses the store is, and the next sweep comes.
    this.#sweeper = setInterval(() => void this.sweep().catch(() => undefined), sweepEvery).unref();
  }

  get(key: string): Promise<string | undefined> {
    return this.#pairs.get(key);
  }

  set(key: string, value: string, ttl?: number): Promise<void> {
    return this.#pairs.set(key, value, ttl);
  }

  setIfAbsent(key: string, value: string, ttl?: number): Promise<boolean> {
    return this.#pairs.setIfAbsent(key, value, ttl);
  }

  delete(key: string): Promise<void> {
    return this.#pairs.delete(key);
  }

  compareAndDelete(key: string, value: string): Promise<boolean> {
    return this.#pairs.compareAndDelete(key, value);
  }

  compareAndSet(key: string, old: string, value: string, ttl?: number): Promise<boolean> {
    return this.#pairs.compareAndSet(key, old, value, ttl);
  }

  put(group: string, field: string, value: string, ttl: number): Promise<void> {
    return this.#groups.put(group, field, value, ttl);
  }

  hold(group: string, field: string, value: string, ttl: number, most: number): Promise<void> {
    return this.#groups.hold(group, field, value, ttl, most);
  }

  field(group: string, field: string): Promise<string | undefined> {
    return this.#groups.field(group, field);
  }

  swap(
    group: string,
    field: string,
    old: string | undefined,
    value: string,
    ttl: number,
  ): Promise<boolean> {
    return this.#groups.swap(group, field, old, value, ttl);
  }

  remove(group: string, field: string): Promise<boolean> {
    return this.#groups.remove(group, field);
  }

  entries(group: string): Promise<ReadonlyMap<string, string>> {
    return this.#groups.entries(group);
  }

  deleteGroup(group: string): Promise<void> {
    return this.#groups.delete(group);
  }

  schedule(list: string, item: string, at: number): Promise<void> {
    return this.#batch.write(() => void this.#do.schedule(keep(list), keep(item), at));
  }

  enqueue(list: string, item: string, at: number): Promise<number> {
    return this.#batch.write(() => {
      this.#do.enqueue(keep(list), keep(item), at);
      return this.#do.before(keep(list), keep(item))?.[0] ?? 0;
    });
  }

  unschedule(list: string, item: string): Promise<boolean> {
    return this.#batch.write(() => this.#do.unschedule(keep(list), keep(item)) > 0);
  }

  due(list: string, until: number, limit: number): Promise<readonly string[]> {
    return this.#batch.read(() =>
      this.#do.due(keep(list), until, limitOf(limit)).map(([item]) => kept(item)),
    );
  }

  async count(key: string, window: number, by?: number): Promise<Tally> {
    if (!this.#open) throw closed();
    return this.#counts.count(key, window, Date.now(), by);
  }

  append(log: string, {at, value}: LogEntry): Promise<void> {
    return this.#batch.write(() => void this.#do.append(keep(log), at, keep(value)));
  }

  read(log: string, since: number, limit: number): Promise<readonly LogEntry[]> {
    return this.#batch.read(() =>
      this.#do
        .read(keep(log), since, limitOf(limit))
        .map(([at, value]) => ({at, value: kept(value)})),
    );
  }

  prune(log: string, before: number): Promise<void> {
    return this.#batch.write(() => void this.#do.prune(keep(log), before));
  }

  async publish(channel: string, message: string): Promise<void> {
    if (!this.#open) throw closed();
    this.#news.tell(channel, message);
  }

  listen(channel: string, listener: Listener): () => void {
    return this.#news.listen(channel, listener);
  }

  /** Deletes some of what has expired. */
  async sweep(): Promise<void> {
    this.#counts.sweep();
    await this.#batch.write(() => {
      const now = Date.now();
      this.#do.sweepPairs(now, SWEPT_AT_ONCE);
      this.#do.sweepFields(now, SWEPT_AT_ONCE);
    });
  }

  ping(): Promise<void> {
    // The right to write is asked for, which a file that became read-only or is held does not give.
    return this.#batch.write(() => undefined);
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    clearInterval(this.#sweeper);
    void this.#groups.flush();
    this.#batch.close();
    this.#groups.close();
    this.#counts.clear();
    this.#news.clear();
    this.#database.close();
    this.#closed?.();
  }
}
