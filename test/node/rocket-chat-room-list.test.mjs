import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

const USER = 'stream-notify-user';

/** Alice has a direct message with Dora, in which she has written. */
const {context, raw, token, signedIn, rest} = withDdp();
const direct = async () => {
  context.chat.createUser({username: 'dora'});
  const room = context.chat.createRoom({type: 'd', members: ['dora', 'alice']});
  const {ddp, userId} = await signedIn('alice');
  const rid = room._id;
  context.chat.post('dora', rid, 'Hello');
  const own = async () => (await ddp.result('subscriptions/get')).find((each) => each.rid === rid);
  return {rid, ddp, userId, own};
};

describe('hideRoom and openRoom', () => {
  it('take a room out of the list and put it back, and tell how many have changed', async () => {
    const {rid, ddp, own} = await direct();
    assert.deepEqual([(await own()).open, (await own()).alert], [true, true]);
    assert.equal(await ddp.result('hideRoom', rid), 1);
    assert.deepEqual(
      [(await own()).open, (await own()).alert, (await own()).unread],
      [false, false, 1],
    );
    assert.equal(await ddp.result('hideRoom', rid), 0);
    assert.equal(await ddp.result('openRoom', rid), 1);
    assert.equal((await own()).open, true);
  });

  it('tell the user, and nobody else', async () => {
    const {rid, ddp, userId} = await direct();
    const {ddp: dora} = await signedIn('dora');
    await ddp.listen(USER, `${userId}/subscriptions-changed`);
    await ddp.result('hideRoom', rid);
    const [action, {open}] = await ddp.args(USER, `${userId}/subscriptions-changed`);
    assert.deepEqual([action, open], ['updated', false]);
    const hers = (await dora.result('subscriptions/get')).find((each) => each.rid === rid);
    assert.equal(hers.open, true);
  });

  it('are undone by the next message, and by createDirectMessage', async () => {
    const {rid, ddp, own} = await direct();
    await ddp.result('hideRoom', rid);
    context.chat.post('dora', rid, 'Are you there?');
    assert.equal((await own()).open, true);
    await ddp.result('hideRoom', rid);
    await ddp.result('createDirectMessage', 'dora');
    assert.equal((await own()).open, true);
  });

  it('change nothing about a room of others, and refuse whoever is not signed in', async () => {
    const {rid} = await direct();
    const {ddp: carol} = await signedIn('carol');
    assert.equal(await carol.result('hideRoom', rid), 0);
    const stranger = await raw().connect();
    assert.equal((await stranger.call('hideRoom', rid)).error.error, 'error-invalid-user');
    assert.equal((await carol.call('hideRoom', 7)).error.error, 400);
  });

  it('have routes of REST, of which the one refuses a room that is hidden', async () => {
    const {rid, own} = await direct();
    const login = token('alice');
    const post = async (route) => (await rest('POST', route, {login, body: {roomId: rid}})).status;
    assert.equal(await post('rooms.hide'), 200);
    assert.equal((await own()).open, false);
    assert.equal(await post('rooms.hide'), 400);
    assert.equal(await post('rooms.open'), 200);
    assert.equal((await own()).open, true);
    const carol = await rest('POST', 'rooms.hide', {login: token('carol'), body: {roomId: rid}});
    assert.equal(carol.status, 403);
  });
});

describe('eraseRoom', () => {
  it('refuses a direct message to everybody without the permission', async () => {
    const {rid, ddp, own} = await direct();
    assert.equal((await ddp.call('eraseRoom', rid)).error.error, 'error-not-allowed');
    const by = {login: token('alice'), body: {roomId: rid}};
    assert.equal((await rest('POST', 'im.delete', by)).body.errorType, 'error-not-allowed');
    assert.ok(await own());
  });

  it('refuses a room that is not there', async () => {
    const {ddp} = await direct();
    assert.equal((await ddp.call('eraseRoom', 'none')).error.error, 'error-invalid-room');
  });

  it('takes room, members and messages away for those who may, and tells the members', async () => {
    const {rid, ddp, userId, own} = await direct();
    const {ddp: admin} = await signedIn('admin');
    await ddp.listen(USER, `${userId}/subscriptions-changed`);
    assert.equal(await admin.result('eraseRoom', rid), true);
    const [action, gone] = await ddp.args(USER, `${userId}/subscriptions-changed`);
    assert.deepEqual([action, gone.rid], ['removed', rid]);
    assert.equal(await own(), undefined);
    const {rid: again} = await ddp.result('createDirectMessage', 'dora');
    assert.deepEqual(context.chat.messages(again), []);
  });
});
