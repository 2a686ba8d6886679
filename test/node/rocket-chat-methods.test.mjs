import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

const codeOf = ({error}) => error?.error;

describe('messages by DDP', () => {
  const {context, raw, signedIn, ridOf} = withDdp();

  it('are sent once, however often their id is, and only the first time answered', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    const before = context.chat.messages('consultation').length;
    const first = await ddp.result('sendMessage', {_id: 'made-by-client', rid, msg: 'Once'});
    const second = await ddp.result('sendMessage', {_id: 'made-by-client', rid, msg: 'Once'});
    assert.equal(first._id, 'made-by-client');
    assert.equal(second, undefined);
    assert.equal(context.chat.messages('consultation').length, before + 1);
  });

  it('take no id that is in use in another room', async () => {
    const {ddp} = await signedIn('alice');
    const {_id} = context.chat.post('bob', 'case-5820', 'Secret');
    const answer = await ddp.call('sendMessage', {_id, rid: ridOf('general'), msg: 'x'});
    assert.ok(answer.error);
    assert.ok(!JSON.stringify(answer).includes('Secret'));
  });

  it('are refused empty, too long, and without a login', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    assert.equal(codeOf(await ddp.call('sendMessage', {rid, msg: ' '})), 'error-invalid-message');
    const long = 'x'.repeat(5001);
    const answer = await ddp.call('sendMessage', {rid, msg: long});
    assert.equal(codeOf(answer), 'error-message-size-exceeded');
    const stranger = await raw().connect();
    const refused = await stranger.call('sendMessage', {rid, msg: 'Hello'});
    assert.equal(codeOf(refused), 'error-invalid-user');
  });

  it('in a thread are counted at its first message', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    const {_id: tmid} = context.chat.post('bob', 'consultation', 'A question');
    const answer = await ddp.result('sendMessage', {rid, msg: 'An answer', tmid});
    assert.equal(answer.tmid, tmid);
    const first = context.chat.messages('consultation').find(({_id}) => _id === tmid);
    assert.equal(first.tcount, 1);
    assert.equal(first.replies.length, 2);
  });

  it('are edited by their author and by the room’s owner, and by nobody else', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    const {_id: bobs} = context.chat.post('bob', 'consultation', 'Mine');
    const {_id: own} = context.chat.post('alice', 'consultation', 'Mine');
    const refused = await ddp.call('updateMessage', {_id: bobs, rid, msg: 'Hers'});
    assert.equal(codeOf(refused), 'error-action-not-allowed');
    assert.equal(
      (await ddp.call('updateMessage', {_id: own, rid, msg: 'Changed'})).error,
      undefined,
    );
    context.chat.edit('bob', 'consultation', own, 'By the owner');
    const {msg, editedBy} = context.chat.messages('consultation').find(({_id}) => _id === own);
    assert.equal(msg, 'By the owner');
    assert.equal(editedBy.username, 'bob');
  });

  it('are deleted by their author, and not by other members', async () => {
    const {ddp} = await signedIn('alice');
    const {_id: bobs} = context.chat.post('bob', 'consultation', 'Mine');
    const {_id: own} = context.chat.post('alice', 'consultation', 'Mine');
    assert.equal(codeOf(await ddp.call('deleteMessage', {_id: bobs})), 'error-action-not-allowed');
    await ddp.result('deleteMessage', {_id: own});
    assert.ok(!context.chat.messages('consultation').some(({_id}) => _id === own));
    assert.equal(codeOf(await ddp.call('deleteMessage', {_id: own})), 'error-action-not-allowed');
  });

  it('stay as they are where the workspace forbids editing and deleting', async () => {
    context.chat.settings.set('Message_AllowEditing', false);
    context.chat.settings.set('Message_AllowDeleting', false);
    const {ddp} = await signedIn('alice');
    const {_id, rid} = context.chat.post('alice', 'consultation', 'Fixed');
    const edit = await ddp.call('updateMessage', {_id, rid, msg: 'x'});
    assert.equal(codeOf(edit), 'error-action-not-allowed');
    assert.equal(codeOf(await ddp.call('deleteMessage', {_id})), 'error-action-not-allowed');
    assert.equal(context.chat.messages('consultation').at(-1).msg, 'Fixed');
  });

  it('get and lose a reaction, also as told', async () => {
    const {ddp} = await signedIn('alice');
    const {_id} = context.chat.post('bob', 'consultation', 'Good?');
    const now = () => context.chat.messages('consultation').at(-1).reactions;
    await ddp.result('setReaction', 'smile', _id, true);
    await ddp.result('setReaction', ':smile:', _id, true);
    assert.deepEqual(now(), {':smile:': {usernames: ['alice']}});
    await ddp.result('setReaction', ':smile:', _id, false);
    assert.deepEqual(now(), {});
    assert.equal(codeOf(await ddp.call('setReaction', '<b>', _id)), 'error-not-allowed');
  });

  it('are taken neither by archived rooms nor by read-only ones', async () => {
    context.chat.createRoom({
      type: 'c',
      name: 'notices',
      members: ['bob', 'alice'],
      readOnly: true,
    });
    context.chat.archive('case-4711');
    const {ddp} = await signedIn('alice');
    const {ddp: bob} = await signedIn('bob');
    for (const room of ['notices', 'case-4711']) {
      assert.ok((await ddp.call('sendMessage', {rid: ridOf(room), msg: 'x'})).error, room);
    }
    await bob.result('sendMessage', {rid: ridOf('notices'), msg: 'By the owner'});
    assert.ok((await bob.call('sendMessage', {rid: ridOf('case-4711'), msg: 'x'})).error);
  });
});

describe('history by DDP', () => {
  const {context, raw, signedIn, ridOf} = withDdp();

  it('comes newest first, and tells how much unread is missing', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    // The messages of the start are minutes apart; a page ends between two moments.
    const texts = context.chat.messages('consultation').map(({msg}) => msg);
    const all = await ddp.result('loadHistory', rid, null, 50, {$date: 0});
    assert.equal(all.unreadNotLoaded, 0);
    const {messages, unreadNotLoaded} = await ddp.result('loadHistory', rid, null, 2, {$date: 0});
    assert.deepEqual(
      messages.map(({msg}) => msg),
      [texts.at(-1), texts.at(-2)],
    );
    assert.equal(unreadNotLoaded, all.messages.length - 2);
    const older = await ddp.result('loadHistory', rid, messages[1].ts, 50);
    assert.deepEqual(
      older.messages.map(({msg}) => msg),
      texts.slice(0, -2).reverse(),
    );
  });

  it('of missed messages has new ones only, no edits', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    const [old] = context.chat.messages('consultation');
    const {ts} = context.chat.messages('consultation').at(-1);
    context.chat.edit('bob', 'consultation', old._id, 'Edited');
    context.chat.post('bob', 'consultation', 'New');
    const missed = await ddp.result('loadMissedMessages', rid, {$date: Date.parse(ts)});
    assert.deepEqual(
      missed.map(({msg}) => msg),
      ['New'],
    );
  });

  it('is false, not an error, for whoever may not read', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('case-5820');
    assert.equal(await ddp.result('loadMissedMessages', rid, {$date: 0}), false);
    assert.equal(await ddp.result('loadHistory', rid, null, 5), false);
    const stranger = await raw().connect();
    assert.equal(await stranger.result('loadMissedMessages', rid, {$date: 0}), false);
    assert.equal(codeOf(await stranger.call('loadHistory', rid)), 'error-invalid-user');
  });
});

describe('rooms by DDP', () => {
  const {context, raw, signedIn, ridOf} = withDdp();

  it('are found by type and name', async () => {
    const {ddp} = await signedIn('alice');
    const room = await ddp.result('getRoomByTypeAndName', 'p', 'case-4711');
    assert.equal(room._id, ridOf('case-4711'));
    const none = await ddp.call('getRoomByTypeAndName', 'c', 'case-4711');
    assert.equal(codeOf(none), 'error-invalid-room');
    const others = await ddp.call('getRoomByTypeAndName', 'p', 'case-5820');
    assert.equal(codeOf(others), 'error-no-permission');
    const stranger = await raw().connect();
    const refused = await stranger.call('getRoomByTypeAndName', 'c', 'general');
    assert.equal(codeOf(refused), 'error-invalid-user');
  });

  it('and subscriptions come as a list, or as what has changed since', async () => {
    const {ddp} = await signedIn('alice');
    const {_id} = context.chat.createRoom({type: 'p', name: 'short', members: ['bob', 'alice']});
    const subscriptions = await ddp.result('subscriptions/get');
    const rooms = await ddp.result('rooms/get');
    assert.equal(subscriptions.length, rooms.length);
    const mine = subscriptions.find(({rid}) => rid === _id);
    const since = {$date: mine._updatedAt.$date - 1};
    context.chat.removeMember('short', 'alice');
    context.chat.post('bob', 'consultation', 'Hello');
    const changed = await ddp.result('subscriptions/get', since);
    assert.ok(changed.update.some(({rid}) => rid === ridOf('consultation')));
    assert.deepEqual(
      changed.remove.map((each) => each._id),
      [mine._id],
    );
    assert.equal(typeof changed.remove[0]._deletedAt.$date, 'number');
    const {remove, update} = await ddp.result('rooms/get', since);
    assert.ok(remove.some((each) => each._id === _id));
    assert.ok(update.some((each) => each._id === ridOf('consultation')));
  });

  it('are nothing for strangers, without an error', async () => {
    const stranger = await raw().connect();
    assert.deepEqual(await stranger.result('subscriptions/get'), []);
    assert.deepEqual(await stranger.result('rooms/get'), []);
  });

  it('are read by readMessages', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    context.chat.post('bob', 'consultation', '@alice');
    const unread = async () =>
      (await ddp.result('subscriptions/get')).find((each) => each.rid === rid).unread;
    assert.equal(await unread(), 1);
    await ddp.result('readMessages', rid);
    assert.equal(await unread(), 0);
    assert.equal(codeOf(await ddp.call('readMessages', 'none')), 'error-room-does-not-exist');
    assert.equal(codeOf(await ddp.call('readMessages', ridOf('case-5820'))), 'error-not-allowed');
  });

  it('that are open can be entered and left, but not by their owner', async () => {
    context.chat.createRoom({type: 'c', name: 'open-house', members: ['bob']});
    const {ddp} = await signedIn('alice');
    const {ddp: bob} = await signedIn('bob');
    const rid = ridOf('open-house');
    assert.equal(await ddp.result('joinRoom', rid), true);
    assert.ok(context.chat.room('open-house').usernames.includes('alice'));
    assert.equal(context.chat.messages('open-house').at(-1).t, 'uj');
    await ddp.result('leaveRoom', rid);
    assert.equal(codeOf(await ddp.call('leaveRoom', rid)), 'error-user-not-in-room');
    assert.equal(codeOf(await bob.call('leaveRoom', rid)), 'error-you-are-last-owner');
    assert.equal(codeOf(await ddp.call('joinRoom', ridOf('case-5820'))), 'error-not-allowed');
  });

  it('for two are made once', async () => {
    const {ddp} = await signedIn('alice');
    const one = await ddp.result('createDirectMessage', 'carol');
    assert.deepEqual(await ddp.result('createDirectMessage', 'carol'), one);
    assert.equal(one.t, 'd');
    assert.equal(codeOf(await ddp.call('createDirectMessage', 'nobody')), 'error-invalid-user');
  });

  it('for oneself are no one else’s, and are named by oneself', async () => {
    const {ddp} = await signedIn('alice');
    const {rid: ofTwo} = await ddp.result('createDirectMessage', 'bob');
    const {rid, usernames} = await ddp.result('createDirectMessage', 'alice');
    assert.notEqual(rid, ofTwo);
    assert.deepEqual(usernames, ['alice']);
    assert.equal((await ddp.result('createDirectMessage', 'alice')).rid, rid);
    const subscriptions = await ddp.result('subscriptions/get');
    assert.deepEqual(
      subscriptions.filter((each) => each.rid === rid).map(({name}) => name),
      ['alice'],
    );
  });

  it('and all else stand under the public settings, without the secret ones', async () => {
    const ddp = await raw().connect();
    const names = (await ddp.result('public-settings/get')).map(({_id}) => _id);
    assert.ok(names.includes('Iframe_Integration_send_enable'));
    assert.ok(!names.includes('Iframe_Restrict_Access'));
  });
});

describe('the rate limit of DDP', () => {
  const {context, signedIn} = withDdp();

  it('is off, and counts each method of a user once it is on', async () => {
    const {ddp} = await signedIn('alice');
    context.chat.settings.set('DDP_Rate_Limit_User_By_Method_Requests_Allowed', 2);
    for (let call = 0; call < 5; call += 1) await ddp.result('rooms/get');
    context.chat.settings.set('DDP_Rate_Limit_User_By_Method_Enabled', true);
    for (let call = 0; call < 2; call += 1) await ddp.result('rooms/get');
    const {error} = await ddp.call('rooms/get');
    assert.equal(error.error, 'too-many-requests');
    assert.ok(error.details.timeToReset > 0);
    assert.match(error.reason, /You must wait \d+ seconds/);
    await ddp.result('subscriptions/get');
  });
});
