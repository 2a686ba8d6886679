import assert from 'node:assert/strict';
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {cp, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, test} from 'node:test';

import {startDemo} from './support/demo.mjs';

const framingOf = async (origin) => {
  const {headers} = await fetch(`${origin}/channel/general?layout=embedded`);
  return headers.get('x-frame-options');
};

/** A workspace as the demo has started it. */
const setupWorkspace = async (options) => {
  const demo = await startDemo(options);
  const {rocketChat, users, admin} = demo.started;
  const api = `${rocketChat}/api/v1/`;
  const settings = async () => {
    const answer = await (await fetch(`${api}settings.public`)).json();
    return Object.fromEntries(answer.settings.map(({_id, value}) => [_id, value]));
  };
  /** Signs in, calls a route `times` times, and tells how often each status came. */
  const callAs = async ({username, password}, times) => {
    const body = JSON.stringify({user: username, password});
    const {data} = await (await fetch(`${api}login`, {method: 'POST', body})).json();
    const headers = {'X-User-Id': data.userId, 'X-Auth-Token': data.authToken};
    const count = {};
    for (let call = 0; call < times; call += 1) {
      const {status} = await fetch(`${api}me`, {headers});
      count[status] = (count[status] ?? 0) + 1;
    }
    return count;
  };
  return {...demo, rocketChat, alice: users[0], admin, settings, callAs};
};

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
      const {createTokenSecret, ...others} = later;
      assert.match(createTokenSecret, /^[\w-]{43}$/);
      assert.deepEqual(others, {broker: null, hostToken: null, pexip: null});
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

  test('lets Rocket.Chat be embedded, and spares the administrator and nobody else its limits', async () => {
    const {stop, rocketChat, settings, callAs, admin, alice} = await setupWorkspace();
    try {
      assert.equal(await framingOf(rocketChat), null);
      const values = await settings();
      assert.equal(values.Iframe_Integration_send_enable, true);
      assert.equal(values.Iframe_Integration_receive_enable, true);
      assert.deepEqual(await callAs(admin, 30), {200: 30});
      assert.deepEqual(await callAs(alice, 12), {200: 10, 429: 2});
    } finally {
      await stop();
    }
  });

  test('starts Rocket.Chat as newly installed with --factory-settings: shut, and limits for all', async () => {
    const {stop, rocketChat, settings, callAs, admin} = await setupWorkspace({
      factorySettings: true,
    });
    try {
      assert.equal(await framingOf(rocketChat), 'sameorigin');
      const values = await settings();
      assert.equal(values.Iframe_Integration_send_enable, false);
      assert.equal(values.Iframe_Integration_receive_enable, false);
      assert.equal(values.Unread_Count, 'user_and_group_mentions_only');
      const origin = 'https://app.example.com';
      const cors = await fetch(`${rocketChat}/api/v1/info`, {headers: {origin}});
      assert.equal(cors.headers.get('access-control-allow-origin'), null);
      assert.deepEqual(await callAs(admin, 12), {200: 10, 429: 2});
    } finally {
      await stop();
    }
  });

  test('takes --factory-settings without --json, too, and tells the person', async () => {
    const args = ['demo/serve.mjs', '--factory-settings'];
    const child = spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'inherit']});
    const exited = once(child, 'exit');
    try {
      let output = '';
      for await (const text of child.stdout.setEncoding('utf8')) {
        output += text;
        if (output.includes('Ctrl+C')) break;
      }
      assert.match(output, /factory settings/);
      const [page] = /http:\S+/.exec(output);
      const {server} = await (await fetch(`${page}settings.json`)).json();
      assert.equal(await framingOf(server), 'sameorigin');
    } finally {
      child.kill('SIGTERM');
      await exited;
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
