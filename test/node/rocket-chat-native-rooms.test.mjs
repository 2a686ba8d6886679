import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

const MESSAGES = 'stream-room-messages';
const USER = 'stream-notify-user';

/** Alice and Bob are in a group of his that she listens to. */
const {context, token, signedIn, rest} = withDdp({remoteControl: true});
const group = async () => {
  const room = context.chat.createRoom({type: 'p', name: 'group', members: ['bob', 'alice']});
  const {ddp, userId} = await signedIn('alice');
  const rid = room._id;
  await ddp.listen(MESSAGES, rid);
  await ddp.listen(USER, `${userId}/rooms-changed`);
  const news = async () => {
    const [action, changed] = await ddp.args(USER, `${userId}/rooms-changed`);
    assert.equal(action, 'updated');
    return changed;
  };
  /** The kinds of the messages that come next. */
  const kind = async () => (await ddp.args(MESSAGES, rid))[0].t;
  /** Whether she may write, by DDP and by REST alike: the text of the refusal, if not. */
  const refusal = async () => {
    const {error} = await ddp.call('sendMessage', {rid, msg: 'Hello'});
    const login = token('alice');
    const {body} = await rest('POST', 'chat.sendMessage', {
      login,
      body: {message: {rid, msg: 'Hello'}},
    });
    assert.equal(!error, body.success);
    return body.error;
  };
  return {rid, ddp, userId, news, kind, refusal};
};
const remote = async (name, params) => {
  const init = {method: 'POST', body: JSON.stringify(params)};
  const response = await fetch(`${context.chat.origin}/__simulator/${name}`, init);
  assert.equal(response.status, 200, name);
};

describe('a read-only room', () => {
  it('lets only its owner write, is told of, and is open again', async () => {
    const {news, kind, refusal} = await group();
    context.chat.readOnly('group');
    assert.equal((await news()).ro, true);
    assert.equal(await kind(), 'room-set-read-only');
    assert.match(await refusal(), /readonly/);
    assert.equal(context.chat.post('bob', 'group', 'I may').msg, 'I may');
    await remote('read-only', {room: 'group', on: false});
    assert.equal(await kind(), undefined, 'his message');
    assert.equal(await kind(), 'room-removed-read-only');
    assert.equal(await refusal(), undefined);
  });

  it('takes no reactions of others either, nor those of the muted', async () => {
    const {ddp} = await group();
    const {_id} = context.chat.post('bob', 'group', 'Well?');
    const react = () => ddp.call('setReaction', ':eyes:', _id);
    context.chat.readOnly('group');
    assert.equal((await react()).error.error, 500);
    context.chat.readOnly('group', false);
    context.chat.mute('group', 'alice');
    assert.equal((await react()).error.error, 500);
    context.chat.mute('group', 'alice', false);
    assert.equal((await react()).error, undefined);
  });

  it('lets whoever was given a voice write', async () => {
    const {refusal} = await group();
    context.chat.readOnly('group');
    context.chat.mute('group', 'alice', false);
    assert.equal(await refusal(), undefined);
    context.chat.mute('group', 'alice');
    assert.match(await refusal(), /readonly/);
  });
});

describe('a member', () => {
  it('who is muted may read and not write, until the voice is given back', async () => {
    const {rid, news, kind, refusal, ddp} = await group();
    context.chat.mute('group', 'alice');
    assert.deepEqual((await news()).muted, ['alice']);
    assert.equal(await kind(), 'user-muted');
    assert.equal(await refusal(), 'You_have_been_muted');
    const {messages} = await ddp.result('loadHistory', rid, null, 5, null);
    assert.equal(messages[0].t, 'user-muted');
    await remote('mute', {room: 'group', username: 'alice', on: false});
    assert.equal(await kind(), 'user-unmuted');
    assert.equal(await refusal(), undefined);
  });

  it('is muted by the owner, and not by members', async () => {
    const {rid, ddp, refusal} = await group();
    const {ddp: bob} = await signedIn('bob');
    const refused = await ddp.call('muteUserInRoom', {rid, username: 'bob'});
    assert.equal(refused.error.error, 'error-not-allowed');
    await bob.result('muteUserInRoom', {rid, username: 'alice'});
    assert.equal(await refusal(), 'You_have_been_muted');
    await bob.result('unmuteUserInRoom', {rid, username: 'alice'});
    assert.equal(await refusal(), undefined);
    const stranger = await bob.call('muteUserInRoom', {rid, username: 'carol'});
    assert.equal(stranger.error.error, 'error-user-not-in-room');
  });

  it('who is removed is told by the subscription alone, and hears no more of the room', async () => {
    const {rid, ddp, userId} = await group();
    const {ddp: bob} = await signedIn('bob');
    await bob.listen(MESSAGES, rid);
    await ddp.listen(MESSAGES, '__my_messages__');
    await ddp.listen('stream-notify-room', `${rid}/deleteMessage`);
    await ddp.listen(USER, `${userId}/subscriptions-changed`);
    await remote('remove-member', {room: 'group', username: 'alice'});
    const [action, {rid: of}] = await ddp.args(USER, `${userId}/subscriptions-changed`);
    assert.deepEqual([action, of], ['removed', rid]);
    const [removal] = await bob.args(MESSAGES, rid);
    assert.deepEqual([removal.t, removal.msg], ['ru', 'alice']);
    const {_id} = context.chat.post('bob', 'group', 'Without her');
    context.chat.remove('bob', 'group', _id);
    await ddp.settled();
    assert.deepEqual(
      ddp.frames.filter(({msg}) => msg === 'changed').map(({fields}) => fields.eventName),
      [],
    );
    const {error} = await ddp.listen(MESSAGES, rid);
    assert.equal(error.error, 'not-allowed');
    assert.equal(await ddp.result('loadHistory', rid, null, 5, null), false);
  });
});

describe('an archived room', () => {
  it('takes no messages, and is told of', async () => {
    const {news, refusal} = await group();
    context.chat.archive('group');
    assert.equal((await news()).archived, true);
    assert.equal(await refusal(), 'room_is_archived');
    context.chat.archive('group', false);
    assert.equal(await refusal(), undefined);
  });
});

describe('an encrypted room', () => {
  it('has messages that nobody can read here', async () => {
    const {ddp, userId} = await signedIn('alice');
    const {ddp: bob} = await signedIn('bob');
    await ddp.listen(USER, `${userId}/notification`);
    const room = context.chat.createRoom({
      type: 'p',
      name: 'sealed',
      members: ['bob', 'alice'],
      encrypted: true,
    });
    assert.equal(room.encrypted, true);
    await bob.listen(MESSAGES, room._id);
    context.chat.post('bob', 'sealed', 'Secret, @alice');
    const [message] = await bob.args(MESSAGES, room._id);
    assert.deepEqual([message.t, message.md, message.mentions], ['e2e', undefined, []]);
    assert.equal(message.content.algorithm, 'rc.v1.aes-sha2');
    assert.match(message.content.ciphertext, /^[\w+/=]{40,}$/);
    assert.ok(message.msg && !JSON.stringify(message).includes('Secret'));
    const [note] = await ddp.args(USER, `${userId}/notification`);
    assert.ok(!JSON.stringify(note).includes(message.msg));
    const subscriptions = await ddp.result('subscriptions/get');
    const own = subscriptions.find(({rid}) => rid === room._id);
    assert.deepEqual([own.encrypted, own.alert], [true, true]);
  });

  it('refuses open text, takes what a client has encrypted, and is open again', async () => {
    const {rid, ddp, news, kind, refusal} = await group();
    await remote('encrypt', {room: 'group'});
    assert.equal((await news()).encrypted, true);
    assert.equal(await kind(), 'room_e2e_enabled');
    assert.match(await refusal(), /un-encrypted/);
    const content = {algorithm: 'rc.v1.aes-sha2', ciphertext: 'c2VjcmV0'};
    const sent = await ddp.result('sendMessage', {rid, msg: '', t: 'e2e', content});
    assert.deepEqual([sent.t, sent.e2e, sent.content], ['e2e', 'pending', content]);
    context.chat.settings.set('E2E_Allow_Unencrypted_Messages', true);
    assert.equal(await refusal(), undefined);
    context.chat.settings.set('E2E_Allow_Unencrypted_Messages', false);
    context.chat.encrypt('group', false);
    assert.equal(await refusal(), undefined);
  });

  it('lets no client claim another kind of message', async () => {
    const {rid, ddp} = await group();
    const sent = await ddp.result('sendMessage', {rid, msg: 'alice', t: 'ru'});
    assert.equal(sent.t, undefined);
  });
});
