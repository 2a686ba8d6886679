import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

const SECRET = 'the operator’s secret';

/** What the routes that want a second factor are called with. */
const secondFactor = ({chat}, username) => {
  const {password} = chat.users.find((user) => user.username === username);
  return {
    'x-2fa-code': createHash('sha256').update(password).digest('hex'),
    'x-2fa-method': 'password',
  };
};

describe('users.createToken', () => {
  const {context, token, rest, raw} = withDdp({createTokenSecret: SECRET});
  const userIdOf = (username) =>
    context.chat.users.find((user) => user.username === username).userId;
  const create = (caller, body, headers = secondFactor(context, caller)) =>
    rest('POST', 'users.createToken', {login: token(caller), body, headers});

  it('makes a token for somebody else, by which they can sign in', async () => {
    const {body} = await create('admin', {userId: userIdOf('alice'), secret: SECRET});
    assert.equal(body.success, true);
    assert.equal(body.data.userId, userIdOf('alice'));
    const ddp = await raw().connect();
    const {id} = await ddp.result('login', {resume: body.data.authToken});
    assert.equal(id, userIdOf('alice'));
  });

  it('demands the second factor, and says which', async () => {
    const body = {userId: userIdOf('alice'), secret: SECRET};
    const {status, body: refusal} = await create('admin', body, {});
    assert.equal(status, 400);
    assert.equal(refusal.errorType, 'totp-required');
    assert.equal(refusal.error, 'TOTP Required [totp-required]');
    assert.equal(refusal.details.method, 'password');
    const wrong = {'x-2fa-code': '0'.repeat(64), 'x-2fa-method': 'password'};
    assert.equal((await create('admin', body, wrong)).body.errorType, 'totp-invalid');
  });

  it('spares a personal access token that was made to be spared', async () => {
    const body = {tokenName: 'broker', bypassTwoFactor: true};
    const headers = secondFactor(context, 'admin');
    const login = token('admin');
    const made = await rest('POST', 'users.generatePersonalAccessToken', {login, body, headers});
    const broker = {userId: login.userId, authToken: made.body.token};
    const wanted = {userId: userIdOf('alice'), secret: SECRET};
    const answer = await rest('POST', 'users.createToken', {login: broker, body: wanted});
    assert.equal(answer.body.success, true);
  });

  it('refuses a wrong secret and whoever lacks the permission alike', async () => {
    for (const [caller, secret] of [
      ['admin', 'wrong'],
      ['bob', SECRET],
    ]) {
      const {status, body} = await create(caller, {userId: userIdOf('alice'), secret});
      assert.equal(status, 400);
      assert.equal(body.error, 'Not authorized [error-not-authorized]');
      assert.equal(body.errorType, 'error-not-authorized');
      assert.equal(body.data, undefined);
    }
  });

  it('takes these two parameters and no other', async () => {
    const [userId, secret] = [userIdOf('alice'), SECRET];
    for (const body of [{userId}, {secret}, {username: 'alice', secret}, {userId, secret, x: 1}]) {
      const {status, body: refusal} = await create('admin', body);
      assert.equal(status, 400, JSON.stringify(body));
      assert.equal(refusal.errorType, 'invalid-params');
    }
  });

  it('knows no user that is not there', async () => {
    const {body} = await create('admin', {userId: 'nobody', secret: SECRET});
    assert.equal(body.errorType, 'error-invalid-user');
  });

  it('ends the oldest login of a user who has 50', async () => {
    const first = token('alice');
    for (let logins = 0; logins < 49; logins += 1) token('alice');
    assert.equal((await rest('GET', 'me', {login: first})).status, 200);
    await create('admin', {userId: userIdOf('alice'), secret: SECRET});
    assert.equal((await rest('GET', 'me', {login: first})).status, 401);
  });
});

describe('users.createToken without a secret of the operator', () => {
  const {context, token, rest} = withDdp();

  it('refuses everybody, whatever they say', async () => {
    const login = token('admin');
    const headers = secondFactor(context, 'admin');
    for (const secret of ['undefined', '', 'x']) {
      const body = {userId: login.userId, secret};
      const {status} = await rest('POST', 'users.createToken', {login, body, headers});
      assert.equal(status, 400, secret);
    }
  });
});

describe('users.createToken of the lines 6 and 7', () => {
  const off = withDdp({serverVersion: '7.13'});
  const on = withDdp({serverVersion: '7.13', legacyCreateTokens: true});

  it('is off unless the operator has said otherwise', async () => {
    const login = off.token('admin');
    const answer = await off.rest('POST', 'users.createToken', {login, body: {username: 'alice'}});
    assert.equal(answer.status, 400);
    assert.equal(answer.body.errorType, 'error-not-authorized');
  });

  it('takes a username or an id, and no secret', async () => {
    const login = on.token('admin');
    const {userId} = on.token('alice');
    for (const body of [{username: 'alice'}, {userId}]) {
      const answer = await on.rest('POST', 'users.createToken', {login, body});
      assert.equal(answer.body.data.userId, userId);
    }
    const bob = on.token('bob');
    const refused = await on.rest('POST', 'users.createToken', {login: bob, body: {userId}});
    assert.equal(refused.body.errorType, 'error-not-authorized');
  });

  it('tells its version', async () => {
    assert.equal((await on.rest('GET', 'info')).body.version, '7.13');
  });
});

describe('a personal access token', () => {
  const {context, token, rest, raw} = withDdp({tokenSweep: 10});
  const make = async (username, tokenName) => {
    const login = token(username);
    const headers = secondFactor(context, username);
    const body = {tokenName};
    const route = 'users.generatePersonalAccessToken';
    const answer = await rest('POST', route, {login, body, headers});
    return {login, headers, answer, body};
  };

  it('needs a second factor and a name of its own', async () => {
    const {login, headers, body} = await make('alice', 'mine');
    const route = 'users.generatePersonalAccessToken';
    const without = await rest('POST', route, {login, body: {tokenName: 'other'}});
    assert.equal(without.body.errorType, 'totp-required');
    const twice = await rest('POST', route, {login, headers, body});
    assert.equal(twice.body.errorType, 'error-token-already-exists');
  });

  it('outlives the expiry of logins, and is no login among the 50', async () => {
    const {login, answer} = await make('alice', 'mine');
    const personal = {userId: login.userId, authToken: answer.body.token};
    for (let logins = 0; logins < 51; logins += 1) token('alice');
    context.chat.settings.set('Accounts_LoginExpiration', 0);
    context.chat.sweepTokens();
    assert.equal((await rest('GET', 'me', {login: personal})).status, 200);
    const ddp = await raw().connect();
    assert.equal((await ddp.result('login', {resume: personal.authToken})).id, login.userId);
  });

  it('can be revoked, which cuts its connections', async () => {
    const {login, headers, answer, body} = await make('alice', 'mine');
    const ddp = await raw().connect();
    await ddp.result('login', {resume: answer.body.token});
    await rest('POST', 'users.removePersonalAccessToken', {login, headers, body});
    await ddp.closed;
    const personal = {userId: login.userId, authToken: answer.body.token};
    assert.equal((await rest('GET', 'me', {login: personal})).status, 401);
    assert.equal((await rest('GET', 'me', {login})).status, 200);
  });
});

describe('the expiry of a token', () => {
  const {context, token, rest, signedIn, raw} = withDdp({tokenSweep: 3_600_000});

  it('refuses new logins at once, and leaves a connection until the next sweep', async () => {
    const entry = await signedIn('alice');
    context.chat.setTokenExpiry(entry.authToken, Date.now());
    assert.equal((await rest('GET', 'me', {login: entry})).status, 401);
    const other = await raw().connect();
    assert.equal((await other.call('login', {resume: entry.authToken})).error.error, 403);
    await entry.ddp.settled();
    context.chat.sweepTokens();
    await entry.ddp.closed;
  });

  it('that is still to come is told at the login', async () => {
    const {authToken} = token('alice');
    const soon = Date.now() + 60_000;
    context.chat.setTokenExpiry(authToken, soon);
    const ddp = await raw().connect();
    const {tokenExpires} = await ddp.result('login', {resume: authToken});
    assert.equal(tokenExpires.$date, soon);
    assert.throws(() => context.chat.setTokenExpiry('made-up', soon));
  });
});
