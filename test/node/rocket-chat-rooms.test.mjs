import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

describe('rooms by REST', () => {
  const {context, token, rest, ridOf} = withDdp();

  it('are told with their parent, if they hang off one', async () => {
    const login = token('alice');
    const {_id} = context.chat.room('Follow-up appointments');
    const {body} = await rest('GET', `rooms.info?roomId=${_id}`, {login});
    assert.equal(body.room._id, _id);
    assert.equal(body.parent._id, ridOf('consultation'));
    const plain = await rest('GET', 'rooms.info?roomName=general', {login});
    assert.equal(plain.body.parent, undefined);
  });

  it('are told by name or by id, of which none is taken for the other', async () => {
    const login = token('alice');
    const {_id, name} = context.chat.room('general');
    const ask = async (query) => {
      const {status, body} = await rest('GET', `rooms.info?${query}`, {login});
      return body.room?._id ?? `${status} ${body.errorType}`;
    };
    assert.equal(await ask(`roomId=${_id}`), _id);
    assert.equal(await ask(`roomName=${name}`), _id);
    assert.equal(await ask(`roomId=${name}`), '400 error-room-not-found');
    assert.equal(await ask(`roomName=${_id}`), '400 error-room-not-found');
  });

  it('that are not there, or are others’, are refused', async () => {
    const login = token('alice');
    const none = await rest('GET', 'rooms.info?roomId=none', {login});
    assert.equal(none.status, 400);
    assert.equal(none.body.error, 'not-allowed');
    assert.equal(none.body.errorType, 'error-room-not-found');
    const others = await rest('GET', `rooms.info?roomId=${ridOf('case-5820')}`, {login});
    assert.equal(others.status, 400);
  });

  it('have one subscription each for a user, or null', async () => {
    const login = token('alice');
    const one = await rest('GET', `subscriptions.getOne?roomId=${ridOf('general')}`, {login});
    assert.equal(one.body.subscription.name, 'general');
    const none = await rest('GET', `subscriptions.getOne?roomId=${ridOf('case-5820')}`, {login});
    assert.equal(none.body.success, true);
    assert.equal(none.body.subscription, null);
  });

  it('are listed as what has changed since', async () => {
    const login = token('alice');
    const {_id, _updatedAt} = context.chat.createRoom({
      type: 'p',
      name: 'short',
      members: ['bob', 'alice'],
    });
    const since = new Date(Date.parse(_updatedAt) - 1).toISOString();
    context.chat.removeMember('short', 'alice');
    const rooms = await rest('GET', `rooms.get?updatedSince=${since}`, {login});
    assert.ok(rooms.body.remove.some((each) => each._id === _id));
    const subscriptions = await rest('GET', `subscriptions.get?updatedSince=${since}`, {login});
    assert.equal(subscriptions.body.remove.length, 1);
    assert.ok(!subscriptions.body.update.some(({rid}) => rid === _id));
    const wrong = await rest('GET', 'rooms.get?updatedSince=yesterday', {login});
    assert.equal(wrong.body.errorType, 'error-updatedSince-param-invalid');
  });

  for (const [family, answer, type] of [
    ['channels', 'channel', 'c'],
    ['groups', 'group', 'p'],
  ]) {
    it(`are made and filled by ${family}.*`, async () => {
      const login = token('alice');
      const body = {name: 'made', members: ['carol', 'nobody'], readOnly: true};
      const made = await rest('POST', `${family}.create`, {login, body});
      const room = made.body[answer];
      assert.equal(room.t, type);
      assert.equal(room.ro, true);
      assert.deepEqual(context.chat.room('made').usernames, ['alice', 'carol']);
      const twice = await rest('POST', `${family}.create`, {login, body});
      assert.equal(twice.body.errorType, 'error-duplicate-channel-name');

      const {userId} = token('bob');
      const invite = {roomId: room._id, userId};
      const invited = await rest('POST', `${family}.invite`, {login, body: invite});
      assert.equal(invited.body.success, true);
      const members = await rest('GET', `${family}.members?roomId=${room._id}`, {login});
      assert.equal(members.body.total, 3);
      assert.ok(members.body.members.some(({username}) => username === 'bob'));

      const carol = token('carol');
      const refused = await rest('POST', `${family}.kick`, {login: carol, body: invite});
      assert.equal(refused.body.errorType, 'error-not-allowed');
      await rest('POST', `${family}.kick`, {login, body: invite});
      assert.ok(!context.chat.room('made').usernames.includes('bob'));
      const info = await rest('GET', `${family}.info?roomName=made`, {login});
      assert.equal(info.body[answer].usersCount, 2);
    });
  }

  it('of a group are not there for others', async () => {
    const login = token('alice');
    const answer = await rest('GET', `groups.info?roomId=${ridOf('case-5820')}`, {login});
    assert.equal(answer.body.errorType, 'error-room-not-found');
  });

  it('for two are made once', async () => {
    const login = token('alice');
    const one = await rest('POST', 'im.create', {login, body: {username: 'carol'}});
    const again = await rest('POST', 'im.create', {login, body: {usernames: 'carol'}});
    assert.equal(again.body.room._id, one.body.room._id);
    assert.equal(one.body.room.rid, one.body.room._id);
    const nobody = await rest('POST', 'im.create', {login, body: {username: 'nobody'}});
    assert.equal(nobody.body.errorType, 'error-invalid-user');
  });

  it('that are open are entered by rooms.join and channels.join', async () => {
    const {_id: roomId} = context.chat.createRoom({type: 'c', name: 'open', members: ['bob']});
    const joined = await rest('POST', 'rooms.join', {login: token('alice'), body: {roomId}});
    assert.equal(joined.body.room._id, roomId);
    const other = await rest('POST', 'channels.join', {login: token('carol'), body: {roomId}});
    assert.equal(other.body.channel._id, roomId);
    assert.deepEqual(context.chat.room('open').usernames, ['bob', 'alice', 'carol']);
  });
});

describe('who adds others to a room', () => {
  const permissions = {
    'add-user-to-joined-room': ['admin', 'inviter'],
    'add-user-to-any-c-room': ['admin', 'usher'],
  };
  const users = [
    {username: 'owner'},
    {username: 'plain'},
    {username: 'inviter', roles: ['user', 'inviter']},
    {username: 'usher', roles: ['user', 'usher']},
    {username: 'guest'},
  ];
  const {context, token, rest} = withDdp({permissions, users, rooms: []});
  const add = async (caller, type, name) => {
    const route = type === 'c' ? 'channels.invite' : 'groups.invite';
    const body = {roomId: context.chat.room(name)._id, userId: token('guest').userId};
    const answer = await rest('POST', route, {login: token(caller), body});
    return answer.body.errorType ?? 'added';
  };

  for (const [type, expected] of [
    ['c', {plain: 'error-not-allowed', inviter: 'added', usher: 'added', owner: 'added'}],
    [
      'p',
      {plain: 'error-not-allowed', inviter: 'added', usher: 'error-room-not-found', owner: 'added'},
    ],
  ]) {
    it(`of the kind ${type} is who may by his role, there or anywhere`, async () => {
      const members = ['owner', 'plain', 'inviter'];
      for (const [caller, outcome] of Object.entries(expected)) {
        context.chat.createRoom({type, name: `for.${caller}`, members});
        assert.equal(await add(caller, type, `for.${caller}`), outcome, caller);
        const isIn = context.chat.room(`for.${caller}`).usernames.includes('guest');
        assert.equal(isIn, outcome === 'added', caller);
      }
    });
  }
});

describe('discussions', () => {
  const {context, token, rest, ridOf} = withDdp();
  const create = (caller, body) =>
    rest('POST', 'rooms.createDiscussion', {login: token(caller), body});

  it('hang off a room, have a title and a random name, and are announced there', async () => {
    const prid = ridOf('consultation');
    const body = {prid, t_name: 'Lab results', reply: 'Here they are', users: ['carol']};
    const {discussion} = (await create('alice', body)).body;
    assert.equal(discussion.prid, prid);
    assert.equal(discussion.fname, 'Lab results');
    assert.equal(discussion.rid, discussion._id);
    assert.match(discussion.name, /^\w{17}$/);
    assert.deepEqual(context.chat.room(discussion._id).usernames, ['alice', 'carol']);
    assert.equal(context.chat.messages(discussion._id)[0].msg, 'Here they are');
    const announcement = context.chat.messages('consultation').at(-1);
    assert.equal(announcement.t, 'discussion-created');
    assert.equal(announcement.drid, discussion._id);
    const path = `rooms.getDiscussions?roomId=${prid}`;
    const listed = await rest('GET', path, {login: token('alice')});
    assert.ok(listed.body.discussions.some(({_id}) => _id === discussion._id));
  });

  it('are as many for one message as are asked for, at once or later', async () => {
    const {_id: pmid} = context.chat.post('bob', 'consultation', 'About this');
    const body = {prid: ridOf('consultation'), pmid, t_name: 'About that'};
    const made = await Promise.all([create('bob', body), create('alice', body)]);
    made.push(await create('alice', body));
    const ids = made.map((answer) => answer.body.discussion._id);
    assert.equal(new Set(ids).size, 3);
    // Whose message it is, is in it.
    assert.deepEqual(context.chat.room(ids[1]).usernames, ['alice', 'bob']);
  });

  it('quote the message that they are about, here and there', async () => {
    const {_id: pmid} = context.chat.post('bob', 'consultation', 'About this');
    const body = {prid: ridOf('consultation'), pmid, t_name: 'About that'};
    const {discussion} = (await create('alice', body)).body;
    const [first] = context.chat.messages(discussion._id);
    const announcement = context.chat.messages('consultation').at(-1);
    for (const {attachments} of [first, announcement]) {
      const [{message_link: link, text}] = attachments;
      assert.equal(text, 'About this');
      assert.equal(link, `/channel/consultation?msg=${pmid}`);
    }
  });

  it('are found by a part of their names, the newest first, by whoever may read the room', async () => {
    const prid = ridOf('consultation');
    for (const title of ['Lab 1', 'Ward', 'lab 2']) await create('alice', {prid, t_name: title});
    const find = (caller, query) =>
      rest('GET', `chat.getDiscussions?${query}`, {login: token(caller)});
    const {body} = await find('bob', `roomId=${prid}&text=LAB`);
    assert.deepEqual(
      body.messages.map(({t, msg}) => [t, msg]),
      [
        ['discussion-created', 'lab 2'],
        ['discussion-created', 'Lab 1'],
      ],
    );
    assert.equal(body.total, 2);
    const {messages} = (await find('bob', `roomId=${prid}&count=1&text=lab`)).body;
    assert.deepEqual([messages.length, messages[0].msg], [1, 'lab 2']);
    const hidden = await find('alice', `roomId=${ridOf('case-5820')}`);
    assert.equal(hidden.body.error, 'error-not-allowed');
    assert.equal((await find('alice', 'text=lab')).body.errorType, 'invalid-params');
  });

  it('are read by whoever may read the room off which they hang, members or not', async () => {
    const members = ['bob', 'carol'];
    const {_id: prid} = context.chat.createRoom({type: 'p', name: 'ward', members});
    const body = {prid, t_name: 'x', reply: 'Among us'};
    const {_id} = (await create('bob', body)).body.discussion;
    const read = async (caller) => {
      const path = `chat.syncMessages?roomId=${_id}&lastUpdate=1970-01-01T00:00:00.000Z`;
      const answer = await rest('GET', path, {login: token(caller)});
      return answer.body.result?.updated.map(({msg}) => msg) ?? answer.status;
    };
    assert.deepEqual(await read('carol'), ['Among us']);
    assert.equal(await read('alice'), 400);
    assert.deepEqual(context.chat.room(_id).usernames, ['bob']);
  });

  it('are made by nobody who may not write in the room', async () => {
    const {_id: prid} = context.chat.createRoom({
      type: 'c',
      name: 'news',
      members: ['bob', 'alice'],
      readOnly: true,
    });
    const silent = await create('alice', {prid, t_name: 'x'});
    assert.match(silent.body.error, /room is readonly/);
    assert.equal((await create('bob', {prid, t_name: 'x'})).body.success, true);
    assert.equal(
      (await create('carol', {prid: 'none', t_name: 'x'})).body.errorType,
      'error-invalid-room',
    );
  });

  it('are refused within discussions, of messages elsewhere, and where they are off', async () => {
    const nested = await create('alice', {prid: ridOf('Follow-up appointments'), t_name: 'x'});
    assert.equal(nested.body.errorType, 'error-nested-discussion');
    const {_id: pmid} = context.chat.post('bob', 'case-4711', 'Elsewhere');
    const elsewhere = await create('alice', {prid: ridOf('consultation'), pmid, t_name: 'x'});
    assert.equal(elsewhere.body.errorType, 'error-invalid-arguments');
    const unknown = {prid: ridOf('consultation'), pmid: 'none', t_name: 'x'};
    assert.equal((await create('alice', unknown)).body.errorType, 'error-invalid-message');
    const others = await create('alice', {prid: ridOf('case-5820'), t_name: 'x'});
    assert.equal(others.body.errorType, 'error-not-allowed');
    const untitled = await create('alice', {prid: ridOf('consultation')});
    assert.equal(untitled.body.error, 'Body parameter "t_name" is required.');
    context.chat.settings.set('Discussion_enabled', false);
    const off = await create('alice', {prid: ridOf('consultation'), t_name: 'x'});
    assert.equal(off.body.errorType, 'error-action-not-allowed');
  });
});
