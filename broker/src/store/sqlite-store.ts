import Database from 'libsql';

import {Counts} from './counts.js';
import {lifeOf, limitOf} from './life.js';
import {HeldFields, type HeldGroup} from './held-fields.js';
import {PairCache} from './pair-cache.js';
import {SqliteBatch} from './sqlite-batch.js';
import {prepare, type SqliteStatements} from './sqlite-statements.js';
import type {LogEntry, Store, Tally} from './store.js';
import {keep, kept} from './text.js';
import {closed} from './unavailable.js';

/** Ms for which what is held waits for the file. */
const FORGETS = 500;
/** Rows of each table that one sweep deletes at most, so that nobody waits for it. */
const SWEPT_AT_ONCE = 500;

export interface SqliteStoreOptions {
  /** Ms between two sweeps of what has expired; default one minute. */
  readonly sweepEvery?: number;
}

/**
 * The store of one broker: an SQLite file. What is asked for in one turn of the event loop is one
 * transaction. A kill of the process loses nothing that has resolved, but of `hold` the last half
 * second; a power cut may lose the last moments of all, never the file. `count` is held in memory: it begins anew with the process, and is of
 * this broker alone.
 */
export class SqliteStore implements Store {
  readonly forgets = FORGETS;
  readonly #database: Database.Database;
  readonly #do: SqliteStatements;
  readonly #batch: SqliteBatch;
  readonly #pairs = new PairCache();
  readonly #held: HeldFields;
  readonly #counts = new Counts();
  readonly #sweeper: NodeJS.Timeout;
  readonly #versionOf = (): number | undefined => this.#do.version()?.[0];
  /** What waits to be written. While nothing does, what is known in memory need not wait either. */
  #pairTasks = 0;
  #groupTasks = 0;
  #open = true;

  /** @param database with its tables; `openSqlite()` makes one */
  constructor(database: Database.Database, {sweepEvery = 60_000}: SqliteStoreOptions = {}) {
    this.#database = database;
    this.#do = prepare(database);
    this.#batch = new SqliteBatch(
      database,
      () => this.#pairs.follow(this.#versionOf),
      () => this.#pairs.clear(),
    );
    this.#held = new HeldFields(FORGETS, () => this.#writeHeld());
    // A sweep that fails is not told: whoever uses the store is, and the next sweep comes.
    this.#sweeper = setInterval(() => void this.sweep().catch(() => undefined), sweepEvery).unref();
  }

  get(key: string): Promise<string | undefined> {
    if (!this.#pairTasks && this.#open) {
      this.#pairs.follow(this.#versionOf);
      const known = this.#pairs.get(key, Date.now());
      if (known !== undefined) return Promise.resolve(known);
    }
    return this.#batch.read(() => {
      const now = Date.now();
      const known = this.#pairs.get(key, now);
      if (known !== undefined) return known;
      const row = this.#do.get(keep(key), now);
      return row && this.#pairs.note(key, kept(row[0]), row[1]);
    });
  }

  set(key: string, value: string, ttl?: number): Promise<void> {
    return this.#writePair(key, () => void this.#do.set(keep(key), keep(value), ends(ttl)));
  }

  setIfAbsent(key: string, value: string, ttl?: number): Promise<boolean> {
    return this.#writePair(
      key,
      () => this.#do.setIfAbsent(keep(key), keep(value), ends(ttl), Date.now()) > 0,
    );
  }

  delete(key: string): Promise<void> {
    return this.#writePair(key, () => void this.#do.delete(keep(key)));
  }

  compareAndDelete(key: string, value: string): Promise<boolean> {
    return this.#writePair(
      key,
      () => this.#do.compareAndDelete(keep(key), keep(value), Date.now()) > 0,
    );
  }

  put(group: string, field: string, value: string, ttl: number): Promise<void> {
    return this.#writeGroup(() => {
      this.#held.forget(group, field);
      this.#do.put(keep(group), keep(field), keep(value), ends(ttl));
    });
  }

  async hold(
    group: string,
    field: string,
    value: string,
    ttl: number,
    most: number,
  ): Promise<void> {
    const held = {group, field, value, ends: ends(ttl)};
    if (this.#groupTasks || !this.#open) return this.#batch.read(() => this.#held.note(held, most));
    this.#held.note(held, most);
  }

  remove(group: string, field: string): Promise<boolean> {
    return this.#writeGroup(() => {
      const held = this.#held.forget(group, field);
      return this.#do.remove(keep(group), keep(field), Date.now()) > 0 || held;
    });
  }

  entries(group: string): Promise<ReadonlyMap<string, string>> {
    return this.#batch.read(() => {
      const rows = this.#do.entries(keep(group), Date.now());
      const entries = new Map(rows.map(([field, value]) => [kept(field), kept(value)]));
      for (const [field, value] of this.#held.of(group, Date.now())) entries.set(field, value);
      return entries;
    });
  }

  deleteGroup(group: string): Promise<void> {
    return this.#writeGroup(() => {
      this.#held.forgetAll(group);
      this.#do.deleteGroup(keep(group));
    });
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

  async count(key: string, window: number): Promise<Tally> {
    if (!this.#open) throw closed();
    return this.#counts.count(key, window);
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

  /** Writes what was held. What cannot be written stays, and is tried again. */
  async #writeHeld(): Promise<void> {
    let groups: readonly HeldGroup[] = [];
    try {
      await this.#writeGroup(() => {
        groups = this.#held.all();
        for (const {most, fields} of groups) {
          for (const {group, field, value, ends} of fields)
            this.#do.put(keep(group), keep(field), keep(value), ends);
          const [first] = fields;
          if (first) this.#do.trim(keep(first.group), most);
        }
      });
      this.#held.written(groups);
    } catch {
      this.#held.later();
    }
  }

  #writePair<T>(key: string, work: () => T): Promise<T> {
    this.#pairTasks += 1;
    const written = this.#batch.write(() => {
      this.#pairs.forget(key);
      return work();
    });
    return written.finally(() => (this.#pairTasks -= 1));
  }

  #writeGroup<T>(work: () => T): Promise<T> {
    this.#groupTasks += 1;
    return this.#batch.write(work).finally(() => (this.#groupTasks -= 1));
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
    void this.#writeHeld();
    this.#batch.close();
    this.#held.close();
    this.#counts.clear();
    this.#database.close();
  }
}

const ends = (ttl: number | undefined): number => Date.now() + lifeOf(ttl);
