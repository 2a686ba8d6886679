import type Libsql from 'libsql';

/**
 * The version of the tables, in the file's `user_version`. A broker refuses a file of a later one,
 * which it would read wrongly.
 */
export const SCHEMA_VERSION = 1;

/**
 * `expires`: epoch ms. `seq` grows with each arrival, so that what has the same `at` keeps its order.
 * The index of a table with a rowid ends with that rowid. Fields have no index of their end: they are
 * written at each request, and looked through once in a while.
 */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS pairs (
    key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS pairs_expire ON pairs (expires);
  CREATE TABLE IF NOT EXISTS fields (
    grp TEXT, field TEXT, value TEXT NOT NULL, expires REAL NOT NULL, PRIMARY KEY (grp, field)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS items (
    seq INTEGER PRIMARY KEY, list TEXT NOT NULL, item TEXT NOT NULL, at REAL NOT NULL,
    UNIQUE (list, item)
  );
  CREATE INDEX IF NOT EXISTS items_order ON items (list, at);
  CREATE TABLE IF NOT EXISTS logs (
    seq INTEGER PRIMARY KEY, log TEXT NOT NULL, at REAL NOT NULL, value TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS logs_order ON logs (log, at);
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

type Values = readonly (string | number)[];

/** A statement that changes rows; answers how many. */
const changing = (database: Libsql.Database, sql: string) => {
  const statement = database.prepare(sql);
  return (...values: Values): number => statement.run(...values).changes;
};

/** A statement that finds rows; answers them, each as its columns in their order. */
const finding = <Row extends Values>(database: Libsql.Database, sql: string) => {
  const statement = database.prepare(sql).raw();
  return (...values: Values): Row[] => statement.all(...values) as Row[];
};

/** A statement that finds one row. */
const findingOne = <Row extends Values>(database: Libsql.Database, sql: string) => {
  const statement = database.prepare(sql).raw();
  return (...values: Values): Row | undefined => statement.get(...values) as Row | undefined;
};

const KEEP_PAIR = `INSERT INTO pairs (key, value, expires) VALUES (?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires`;

/** Everything that the store asks of its file. */
export const prepare = (database: Libsql.Database) => ({
  /** Another number once another process has changed the file. */
  version: findingOne<[number]>(database, 'PRAGMA data_version'),
  get: findingOne<[string, number]>(
    database,
    'SELECT value, expires FROM pairs WHERE key = ? AND expires > ?',
  ),
  set: changing(database, KEEP_PAIR),
  setIfAbsent: changing(database, `${KEEP_PAIR} WHERE pairs.expires <= ?`),
  delete: changing(database, 'DELETE FROM pairs WHERE key = ?'),
  compareAndDelete: changing(
    database,
    'DELETE FROM pairs WHERE key = ? AND value = ? AND expires > ?',
  ),
  compareAndSet: changing(
    database,
    'UPDATE pairs SET value = ?3, expires = ?4 WHERE key = ?1 AND value = ?2 AND expires > ?5',
  ),
  put: changing(
    database,
    `INSERT INTO fields (grp, field, value, expires) VALUES (?, ?, ?, ?)
      ON CONFLICT (grp, field) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
  ),
  field: findingOne<[string]>(
    database,
    'SELECT value FROM fields WHERE grp = ? AND field = ? AND expires > ?',
  ),
  remove: changing(database, 'DELETE FROM fields WHERE grp = ? AND field = ? AND expires > ?'),
  entries: finding<[string, string]>(
    database,
    'SELECT field, value FROM fields WHERE grp = ? AND expires > ?',
  ),
  trim: changing(
    database,
    `DELETE FROM fields WHERE grp = ?1 AND field NOT IN
      (SELECT field FROM fields WHERE grp = ?1 ORDER BY expires DESC LIMIT ?2)`,
  ),
  deleteGroup: changing(database, 'DELETE FROM fields WHERE grp = ?'),
  // Replaces: an item that is moved arrives anew.
  schedule: changing(database, 'INSERT OR REPLACE INTO items (list, item, at) VALUES (?, ?, ?)'),
  enqueue: changing(database, 'INSERT OR IGNORE INTO items (list, item, at) VALUES (?, ?, ?)'),
  before: findingOne<[number]>(
    database,
    `SELECT count(*) FROM items AS other JOIN items AS own ON own.list = other.list
      WHERE own.list = ? AND own.item = ?
      AND (other.at < own.at OR (other.at = own.at AND other.seq < own.seq))`,
  ),
  unschedule: changing(database, 'DELETE FROM items WHERE list = ? AND item = ?'),
  due: finding<[string]>(
    database,
    'SELECT item FROM items WHERE list = ? AND at <= ? ORDER BY at, seq LIMIT ?',
  ),
  append: changing(database, 'INSERT INTO logs (log, at, value) VALUES (?, ?, ?)'),
  read: finding<[number, string]>(
    database,
    'SELECT at, value FROM logs WHERE log = ? AND at >= ? ORDER BY at, seq LIMIT ?',
  ),
  prune: changing(database, 'DELETE FROM logs WHERE log = ? AND at < ?'),
  sweepPairs: changing(
    database,
    'DELETE FROM pairs WHERE key IN (SELECT key FROM pairs WHERE expires <= ? LIMIT ?)',
  ),
  sweepFields: changing(
    database,
    `DELETE FROM fields WHERE (grp, field) IN
      (SELECT grp, field FROM fields WHERE expires <= ? LIMIT ?)`,
  ),
});

export type SqliteStatements = ReturnType<typeof prepare>;
