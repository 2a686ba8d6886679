import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {BrokerError} from '../../broker/dist/errors.js';
import {routesBefore, startServer, startTcp, withRoutes} from '../support/routes-bench.mjs';

const codeOf = ({status, body}) => [status, body.error?.code];

describe('who an alias stands for', () => {
  const bench = withRoutes();

  const know = (alias, username = alias) => {
    const {userId} = bench.chat.users.find((each) => each.username === username);
    bench.accounts.set(alias, {alias, userId, username, own: true});
  };
  const find = (query, options) => bench.ask('GET', `/v1/users?${query}`, options);
  const info = () => bench.seen.filter(({url}) => url.includes('users.info'));

  it('is told with name and status, and nothing else', async () => {
    know('dr-bob', 'bob');
    const {status, body, headers} = await find('alias=dr-bob');
    assert.equal(status, 200);
    const expected = {alias: 'dr-bob', username: 'bob', name: 'Bob Keller', status: 'online'};
    assert.deepEqual(body, expected);
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('is asked of the workspace in the caller’s own name, once a minute', async () => {
    know('bob');
    await find('alias=bob');
    await find('alias=bob');
    assert.equal(info().length, 1);
    assert.equal(info()[0].headers['x-auth-token'], bench.login.authToken);
    assert.equal(bench.context.store.values.get('user-card:bob').ttl, 60_000);
  });

  it('is told even to who has no session', async () => {
    know('bob');
    const {body} = await find('alias=bob', {as: 'carol'});
    assert.deepEqual(body, {alias: 'bob', username: 'bob', name: 'bob', status: 'offline'});
    assert.deepEqual(bench.seen, []);
    assert.equal(bench.context.store.values.size, 0);
  });

  it('is told to who is signed in', async () => {
    assert.deepEqual(codeOf(await find('alias=bob', {as: null})), [401, 'access-token-invalid']);
  });

  it('is told of nobody but by the whole alias', async () => {
    know('bob');
    for (const alias of ['bo', 'Bob', 'bob%20', '%20bob', 'b*', '.*', 'bob%00']) {
      assert.deepEqual(codeOf(await find(`alias=${alias}`)), [404, 'user-not-found'], alias);
    }
  });

  for (const query of [
    '',
    'alias',
    'alias=',
    'alias[]=bob',
    'alias[$ne]=x',
    'alias.x=bob',
    '__proto__[alias]=bob',
    `alias=${'x'.repeat(257)}`,
  ]) {
    it(`wants one alias, and not ${query.slice(0, 40) || 'nothing'}`, async () => {
      know('bob');
      assert.deepEqual(codeOf(await find(query)), [400, 'invalid-argument']);
      assert.equal(bench.context.store.counts.size, 0);
    });
  }

  it('is the same for who is refused and who is missing', async () => {
    const {workspace} = bench.context;
    const {find: usual} = workspace;
    workspace.find = async (alias) => {
      if (alias === 'admin') throw new BrokerError(403, 'account-refused', 'This is an admin.');
      return usual(alias);
    };
    const refused = await find('alias=admin');
    const missing = await find('alias=nobody');
    assert.deepEqual(codeOf(refused), [404, 'user-not-found']);
    assert.deepEqual(refused.body, missing.body);
    assert.deepEqual(bench.seen, []);
  });

  it('is not "nobody" while the workspace is away', async () => {
    bench.context.workspace.find = () =>
      Promise.reject(new BrokerError(502, 'workspace-unreachable', 'Away.'));
    assert.deepEqual(codeOf(await find('alias=bob')), [502, 'workspace-unreachable']);
  });

  it('may be asked so often by one user, found or not', async () => {
    know('bob');
    for (let i = 0; i < 30; i++) {
      assert.equal((await find(`alias=${i % 2 ? 'bob' : i}`)).status, i % 2 ? 200 : 404);
    }
    const answer = await find('alias=bob');
    assert.deepEqual(codeOf(answer), [429, 'rate-limited']);
    assert.equal(answer.headers.get('retry-after'), '60');
    assert.equal((await find('alias=bob', {as: 'carol'})).status, 200);
  });
});

describe('the card of a user', () => {
  const ID = 'bob-id';
  /** Asks for Bob's card where the workspace answers so. */
  const card = async (t, upstream, options) => {
    t.after(upstream.close);
    const routes = await routesBefore(t, upstream.origin, options);
    routes.accounts.set('b', {alias: 'b', userId: ID, username: 'bob', own: true});
    const {status, body} = await routes.ask('GET', '/v1/users?alias=b');
    assert.equal(status, 200);
    const {name, status: presence} = body;
    return {card: {name, status: presence}, kept: routes.context.store.values.size};
  };
  const saying = (status, body) =>
    startServer((_request, response) =>
      response
        .writeHead(status, {'content-type': 'application/json'})
        .end(typeof body === 'string' ? body : JSON.stringify(body)),
    );
  const UNKNOWN = {card: {name: 'bob', status: 'offline'}, kept: 0};

  it('is what the workspace says', async (t) => {
    const user = {_id: ID, name: 'Bob', status: 'busy', emails: [{address: 'bob@example.com'}]};
    const upstream = await saying(200, {user});
    assert.deepEqual(await card(t, upstream), {card: {name: 'Bob', status: 'busy'}, kept: 1});
  });

  for (const [what, user, expected] of [
    ['no name', {_id: ID, status: 'away'}, {name: 'bob', status: 'away'}],
    ['a name that is none', {_id: ID, name: {x: 1}}, {name: 'bob', status: 'offline'}],
    ['a name without end', {_id: ID, name: 'x'.repeat(300)}, {name: 'bob', status: 'offline'}],
    ['a status of its own', {_id: ID, name: 'B', status: 'x'}, {name: 'B', status: 'offline'}],
  ]) {
    it(`has what is missing made up where the workspace has ${what}`, async (t) => {
      assert.deepEqual(await card(t, await saying(200, {user})), {card: expected, kept: 1});
    });
  }

  for (const [what, status, body] of [
    ['refuses', 403, {success: false}],
    ['has too many questions', 429, {success: false}],
    ['leads elsewhere', 302, ''],
    ['has another user', 200, {user: {_id: 'x', name: 'Mallory', status: 'online'}}],
    ['answers with no JSON', 200, '<h1>'],
    ['answers with half of it', 200, '{"user":'],
    ['answers with null', 200, 'null'],
    [
      'answers without end',
      200,
      `{"user":{"_id":"${ID}","name":"B"},"x":"${'x'.repeat(300_000)}"}`,
    ],
  ]) {
    it(`is not known, and not kept, where the workspace ${what}`, async (t) => {
      assert.deepEqual(await card(t, await saying(status, body)), UNKNOWN);
    });
  }

  it('is not waited for', async (t) => {
    const options = {rocketChat: {timeout: 500}};
    assert.deepEqual(await card(t, await startTcp(() => {}), options), UNKNOWN);
  });
});
