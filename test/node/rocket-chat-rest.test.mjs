import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

describe('messages by REST', () => {
  const {context, token, rest, ridOf, signedIn} = withDdp();

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

  it('are pruned by administrators, of which the room hears as one', async () => {
    const {ddp, ...login} = await signedIn('alice');
    const roomId = ridOf('consultation');
    await ddp.listen('stream-notify-room', `${roomId}/deleteMessageBulk`);
    const all = context.chat.messages('consultation');
    const body = {roomId, oldest: all[0].ts, latest: all[2].ts, inclusive: true};
    const refused = await rest('POST', 'rooms.cleanHistory', {login, body});
    assert.equal(refused.status, 403);
    const done = await rest('POST', 'rooms.cleanHistory', {login: token('admin'), body});
    assert.equal(done.status, 200, 'an open room is any administrator’s');
    assert.equal(done.body.count, 3);
    assert.equal(context.chat.messages('consultation').length, all.length - 3);
    const [news] = await ddp.args('stream-notify-room', `${roomId}/deleteMessageBulk`);
    assert.equal(news.rid, roomId);
    assert.deepEqual(news.ts, {
      $gte: {$date: Date.parse(body.oldest)},
      $lte: {$date: Date.parse(body.latest)},
    });
    const {deleted} = await ddp.result('messages/get', roomId, {lastUpdate: {$date: 0}});
    assert.equal(deleted.length, 3);
  });

  it('have no route at a path that cannot be decoded', async () => {
    assert.equal((await rest('GET', 'rooms.media/%zz')).status, 404);
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
