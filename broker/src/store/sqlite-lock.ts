import {realpathSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';

import Database from 'libsql';

/** The same name for the same file, whichever link it was reached by. */
const realPath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return join(realpathSync(dirname(path)), basename(path));
  }
};

/** Made if it is not there, and otherwise not opened: closing it would end this process's own lock on it. */
const makePrivate = (path: string): void => {
  try {
    writeFileSync(path, '', {flag: 'wx', mode: 0o600});
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
};

/**
 * Holds an SQLite file for this process alone, among all who ask so; others may still read and write it.
 * The lock is one of the operating system on a file beside it (`…-lock`, which stays), so that it ends
 * with the process however that ends.
 *
 * @param patience ms to wait for one who is just ending
 * @returns lets go
 * @throws Error somebody else holds it
 */
export const holdAlone = (path: string, patience: number): (() => void) => {
  const beside = `${realPath(path)}-lock`;
  makePrivate(beside);
  const lock = new Database(beside, {timeout: patience});
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as {code?: unknown}).code !== 'SQLITE_BUSY') throw error;
    throw new Error('another broker has it, and a second would lend and end the same tokens', {
      cause: error,
    });
  }
  return () => {
    // Closed with a transaction, it would hold the file until it is collected.
    lock.exec('ROLLBACK');
    lock.close();
  };
};
