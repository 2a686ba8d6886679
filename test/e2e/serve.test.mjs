import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {cp, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, test} from 'node:test';

import {startDemo} from './support/demo.mjs';

describe('node demo/serve.mjs', () => {
  test('prints one line that tells programs where everything is, and ends with 0 on SIGTERM', async () => {
    const demo = await startDemo();
    const {page, webApp3, rocketChat, users, admin, room, ...later} = demo.started;
    try {
      assert.equal((await fetch(page)).status, 200);
      assert.equal(new URL(page).href, page);
      for (const origin of [webApp3, rocketChat]) assert.equal(new URL(origin).origin, origin);
      assert.equal(new Set([new URL(page).origin, webApp3, rocketChat]).size, 3);
      assert.ok(['alice', 'bob'].every((name) => users.some(({username}) => username === name)));
      for (const {password} of [...users, admin]) assert.ok(password.length > 0);
      assert.match(room, /^[^#]+$/);
      assert.deepEqual(later, {broker: null, hostToken: null, pexip: null});
    } finally {
      assert.equal(await demo.stop(), 0);
    }
    assert.equal(demo.lines.length, 1);
  });

  test('names users who can sign in to Rocket.Chat and write', async () => {
    const demo = await startDemo();
    try {
      await demo.writeAs('bob', 'Hello');
    } finally {
      await demo.stop();
    }
  });

  test('says so when it is not built', async () => {
    const root = await mkdtemp(join(tmpdir(), 'demo-'));
    try {
      for (const folder of ['demo', 'plugin']) {
        await cp(folder, join(root, folder), {recursive: true});
      }
      const {code, output} = await new Promise((resolve) => {
        execFile(process.execPath, ['demo/serve.mjs', '--json'], {cwd: root}, (error, ...texts) =>
          resolve({code: error?.code, output: texts}),
        );
      });
      assert.equal(code, 1);
      assert.deepEqual(output, [
        '',
        'The demo is not built yet. Run "npm run build" first, or "make demo" for all of it.\n',
      ]);
    } finally {
      await rm(root, {recursive: true});
    }
  });
});
