import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

const MESSAGES = 'stream-room-messages';
const USER = 'stream-notify-user';
const MINE = '__my_messages__';

describe("a user's own stream", () => {
  const {context, signedIn, ridOf} = withDdp();

  it('is nobody else’s', async () => {
    const {ddp} = await signedIn('alice');
    const {userId} = context.chat.users.find(({username}) => username === 'bob');
    const {error} = await ddp.listen(USER, `${userId}/subscriptions-changed`);
    assert.equal(error.error, 'not-allowed');
  });

  it('tells of rooms one is added to, and of their ends', async () => {
    const {ddp, userId} = await signedIn('alice');
    await ddp.listen(USER, `${userId}/subscriptions-changed`);
    await ddp.listen(USER, `${userId}/rooms-changed`);
    const {_id} = context.chat.createRoom({type: 'p', name: 'new', members: ['bob', 'alice']});
    const [inserted, subscription] = await ddp.args(USER, `${userId}/subscriptions-changed`);
    assert.equal(inserted, 'inserted');
    assert.equal(subscription.rid, _id);
    assert.equal((await ddp.args(USER, `${userId}/rooms-changed`))[1]._id, _id);
    context.chat.removeMember('new', 'alice');
    const [removed, gone] = await ddp.args(USER, `${userId}/subscriptions-changed`);
    assert.equal(removed, 'removed');
    assert.equal(gone.rid, _id);
  });

  it('tells what the desktop is to say', async () => {
    const {ddp, userId} = await signedIn('alice');
    await ddp.listen(USER, `${userId}/notification`);
    const {_id} = context.chat.post('bob', 'consultation', 'Ten o’clock');
    const [{title, text, payload}] = await ddp.args(USER, `${userId}/notification`);
    assert.equal(title, '#consultation');
    assert.equal(text, 'bob: Ten o’clock');
    assert.equal(payload._id, _id);
    assert.equal(payload.rid, ridOf('consultation'));
    assert.equal(payload.sender.username, 'bob');
    assert.equal(payload.message.msg, 'Ten o’clock');
  });

  it('says why a message was refused', async () => {
    context.chat.createRoom({
      type: 'c',
      name: 'notices',
      members: ['bob', 'alice'],
      readOnly: true,
    });
    const {ddp, userId} = await signedIn('alice');
    await ddp.listen(USER, `${userId}/message`);
    const {error} = await ddp.call('sendMessage', {rid: ridOf('notices'), msg: 'May I?'});
    assert.equal(error.error, 500);
    assert.equal(error.reason, 'Internal server error');
    const [{msg}] = await ddp.args(USER, `${userId}/message`);
    assert.match(msg, /readonly/);
  });

  it('lets clients ring one another about a conference that there is, and nothing else', async () => {
    const {ddp, userId} = await signedIn('alice');
    const {ddp: bob, userId: uid} = await signedIn('bob');
    await ddp.listen(USER, `${userId}/video-conference`);
    await ddp.listen(USER, `${userId}/force_logout`);
    const ring = {action: 'call', params: {uid, rid: ridOf('consultation'), callId: 'made-up'}};
    await bob.result(USER, `${userId}/video-conference`, ring);
    await bob.result(USER, `${userId}/force_logout`);
    await ddp.settled();
    assert.ok(!ddp.frames.some(({msg}) => msg === 'changed'));
  });
});

describe('presence', () => {
  const {raw, signedIn} = withDdp();

  it('is told to everybody who is signed in', async () => {
    const {ddp} = await signedIn('alice');
    const {ddp: bob, userId} = await signedIn('bob');
    await ddp.listen('stream-notify-logged', 'user-status');
    await bob.result('setUserStatus', 'busy', 'On the phone');
    const [told] = await ddp.args('stream-notify-logged', 'user-status');
    assert.deepEqual(told, [userId, 'bob', 3, 'On the phone', 'Bob Keller', ['user']]);
    await bob.result('UserPresence:away');
    assert.equal((await ddp.args('stream-notify-logged', 'user-status'))[0][2], 2);
  });

  it('can be watched for some users only', async () => {
    const {ddp} = await signedIn('alice');
    const {ddp: bob, userId} = await signedIn('bob');
    const {ddp: carol} = await signedIn('carol');
    await ddp.subscribe('stream-user-presence', '', {added: [userId]});
    await carol.result('setUserStatus', 'away');
    await bob.result('setUserStatus', 'offline', 'Gone');
    const {fields} = await ddp.frame(({collection}) => collection === 'stream-user-presence');
    assert.deepEqual(fields, {eventName: userId, args: [['bob', 0, 'Gone']]});
  });

  const STREAM = 'stream-user-presence';
  /** Alice, and Bob's and Carol's ids and states. */
  const watching = async () => {
    const {ddp, authToken} = await signedIn('alice');
    const people = {bob: await signedIn('bob'), carol: await signedIn('carol')};
    const watch = (change) => ddp.subscribe(STREAM, '', change);
    /** Who of both is told of when each of them is another. */
    const told = async () => {
      ddp.frames.length = 0;
      for (const {ddp: own} of Object.values(people)) {
        await own.result('setUserStatus', 'away');
        await own.result('setUserStatus', 'online');
      }
      await ddp.settled();
      const news = ddp.frames.filter(({collection}) => collection === STREAM);
      return [...new Set(news.map(({fields}) => fields.args[0][0]))];
    };
    const {bob, carol} = people;
    return {ddp, authToken, bob: bob.userId, carol: carol.userId, watch, told};
  };

  it('is one list for a connection, which later subscriptions change before they end', async () => {
    const {bob, carol, watch, told} = await watching();
    assert.equal((await watch({added: [bob]})).msg, 'ready');
    const {msg, error} = await watch({added: [carol]});
    assert.deepEqual([msg, error], ['nosub', undefined]);
    assert.deepEqual(await told(), ['bob', 'carol']);
    await watch({removed: [bob]});
    assert.deepEqual(await told(), ['carol']);
  });

  it('is forgotten with the first subscription, whoever was added later', async () => {
    const {ddp, bob, carol, watch, told} = await watching();
    const {subs} = await watch({added: [bob]});
    await watch({added: [carol]});
    await ddp.send({msg: 'unsub', id: subs[0]});
    assert.deepEqual(await told(), []);
    assert.equal((await watch({added: [carol]})).msg, 'ready');
    assert.deepEqual(await told(), ['carol']);
  });

  it('is what the first subscription began with after another sign-in', async () => {
    const {ddp, authToken, bob, carol, watch, told} = await watching();
    await watch({added: [bob]});
    await watch({added: [carol]});
    await ddp.result('login', {resume: authToken});
    assert.deepEqual(await told(), ['bob']);
  });

  it('is nothing for strangers, and no made-up state is taken', async () => {
    const stranger = await raw().connect();
    assert.equal((await stranger.listen('stream-notify-logged', 'user-status')).msg, 'nosub');
    assert.equal((await stranger.subscribe('stream-user-presence', '', {})).msg, 'nosub');
    const {ddp} = await signedIn('alice');
    const {error} = await ddp.call('setUserStatus', 'asleep');
    assert.equal(error.error, 'error-invalid-status');
  });
});

describe('a member who is taken out', () => {
  const {context, signedIn, ridOf} = withDdp();

  it('hears no more of the room, reads nothing there and writes nothing', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('case-4711');
    await ddp.listen(MESSAGES, rid);
    await ddp.listen(MESSAGES, MINE);
    context.chat.removeMember('case-4711', 'alice');
    context.chat.post('bob', 'case-4711', 'Now she is gone');
    await ddp.settled();
    assert.ok(!JSON.stringify(ddp.frames).includes('Now she is gone'));
    assert.equal((await ddp.call('messages/get', rid, {})).error.error, 'error-not-allowed');
    assert.equal((await ddp.call('loadHistory', rid)).result, false);
    assert.ok((await ddp.call('sendMessage', {rid, msg: 'Hello?'})).error);
    assert.equal((await ddp.listen(MESSAGES, rid)).msg, 'nosub');
  });

  it('hears no more of an open room either, and no word about that', async () => {
    const {ddp, userId} = await signedIn('alice');
    const {ddp: bob} = await signedIn('bob');
    const rid = ridOf('consultation');
    await ddp.listen(MESSAGES, rid);
    await ddp.listen('stream-notify-room', `${rid}/typing`);
    ddp.frames.length = 0;
    context.chat.removeMember('consultation', 'alice');
    context.chat.post('bob', 'consultation', 'Now she is gone');
    await bob.result('stream-notify-room', `${rid}/typing`, 'bob', true);
    await ddp.settled();
    assert.deepEqual(ddp.frames, []);
    await ddp.listen('stream-notify-user', `${userId}/subscriptions-changed`);
    assert.equal((await ddp.listen(MESSAGES, rid)).msg, 'ready', 'she may look in from outside');
  });

  it('leaves the others as they were', async () => {
    const {ddp: bob} = await signedIn('bob');
    const rid = ridOf('case-4711');
    await bob.listen(MESSAGES, rid);
    context.chat.removeMember('case-4711', 'alice');
    const [{t, msg}] = await bob.args(MESSAGES, rid);
    assert.deepEqual({t, msg}, {t: 'ru', msg: 'alice'});
  });
});
