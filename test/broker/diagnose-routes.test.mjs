import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {once} from 'node:events';
import {describe, it} from 'node:test';

import Fastify from 'fastify';

import {diagnoseRoutes} from '../../broker/dist/routes/diagnose-routes.js';

const PAGE = 'https://app.example.com';
const CHAT = 'https://chat-alone.example.com';
const TOKEN = 'the-service-accounts-token-0123456789';

/** A workspace as far as a diagnosis asks it; counts how often it is asked. */
const startWorkspace = async (t, answers = {}) => {
  const asked = [];
  const server = createServer(({url, headers}, response) => {
    asked.push({url, token: headers['x-auth-token'], page: headers.origin});
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[url] ?? {success: true, version: '8.8'}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {asked, origin: `http://127.0.0.1:${server.address().port}`};
};

/** A store with a clock that the test turns. */
const fakeStore = () => {
  const entries = new Map();
  const store = {
    now: 0,
    get: async (key) => {
      const entry = entries.get(key);
      return entry && entry.until > store.now ? entry.value : undefined;
    },
    set: async (key, value, ttl) => void entries.set(key, {value, until: store.now + ttl}),
    put: (value) => entries.forEach((entry) => (entry.value = value)),
  };
  return store;
};

const start = async (
  t,
  {store = fakeStore(), rocketChat, users, answers, pexip = {}, outgoing = {}} = {},
) => {
  const workspace = await startWorkspace(t, answers);
  const server = workspace.origin;
  const app = Fastify();
  const settings = {
    origins: [PAGE, CHAT],
    pexip,
    outgoing,
    users: {create: true, ownEmail: false, ...users},
    rocketChat: {
      server,
      internalUrl: server,
      userId: 'service',
      authToken: TOKEN,
      timeout: 5_000,
      mint: 'auto',
      ...rocketChat?.(server),
    },
  };
  app.setErrorHandler(({status = 500, code, message}, _, reply) =>
    reply.code(status).send({error: {code, message}}),
  );
  app.register(diagnoseRoutes({settings, store, log: app.log}));
  t.after(() => app.close());
  const post = (payload = {}, headers = {}) =>
    app.inject({method: 'POST', url: '/v1/diagnose', payload, headers});
  return {workspace, store, post};
};

describe('POST /v1/diagnose', () => {
  it('answers with findings of the configured workspace', async (t) => {
    const {workspace, post} = await start(t);
    const answer = await post();
    assert.equal(answer.statusCode, 200);
    const {findings} = answer.json();
    const version = findings.find(({id}) => id === 'server-version');
    assert.equal(version.status, 'ok');
    assert.match(version.message, /"8\.8"/);
    const node = findings.find(({id}) => id === 'node-reachable');
    assert.equal(node.status, 'unchecked');
    assert.ok(
      workspace.asked.some(({token}) => token === TOKEN),
      'it signs in as the service account',
    );
    assert.ok(!answer.body.includes(TOKEN));
  });

  it('asks of the service account what the configuration takes, and no more', async (t) => {
    const roles = ['broker'];
    const judged = async (users, {mint = 'auto', held = ['view-full-other-user-info']} = {}) => {
      const update = held.map((_id) => ({_id, roles}));
      const answers = {
        '/api/v1/me': {_id: 'service', roles},
        '/api/v1/permissions.listAll': {update},
      };
      const {post} = await start(t, {answers, users, rocketChat: () => ({mint})});
      const {findings} = (await post()).json();
      return ['service-permissions', 'create-token'].map((id) => {
        const {status, message} = findings.find((each) => each.id === id);
        const [missing] = /(?<=holds )(?:create-user|edit-other-user-info)/.exec(message) ?? [];
        return missing ? `${status}, ${missing}` : status;
      });
    };
    assert.deepEqual(await judged({create: false}), ['ok', 'wrong']);
    assert.deepEqual(await judged({create: true}), ['wrong, create-user', 'wrong']);
    const passwords = await judged({create: false}, {mint: 'managed-password'});
    assert.deepEqual(passwords, ['wrong, edit-other-user-info', 'ok']);
    const held = ['view-full-other-user-info', 'create-user'];
    assert.deepEqual(await judged({create: true}, {held}), ['ok', 'wrong']);
    const own = await judged({create: true, ownEmail: true}, {held});
    assert.deepEqual(own, ['wrong, edit-other-user-info', 'wrong']);
  });

  it('tells remedies by its own settings, and not by options of a command', async (t) => {
    const elsewhere = await startWorkspace(t, {'/webapp3/m/pexip-chat-room-doctor': {}});
    const named = async (options) => {
      const {post} = await start(t, options);
      const {findings} = (await post()).json();
      for (const {id, remedy} of findings)
        assert.doesNotMatch(remedy, /(?<![\w-])--[a-z]|Run the doctor/, `${id}: ${remedy}`);
      return Object.fromEntries(findings.map(({id, remedy}) => [id, remedy]));
    };
    const without = await named();
    for (const id of ['node-reachable', 'node-tls', 'node-framing', 'plugin-file'])
      assert.match(without[id], /^Set pexip\.node in the broker's configuration to its address/);
    assert.match(without['server-tls'], /^Set rocketChat\.server in the broker's configuration/);
    const wrong = await named({
      pexip: {node: elsewhere.origin},
      answers: {'/api/info': ['no Rocket.Chat']},
    });
    assert.match(wrong['node-tls'], /^Set pexip\.node in the broker's configuration to the https/);
    assert.match(wrong['node-certificate-names'], /^Set pexip\.node in the broker's conf/);
    assert.match(wrong['node-web-app'], /pexip\.path in the broker's configuration/);
    assert.match(wrong['server-version'], /^Check rocketChat\.server in the broker's conf/);
    await named({pexip: {node: 'https://localhost:1'}, outgoing: {proxy: 'http://proxy.invalid'}});
  });

  it('takes nothing from whoever asks', async (t) => {
    const {workspace, post} = await start(t);
    for (const body of [
      {server: 'http://169.254.169.254'},
      {node: 'x'},
      [],
      ['a'],
      {__proto__: 1, a: 1},
    ]) {
      const answer = await post(body);
      assert.equal(answer.statusCode, 400);
      assert.equal(answer.json().error.code, 'invalid-argument');
      assert.match(answer.json().error.message, /must be \{\}/);
    }
    assert.equal(workspace.asked.length, 0);
  });

  it('keeps the findings for a minute, in the store that brokers share', async (t) => {
    const {workspace, store, post} = await start(t);
    const first = await post();
    const {length} = workspace.asked;
    store.now = 59_999;
    assert.equal((await post()).body, first.body);
    const other = await start(t, {store});
    assert.equal((await other.post()).body, first.body);
    assert.equal(other.workspace.asked.length, 0);
    assert.equal(workspace.asked.length, length);
    store.now = 60_000;
    await post();
    assert.equal(workspace.asked.length, 2 * length);
  });

  it('looks at it for the page that asks, if that is configured, and keeps pages apart', async (t) => {
    const {workspace, post} = await start(t);
    const pagesOf = async (headers) => {
      workspace.asked.length = 0;
      await post({}, headers);
      return [...new Set(workspace.asked.map(({page}) => page).filter(Boolean))];
    };
    assert.deepEqual(await pagesOf({origin: CHAT}), [CHAT]);
    assert.deepEqual(await pagesOf({origin: PAGE}), [PAGE]);
    assert.deepEqual(await pagesOf({origin: PAGE}), []);
    assert.ok(!(await pagesOf({origin: 'https://evil.example'})).includes('https://evil.example'));
  });

  it('diagnoses once for all that ask at the same time', async (t) => {
    const {workspace, post} = await start(t);
    await post();
    const {length} = workspace.asked;
    const other = await start(t);
    const answers = await Promise.all(Array.from({length: 50}, () => other.post()));
    assert.ok(answers.every(({statusCode}) => statusCode === 200));
    assert.equal(other.workspace.asked.length, length);
  });

  it('looks again where the store has something else', async (t) => {
    const {workspace, store, post} = await start(t);
    for (const odd of ['', '{', 'null', '{"findings":[{"id":"X"}]}']) {
      await post();
      const {length} = workspace.asked;
      store.put(odd);
      assert.ok((await post()).json().findings.length > 20);
      assert.ok(workspace.asked.length > length);
    }
  });

  it('names neither internal addresses nor those behind a name', async (t) => {
    const {workspace, post} = await start(t, {
      rocketChat: (internalUrl) => ({server: 'https://chat.invalid', internalUrl}),
      pexip: {node: 'https://localhost:1'},
    });
    const answer = await post();
    assert.ok(workspace.asked.length > 0);
    assert.ok(!answer.body.includes(new URL(workspace.origin).host));
    assert.ok(!answer.body.includes('127.0.0.1') && !answer.body.includes('::1'));
  });

  it('does not call wrong what is behind a proxy that the doctor does not use', async (t) => {
    const {post} = await start(t, {
      pexip: {node: 'https://localhost:1'},
      outgoing: {proxy: 'http://proxy.invalid'},
    });
    const {findings} = (await post()).json();
    const node = findings.find(({id}) => id === 'node-reachable');
    assert.equal(node.status, 'unchecked');
    assert.match(node.message, /proxy/);
  });
});
