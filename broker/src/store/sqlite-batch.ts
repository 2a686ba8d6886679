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

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));

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
  readonly #beginReading: Libsql.Statement;
  readonly #beginWriting: Libsql.Statement;
  readonly #commit: Libsql.Statement;
  #waiting: Task[] = [];
  #planned = false;
  #closed = false;

  constructor(database: Libsql.Database) {
    this.#database = database;
    this.#beginReading = database.prepare('BEGIN');
    // Takes the right to write at once: one that reads first and then writes may be refused it.
    this.#beginWriting = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
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
    const begin = tasks.some(({writes}) => writes) ? this.#beginWriting : this.#beginReading;
    this.#settle(begin);
    try {
      const results = tasks.map(({work}) => work());
      this.#settle(this.#commit);
      return results;
    } catch (error) {
      // SQLite has ended it already where the disk is full or broken.
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #settle(statement: Libsql.Statement): void {
    try {
      statement.run();
    } catch (cause) {
      throw new NoTransaction('No transaction.', {cause});
    }
  }
}
