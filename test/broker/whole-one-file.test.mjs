/** An SQLite file is one broker's: who else wants it, and when it is free again. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {stat, symlink} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

import {openSqlite} from '../../broker/dist/store/open-sqlite.js';
import {client, ending, runBroker, startPlace} from '../support/whole-broker.mjs';

const BIN = fileURLToPath(new URL('../../broker/dist/bin.js', import.meta.url));
const TAKEN = /broker\.sqlite\\?": another broker has it.*`store\.sqlite`.*`store\.redis`/;

const scene = async (t) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd);
  const ask = client(atEnd);
  return {
    ...place,
    run: (more) => runBroker(atEnd, place, more),
    session: async ({origin}, sub) =>
      ask(origin, 'POST', '/v1/chat/session', {token: await place.tokenFor(sub), body: {}}),
  };
};

describe('the file of a broker', {concurrency: true}, () => {
  it('is no second one’s, which says so and ends with status 1, by a link either', async (t) => {
    const {run, session, sqlite, folder} = await scene(t);
    const first = await run();
    const link = join(folder, 'link.sqlite');
    await symlink(sqlite, link);
    for (const settings of [{}, {store: {sqlite: link}}]) {
      const second = await run({settings});
      assert.equal(second.origin, undefined);
      assert.deepEqual(await second.ended, {status: 1, signal: null});
      assert.match(second.said.stderr.replace('link.sqlite', 'broker.sqlite'), TAKEN);
      assert.equal(second.said.stdout, '');
    }
    assert.equal((await session(first, 'alice.b')).status, 200);
    assert.equal((await stat(`${sqlite}-lock`)).mode & 0o777, 0o600);
  });

  it('is free again when it has ended, by a signal as by a kill', async (t) => {
    const {run, session} = await scene(t);
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGKILL']) {
      const broker = await run();
      assert.ok(broker.origin, broker.output());
      assert.equal((await session(broker, 'bob.b')).status, 200);
      await broker.kill(signal);
    }
    assert.ok((await run()).origin);
  });

  it('has its audit log read beside it', async (t) => {
    const {run, session, settings, env, sqlite, folder} = await scene(t);
    const broker = await run();
    await session(broker, 'carol.b');
    const {stdout} = await promisify(execFile)(process.execPath, [BIN, 'audit'], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        ...env,
        BROKER_PUBLIC_URL: settings.publicUrl,
        BROKER_ORIGINS: settings.origins.join(),
        BROKER_STORE_SQLITE: sqlite,
        BROKER_ROCKET_CHAT_SERVER: settings.rocketChat.server,
        BROKER_ROCKET_CHAT_USER_ID: settings.rocketChat.userId,
        BROKER_JWT_ISSUER: settings.jwt[0].issuer,
      },
    });
    assert.match(stdout, /"what":"token-made".*"alias":"carol\.b"/);
    assert.equal((await session(broker, 'dave.b')).status, 200);
    // And reading it has taken nothing away from the broker that has it.
    assert.match((await run()).said.stderr, TAKEN);
  });

  it('is no second one’s within the process either, and is free when it is closed', async (t) => {
    const {sqlite} = await scene(t);
    const store = openSqlite(sqlite, {alone: true});
    for (let again = 0; again < 2; again += 1)
      assert.throws(() => openSqlite(sqlite, {alone: true}), {message: TAKEN});
    await store.set('key', 'kept');
    await store.close();
    const next = openSqlite(sqlite, {alone: true});
    assert.equal(await next.get('key'), 'kept');
    await next.close();
    const memory = [openSqlite(':memory:', {alone: true}), openSqlite(':memory:', {alone: true})];
    for (const each of memory) await each.close();
  });
});
