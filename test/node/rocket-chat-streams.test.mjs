import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

const MESSAGES = 'stream-room-messages';
const ROOM = 'stream-notify-room';
const USER = 'stream-notify-user';
const MINE = '__my_messages__';

describe('the stream of messages', () => {
  const {context, raw, signedIn, ridOf} = withDdp();

  it('of a room carries new messages, edits and reactions as whole messages', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    assert.equal((await ddp.listen(MESSAGES, rid)).msg, 'ready');
    const {_id} = context.chat.post('bob', 'consultation', 'One');
    const [posted] = await ddp.args(MESSAGES, rid);
    assert.equal(posted._id, _id);
    assert.equal(typeof posted.ts.$date, 'number');
    context.chat.edit('bob', 'consultation', _id, 'Two');
    const [edited] = await ddp.args(MESSAGES, rid);
    assert.equal(edited.msg, 'Two');
    assert.deepEqual(edited.ts, posted.ts);
    assert.ok(edited.editedAt.$date >= posted.ts.$date);
    assert.equal(edited.editedBy.username, 'bob');
    context.chat.react('alice', 'consultation', _id, ':+1:');
    const [reacted] = await ddp.args(MESSAGES, rid);
    assert.deepEqual(reacted.reactions, {':+1:': {usernames: ['alice']}});
    context.chat.react('alice', 'consultation', _id, ':+1:');
    assert.deepEqual((await ddp.args(MESSAGES, rid))[0].reactions, {});
  });

  it('of all rooms says of each message what the user is there', async () => {
    const {ddp} = await signedIn('alice');
    await ddp.listen(MESSAGES, MINE);
    context.chat.post('bob', 'case-4711', 'For the two of us');
    const [message, participation] = await ddp.args(MESSAGES, MINE);
    assert.equal(message.msg, 'For the two of us');
    assert.deepEqual(participation, {
      roomParticipant: true,
      roomType: 'p',
      roomName: 'case-4711',
    });
  });

  it('of all rooms tells of open ones, too, and that the user is not in them', async () => {
    context.chat.createRoom({type: 'c', name: 'open-house', members: ['bob']});
    const {ddp} = await signedIn('alice');
    await ddp.listen(MESSAGES, MINE);
    context.chat.post('bob', 'open-house', 'Come in');
    const [, {roomParticipant}] = await ddp.args(MESSAGES, MINE);
    assert.equal(roomParticipant, false);
  });

  it('of all rooms keeps still about rooms of others', async () => {
    const {ddp} = await signedIn('alice');
    await ddp.listen(MESSAGES, MINE);
    context.chat.post('bob', 'case-5820', 'Not for alice');
    await ddp.settled();
    assert.ok(!JSON.stringify(ddp.frames).includes('Not for alice'));
  });

  it('of all rooms is open to nobody in particular, and silent for them', async () => {
    const ddp = await raw().connect();
    assert.equal((await ddp.listen(MESSAGES, MINE)).msg, 'ready');
    context.chat.post('bob', 'general', 'Hello');
    await ddp.settled();
    assert.ok(!JSON.stringify(ddp.frames).includes('Hello'));
  });

  it('is refused for a room of others, for no room, and without a login', async () => {
    const {ddp} = await signedIn('alice');
    const stranger = await raw().connect();
    for (const refused of [
      await ddp.listen(MESSAGES, ridOf('case-5820')),
      await ddp.listen(MESSAGES, 'no-such-room'),
      await stranger.listen(MESSAGES, ridOf('general')),
    ]) {
      assert.equal(refused.msg, 'nosub');
      assert.deepEqual(refused.error, {
        isClientSafe: true,
        error: 'not-allowed',
        message: '[not-allowed]',
        errorType: 'Meteor.Error',
      });
    }
  });

  it('comes before the unread count that a message causes', async () => {
    const {ddp, userId} = await signedIn('alice');
    await ddp.listen(USER, `${userId}/subscriptions-changed`);
    await ddp.listen(MESSAGES, ridOf('consultation'));
    context.chat.post('bob', 'consultation', '@alice');
    await ddp.settled();
    const streams = ddp.frames.filter(({msg}) => msg === 'changed').map((each) => each.collection);
    assert.deepEqual(streams, [MESSAGES, USER]);
  });

  it('ends by unsub, which is answered by nosub without an error', async () => {
    const {ddp} = await signedIn('alice');
    const {subs} = await ddp.listen(MESSAGES, ridOf('consultation'));
    await ddp.send({msg: 'unsub', id: subs[0]});
    assert.deepEqual(await ddp.frame(({msg}) => msg === 'nosub'), {msg: 'nosub', id: subs[0]});
    context.chat.post('bob', 'consultation', 'Anybody?');
    await ddp.settled();
    assert.ok(!JSON.stringify(ddp.frames).includes('Anybody?'));
  });
});

describe('a room stream', () => {
  const {context, signedIn, ridOf} = withDdp();

  it('tells the id of a deleted message', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    await ddp.listen(ROOM, `${rid}/deleteMessage`);
    const {_id} = context.chat.post('bob', 'consultation', 'Oops');
    context.chat.remove('bob', 'consultation', _id);
    assert.deepEqual(await ddp.args(ROOM, `${rid}/deleteMessage`), [{_id}]);
  });

  it('tells of no deletion that leaves its trace; the message changes instead', async () => {
    context.chat.settings.set('Message_ShowDeletedStatus', true);
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    await ddp.listen(ROOM, `${rid}/deleteMessage`);
    const {_id} = context.chat.post('bob', 'consultation', 'Oops');
    await ddp.listen(MESSAGES, rid);
    context.chat.remove('bob', 'consultation', _id);
    const [{t, msg}] = await ddp.args(MESSAGES, rid);
    assert.deepEqual({t, msg}, {t: 'rm', msg: ''});
    await ddp.settled();
    assert.ok(!ddp.frames.some(({collection}) => collection === ROOM));
  });

  it('tells others who types, in the present form and in that of older clients', async () => {
    const {ddp} = await signedIn('alice');
    const {ddp: bob} = await signedIn('bob');
    const rid = ridOf('consultation');
    for (const client of [ddp, bob]) {
      await client.listen(ROOM, `${rid}/user-activity`);
      await client.listen(ROOM, `${rid}/typing`);
    }
    await bob.result(ROOM, `${rid}/user-activity`, 'bob', ['user-typing'], {});
    assert.deepEqual(await ddp.args(ROOM, `${rid}/user-activity`), ['bob', ['user-typing'], {}]);
    assert.deepEqual(await ddp.args(ROOM, `${rid}/typing`), ['bob', true]);
    await bob.result(ROOM, `${rid}/typing`, 'bob', false);
    assert.deepEqual(await ddp.args(ROOM, `${rid}/user-activity`), ['bob', [], {}]);
    assert.deepEqual(await ddp.args(ROOM, `${rid}/typing`), ['bob', false]);
    await bob.settled();
    assert.ok(!bob.frames.some(({msg}) => msg === 'changed'), 'not to whoever types');
  });

  it('lets nobody type in the name of another, and says nothing about it', async () => {
    const {ddp} = await signedIn('alice');
    const {ddp: bob} = await signedIn('bob');
    const rid = ridOf('consultation');
    await ddp.listen(ROOM, `${rid}/user-activity`);
    assert.equal(
      (await bob.call(ROOM, `${rid}/user-activity`, 'carol', ['user-typing'])).error,
      undefined,
    );
    await bob.result(ROOM, `${rid}/deleteMessage`, {_id: 'forged'});
    await ddp.settled();
    assert.ok(!ddp.frames.some(({msg}) => msg === 'changed'));
  });

  it('goes by real names where the workspace says so', async () => {
    context.chat.settings.set('UI_Use_Real_Name', true);
    const {ddp} = await signedIn('alice');
    const {ddp: bob} = await signedIn('bob');
    const rid = ridOf('consultation');
    await ddp.listen(ROOM, `${rid}/user-activity`);
    await bob.result(ROOM, `${rid}/user-activity`, 'bob', ['user-typing']);
    await bob.result(ROOM, `${rid}/user-activity`, 'Bob Keller', ['user-typing']);
    assert.equal((await ddp.args(ROOM, `${rid}/user-activity`))[0], 'Bob Keller');
  });

  it('is only for members, of open rooms, too', async () => {
    context.chat.createRoom({type: 'c', name: 'open-house', members: ['bob']});
    const {ddp} = await signedIn('alice');
    const {error} = await ddp.listen(ROOM, `${ridOf('open-house')}/typing`);
    assert.equal(error.error, 'not-allowed');
  });

  it('tells that everybody has read', async () => {
    context.chat.settings.set('Message_Read_Receipt_Enabled', true);
    context.chat.post('bob', 'consultation', 'Read me');
    const {ddp} = await signedIn('alice');
    const {ddp: bob} = await signedIn('bob');
    const rid = ridOf('consultation');
    await bob.listen(ROOM, `${rid}/messagesRead`);
    await ddp.result('readMessages', rid);
    const [{until}] = await bob.args(ROOM, `${rid}/messagesRead`);
    assert.equal(typeof until.$date, 'number');
  });
});
