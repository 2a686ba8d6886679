import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

describe('messages by REST', () => {
  const {context, token, rest, ridOf} = withDdp();

  it('are changed, reacted to and deleted', async () => {
    const login = token('alice');
    const {_id: msgId, rid: roomId} = context.chat.post('alice', 'consultation', 'One');
    const body = {roomId, msgId, text: 'Two'};
    const updated = await rest('POST', 'chat.update', {login, body});
    assert.equal(updated.body.message.msg, 'Two');
    const reaction = {messageId: msgId, emoji: 'tada', shouldReact: true};
    assert.equal((await rest('POST', 'chat.react', {login, body: reaction})).body.success, true);
    const got = await rest('GET', `chat.getMessage?msgId=${msgId}`, {login});
    assert.deepEqual(got.body.message.reactions, {':tada:': {usernames: ['alice']}});
    const deleted = await rest('POST', 'chat.delete', {login, body: {roomId, msgId}});
    assert.equal(deleted.body._id, msgId);
    assert.match(deleted.body.ts, /^\d+$/);
    const again = await rest('POST', 'chat.delete', {login, body: {roomId, msgId}});
    assert.equal(again.body.error, `No message found with the id of "${msgId}".`);
  });

  it('are looked for in the room that is named', async () => {
    const login = token('alice');
    const {_id: msgId} = context.chat.post('alice', 'consultation', 'One');
    const body = {roomId: ridOf('general'), msgId, text: 'Two'};
    const answer = await rest('POST', 'chat.update', {login, body});
    assert.match(answer.body.error, /does not match/);
    assert.equal(context.chat.messages('consultation').at(-1).msg, 'One');
  });

  it('of others stay as they are', async () => {
    const login = token('alice');
    const {_id: msgId, rid: roomId} = context.chat.post('bob', 'consultation', 'One');
    const update = await rest('POST', 'chat.update', {login, body: {roomId, msgId, text: 'x'}});
    assert.equal(update.body.errorType, 'error-action-not-allowed');
    const remove = await rest('POST', 'chat.delete', {login, body: {roomId, msgId}});
    assert.equal(remove.body.errorType, 'error-action-not-allowed');
  });

  it('are refused by archived and read-only rooms, with the reason', async () => {
    context.chat.createRoom({
      type: 'c',
      name: 'notices',
      members: ['bob', 'alice'],
      readOnly: true,
    });
    context.chat.archive('case-4711');
    const login = token('alice');
    const send = async (room) => {
      const body = {message: {rid: ridOf(room), msg: 'x'}};
      return (await rest('POST', 'chat.sendMessage', {login, body})).body.error;
    };
    assert.match(await send('notices'), /readonly/);
    assert.equal(await send('case-4711'), 'room_is_archived');
  });

  it('may bring an alias, attachments and custom fields', async () => {
    const login = token('alice');
    const body = {channel: '#general', text: 'Hi', alias: 'Bot', attachments: [{text: 'More'}]};
    const {message, channel} = (await rest('POST', 'chat.postMessage', {login, body})).body;
    assert.equal(channel, 'general');
    assert.equal(message.alias, 'Bot');
    assert.deepEqual(message.attachments, [{text: 'More'}]);
  });

  it('have read receipts only in the Enterprise edition', async () => {
    const path = 'chat.getMessageReadReceipts?messageId=x';
    const {status, body} = await rest('GET', path, {login: token('alice')});
    assert.equal(status, 400);
    assert.equal(body.errorType, 'error-action-not-allowed');
  });

  it('of threads are left out of a history that says so', async () => {
    const login = token('alice');
    const {_id: tmid, rid} = context.chat.post('bob', 'consultation', 'A question');
    const body = {message: {rid, tmid, msg: 'An answer'}};
    await rest('POST', 'chat.sendMessage', {login, body});
    const texts = async (query) =>
      (await rest('GET', `channels.history?roomId=${rid}${query}`, {login})).body.messages.map(
        ({msg}) => msg,
      );
    assert.ok((await texts('')).includes('An answer'));
    assert.ok(!(await texts('&showThreadMessages=false')).includes('An answer'));
  });
});

describe('method.call', () => {
  const {token, rest, ridOf} = withDdp();
  const call = (method, params, login, route = 'method.call') =>
    rest('POST', `${route}/${encodeURIComponent(method)}`, {
      login,
      body: {message: JSON.stringify({msg: 'method', id: '7', method, params})},
    });

  it('runs a DDP method and answers with the frame as a text', async () => {
    const params = [ridOf('consultation'), {lastUpdate: {$date: 0}}];
    const {body} = await call('messages/get', params, token('alice'));
    assert.equal(body.success, true);
    const {msg, id, result} = JSON.parse(body.message);
    assert.deepEqual({msg, id}, {msg: 'result', id: '7'});
    assert.equal(typeof result.updated[0].ts.$date, 'number');
  });

  it('answers with the error as a text, too', async () => {
    const {status, body} = await call('messages/get', [ridOf('case-5820'), {}], token('alice'));
    assert.equal(status, 400);
    assert.equal(body.success, false);
    assert.equal(JSON.parse(body.message).error.error, 'error-not-allowed');
    const unknown = await call('unheard-of', [], token('alice'));
    assert.equal(JSON.parse(unknown.body.message).error.error, 404);
  });

  it('wants a login, unless it is callAnon', async () => {
    assert.equal((await call('rooms/get', [])).status, 401);
    const {body} = await call('public-settings/get', [], undefined, 'method.callAnon');
    assert.ok(JSON.parse(body.message).result.length > 0);
    const refused = await call('loadHistory', ['x'], undefined, 'method.callAnon');
    assert.equal(JSON.parse(refused.body.message).error.error, 'error-invalid-user');
  });
});
