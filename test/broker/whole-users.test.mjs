/** Who is who, as pages ask the whole broker over HTTP. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {client, ending, PAGE, runBroker, startPlace} from '../support/whole-broker.mjs';

const scene = async (t, settings = {}, options = {}) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd, options);
  const broker = await runBroker(atEnd, place, {settings});
  const send = client(atEnd);
  const ask = async (sub, method, path, more = {}) =>
    send(broker.origin, method, path, {token: await place.tokenFor(sub), ...more});
  return {
    ...place,
    broker,
    send,
    signIn: (sub) => ask(sub, 'POST', '/v1/chat/session', {body: {surfaces: ['live']}}),
    find: (query, more) => ask('Zoe Ng', 'GET', `/v1/users?${query}`, more),
  };
};

describe('who is who', {concurrency: true}, () => {
  it('is told of all who have signed in, to who is signed in, and stands in no log', async (t) => {
    const {broker, send, signIn, find} = await scene(t);
    const {username} = (await signIn('Canary Müller')).body;
    assert.match(username, /^canary-m/);
    const more = {headers: {origin: PAGE}};
    const answer = await find(`username=${username}&username=alice&alias=nobody`, more);
    assert.equal(answer.status, 200);
    const {users, complete} = answer.body;
    assert.deepEqual(users, [{alias: 'Canary Müller', username, name: 'Canary Müller'}]);
    assert.equal(complete, true);
    assert.equal(answer.headers['access-control-allow-origin'], PAGE);
    const reverse = await find(`alias=${encodeURIComponent('Canary Müller')}&alias=x`);
    assert.deepEqual(reverse.body.users, users);
    const path = `/v1/users?username=${username}`;
    assert.equal((await send(broker.origin, 'GET', path)).status, 401);
    // Who signs in stands in the audit log; who is asked for stands nowhere.
    const lines = broker.lines().filter(({audit}) => !audit);
    assert.ok(lines.some(({req}) => req?.path === '/v1/users'));
    assert.doesNotMatch(JSON.stringify(lines), /canary|alice|nobody/i);
  });

  it('is told of who never signed in where usernames are aliases', async (t) => {
    const {find, gate} = await scene(t, {users: {link: 'username'}});
    const {body} = await find('username=alice&username=nobody&alias=bob');
    assert.deepEqual(
      body.users.map(({alias, username}) => [alias, username]),
      [
        ['alice', 'alice'],
        ['bob', 'bob'],
      ],
    );
    assert.equal(body.complete, true);
    assert.equal(gate.count('GET users.info'), 3);
  });

  it('is told of a hundred without asking Rocket.Chat for more than it spares', async (t) => {
    const settings = {users: {link: 'username'}};
    const {find, gate} = await scene(t, settings, {bypassRateLimit: false});
    const names = Array.from({length: 100}, (_, n) => `username=nobody-${n}`).join('&');
    const {status, body} = await find(names);
    assert.deepEqual([status, body], [200, {users: [], complete: false}]);
    assert.ok(gate.count('GET users.info') <= 10, String(gate.count('GET users.info')));
  });

  it('comes with whether chats may be deleted', async (t) => {
    for (const [chats, isTold] of [
      [{}, false],
      [{delete: true}, true],
    ]) {
      const {broker, send} = await scene(t, {chats});
      const {body} = await send(broker.origin, 'GET', '/v1/config');
      assert.equal(body.features.includes('delete-chats'), isTold);
    }
  });
});
