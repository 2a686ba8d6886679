import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {Counts} from '../../broker/dist/store/counts.js';
import {openSqlite} from '../../broker/dist/store/open-sqlite.js';
import {SqliteBatch} from '../../broker/dist/store/sqlite-batch.js';
import {eventually} from '../support/eventually.mjs';

const Database = createRequire(new URL('../../broker/package.json', import.meta.url))('libsql');
const WRITER = fileURLToPath(new URL('../support/store-writer.mjs', import.meta.url));
const unavailable = {code: 'store-unavailable', status: 503};

let folder;
let files = 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
});
after(() => rm(folder, {recursive: true}));
const newFile = () => join(folder, `${(files += 1)}.db`);

/** Looks at the rows themselves, past the store. */
const rowsIn = (path, table) => {
  const database = new Database(path);
  const [{rows}] = database.prepare(`SELECT count(*) AS rows FROM ${table}`).all();
  database.close();
  return rows;
};

describe('the file of a store', () => {
  it('is made for its owner alone, with its folders and journal', async () => {
    const path = join(folder, 'a', 'b', 'broker.db');
    const store = openSqlite(path);
    await store.set('key', 'value');
    for (const end of ['', '-wal']) assert.equal((await stat(path + end)).mode & 0o777, 0o600);
    assert.equal((await stat(join(folder, 'a', 'b'))).mode & 0o777, 0o700);
    await store.close();
  });

  it('is made private where it was not', async () => {
    const path = newFile();
    await writeFile(path, '', {mode: 0o644});
    await openSqlite(path).close();
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  it('has everything after it was closed and opened, also what was asked for just before', async () => {
    const path = newFile();
    const store = openSqlite(path);
    const asked = [store.set('pair', '1'), store.enqueue('list', 'a', 1)];
    await store.close();
    await Promise.all(asked);
    const again = openSqlite(path);
    assert.equal(await again.get('pair'), '1');
    assert.deepEqual(await again.due('list', 1, 9), ['a']);
    await again.close();
  });

  it('has everything that had resolved when its process was killed', async () => {
    const path = newFile();
    const child = spawn(process.execPath, [WRITER, path], {stdio: ['ignore', 'pipe', 'inherit']});
    let last = -1;
    for await (const line of createInterface(child.stdout)) {
      last = Number(line);
      if (last === 500) child.kill('SIGKILL');
    }
    assert.ok(last >= 500);
    const store = openSqlite(path);
    const group = await store.entries('group');
    const items = new Set(await store.due('list', Infinity, 1e6));
    const logged = new Set((await store.read('log', 0, 1e6)).map(({value}) => value));
    for (let number = 0; number <= last; number += 1) {
      assert.equal(await store.get(`pair ${number}`), `${number}`);
      for (const kept of [group, items, logged]) assert.ok(kept.has(`${number}`), `${number}`);
    }
    await store.close();
  });

  it('may be none at all', async () => {
    const [store, other] = [openSqlite(':memory:'), openSqlite(':memory:')];
    await store.set('key', 'value');
    assert.equal(await store.get('key'), 'value');
    assert.equal(await other.get('key'), undefined);
    await Promise.all([store.close(), other.close()]);
    await assert.rejects(stat(':memory:'));
  });

  it('loses what has expired, and nothing else', async () => {
    const path = newFile();
    const store = openSqlite(path, {sweepEvery: 20});
    await store.set('stays', 'x');
    await store.put('group', 'stays', 'x', 3_600_000);
    for (let index = 0; index < 1_200; index += 1) {
      void store.set(`goes ${index}`, 'x', 1);
      void store.put('group', `goes ${index}`, 'x', 1);
    }
    await store.ping();
    await eventually(() => assert.equal(rowsIn(path, 'pairs'), 1));
    await eventually(() => assert.equal(rowsIn(path, 'fields'), 1));
    assert.equal(await store.get('stays'), 'x');
    await store.close();
  });
});

describe('a file that cannot be used', () => {
  const refused = (path, reason) =>
    assert.throws(
      () => openSqlite(path),
      ({message}) =>
        message.includes(`"${path}"`) && reason.test(message) && /`store\.sqlite`/.test(message),
    );

  it('is told: a folder', () => refused(folder, /EISDIR/));

  it('is told: below a file', async () => {
    const path = newFile();
    await writeFile(path, '');
    refused(join(path, 'broker.db'), /ENOTDIR|EEXIST/);
  });

  it('is told, and left as it is: no database', async () => {
    const path = newFile();
    const text = 'Dear diary, '.repeat(1_000);
    await writeFile(path, text);
    refused(path, /not a database/);
    assert.equal(await readFile(path, 'utf8'), text);
  });

  it('is told: one of a later version', async () => {
    const path = newFile();
    await openSqlite(path).close();
    const database = new Database(path);
    database.exec('PRAGMA user_version = 2');
    database.close();
    refused(path, /later version/);
  });

  it('is told by every call while another process holds it, and no longer', async () => {
    const path = newFile();
    const store = openSqlite(path);
    await store.set('key', 'old');
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    await assert.rejects(Promise.all([store.set('key', 'new'), store.ping()]), unavailable);
    assert.equal(await store.get('key'), 'old');
    other.exec('ROLLBACK');
    other.close();
    await store.set('key', 'new');
    await store.ping();
    await store.close();
  });

  it('is told after close(), which may be called twice', async () => {
    const path = newFile();
    const store = openSqlite(path);
    await store.close();
    await store.close();
    for (const call of [store.get('a'), store.set('a', 'b'), store.ping(), store.count('a', 1)]) {
      await assert.rejects(call, unavailable);
    }
  });
});

describe('what is asked for in one turn', () => {
  const start = () => {
    const path = newFile();
    const database = new Database(path);
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER PRIMARY KEY)');
    const insert = database.prepare('INSERT INTO t VALUES (?)');
    const numbers = () => database.prepare('SELECT n FROM t ORDER BY n').pluck().all();
    return {path, database, insert, numbers, batch: new SqliteBatch(database)};
  };

  it('is one transaction', async () => {
    const {path, database, insert, batch} = start();
    const inside = [];
    const tasks = [1, 2, 3].map((n) =>
      batch.write(() => {
        insert.run(n);
        // Another connection sees nothing of it yet.
        inside.push(rowsIn(path, 't'));
      }),
    );
    await Promise.all(tasks);
    assert.deepEqual(inside, [0, 0, 0]);
    assert.equal(rowsIn(path, 't'), 3);
    assert.equal(database.inTransaction, false);
  });

  it('fails alone where one of it fails, with nothing of its own done', async () => {
    const {insert, numbers, batch} = start();
    const outcomes = await Promise.allSettled([
      batch.write(() => insert.run(1).changes),
      batch.write(() => {
        insert.run(2);
        insert.run(1);
      }),
      batch.read(() => numbers()),
      batch.write(() => insert.run(3).changes),
    ]);
    assert.deepEqual(
      outcomes.map(({status}) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    );
    assert.deepEqual(outcomes[2].value, [1]);
    assert.equal(outcomes[1].reason.code, 'store-unavailable');
    assert.match(outcomes[1].reason.cause.message, /UNIQUE/);
    assert.deepEqual(numbers(), [1, 3]);
  });
});

describe('counts in memory', () => {
  it('begin anew when their window has ended', () => {
    const counts = new Counts();
    assert.deepEqual(counts.count('a', 100, 1_000), {count: 1, resetIn: 100});
    assert.deepEqual(counts.count('a', 100, 1_099), {count: 2, resetIn: 1});
    assert.deepEqual(counts.count('a', 100, 1_100), {count: 1, resetIn: 100});
    assert.deepEqual(counts.count('b', 100, 1_100), {count: 1, resetIn: 100});
  });

  it('make nobody wait for a clock that was put back', () => {
    const counts = new Counts();
    counts.count('a', 100, 1_000_000);
    assert.deepEqual(counts.count('a', 100, 1_000), {count: 1, resetIn: 100});
  });

  it('have a bound, and lose the window that began first', () => {
    const counts = new Counts(3);
    for (const key of ['a', 'b', 'a', 'c', 'd']) counts.count(key, 100, 0);
    assert.equal(counts.size, 3);
    assert.equal(counts.count('b', 100, 1).count, 2);
    assert.equal(counts.count('a', 100, 1).count, 1);
  });

  it('are swept when they have ended', () => {
    const counts = new Counts();
    counts.count('a', 100, 0);
    counts.count('b', 200, 0);
    counts.sweep(100);
    assert.equal(counts.size, 1);
  });
});

describe('what is held', () => {
  it('is in the file after a moment, and when the store is closed', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'held-')), 'broker.sqlite');
    const store = await openSqlite(path);
    const other = await openSqlite(path);
    await store.hold('group', 'field', 'value', 60_000, 10);
    await eventually(async () => {
      assert.deepEqual([...(await other.entries('group'))], [['field', 'value']]);
    });
    await store.hold('group', 'last', 'value', 60_000, 10);
    await store.close();
    assert.equal((await other.entries('group')).size, 2);
    await other.close();
  });

  it('is not written after it was removed', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'held-')), 'broker.sqlite');
    const store = await openSqlite(path);
    await Promise.all([
      store.hold('group', 'field', 'value', 60_000, 10),
      store.remove('group', 'field'),
      store.hold('group', 'kept', 'value', 60_000, 10),
    ]);
    await store.close();
    const again = await openSqlite(path);
    assert.deepEqual([...(await again.entries('group')).keys()], ['kept']);
    await again.close();
  });
});

describe('a value that was read before', () => {
  it('is read anew when another process has changed it', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'pairs-')), 'broker.sqlite');
    const [one, two] = [await openSqlite(path), await openSqlite(path)];
    await one.set('key', 'first');
    assert.equal(await one.get('key'), 'first');
    await two.set('key', 'second');
    await eventually(async () => assert.equal(await one.get('key'), 'second'));
    await two.delete('key');
    await eventually(async () => assert.equal(await one.get('key'), undefined));
    await Promise.all([one.close(), two.close()]);
  });

  it('ends at its time', async () => {
    const store = await openSqlite(':memory:');
    await store.set('key', 'value', 30);
    await store.get('key');
    await eventually(async () => assert.equal(await store.get('key'), undefined));
    await store.close();
  });
});
