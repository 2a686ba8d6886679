import type Libsql from 'libsql';

import {closed, unavailable} from './unavailable.js';

interface Task {
  readonly work: () => unknown;
  readonly writes: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** So many tasks have one transaction; then others may have the event loop for a turn. */
const MOST_AT_ONCE = 1_000;

/** The transaction itself failed, so that every task of it has, and each one by itself would too. */
class NoTransaction extends Error {}

/** The driver's errors hide their message from the log. */
const asError = (error: unknown): Error => {
  const {message, code} = error as Partial<NodeJS.ErrnoException>;
  return new Error(code ? `${message} (${code})` : String(message));
};

const refuse = (tasks: readonly Task[], error: unknown): void => {
  const reason = unavailable(asError(error));
  for (const {reject} of tasks) reject(reason);
};

/**
 * Carries out in one transaction what is asked for in one turn of the event loop, in the order of
 * asking. A transaction costs more than the statements in it, and a server under load has many
 * requests in a turn. Promises resolve after the commit.
 */
export class SqliteBatch {
  readonly #database: Libsql.Database;
  readonly #begun: () => void;
  readonly #undone: () => void;
  #waiting: Task[] = [];
  #planned = false;
  #closed = false;

  /**
   * @param begun called before each batch
   * @param undone called when nothing of a transaction has stayed
   */
  constructor(database: Libsql.Database, begun = (): void => {}, undone = (): void => {}) {
    this.#database = database;
    this.#begun = begun;
    this.#undone = undone;
  }

  /** Whether anything can be asked for yet. */
  get isOpen(): boolean {
    return !this.#closed;
  }

  read<T>(work: () => T): Promise<T> {
    return this.#plan(work, false);
  }

  /** @param work must do the same if it is called again, as nothing of its first call has stayed */
  write<T>(work: () => T): Promise<T> {
    return this.#plan(work, true);
  }

  /** Carries out what waits; whatever comes later is rejected. */
  close(): void {
    while (this.#waiting.length > 0) this.#flush();
    this.#closed = true;
  }

  #plan<T>(work: () => T, writes: boolean): Promise<T> {
    // The driver's statements go on working after its close().
    if (this.#closed) return Promise.reject(closed());
    return new Promise((resolve, reject) => {
      this.#waiting.push({work, writes, resolve: resolve as (value: unknown) => void, reject});
      this.#planFlush();
    });
  }

  #planFlush(): void {
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      this.#flush();
      if (this.#waiting.length > 0) this.#planFlush();
    });
  }

  #flush(): void {
    const tasks = this.#waiting.slice(0, MOST_AT_ONCE);
    this.#waiting = this.#waiting.slice(MOST_AT_ONCE);
    this.#carryOut(tasks);
  }

  #carryOut(tasks: readonly Task[]): void {
    let results: unknown[];
    try {
      results = this.#inTransaction(tasks);
    } catch (error) {
      if (error instanceof NoTransaction) refuse(tasks, error.cause);
      else if (tasks.length === 1) refuse(tasks, error);
      // One of them fails: alone, it fails alone.
      else for (const task of tasks) this.#carryOut([task]);
      return;
    }
    tasks.forEach((task, index) => task.resolve(results[index]));
  }

  #inTransaction(tasks: readonly Task[]): unknown[] {
    this.#begun();
    // Each statement that only reads is one by itself.
    if (!tasks.some(({writes}) => writes)) return tasks.map(({work}) => work());
    // Takes the right to write at once: one that reads first and then writes may be refused it.
    this.#settle('BEGIN IMMEDIATE');
    try {
      const results = tasks.map(({work}) => work());
      this.#settle('COMMIT');
      return results;
    } catch (error) {
      this.#undone();
      // SQLite has ended it already where the disk is full or broken.
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Not by prepared statements: the driver leaves one that the file was too busy for unfinished, and
   * SQLite commits nothing as long as that is so.
   */
  #settle(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (cause) {
      throw new NoTransaction('No transaction.', {cause});
    }
  }
}
