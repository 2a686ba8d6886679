import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

const ROOM = 'stream-notify-room';

describe('what has been read', () => {
  const {context, token, signedIn, rest, ridOf} = withDdp();
  const found = (room, id) => context.chat.messages(room).find(({_id}) => _id === id);
  const receipts = () => context.chat.settings.set('Message_Read_Receipt_Enabled', true);

  it('is nobody’s business on Community', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    await ddp.listen(ROOM, `${rid}/messagesRead`);
    const message = context.chat.post('bob', 'consultation', 'Seen?');
    assert.ok(!('unread' in message));
    receipts();
    context.chat.post('bob', 'consultation', 'And this?');
    context.chat.settings.set('Message_Read_Receipt_Enabled', false);
    await ddp.result('readMessages', rid);
    await ddp.settled();
    assert.ok(!ddp.frames.some(({msg}) => msg === 'changed'));
  });

  it('shows in a message, and is told, when all members have read it', async () => {
    receipts();
    const room = context.chat.createRoom({
      type: 'p',
      name: 'three',
      members: ['bob', 'alice', 'carol'],
    });
    const {ddp} = await signedIn('alice');
    const {ddp: bob} = await signedIn('bob');
    await bob.listen(ROOM, `${room._id}/messagesRead`);
    const {_id, unread} = context.chat.post('bob', 'three', 'Seen?');
    assert.equal(unread, true);
    await ddp.result('readMessages', room._id);
    assert.equal(found('three', _id).unread, true, 'Carol has not');
    await bob.settled();
    assert.ok(!bob.frames.some(({msg}) => msg === 'changed'));

    const since = new Date(Date.now() - 1).toISOString();
    const login = token('carol');
    await rest('POST', 'subscriptions.read', {login, body: {rid: room._id}});
    const [{until, tmid}] = await bob.args(ROOM, `${room._id}/messagesRead`);
    assert.ok(until.$date >= Date.parse(found('three', _id).ts));
    assert.equal(tmid, undefined);
    assert.ok(!('unread' in found('three', _id)));
    const query = `roomId=${room._id}&lastUpdate=${since}`;
    const {body} = await rest('GET', `chat.syncMessages?${query}`, {login});
    assert.equal(body.result.updated[0]._id, _id, 'whoever was away syncs it');
  });

  it('is told once', async () => {
    receipts();
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    await ddp.listen(ROOM, `${rid}/messagesRead`);
    context.chat.post('bob', 'consultation', 'Seen?');
    await ddp.result('readMessages', rid);
    await ddp.args(ROOM, `${rid}/messagesRead`);
    await ddp.result('readMessages', rid);
    await ddp.settled();
    assert.ok(!ddp.frames.some(({msg}) => msg === 'changed'));
  });

  it('of a thread is told by itself, when those who follow it have read', async () => {
    receipts();
    const {ddp, userId} = await signedIn('alice');
    const {ddp: bob, userId: bobs} = await signedIn('bob');
    const rid = ridOf('consultation');
    const {_id: tmid} = context.chat.post('bob', 'consultation', 'A question');
    await bob.listen('stream-notify-user', `${bobs}/subscriptions-changed`);
    await ddp.listen(ROOM, `${rid}/messagesRead`);
    const {_id, u} = await ddp.result('sendMessage', {rid, msg: 'An answer', tmid});
    assert.equal(u._id, userId);
    const follows = async () => {
      const args = await bob.args('stream-notify-user', `${bobs}/subscriptions-changed`);
      return args[1].tunread;
    };
    let tunread;
    while (!tunread) tunread = await follows();
    assert.deepEqual(tunread, [tmid]);
    await bob.result('readMessages', rid);
    assert.equal(found('consultation', _id).unread, true, 'the room is not the thread');
    await ddp.args(ROOM, `${rid}/messagesRead`);
    await bob.result('getThreadMessages', {tmid});
    const [read] = await ddp.args(ROOM, `${rid}/messagesRead`);
    assert.equal(read.tmid, tmid);
    assert.ok(!('unread' in found('consultation', _id)));
    while (tunread.length) tunread = await follows();
  });

  it('is everything for whoever is alone, and threads on demand', async () => {
    receipts();
    context.chat.createRoom({type: 'p', name: 'notes', members: ['alice']});
    assert.ok(!('unread' in context.chat.post('alice', 'notes', 'To myself')));
    const {ddp} = await signedIn('alice');
    const {ddp: bob} = await signedIn('bob');
    const rid = ridOf('consultation');
    const {_id: tmid} = context.chat.post('bob', 'consultation', 'A question');
    await ddp.result('sendMessage', {rid, msg: 'An answer', tmid});
    const tunread = async () => {
      const all = await bob.result('subscriptions/get');
      return all.find((each) => each.rid === rid).tunread;
    };
    await bob.result('readMessages', rid);
    assert.deepEqual(await tunread(), [tmid]);
    await bob.result('readMessages', rid, true);
    assert.deepEqual(await tunread(), []);
  });
});
