import {chmodSync, closeSync, mkdirSync, openSync} from 'node:fs';
import {dirname} from 'node:path';

import Database from 'libsql';

import {holdAlone} from './sqlite-lock.js';
import {SCHEMA, SCHEMA_VERSION} from './sqlite-statements.js';
import {SqliteStore, type SqliteStoreOptions} from './sqlite-store.js';

/** How long a statement waits for another process that holds the file, ms; the broker waits with it. */
const BUSY = 2_000;

/** SQLite gives its journal the rights of the file, so that the file has them from its beginning. */
const makePrivate = (path: string): void => {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
};

const setUp = (database: Database.Database): void => {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  const [{user_version: version}] = database.pragma('user_version') as [{user_version: number}];
  if (version > SCHEMA_VERSION) throw new Error('it was written by a later version of the broker');
  database.exec(SCHEMA);
};

/** How a file is opened. */
export interface OpenSqliteOptions extends SqliteStoreOptions {
  /** Refuse if another has opened it so; default `false`, for one who only reads. */
  readonly alone?: boolean;
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/**
 * Opens the store in an SQLite file, which is made for its owner alone (600), with its folders.
 *
 * @param path `:memory:` keeps nothing
 * @throws Error that says which file, why, and the remedy
 */
export const openSqlite = (
  path: string,
  {alone = false, ...options}: OpenSqliteOptions = {},
): SqliteStore => {
  let database: Database.Database | undefined;
  let letGo: (() => void) | undefined;
  try {
    if (path !== ':memory:') {
      mkdirSync(dirname(path), {recursive: true, mode: 0o700});
      if (alone) letGo = holdAlone(path, BUSY);
      makePrivate(path);
    }
    database = new Database(path, {timeout: BUSY});
    setUp(database);
    return new SqliteStore(database, {...options, ...(letGo && {closed: letGo})});
  } catch (cause) {
    database?.close();
    letGo?.();
    const message =
      `The broker cannot keep its data in the file "${path}": ${reasonOf(cause)}. ` +
      'Let `store.sqlite` name a file that this broker alone may write, or a new one; several brokers need Redis (`store.redis`).';
    throw new Error(message, {cause});
  }
};
