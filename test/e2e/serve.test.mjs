import assert from 'node:assert/strict';
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {cp, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, test} from 'node:test';

import {startRedis} from '../support/redis.mjs';
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
      // The broker, at the same address of the network, asks for other routes.
      const {status} = await fetch(`${api}subscriptions.get`, {headers});
      count[status] = (count[status] ?? 0) + 1;
    }
    return count;
  };
  return {...demo, rocketChat, alice: users[0], admin, settings, callAs};
};

/** Asks a broker of the demo in the name of its user, by the token that the demo prints. */
const asking =
  (hostToken) =>
  async (method, url, {headers, body} = {}) => {
    const isJson = body && !(body instanceof FormData);
    const answer = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${hostToken}`,
        ...(isJson && {'content-type': 'application/json'}),
        ...headers,
      },
      body: isJson ? JSON.stringify(body) : body,
    });
    const text = await answer.text();
    return {status: answer.status, body: text && JSON.parse(text)};
  };
const loginOf = ({userId, surfaces}) => ({
  'X-User-Id': userId,
  'X-Auth-Token': surfaces.live.authToken,
});
const SESSION = '/v1/chat/session';

/** Runs the demo until it ends, which it does where it is told something it cannot do. */
const runDemo = (args, env = {}) =>
  new Promise((resolve) => {
    const options = {env: {...process.env, REDIS_URL: '', ...env}};
    execFile(process.execPath, ['demo/serve.mjs', ...args], options, (error, ...output) =>
      resolve({code: error?.code, output}),
    );
  });

describe('node demo/serve.mjs', () => {
  test('prints one line that tells programs where everything is, and ends with 0 on SIGTERM', async () => {
    const demo = await startDemo();
    const {page, webApp3, rocketChat, broker, users, admin, room, ...later} = demo.started;
    try {
      assert.equal((await fetch(page)).status, 200);
      assert.equal(new URL(page).href, page);
      const servers = [webApp3, rocketChat, broker];
      for (const origin of servers) assert.equal(new URL(origin).origin, origin);
      assert.equal(new Set([new URL(page).origin, ...servers]).size, 4);
      assert.ok(['alice', 'bob'].every((name) => users.some(({username}) => username === name)));
      for (const {password} of [...users, admin]) assert.ok(password.length > 0);
      assert.match(room, /^[^#]+$/);
      const {createTokenSecret, hostToken, pexip, ...others} = later;
      assert.match(createTokenSecret, /^[\w-]{43}$/);
      assert.deepEqual(Object.keys(hostToken), ['alice', 'bob']);
      assert.deepEqual(Object.keys(pexip), ['origin', 'username', 'password']);
      assert.deepEqual(others, {});
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

  test('names a broker that signs its people in, knows where all is, and hands out files', async () => {
    const demo = await startDemo();
    try {
      const {broker, hostToken, rocketChat, webApp3, room} = demo.started;
      const config = await (await fetch(`${broker}/v1/config`)).json();
      assert.deepEqual([config.server, config.node, config.path], [rocketChat, webApp3, 'webapp3']);
      for (const name of ['alice', 'bob']) {
        const ask = asking(hostToken[name]);
        const {status, body} = await ask('POST', broker + SESSION);
        assert.deepEqual([status, body.username], [200, name]);
        const headers = loginOf(body);
        const me = await fetch(`${rocketChat}/api/v1/me`, {headers});
        assert.equal((await me.json()).username, name);
        assert.equal((await ask('GET', `${broker}/v1/rc/me`, {headers})).body.username, name);
      }
      const stranger = asking(`${hostToken.alice}x`);
      assert.equal((await stranger('POST', broker + SESSION)).status, 401);

      const ask = asking(hostToken.alice);
      const headers = loginOf((await ask('POST', broker + SESSION)).body);
      const {body} = await ask('GET', `${broker}/v1/rc/rooms.get`, {headers});
      const {_id} = body.update.find(({name}) => name === room);
      const form = new FormData();
      form.append('file', new File(['Aspirin'], 'list.txt', {type: 'text/plain'}));
      const upload = `${broker}/v1/rc/rooms.media/${_id}`;
      const {file} = (await ask('POST', upload, {headers, body: form})).body;
      const signed = await ask('POST', `${broker}/v1/files/sign`, {body: {path: file.url}});
      assert.equal(await (await fetch(signed.body.url)).text(), 'Aspirin');
    } finally {
      await demo.stop();
    }
  });

  for (const [name, factorySettings, expected] of [
    ['nothing wrong', false, []],
    [
      'with factory settings what those forbid, and nothing else',
      true,
      ['server-framing', 'iframe-events', 'iframe-commands', 'rate-limit'],
    ],
  ])
    test(`finds by its own diagnosis ${name}`, async () => {
      const demo = await startDemo({factorySettings});
      try {
        const {broker, hostToken} = demo.started;
        const ask = asking(hostToken.alice);
        const {status, body} = await ask('POST', `${broker}/v1/diagnose`, {
          body: {},
          headers: {origin: new URL(demo.started.page).origin},
        });
        assert.equal(status, 200);
        const wrong = body.findings.filter((each) => each.status === 'wrong');
        assert.deepEqual(
          wrong.map(({id}) => id),
          expected,
          JSON.stringify(wrong),
        );
        // They were looked at.
        const ok = body.findings.filter((each) => each.status === 'ok').map(({id}) => id);
        for (const id of ['node-web-app', 'plugin-id', 'plugin-origins', 'service-permissions'])
          assert.ok(ok.includes(id), id);
      } finally {
        await demo.stop();
      }
    });

  test('starts with --brokers 2 two brokers that serve as one, by a Redis', async () => {
    const redis = await startRedis();
    let demo;
    try {
      demo = await startDemo({brokers: 2, redis: redis.url});
      const {broker, brokers, hostToken, rocketChat} = demo.started;
      assert.equal(new Set(brokers).size, 2);
      assert.equal(brokers[0], broker);
      const [one, other] = brokers;
      const ask = asking(hostToken.alice);
      const {body} = await ask('POST', one + SESSION);
      const {body: same} = await ask('POST', other + SESSION);
      assert.deepEqual(same.surfaces, body.surfaces);
      const headers = loginOf(body);
      const atWorkspace = async () => (await fetch(`${rocketChat}/api/v1/me`, {headers})).status;
      assert.equal((await ask('GET', `${other}/v1/rc/me`, {headers})).status, 200);
      assert.equal(await atWorkspace(), 200);

      assert.equal((await ask('DELETE', other + SESSION)).status, 204);
      const gone = await ask('GET', `${one}/v1/rc/me`, {headers});
      assert.deepEqual([gone.status, gone.body.error.code], [401, 'session-missing']);
      assert.equal(await atWorkspace(), 401);
    } finally {
      await demo?.stop();
      await redis.stop();
    }
  });

  test('starts several brokers with a Redis only, and says so', async () => {
    assert.deepEqual(await runDemo(['--json', '--brokers', '2']), {
      code: 1,
      output: [
        '',
        'Several brokers share a Redis. Say where it is: REDIS_URL=redis://127.0.0.1:6379\n',
      ],
    });
  });

  for (const number of ['0', '17', '1.5', 'two'])
    test(`does not start ${number} brokers, and says so`, async () => {
      const {code, output} = await runDemo(['--json', '--brokers', number]);
      assert.equal(code, 1);
      assert.deepEqual(output, ['', 'Say how many brokers, from 1 to 16: --brokers <number>\n']);
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
    const {stop, rocketChat, settings, callAs, admin, started} = await setupWorkspace({
      factorySettings: true,
    });
    try {
      const {broker, hostToken} = started;
      const {status, body} = await asking(hostToken.bob)('POST', broker + SESSION);
      assert.deepEqual([status, body.username], [200, 'bob']);
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
