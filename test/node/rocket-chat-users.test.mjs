import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

/** What the routes that want a second factor are called with. */
const secondFactor = ({chat}, username) => {
  const {password} = chat.users.find((user) => user.username === username);
  return {
    'x-2fa-code': createHash('sha256').update(password).digest('hex'),
    'x-2fa-method': 'password',
  };
};

describe('users.create', () => {
  const {context, token, rest, ridOf} = withDdp();
  const create = (caller, body, headers = secondFactor(context, caller)) =>
    rest('POST', 'users.create', {login: token(caller), body, headers});
  const dora = {name: 'Dora', email: 'dora@example.com', username: 'dora', password: 'secret'};

  it('makes an account that can sign in, a member of the default channel', async () => {
    const {body} = await create('admin', dora);
    assert.equal(body.user.username, 'dora');
    assert.ok(!JSON.stringify(body).includes(dora.password));
    const login = await rest('POST', 'login', {body: {user: 'dora', password: dora.password}});
    assert.equal(login.body.data.userId, body.user._id);
    assert.ok(context.chat.room('general').usernames.includes('dora'));
  });

  it('leaves the default channel out if told to', async () => {
    const customFields = {externalId: '4711'};
    const answer = await create('admin', {...dora, joinDefaultChannels: false, customFields});
    assert.deepEqual(answer.body.user.customFields, customFields);
    assert.ok(!context.chat.room('general').usernames.includes('dora'));
    assert.ok(ridOf('general'));
  });

  it('refuses names and addresses in use', async () => {
    await create('admin', dora);
    for (const body of [
      {...dora, email: 'x@example.com'},
      {...dora, username: 'other'},
    ]) {
      assert.equal((await create('admin', body)).body.errorType, 'error-field-unavailable');
    }
  });

  it('demands permission and second factor', async () => {
    const refused = await create('bob', dora);
    assert.equal(refused.status, 403);
    assert.match(refused.body.error, /\[error-unauthorized\]$/);
    assert.equal((await create('admin', dora, {})).body.errorType, 'totp-required');
    const {name, ...rest} = dora;
    assert.ok(name);
    assert.equal((await create('admin', rest)).body.errorType, 'invalid-params');
  });

  it('and users.update with another password sign everybody out who used the old one', async () => {
    const {body} = await create('admin', dora);
    const login = await rest('POST', 'login', {body: {user: 'dora', password: dora.password}});
    const {userId, authToken} = login.body.data;
    const update = {userId: body.user._id, data: {password: 'another'}};
    const headers = secondFactor(context, 'admin');
    await rest('POST', 'users.update', {login: token('admin'), body: update, headers});
    assert.equal((await rest('GET', 'me', {login: {userId, authToken}})).status, 401);
    const again = await rest('POST', 'login', {body: {user: 'dora', password: 'another'}});
    assert.equal(again.body.status, 'success');
  });
});

describe('users.info and users.presence', () => {
  const {context, token, rest} = withDdp();

  it('tell others no e-mail address, but administrators and oneself', async () => {
    const info = async (caller) =>
      (await rest('GET', 'users.info?username=alice', {login: token(caller)})).body.user;
    assert.equal((await info('bob')).emails, undefined);
    assert.equal((await info('bob')).name, 'Alice Martin');
    assert.equal((await info('alice')).emails[0].address, 'alice@example.com');
    assert.ok((await info('admin')).emails);
    const nobody = await rest('GET', 'users.info?username=nobody', {login: token('bob')});
    assert.equal(nobody.status, 400);
    assert.equal(nobody.body.error, 'User not found.');
  });

  it('tell the presence of some or of all, or of nobody where it is switched off', async () => {
    const login = token('bob');
    const {userId} = token('alice');
    const some = await rest('GET', `users.presence?ids=${userId},none`, {login});
    assert.deepEqual(
      some.body.users.map(({username, status}) => [username, status]),
      [['alice', 'online']],
    );
    assert.equal(some.body.full, false);
    const all = await rest('GET', 'users.presence', {login});
    assert.equal(all.body.full, true);
    assert.equal(all.body.users.length, context.chat.users.length);
    context.chat.settings.set('Presence_broadcast_disabled', true);
    assert.deepEqual((await rest('GET', 'users.presence', {login})).body.users, []);
  });
});
