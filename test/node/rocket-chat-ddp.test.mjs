import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

describe('a DDP connection', () => {
  const {context, raw} = withDdp();

  it('greets with server_id, which has no msg', async () => {
    const ddp = raw();
    assert.deepEqual(await ddp.frame(() => true), {server_id: '0'});
  });

  it('is connected by version 1, and has a session', async () => {
    const ddp = raw();
    await ddp.send({msg: 'connect', version: '1', support: ['1', 'pre2', 'pre1']});
    const {session} = await ddp.frame(({msg}) => msg === 'connected');
    assert.match(session, /^\w{17}$/);
  });

  it('offers version 1 to whoever wants another, and closes', async () => {
    const ddp = raw();
    await ddp.send({msg: 'connect', version: 'pre2', support: ['pre2']});
    const failed = await ddp.frame(({msg}) => msg === 'failed');
    assert.deepEqual(failed, {msg: 'failed', version: '1'});
    await ddp.closed;
  });

  it('obeys nothing before it is connected', async () => {
    const ddp = raw();
    const offending = {msg: 'method', method: 'rooms/get', params: [], id: '1'};
    for (const frame of [offending, {msg: 'sub', id: '2', name: 'x', params: []}, {msg: 'ping'}]) {
      await ddp.send(frame);
      const error = await ddp.frame(({msg}) => msg === 'error');
      assert.equal(error.reason, 'Must connect first');
      assert.deepEqual(error.offendingMessage, frame);
    }
  });

  it('calls what it cannot read a bad request', async () => {
    const ddp = await raw().connect();
    for (const text of [
      'no JSON',
      '[]',
      '{}',
      '{"msg":"unheard-of"}',
      '{"msg":"method"}',
      'null',
    ]) {
      await ddp.send(text);
      const error = await ddp.frame(({msg}) => msg === 'error');
      assert.equal(error.reason, 'Bad request', text);
      assert.ok('offendingMessage' in error, text);
    }
    await ddp.settled();
  });

  it('answers a ping with its id, and one without', async () => {
    const ddp = await raw().connect();
    await ddp.send({msg: 'ping', id: 'seven'});
    assert.deepEqual(await ddp.frame(({msg}) => msg === 'pong'), {msg: 'pong', id: 'seven'});
    await ddp.send({msg: 'ping'});
    assert.deepEqual(await ddp.frame(({msg}) => msg === 'pong'), {msg: 'pong'});
  });

  it('knows no other methods and publications than it has', async () => {
    const ddp = await raw().connect();
    const {error} = await ddp.call('unheard-of');
    assert.deepEqual(error, {
      isClientSafe: true,
      error: 404,
      reason: "Method 'unheard-of' not found",
      message: "Method 'unheard-of' not found [404]",
      errorType: 'Meteor.Error',
    });
    const {msg, error: refusal} = await ddp.subscribe('unheard-of', 'x');
    assert.equal(msg, 'nosub');
    assert.equal(refusal.error, 404);
  });

  it('tells of each method that its writes are done', async () => {
    const ddp = await raw().connect();
    await ddp.send({msg: 'method', method: 'rooms/get', params: [], id: 'mine'});
    const {methods} = await ddp.frame(({msg}) => msg === 'updated');
    assert.deepEqual(methods, ['mine']);
  });

  it('answers at no other path', async () => {
    const ddp = raw('/elsewhere');
    await assert.rejects(ddp.opened, /404/);
    assert.equal(context.chat.socketsEver(), 0);
  });
});

describe('the heartbeat', () => {
  const impatient = withDdp({heartbeat: {interval: 20, timeout: 20}});
  // Patient enough for an answer on a busy machine.
  const {raw} = withDdp({heartbeat: {interval: 20, timeout: 10_000}});

  it('asks a silent client whether it is there, and closes when nothing comes', async () => {
    const ddp = impatient.raw();
    await ddp.frame(({msg}) => msg === 'ping');
    assert.equal(await ddp.closed, 1000);
  });

  it('goes on as long as anything comes', async () => {
    const ddp = await raw().connect();
    for (let asked = 0; asked < 3; asked += 1) {
      await ddp.frame(({msg}) => msg === 'ping');
      await ddp.send({msg: 'pong'});
    }
    await ddp.settled();
  });
});

describe('the login by DDP', () => {
  const {context, raw, token, signedIn} = withDdp();

  it('by token tells the account, then the result, then that it is done', async () => {
    const {userId, authToken} = token('alice');
    const ddp = await raw().connect();
    await ddp.frame(({server_id: id}) => id);
    await ddp.send({msg: 'method', method: 'login', params: [{resume: authToken}], id: '1'});
    await ddp.settled();
    const [added, {result}, updated] = ddp.frames;
    assert.equal(added.msg, 'added');
    assert.equal(added.collection, 'users');
    assert.equal(added.id, userId);
    assert.equal(added.fields.username, 'alice');
    assert.equal(result.id, userId);
    assert.equal(result.token, authToken);
    assert.equal(result.type, 'resume');
    assert.ok(result.tokenExpires.$date > Date.now());
    assert.deepEqual(updated, {msg: 'updated', methods: ['1']});
  });

  it('by password makes a token', async () => {
    const {password} = context.chat.users.find(({username}) => username === 'alice');
    const ddp = await raw().connect();
    const result = await ddp.result('login', {user: {username: 'alice'}, password});
    assert.equal(result.type, 'password');
    const other = await raw().connect();
    assert.equal((await other.result('login', {resume: result.token})).id, result.id);
  });

  it('by an unknown token is an end, and says so', async () => {
    const ddp = await raw().connect();
    const {error} = await ddp.call('login', {resume: 'made-up'});
    assert.equal(error.error, 403);
    assert.equal(error.reason, "You've been logged out by the server. Please log in again.");
    assert.equal(error.message, `${error.reason} [403]`);
  });

  it('tells a wrong password from an unknown user', async () => {
    const ddp = await raw().connect();
    const wrong = await ddp.call('login', {user: {username: 'alice'}, password: 'wrong'});
    assert.equal(wrong.error.message, 'Incorrect password [403]');
    const nobody = await ddp.call('login', {user: {username: 'nobody'}, password: 'wrong'});
    assert.equal(nobody.error.message, 'User not found [403]');
  });

  it('as somebody else ends the streams of the one before', async () => {
    const {ddp, userId} = await signedIn('alice');
    await ddp.listen('stream-notify-user', `${userId}/subscriptions-changed`);
    await ddp.result('login', {resume: token('bob').authToken});
    const {error} = await ddp.frame(({msg}) => msg === 'nosub');
    assert.equal(error.error, 'not-allowed');
    assert.equal((await ddp.frame(({msg}) => msg === 'removed')).id, userId);
  });
});

describe('a token that ends', () => {
  const {context, raw, rest, token, signedIn} = withDdp({tokenSweep: 10});

  it('cuts every connection that uses it, however it ended', async () => {
    const ways = {
      revoke: () => context.chat.revokeTokens('alice'),
      rest: ({userId, authToken}) =>
        fetch(`${context.chat.origin}/api/v1/logout`, {
          method: 'POST',
          headers: {'X-User-Id': userId, 'X-Auth-Token': authToken},
        }),
      expiry: ({authToken}) => context.chat.setTokenExpiry(authToken, Date.now()),
    };
    for (const [name, end] of Object.entries(ways)) {
      const entry = await signedIn('alice');
      await end(entry);
      assert.equal(typeof (await entry.ddp.closed), 'number', name);
    }
  });

  it('by the logout of one connection cuts the others, but not that one', async () => {
    const entry = token('alice');
    const [one, other] = [await raw().connect(), await raw().connect()];
    await one.result('login', {resume: entry.authToken});
    await other.result('login', {resume: entry.authToken});
    await one.result('logout');
    await other.closed;
    await one.settled();
    assert.equal((await one.call('login', {resume: entry.authToken})).error.error, 403);
  });

  it('leaves the connections of other tokens alone', async () => {
    const mine = await signedIn('alice');
    const bobs = await signedIn('bob');
    context.chat.revokeTokens('alice');
    await mine.ddp.closed;
    await bobs.ddp.settled();
  });

  it('leaves a connection alone that has another one by now', async () => {
    const {ddp, authToken} = await signedIn('alice');
    const next = token('alice');
    await ddp.result('login', {resume: next.authToken});
    const {body} = await rest('POST', 'logout', {login: {...next, authToken}});
    assert.equal(body.status, 'success');
    await ddp.settled();
    await rest('POST', 'logout', {login: next});
    await ddp.closed;
  });

  it('is told by force_logout before the end', async () => {
    const {ddp, userId} = await signedIn('alice');
    await ddp.listen('stream-notify-user', `${userId}/force_logout`);
    context.chat.forceLogout('alice');
    assert.deepEqual(await ddp.args('stream-notify-user', `${userId}/force_logout`), []);
    await ddp.closed;
  });
});
