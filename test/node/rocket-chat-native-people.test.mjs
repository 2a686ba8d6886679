import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

const namesOf = (people) => people.map(({username}) => username);

describe('people and rooms that somebody types the beginning of', () => {
  const {context, raw, token, signedIn, rest, ridOf} = withDdp();

  it('are found by username and by name, with their presence, in their order', async () => {
    const {ddp} = await signedIn('alice');
    const find = async (...params) => ddp.result('spotlight', ...params);
    const {users, rooms} = await find('a', [], {users: true, rooms: true});
    assert.deepEqual(namesOf(users), ['admin', 'alice', 'carol']);
    assert.deepEqual(Object.keys(users[0]).sort(), [
      '_id',
      'name',
      'status',
      'statusText',
      'username',
    ]);
    assert.equal(users[0].status, 'online');
    assert.deepEqual(rooms, [], 'she is in all that there are');
    assert.deepEqual(namesOf((await find('KELLER', [])).users), ['bob']);
    assert.deepEqual(namesOf((await find('@a', ['admin'])).users), ['alice', 'carol']);
    assert.deepEqual((await find('a', [], {rooms: true})).users, []);
    assert.deepEqual((await find('#a', [])).users, []);
  });

  it('are five at most, a room’s own members first, and not the inactive', async () => {
    const {ddp} = await signedIn('alice');
    for (const username of ['aa-1', 'aa-2', 'aa-3', 'aa-4', 'aa-5', 'aa-6']) {
      context.chat.createUser({username, active: username !== 'aa-1'});
    }
    const {users} = await ddp.result('spotlight', 'a', [], {users: true}, ridOf('consultation'));
    assert.deepEqual(namesOf(users), ['alice', 'aa-2', 'aa-3', 'aa-4', 'aa-5']);
    assert.deepEqual(
      users.map(({outside}) => outside),
      [false, true, true, true, true],
    );
  });

  it('are open rooms that one is not in, and nothing for strangers', async () => {
    context.chat.createRoom({type: 'c', name: 'open-house', members: ['bob']});
    context.chat.createRoom({type: 'p', name: 'open-secret', members: ['bob']});
    const {ddp} = await signedIn('alice');
    const {rooms} = await ddp.result('spotlight', '#open');
    assert.deepEqual(
      rooms.map(({name}) => name),
      ['open-house'],
    );
    const stranger = await raw().connect();
    assert.deepEqual(await stranger.result('spotlight', 'a'), {users: [], rooms: []});
  });

  it('are found by REST, too', async () => {
    const login = token('alice');
    const ask = (selector) =>
      rest('GET', `users.autocomplete?selector=${encodeURIComponent(selector)}`, {login});
    const {body} = await ask(JSON.stringify({term: 'a', exceptions: ['alice']}));
    assert.deepEqual(namesOf(body.items), ['admin', 'carol']);
    assert.equal((await ask('{')).status, 400);
    assert.equal((await rest('GET', 'users.autocomplete', {login})).status, 400);
  });

  it('are found by REST as by the method, but for the room', async () => {
    const login = token('alice');
    const {body} = await rest('GET', 'spotlight?query=%40kell', {login});
    assert.deepEqual([namesOf(body.users), body.rooms], [['bob'], []]);
    assert.equal((await rest('GET', 'spotlight', {login})).status, 400);
    assert.equal((await rest('GET', 'spotlight?query=a')).status, 401);
  });
});

describe('the people in a room', () => {
  const {context, token, signedIn, rest, ridOf} = withDdp();

  it('are told page by page, by name, the offline ones on demand', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('general');
    const ask = (...params) => ddp.result('getUsersOfRoom', rid, ...params);
    const all = await ask(true, {limit: 2, skip: 1}, '');
    assert.deepEqual([all.total, namesOf(all.records)], [4, ['alice', 'bob']]);
    const found = await ask(true, {}, 'nowak');
    assert.deepEqual([found.total, namesOf(found.records)], [4, ['carol']]);
    const {ddp: bob} = await signedIn('bob');
    await bob.result('setUserStatus', 'offline', '');
    assert.deepEqual(namesOf((await ask(false)).records), ['admin', 'alice', 'carol']);
    assert.deepEqual(namesOf((await ask(true)).records), ['admin', 'alice', 'bob', 'carol']);
  });

  it('are nobody’s business who may not read it', async () => {
    const {ddp} = await signedIn('alice');
    for (const rid of [ridOf('case-5820'), 'none']) {
      const {error} = await ddp.call('getUsersOfRoom', rid, true);
      assert.equal(error.error, 'error-invalid-room');
    }
  });

  it('are told by REST of every kind of room', async () => {
    const login = token('alice');
    const direct = [login.userId, token('bob').userId].sort().join('');
    for (const [route, roomId] of [
      ['channels.members', ridOf('consultation')],
      ['groups.members', ridOf('case-4711')],
      ['im.members', direct],
      ['dm.members', direct],
    ]) {
      const {body} = await rest('GET', `${route}?roomId=${roomId}`, {login});
      assert.deepEqual(namesOf(body.members).sort(), ['alice', 'bob'], route);
    }
    const wrong = await rest('GET', `im.members?roomId=${ridOf('general')}`, {login});
    assert.equal(wrong.body.errorType, 'error-room-not-found');
    const others = context.chat.createRoom({type: 'd', members: ['bob', 'carol']});
    assert.equal((await rest('GET', `im.members?roomId=${others._id}`, {login})).status, 400);
  });

  it('are away, busy or gone as they say', async () => {
    const {ddp, userId} = await signedIn('alice');
    const {ddp: bob} = await signedIn('bob');
    await bob.listen('stream-notify-logged', 'user-status');
    await ddp.result('UserPresence:setDefaultStatus', 'busy');
    const [[id, , status]] = await bob.args('stream-notify-logged', 'user-status');
    assert.deepEqual([id, status], [userId, 3]);
    const wrong = await ddp.call('UserPresence:setDefaultStatus', 'asleep');
    assert.equal(wrong.error.error, 'error-invalid-status');
    const login = token('alice');
    await rest('POST', 'users.setStatus', {login, body: {status: 'away', message: 'Lunch'}});
    const [[, , later, text]] = await bob.args('stream-notify-logged', 'user-status');
    assert.deepEqual([later, text], [2, 'Lunch']);
    const refused = await rest('POST', 'users.setStatus', {login, body: {status: 'asleep'}});
    assert.equal(refused.body.errorType, 'error-invalid-status');
  });
});
