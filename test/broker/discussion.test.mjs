import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {discussionsOf, discussionsScene, refusal} from '../support/discussions-scene.mjs';

const MAKE = 'POST rooms.createDiscussion';
const CONSULTATION = 'consultation';

/** A private room of Bob and Alice. */
const ward = (chat) => chat.createRoom({type: 'p', name: 'ward', members: ['bob', 'alice']})._id;

/** `discussions.room` is a channel, in which everybody could read a discussion. */
const besideOpenRoom = async (t) => {
  const {chat, gate, service, idOf} = await discussionsScene(t);
  return discussionsScene(t, {settings: {room: idOf('general')}, place: {chat, gate, service}});
};

describe('the discussion of a meeting', () => {
  it('is made in the room where the meeting began, by who asks first, with its name and time', async (t) => {
    const {chat, ask, meet, signIn, service, audit} = await discussionsScene(t, {
      settings: {timeZone: 'Asia/Kolkata'},
    });
    const room = ward(chat);
    signIn('alice');
    const startsAt = Date.parse('2026-11-23T20:00:00Z');
    const plan = {room, startsAt, endsAt: startsAt + 3_600_000};
    const {alias} = await meet('alice', plan);
    const {status, body, headers} = await ask('alice', alias);
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(headers['cache-control'], 'no-store');
    const [made, ...more] = discussionsOf(chat, room);
    assert.deepEqual(more, []);
    const name = 'Conference Call Chat History - 2026-11-24 01:30';
    assert.deepEqual(body, {roomId: made._id, name, type: 'discussion', kind: 'p'});
    assert.equal(made.fname, name);
    assert.equal(made.prid, room);
    assert.equal(made.t, 'p');
    assert.equal(made.u.username, 'alice');
    // So that the broker can add others.
    assert.ok(made.usernames.includes('broker.service'));
    assert.ok(service.userId);
    const noted = audit.events.filter(({what}) => what === 'discussion-made');
    assert.deepEqual(noted, [{what: 'discussion-made', alias: 'alice', detail: {room: made._id}}]);
  });

  it('is the same one for everybody, who is a member of it then, and is told of no second time', async (t) => {
    const {chat, ask, meet, signIn, gate} = await discussionsScene(t);
    const room = ward(chat);
    signIn('alice', 'bob', 'carol');
    const {alias} = await meet('alice', {room, people: [{sub: 'carol', role: 'guest'}]});
    const first = await ask('alice', alias);
    for (const sub of ['bob', 'carol', 'carol', 'alice']) {
      assert.deepEqual((await ask(sub, alias)).body, first.body, sub);
    }
    const [made, ...more] = discussionsOf(chat, room);
    assert.deepEqual(more, []);
    assert.deepEqual(made.usernames, ['alice', 'broker.service', 'bob', 'carol']);
    assert.equal(gate.count(MAKE), 1);
    // Carol was added once, although she asked twice.
    assert.equal(gate.count('POST groups.invite'), 3);
  });

  it('has what was said in it for who comes later, after the meeting too', async (t) => {
    const {chat, ask, meet, meetings, signIn, gate} = await discussionsScene(t);
    const room = ward(chat);
    signIn('alice', 'bob');
    const {alias, id} = await meet('alice', {room});
    const {roomId} = (await ask('alice', alias)).body;
    chat.post('alice', roomId, 'Before you came');
    await meetings.end(id, 'ended');
    const later = await ask('bob', alias);
    assert.equal(later.body.roomId, roomId);
    assert.ok(chat.room(roomId).usernames.includes('bob'));
    assert.equal(chat.messages(roomId).filter(({msg}) => msg === 'Before you came').length, 1);
    assert.equal(gate.count(MAKE), 1);
  });

  it('is not made once the meeting is over', async (t) => {
    const {chat, ask, meet, meetings, signIn, gate} = await discussionsScene(t);
    const room = ward(chat);
    signIn('alice');
    const {alias, id} = await meet('alice', {room});
    await meetings.end(id, 'everyone-left');
    assert.deepEqual(refusal(await ask('alice', alias)), [404, 'discussion-missing']);
    assert.equal(gate.count(), 0);
  });

  it('is open to everybody of an open channel, as the channel is', async (t) => {
    const {chat, ask, meet, signIn, idOf} = await discussionsScene(t);
    signIn('alice');
    const {alias} = await meet('alice', {room: idOf(CONSULTATION)});
    const {roomId, kind} = (await ask('alice', alias)).body;
    assert.deepEqual([kind, chat.room(roomId).t], ['c', 'c']);
  });

  it('hangs off the room off which its own room hangs, if that is a discussion', async (t) => {
    const {chat, ask, meet, signIn, idOf} = await discussionsScene(t);
    signIn('alice');
    const {alias} = await meet('alice', {room: idOf('Follow-up appointments')});
    const {roomId} = (await ask('alice', alias)).body;
    assert.equal(chat.room(roomId).prid, idOf(CONSULTATION));
  });

  it('of a call hangs off the direct messages of the two', async (t) => {
    const {chat, ask, meet, signIn, accounts} = await besideOpenRoom(t);
    const {_id: room} = chat.createRoom({type: 'd', members: ['bob', 'carol']});
    signIn('bob', 'carol');
    accounts.set('bob', {username: 'bob'}).set('carol', {username: 'carol'});
    const {alias} = await meet('bob', {call: true, people: [{sub: 'carol', role: 'chair'}]});
    const {roomId} = (await ask('carol', alias)).body;
    assert.equal((await ask('bob', alias)).body.roomId, roomId);
    const {t: kind, prid, usernames} = chat.room(roomId);
    assert.deepEqual([kind, prid], ['p', room]);
    assert.deepEqual(usernames.toSorted(), ['bob', 'broker.service', 'carol']);
  });

  it('of a call is made nowhere else: not where one of the two has no account, or no chat session', async (t) => {
    const {chat, ask, meet, signIn, accounts} = await besideOpenRoom(t);
    const {alias} = await meet('bob', {call: true, people: [{sub: 'carol', role: 'chair'}]});
    accounts.set('bob', {username: 'bob', userId: chat.issueToken('bob').userId});
    assert.deepEqual(refusal(await ask('bob', alias)), [401, 'session-missing']);
    signIn('bob');
    assert.deepEqual(refusal(await ask('bob', alias)), [409, 'discussion-refused']);
    assert.deepEqual(discussionsOf(chat, 'general'), []);
    accounts.set('carol', {username: 'carol'});
    assert.equal((await ask('bob', alias)).status, 200);
    assert.deepEqual(discussionsOf(chat, 'general'), []);
  });

  it('of a meeting without a room is made in the configured one, in the broker’s name for who is not there', async (t) => {
    const chatRoom = {room: undefined};
    const {chat, ask, meet, signIn, store, gate, logins, service} = await discussionsScene(t, {
      settings: chatRoom,
    });
    signIn('carol');
    const {alias} = await meet('carol');
    assert.deepEqual(refusal(await ask('carol', alias)), [409, 'discussion-not-configured']);
    assert.equal(gate.count(), 0);
    const {_id: room} = chat.createRoom({
      type: 'p',
      name: 'meetings',
      members: ['broker.service', 'bob'],
    });
    const place = {chat, gate, service, store, logins};
    const other = await discussionsScene(t, {settings: {room}, place});
    const {roomId} = (await other.ask('carol', alias)).body;
    const made = chat.room(roomId);
    assert.equal(made.prid, room);
    assert.equal(made.u.username, 'broker.service');
    assert.ok(made.usernames.includes('carol'));
    // Only the discussion is hers.
    assert.ok(!chat.room(room).usernames.includes('carol'));
  });

  it('is made in the broker’s name where Rocket.Chat takes no more calls of users', async (t) => {
    const {chat, ask, meet, signIn, gate} = await discussionsScene(t, {
      chat: {bypassRateLimit: false},
    });
    const {_id: room} = chat.createRoom({
      type: 'p',
      name: 'busy',
      members: ['alice', 'broker.service'],
    });
    signIn('alice');
    for (let i = 0; i < 14; i++) {
      const {alias} = await meet('alice', {room});
      const {status, body} = await ask('alice', alias);
      assert.equal(status, 200, JSON.stringify(body));
    }
    const makers = discussionsOf(chat, room).map(({u}) => u.username);
    assert.equal(makers.length, 14);
    assert.ok(makers.includes('alice') && makers.includes('broker.service'), makers.join());
    assert.ok(gate.calls.every(({status}) => status !== 429));
  });
});

describe('the service account', () => {
  const MAY = {'add-user-to-joined-room': ['admin', 'broker']};
  const USERS = [
    {username: 'alice'},
    {username: 'bob'},
    {username: 'carol'},
    {username: 'broker.service', roles: ['user', 'broker']},
  ];

  it('needs no more than the documented permissions', async (t) => {
    const options = {users: USERS, rooms: [], permissions: MAY};
    const {chat, ask, meet, signIn} = await discussionsScene(t, {chat: options});
    const room = ward(chat);
    chat.createRoom({type: 'c', name: 'open', members: ['alice']});
    signIn('alice', 'bob', 'carol');
    const people = [{sub: 'carol', role: 'guest'}];
    for (const where of [room, chat.room('open')._id]) {
      const {alias} = await meet('alice', {room: where, people});
      const {body} = await ask('alice', alias);
      assert.equal((await ask('carol', alias)).body.roomId, body.roomId);
      assert.ok(chat.room(body.roomId).usernames.includes('carol'));
    }
  });

  it('without them is named to the operator, by route and permission', async (t) => {
    const options = {users: USERS, rooms: []};
    const {chat, ask, meet, signIn, log} = await discussionsScene(t, {chat: options});
    const room = ward(chat);
    signIn('alice', 'bob');
    const {alias} = await meet('alice', {room});
    assert.equal((await ask('alice', alias)).status, 200);
    assert.deepEqual(refusal(await ask('bob', alias)), [503, 'workspace-refused']);
    assert.match(log.text(), /groups\.invite.*add-user-to-joined-room/);
  });
});

describe('who may have the discussion of a meeting', () => {
  it('is who made it, is listed, belongs to its room, or was seen in it', async (t) => {
    const {chat, ask, meet, signIn, seen} = await discussionsScene(t);
    chat.createUser({username: 'dave'});
    const room = ward(chat);
    signIn('alice', 'bob', 'carol', 'dave');
    const people = [{sub: 'carol', role: 'guest'}];
    const {alias, id} = await meet('alice', {room, people});
    for (const sub of ['alice', 'bob', 'carol']) {
      assert.equal((await ask(sub, alias)).status, 200, sub);
    }
    const refused = await ask('dave', alias);
    assert.deepEqual(refusal(refused), [404, 'meeting-not-found']);
    const unknown = await ask('dave', '0'.repeat(32));
    assert.deepEqual(refused.body, unknown.body);
    assert.equal(refused.body.error.message.includes(alias), false);
    seen.add(`${id} dave`);
    assert.equal((await ask('dave', alias)).status, 200);
  });

  it('is told nothing of a meeting without a chat session', async (t) => {
    const {chat, ask, meet} = await discussionsScene(t);
    const room = ward(chat);
    const {alias} = await meet('alice', {room});
    const refused = await ask('bob', alias);
    assert.deepEqual(refusal(refused), [404, 'meeting-not-found']);
    assert.deepEqual(refused.body, (await ask('bob', 'f'.repeat(32))).body);
  });

  it('is who is signed in', async (t) => {
    const {ask} = await discussionsScene(t);
    assert.deepEqual(refusal(await ask(undefined, 'x')), [401, 'access-token-invalid']);
  });

  it('needs an account, and is told how to come by one', async (t) => {
    for (const [create, expected] of [
      [true, [401, 'session-missing']],
      [false, [403, 'account-missing']],
    ]) {
      const {chat, ask, meet, gate} = await discussionsScene(t, {settings: {create}});
      const {alias} = await meet('erin', {room: ward(chat)});
      assert.deepEqual(refusal(await ask('erin', alias)), expected);
      assert.equal(gate.count(), 0);
    }
  });

  it('needs no chat session if the account is known', async (t) => {
    const {chat, ask, meet, accounts, idOf} = await discussionsScene(t);
    const {userId} = chat.users.find(({username}) => username === 'carol');
    accounts.set('carol', {alias: 'carol', userId, username: 'carol', own: true});
    const {alias} = await meet('carol', {room: idOf(CONSULTATION)});
    const {status, body} = await ask('carol', alias);
    assert.equal(status, 200, JSON.stringify(body));
    const {u, usernames} = chat.room(body.roomId);
    assert.equal(u.username, 'broker.service');
    assert.ok(usernames.includes('carol'));
  });

  it('may ask so often', async (t) => {
    const {ask, signIn} = await discussionsScene(t, {settings: {meetingsPerUser: 3}});
    signIn('alice');
    for (let i = 0; i < 3; i++) assert.equal((await ask('alice', `${i}`)).status, 404);
    const refused = await ask('alice', 'x');
    assert.deepEqual(refusal(refused), [429, 'rate-limited']);
    assert.ok(Number(refused.headers['retry-after']) > 0);
    assert.equal((await ask('bob', 'x')).status, 404);
  });
});

describe('the discussion of a meeting that is not the broker’s', () => {
  const external = async (t) => {
    const scene = await discussionsScene(t);
    const {_id: room} = scene.chat.createRoom({
      type: 'p',
      name: 'vmr',
      members: ['broker.service', 'alice', 'bob'],
    });
    scene.signIn('alice', 'bob', 'carol');
    const {chat, gate, service, store, logins} = scene;
    const place = {chat, gate, service, store, logins};
    return {...scene, room, ...(await discussionsScene(t, {settings: {room}, place}))};
  };

  it('is one for all forms of its alias, for members of the configured room', async (t) => {
    const {ask, chat, room} = await external(t);
    const {status, body} = await ask('alice', 'meet.anna@example.com');
    assert.equal(status, 200, JSON.stringify(body));
    for (const alias of ['sip:Meet.Anna@example.com', 'MEET.ANNA@EXAMPLE.COM;x=1']) {
      assert.equal((await ask('bob', alias)).body.roomId, body.roomId, alias);
    }
    const other = await ask('bob', 'meet.anna@example.org');
    assert.notEqual(other.body.roomId, body.roomId);
    assert.equal(discussionsOf(chat, room).length, 2);
    assert.deepEqual(refusal(await ask('carol', 'meet.anna@example.com')), [
      404,
      'meeting-not-found',
    ]);
  });

  it('is none whose alias only a broker could have given, and has not, or has forgotten', async (t) => {
    const {ask, chat, room} = await external(t);
    const made = 'f'.repeat(32);
    for (const alias of [made, made.toUpperCase(), `sip:${made}@example.com`])
      assert.deepEqual(refusal(await ask('alice', alias)), [404, 'meeting-not-found']);
    assert.deepEqual(discussionsOf(chat, room), []);
    assert.equal((await ask('alice', '1234567890')).status, 200);
  });

  it('is not there where no room is configured', async (t) => {
    const {ask, signIn, gate} = await discussionsScene(t);
    signIn('alice');
    assert.deepEqual(refusal(await ask('alice', 'meet.anna')), [404, 'meeting-not-found']);
    assert.equal(gate.count(), 0);
  });

  it('is known for 12 hours after the last ask, and is another one then', async (t) => {
    const {ask, store, chat, room} = await external(t);
    const lives = [];
    const wrap = (name, at) => {
      const usual = store[name].bind(store);
      store[name] = (...given) => {
        if (given[0].startsWith('discussion:')) lives.push(given[at]);
        return usual(...given);
      };
    };
    wrap('setIfAbsent', 2);
    wrap('compareAndSet', 3);
    const {roomId} = (await ask('alice', 'meet.anna')).body;
    const made = lives.length;
    assert.equal((await ask('alice', 'meet.anna')).body.roomId, roomId);
    assert.equal(lives.length, made + 1);
    assert.deepEqual([...new Set(lives)], [12 * 60 * 60_000]);
    assert.equal(discussionsOf(chat, room).length, 1);
  });

  for (const alias of ['x'.repeat(251), ' ', '%', '../x', 'a/b', '{"$ne":1}', '\u0000']) {
    it(`has an alias that may be anything: ${JSON.stringify(alias.slice(0, 20))}`, async (t) => {
      const {ask} = await external(t);
      const {status, body} = await ask('alice', alias);
      const isNone = alias.length > 250 || !alias.trim();
      assert.equal(status, isNone ? 404 : 200, JSON.stringify(body));
    });
  }
});

describe('Rocket.Chat', () => {
  it('that has discussions turned off is named, and the operator told what to do', async (t) => {
    const {chat, ask, meet, signIn, log} = await discussionsScene(t);
    const room = ward(chat);
    chat.settings.set('Discussion_enabled', false);
    signIn('alice');
    const {alias} = await meet('alice', {room});
    const refused = await ask('alice', alias);
    assert.deepEqual(refusal(refused), [409, 'discussion-refused']);
    assert.match(log.text(), /Discussion_enabled/);
    assert.equal(log.text().includes(alias), false);
    chat.settings.set('Discussion_enabled', true);
    assert.equal((await ask('alice', alias)).status, 200);
    assert.equal(discussionsOf(chat, room).length, 1);
  });

  it('that lets nobody write in the room makes none there', async (t) => {
    const {chat, ask, meet, signIn, gate} = await discussionsScene(t);
    const room = ward(chat);
    chat.archive(room);
    signIn('alice');
    const {alias} = await meet('alice', {room});
    assert.deepEqual(refusal(await ask('alice', alias)), [409, 'discussion-refused']);
    assert.equal(gate.count(MAKE), 0);
  });

  it('that is away is said to be away, and is asked again', async (t) => {
    const {chat, ask, meet, signIn, gate} = await discussionsScene(t);
    const room = ward(chat);
    signIn('alice');
    const {alias} = await meet('alice', {room});
    gate.reply(MAKE, {status: 502, headers: {}, body: ''});
    assert.deepEqual(refusal(await ask('alice', alias)), [502, 'workspace-unreachable']);
    gate.reply(MAKE);
    assert.equal((await ask('alice', alias)).status, 200);
    assert.equal(discussionsOf(chat, room).length, 1);
  });

  it('whose answer was lost after it made the discussion is asked for it, not for another one', async (t) => {
    const {chat, ask, meet, signIn, gate} = await discussionsScene(t);
    const room = ward(chat);
    signIn('alice', 'bob');
    // Two meetings that begin in the same minute have discussions of the same name.
    const other = await meet('alice', {room});
    await ask('alice', other.alias);
    const {alias} = await meet('alice', {room});
    const held = gate.hold(MAKE, 'answer');
    const lost = ask('alice', alias);
    await held.reached;
    assert.deepEqual(refusal(await lost), [502, 'workspace-unreachable']);
    held.open();
    const made = discussionsOf(chat, room);
    assert.equal(made.length, 2);
    for (const sub of ['bob', 'alice']) {
      const {status, body} = await ask(sub, alias);
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body.roomId, made[1]._id);
    }
    assert.equal(discussionsOf(chat, room).length, 2);
    assert.equal(gate.count(MAKE), 2);
  });

  it('where the discussion was deleted has none any more, and gets no second one', async (t) => {
    const {chat, ask, meet, signIn, gate} = await discussionsScene(t);
    const room = ward(chat);
    signIn('alice', 'bob');
    const {alias} = await meet('alice', {room});
    await ask('alice', alias);
    gate.reply('POST groups.invite', {
      status: 400,
      headers: {'content-type': 'application/json'},
      body: '{"success":false,"error":"None [error-room-not-found]","errorType":"error-room-not-found"}',
    });
    assert.deepEqual(refusal(await ask('bob', alias)), [404, 'discussion-missing']);
    assert.equal(gate.count(MAKE), 1);
  });

  it('that lets the broker add nobody is named, but to who is in it already', async (t) => {
    const {chat, ask, meet, signIn, gate} = await discussionsScene(t);
    const room = ward(chat);
    signIn('alice', 'bob');
    const {alias} = await meet('alice', {room});
    gate.reply('POST groups.invite', {
      status: 400,
      headers: {'content-type': 'application/json'},
      body: '{"success":false,"error":"Not allowed [error-not-allowed]","errorType":"error-not-allowed"}',
    });
    assert.equal((await ask('alice', alias)).status, 200);
    assert.deepEqual(refusal(await ask('bob', alias)), [503, 'workspace-refused']);
  });
});
