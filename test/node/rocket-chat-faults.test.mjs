import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect, createServer} from 'node:net';
import {describe, it} from 'node:test';
import {setImmediate as turn, setTimeout as wait} from 'node:timers/promises';

import {startRocketChat} from '../../dist/testing/index.js';
import {RawDdp} from '../support/ddp.mjs';
import {withDdp} from '../support/with-ddp.mjs';

const MESSAGES = 'stream-room-messages';

describe('a deaf simulator', () => {
  const {context, raw} = withDdp({heartbeat: {interval: 10, timeout: 2000}});

  it('does not lose its patience with clients that it does not hear', async () => {
    const ddp = await raw().connect();
    context.chat.deafen(true);
    const fresh = raw();
    await fresh.opened;
    ddp.frames.length = 0;
    // Twice its patience, by the clock of another simulator.
    const other = await startRocketChat({heartbeat: {interval: 10, timeout: 4000}});
    const clock = await new RawDdp(other.origin).connect();
    await clock.closed;
    await other.close();
    assert.equal(context.chat.sockets(), 2);
    assert.deepEqual(ddp.frames, []);
    context.chat.deafen(false);
    await ddp.settled();
  });
});

describe('a simulator that misbehaves on demand', () => {
  const {context, raw, signedIn, token, rest, ridOf} = withDdp({
    heartbeat: {interval: 3_600_000},
    remoteControl: true,
  });

  it('counts its sockets, open and ever', async () => {
    const ddp = await raw().connect();
    await raw().connect();
    assert.equal(context.chat.sockets(), 2);
    ddp.close();
    await ddp.closed;
    const other = await raw().connect();
    await other.settled();
    assert.equal(context.chat.socketsEver(), 3);
  });

  it('cuts every socket without a word, and takes new ones', async () => {
    const ddp = await raw().connect();
    context.chat.disconnectAll();
    assert.equal(await ddp.closed, 1006);
    await (await raw().connect()).settled();
  });

  it('is away for a while and back at the same address with the same data', async () => {
    const {ddp, userId, authToken} = await signedIn('alice');
    const {_id} = context.chat.post('bob', 'consultation', 'Before');
    const {port} = new URL(context.chat.origin);
    const back = context.chat.restart(20);
    // At once: when a busy machine comes to it later, the simulator may be back.
    const visitor = connect(Number(port), '127.0.0.1');
    await assert.rejects(once(visitor, 'connect'), {code: 'ECONNREFUSED'});
    await ddp.closed;
    await back;
    const again = await raw().connect();
    await again.result('login', {resume: authToken});
    const {messages} = await again.result('loadHistory', ridOf('consultation'));
    assert.ok(messages.some((message) => message._id === _id));
    assert.equal((await rest('GET', 'me', {login: {userId, authToken}})).status, 200);
  });

  it('comes back though somebody else has its port when it is to', async () => {
    const chat = await startRocketChat();
    const back = chat.restart(500);
    await turn();
    const other = createServer().listen(Number(new URL(chat.origin).port), '127.0.0.1');
    await once(other, 'listening');
    // By the same clock: its first try has been in vain.
    await wait(600);
    other.close();
    await back;
    assert.equal((await fetch(`${chat.origin}/api/info`)).status, 200);
    await chat.close();
  });

  it('can be closed while it is away', async () => {
    const chat = await startRocketChat();
    const back = chat.restart(3_600_000);
    await chat.close();
    await back;
    await assert.rejects(fetch(chat.origin));
  });

  it('neither reads nor answers while it is deaf, but keeps its sockets open', async () => {
    const {ddp} = await signedIn('alice');
    const {ddp: witness} = await signedIn('bob');
    await ddp.listen(MESSAGES, ridOf('consultation'));
    ddp.frames.length = 0;
    context.chat.deafen(true);
    const fresh = raw();
    await fresh.opened;
    await ddp.send({msg: 'ping', id: 'unheard'});
    await fresh.send({msg: 'connect', version: '1', support: ['1']});
    context.chat.post('bob', 'consultation', 'Unheard');
    // What is answered by REST was dealt with after all that came by DDP.
    assert.equal((await rest('GET', 'me', {login: token('alice')})).status, 200);
    assert.equal(context.chat.sockets(), 3);
    for (const each of [ddp, fresh]) {
      assert.ok(!JSON.stringify(each.frames).match(/unheard|connected|server_id/i));
    }
    context.chat.deafen(false);
    await ddp.frame(({msg, id}) => msg === 'pong' && id === 'unheard');
    assert.equal((await ddp.args(MESSAGES, ridOf('consultation')))[0].msg, 'Unheard');
    await fresh.frame(({msg}) => msg === 'connected');
    await witness.settled();
  });

  it('is deaf to ends, too: a socket without a login is closed when it hears again', async () => {
    const {ddp} = await signedIn('alice');
    context.chat.deafen(true);
    context.chat.revokeTokens('alice');
    assert.equal(context.chat.sockets(), 1);
    context.chat.deafen(false);
    assert.equal(await ddp.closed, 1000);
  });

  it('cuts deaf sockets as it cuts others', async () => {
    const {ddp} = await signedIn('alice');
    context.chat.deafen(true);
    context.chat.disconnectAll();
    assert.equal(await ddp.closed, 1006);
    await context.chat.restart();
    assert.equal(context.chat.sockets(), 0);
  });

  it('goes back to the data of the start, and hears again', async () => {
    const before = context.chat.messages('consultation').length;
    context.chat.post('bob', 'consultation', 'More');
    context.chat.deafen(true);
    context.chat.reset();
    assert.equal(context.chat.messages('consultation').length, before);
    await (await raw().connect()).settled();
  });

  it('obeys the same commands from a page', async () => {
    const command = async (name, params = {}) => {
      const url = `${context.chat.origin}/__simulator/${name}`;
      const response = await fetch(url, {method: 'POST', body: JSON.stringify(params)});
      assert.equal(response.status, 200, `${name}: ${await response.clone().text()}`);
      return response.json();
    };
    const {ddp, authToken} = await signedIn('alice');
    const where = {username: 'bob', room: 'consultation'};
    const {_id: messageId} = await command('post', {...where, text: 'One'});
    assert.equal((await command('edit', {...where, messageId, text: 'Two'})).msg, 'Two');
    await command('react', {...where, messageId, emoji: ':eyes:'});
    await command('remove', {...where, messageId});
    const messages = await command('messages', {room: 'consultation'});
    assert.ok(!messages.some(({_id}) => _id === messageId));
    assert.deepEqual(await command('sockets'), {open: 1, ever: 1});
    await command('token-expiry', {authToken, epochMs: Date.now() + 60_000});
    await command('expire-token', {authToken});
    await ddp.closed;
    const {ddp: second} = await signedIn('alice');
    await command('force-logout', {username: 'alice'});
    await second.closed;
    const {ddp: third} = await signedIn('alice');
    await command('disconnect-all');
    await third.closed;
    await command('deafen', {on: true});
    await command('deafen', {on: false});
    await command('remove-member', {room: 'case-4711', username: 'alice'});
    assert.ok(!(await command('room', {room: 'case-4711'})).usernames.includes('alice'));
    await command('archive', {room: 'case-4711'});
    const {ddp: last} = await signedIn('bob');
    await command('restart', {ms: 0});
    await last.closed;
    const refused = await fetch(`${context.chat.origin}/__simulator/unheard-of`, {method: 'POST'})
      .then(({status}) => status)
      .catch(() => 404);
    assert.equal(refused, 404);
  });
});
