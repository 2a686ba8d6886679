import {PairCache} from './pair-cache.js';
import type {SqliteBatch} from './sqlite-batch.js';
import type {SqliteStatements} from './sqlite-statements.js';
import {endOf} from './life.js';
import {keep, kept} from './text.js';

/** The values by key of the file, those that were read before from memory. */
export class SqlitePairs {
  readonly #batch: SqliteBatch;
  readonly #do: SqliteStatements;
  readonly #cache = new PairCache();
  /** What waits to be written. While nothing does, what is known in memory need not wait either. */
  #writing = 0;

  constructor(batch: SqliteBatch, statements: SqliteStatements) {
    this.#batch = batch;
    this.#do = statements;
  }

  /** Learns whether another process has changed the file. */
  follow(): void {
    this.#cache.follow(() => this.#do.version()?.[0]);
  }

  clear(): void {
    this.#cache.clear();
  }

  get(key: string): Promise<string | undefined> {
    if (!this.#writing && this.#batch.isOpen) {
      this.follow();
      const known = this.#cache.get(key, Date.now());
      if (known !== undefined) return Promise.resolve(known);
    }
    return this.#batch.read(() => {
      const now = Date.now();
      const known = this.#cache.get(key, now);
      if (known !== undefined) return known;
      const row = this.#do.get(keep(key), now);
      return row && this.#cache.note(key, kept(row[0]), row[1]);
    });
  }

  set(key: string, value: string, ttl?: number): Promise<void> {
    return this.#write(key, () => void this.#do.set(keep(key), keep(value), endOf(ttl)));
  }

  setIfAbsent(key: string, value: string, ttl?: number): Promise<boolean> {
    return this.#write(
      key,
      () => this.#do.setIfAbsent(keep(key), keep(value), endOf(ttl), Date.now()) > 0,
    );
  }

  delete(key: string): Promise<void> {
    return this.#write(key, () => void this.#do.delete(keep(key)));
  }

  compareAndDelete(key: string, value: string): Promise<boolean> {
    return this.#write(
      key,
      () => this.#do.compareAndDelete(keep(key), keep(value), Date.now()) > 0,
    );
  }

  compareAndSet(key: string, old: string, value: string, ttl?: number): Promise<boolean> {
    return this.#write(
      key,
      () => this.#do.compareAndSet(keep(key), keep(old), keep(value), endOf(ttl), Date.now()) > 0,
    );
  }

  #write<T>(key: string, work: () => T): Promise<T> {
    this.#writing += 1;
    const written = this.#batch.write(() => {
      this.#cache.forget(key);
      return work();
    });
    return written.finally(() => (this.#writing -= 1));
  }
}
