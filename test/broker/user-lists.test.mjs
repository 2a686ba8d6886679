import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import Fastify from 'fastify';

import {BrokerError} from '../../broker/dist/errors.js';
import {configRoutes} from '../../broker/dist/routes/config-routes.js';
import {withRoutes} from '../support/routes-bench.mjs';
import {scene, who} from '../support/workspace-scene.mjs';

const codeOf = ({status, body}) => [status, body.error?.code];
const repeated = (name, values) =>
  values.map((each) => `${name}=${encodeURIComponent(each)}`).join('&');

describe('a list of who is who', () => {
  const bench = withRoutes();

  const know = (alias, username = alias, more = {}) =>
    bench.accounts.set(alias, {alias, userId: `id-of-${username}`, username, own: true, ...more});
  const find = (query, options) => bench.ask('GET', `/v1/users?${query}`, options);

  it('tells the alias of each username, the name, and nothing else', async () => {
    know('dr-bob', 'bob', {name: 'Bob Keller'});
    know('4711', 'carol');
    const {status, body, headers} = await find('username=bob&username=carol');
    assert.equal(status, 200);
    assert.deepEqual(body, {
      users: [
        {alias: 'dr-bob', username: 'bob', name: 'Bob Keller'},
        {alias: '4711', username: 'carol'},
      ],
      complete: true,
    });
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('is a list for a single username, too', async () => {
    know('dr-bob', 'bob');
    const {body} = await find('username=bob');
    assert.deepEqual(body, {users: [{alias: 'dr-bob', username: 'bob'}], complete: true});
  });

  it('tells the username of each alias, and takes both together', async () => {
    know('dr-bob', 'bob');
    know('4711', 'carol');
    know('erin');
    const {body} = await find('alias=4711&username=bob&alias=erin');
    assert.deepEqual(body.users, [
      {alias: 'dr-bob', username: 'bob'},
      {alias: '4711', username: 'carol'},
      {alias: 'erin', username: 'erin'},
    ]);
  });

  it('has everybody once, however often somebody is asked for', async () => {
    know('dr-bob', 'bob');
    const {body} = await find('alias=dr-bob&username=bob&username=bob&alias=x');
    assert.deepEqual(body.users, [{alias: 'dr-bob', username: 'bob'}]);
  });

  it('leaves out who is unknown or refused, without a difference', async () => {
    know('dr-bob', 'bob');
    const {workspace} = bench.context;
    const {findByUsername} = workspace;
    workspace.findByUsername = async (username) => {
      if (username === 'admin') throw new BrokerError(403, 'account-refused', 'This is an admin.');
      return findByUsername(username);
    };
    const {body} = await find('username=admin&username=nobody&username=bob');
    assert.deepEqual(body, {users: [{alias: 'dr-bob', username: 'bob'}], complete: true});
  });

  it('finds nobody but by the whole name', async () => {
    know('dr-bob', 'bob');
    const parts = ['bo', 'Bob', 'bob ', ' bob', 'b*', '.*', 'bob\0', '%', 'dr-bob', '@bob'];
    const {body} = await find(repeated('username', parts));
    assert.deepEqual(body, {users: [], complete: true});
  });

  it('asks nothing of Rocket.Chat in the name of who asks', async () => {
    know('dr-bob', 'bob');
    await find('username=bob&alias=dr-bob');
    assert.deepEqual(bench.seen, []);
    assert.equal(bench.context.store.values.size, 0);
  });

  it('is told to who is signed in', async () => {
    know('dr-bob', 'bob');
    const answer = await find('username=bob', {as: null});
    assert.deepEqual(codeOf(answer), [401, 'access-token-invalid']);
  });

  it('has a hundred of them at most, aliases and usernames together', async () => {
    const names = Array.from({length: 100}, (_, index) => `user-${index}`);
    for (const name of names) know(name);
    const {body} = await find(repeated('username', names));
    assert.equal(body.users.length, 100);
    const half = `${repeated('username', names.slice(0, 50))}&${repeated('alias', names.slice(50))}`;
    assert.equal((await find(half)).body.users.length, 100);
    assert.deepEqual(codeOf(await find(`${half}&alias=x`)), [400, 'invalid-argument']);
  });

  for (const query of [
    'username',
    'username=',
    'username=bob&username=',
    'alias=&username=bob',
    'username[]=bob',
    'username[$ne]=x',
    '__proto__[username]=bob',
    `username=bob&username=${'x'.repeat(257)}`,
  ]) {
    it(`is none of ${query.slice(0, 40)}`, async () => {
      know('bob');
      assert.deepEqual(codeOf(await find(query)), [400, 'invalid-argument']);
      assert.equal(bench.context.store.counts.size, 0);
    });
  }

  it('counts by the names in it: a page with 100 people may be opened ten times in a minute', async () => {
    know('bob');
    const names = Array.from({length: 100}, (_, index) => `user-${index}`);
    for (let i = 0; i < 10; i++)
      assert.equal((await find(repeated('username', names))).status, 200);
    const answer = await find('username=bob');
    assert.deepEqual(codeOf(answer), [429, 'rate-limited']);
    assert.equal(answer.headers.get('retry-after'), '60');
    assert.deepEqual(codeOf(await find('alias=bob&alias=x')), [429, 'rate-limited']);
    assert.equal((await find('username=bob', {as: 'carol'})).status, 200);
    // Looking somebody up by the alias alone has a limit of its own.
    assert.equal((await find('alias=bob')).status, 200);
  });

  for (const [code, status] of [
    ['rate-limited', 429],
    ['workspace-unreachable', 502],
    ['workspace-refused', 503],
  ]) {
    it(`says that it is not complete where the workspace does not tell (${code})`, async () => {
      const asked = [];
      know('dr-bob', 'bob');
      bench.context.workspace.findByUsername = async (username, here) => {
        asked.push(here);
        if (username === 'bob') return bench.accounts.get('dr-bob');
        if (!here) throw new BrokerError(status, code, 'Not now.');
      };
      const names = Array.from({length: 50}, (_, index) => `user-${index}`);
      const {body} = await find(repeated('username', [...names, 'bob']));
      assert.deepEqual(body, {users: [{alias: 'dr-bob', username: 'bob'}], complete: false});
      // Who waited for the workspace once does not wait for it again.
      assert.deepEqual(
        asked,
        asked.map((_, index) => index >= 8),
      );
      assert.equal(asked.length, 51);
    });
  }

  it('is none while the store is away', async () => {
    bench.context.workspace.findByUsername = () =>
      Promise.reject(new BrokerError(503, 'store-unavailable', 'Away.'));
    assert.deepEqual(codeOf(await find('username=bob')), [503, 'store-unavailable']);
  });
});

describe('the alias of a username', () => {
  const brief = (account) => account && [account.alias, account.username, account.name];

  it('is that of who has signed in through the broker', async (t) => {
    const {workspace, calls, another} = await scene(t);
    const {account} = await workspace.mint(who('Dr. Erin Ng', {name: 'Erin Ng'}));
    const before = calls().length;
    const found = await another().workspace.findByUsername(account.username);
    assert.deepEqual(brief(found), ['Dr. Erin Ng', account.username, 'Erin Ng']);
    assert.equal(found.managed, undefined);
    assert.equal(await workspace.findByUsername('Dr. Erin Ng'), undefined);
    assert.equal(await workspace.findByUsername(account.username.toUpperCase()), undefined);
    assert.equal(calls().length, before);
  });

  it('is unknown for who never has, and the workspace is not asked', async (t) => {
    for (const link of ['none', 'verified-email']) {
      const {workspace, calls} = await scene(t, {users: {link}});
      assert.equal(await workspace.findByUsername('alice'), undefined);
      assert.deepEqual(calls(), []);
    }
  });

  it('is the username where the operator says so', async (t) => {
    const {workspace, calls} = await scene(t, {users: {link: 'username'}});
    const alice = brief(await workspace.findByUsername('alice'));
    assert.deepEqual(alice, ['alice', 'alice', 'Alice Martin']);
    for (const none of ['nobody', 'Alice', 'admin']) {
      assert.equal(await workspace.findByUsername(none), undefined, none);
    }
    const before = calls().length;
    assert.equal(await workspace.findByUsername('bob', true), undefined);
    assert.equal(await workspace.find('bob', true), undefined);
    assert.equal(calls().length, before);
  });

  it('is not the username where the account is another alias’s', async (t) => {
    const place = await scene(t, {users: {link: 'username'}});
    const {userId} = place.simulator.users.find(({username}) => username === 'alice');
    await place.store.set(`owner:${userId}`, 'somebody else');
    assert.equal(await place.workspace.findByUsername('alice'), undefined);
  });

  it('is told no more once the operator takes the rule back', async (t) => {
    const {workspace, another} = await scene(t, {users: {link: 'username'}});
    await workspace.mint(who('alice'));
    const strict = another({users: {link: 'none'}}).workspace;
    assert.equal(await strict.findByUsername('alice'), undefined);
  });

  it('goes along when the account gets another name', async (t) => {
    const {workspace, store} = await scene(t);
    const {account} = await workspace.mint(who('erin', {name: 'Erin'}));
    // As the broker heard it when the account was still called otherwise.
    const before = {userId: account.userId, username: 'erin.before', name: 'Erin N', own: true};
    await store.set('account:erin', JSON.stringify(before));
    await store.set('alias:erin.before', 'erin');
    await workspace.mint(who('erin'));
    assert.deepEqual(brief(await workspace.findByUsername('erin')), ['erin', 'erin', 'Erin']);
    assert.equal(await workspace.findByUsername('erin.before'), undefined);
  });

  it('is known of who signed in before brokers kept it, after the next time', async (t) => {
    const {workspace, store} = await scene(t);
    const {account} = await workspace.mint(who('erin'));
    const {userId, username} = account;
    await store.delete('alias:erin');
    await store.set('account:erin', JSON.stringify({userId, username, own: true}));
    assert.equal(await workspace.findByUsername('erin'), undefined);
    await workspace.mint(who('erin'));
    assert.equal((await workspace.findByUsername('erin')).alias, 'erin');
  });

  it('survives a broker that is killed while it writes it down', async (t) => {
    const {workspace, store, another} = await scene(t);
    store.before = (method, key) => {
      if (method === 'set' && key.startsWith('account:')) throw new Error('The broker is gone.');
    };
    await assert.rejects(workspace.mint(who('erin')), /is gone/);
    store.before = () => {};
    await store.delete('lock:account:erin');
    assert.equal(await workspace.findByUsername('erin'), undefined);
    await another().workspace.mint(who('erin'));
    assert.equal((await workspace.findByUsername('erin')).alias, 'erin');
  });

  it('is nobody’s by what a store holds that was tampered with', async (t) => {
    const {workspace, store} = await scene(t);
    for (const record of ['', 'null', '[]', '{"username":"erin"}', '{"userId":1,"username":2}']) {
      await store.set('alias:erin', 'erin');
      await store.set('account:erin', record);
      assert.equal(await workspace.findByUsername('erin'), undefined, record);
    }
  });
});

describe('what a broker says of itself to pages', () => {
  const featuresOf = async (settings) => {
    const app = Fastify();
    const rocketChat = {server: 'https://chat.example.com'};
    const all = {pexip: {}, rocketChat, chats: {delete: false}, ...settings};
    await app.register(configRoutes({settings: all}));
    const {features} = (await app.inject('/v1/config')).json();
    await app.close();
    return features;
  };

  it('has delete-chats where the operator lets pages delete chats', async () => {
    const usual = ['chat-session', 'diagnose', 'files', 'pass-through', 'users'];
    assert.deepEqual(await featuresOf({}), usual);
    assert.deepEqual(
      await featuresOf({chats: {delete: true}}),
      [...usual, 'delete-chats'].toSorted(),
    );
    const pexip = {node: 'https://node.example.com', username: 'pexip'};
    const both = await featuresOf({chats: {delete: true}, pexip});
    assert.deepEqual(both, [...usual, 'delete-chats', 'meetings'].toSorted());
  });
});
