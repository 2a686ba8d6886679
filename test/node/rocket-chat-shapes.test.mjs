/**
 * What Rocket.Chat's own types require of a message, a room and a subscription, over all routes and
 * streams that carry one, and dates as REST and DDP each write them.
 */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

const REQUIRED = {
  message: ['_id', 'rid', 'msg', 'ts', 'u', '_updatedAt'],
  room: ['_id', 't', 'msgs', 'u', 'usersCount', '_updatedAt'],
  subscription: [
    '_id',
    'u',
    'rid',
    'open',
    'ts',
    'name',
    'unread',
    't',
    'userMentions',
    'groupMentions',
    '_updatedAt',
  ],
};
const DATES = ['ts', '_updatedAt', '_deletedAt', 'lm', 'ls', 'editedAt', 'tlm', 'createdAt'];
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const isRest = (date) => ISO.test(date);
const isDdp = (date) => Number.isInteger(date?.$date) && Object.keys(date).length === 1;

/** Checks every date at any depth. */
const assertDates = (value, isDate, where) => {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    // `chat.postMessage` and `chat.delete` tell their own time as a number.
    const isTime = DATES.includes(name) && typeof each !== 'number' && !/^\d+$/.test(each);
    if (isTime) assert.ok(isDate(each), `${where}: ${name} is ${JSON.stringify(each)}`);
    else assertDates(each, isDate, `${where}.${name}`);
  }
};

const assertShape = (kind, objects, where) => {
  const list = [objects].flat();
  assert.ok(list.length > 0, `${where} has none`);
  for (const object of list) {
    for (const name of REQUIRED[kind]) {
      assert.ok(object[name] !== undefined && object[name] !== null, `${where}: no ${name}`);
    }
    assert.equal(typeof object.u.username, 'string', where);
    assert.equal(typeof object.u._id, 'string', where);
  }
};

const {context, token, signedIn, rest, ridOf} = withDdp();

/** The first message of a thread that has an answer. */
const answered = () => {
  const {_id: tmid} = context.chat.post('bob', 'consultation', 'A question');
  context.chat.post('alice', 'consultation', 'An answer', {tmid});
  return tmid;
};

describe('by REST every', () => {
  const check = (name, kind, ask, pick) =>
    it(`${kind} of ${name} is whole`, async () => {
      const login = token('alice');
      const own = context.chat.post('alice', 'consultation', 'Mine, @all');
      const {
        method = 'GET',
        query = '',
        body,
      } = ask({
        rid: ridOf('consultation'),
        own,
        group: ridOf('case-4711'),
        direct: [login.userId, token('bob').userId].sort().join(''),
      });
      const answer = await rest(method, `${name}${query}`, {login, body});
      assert.equal(answer.body.success, true, JSON.stringify(answer.body));
      assertShape(kind, pick(answer.body), name);
      assertDates(answer.body, isRest, name);
    });
  const POST = 'POST';

  check(
    'rooms.get',
    'room',
    () => ({}),
    ({update}) => update,
  );
  check(
    'rooms.info',
    'room',
    ({rid}) => ({query: `?roomId=${rid}`}),
    ({room}) => room,
  );
  check(
    'channels.info',
    'room',
    ({rid}) => ({query: `?roomId=${rid}`}),
    ({channel}) => channel,
  );
  check(
    'groups.info',
    'room',
    ({group}) => ({query: `?roomId=${group}`}),
    (body) => body.group,
  );
  check(
    'channels.create',
    'room',
    () => ({method: POST, body: {name: 'made'}}),
    ({channel}) => channel,
  );
  check(
    'groups.create',
    'room',
    () => ({method: POST, body: {name: 'made'}}),
    (body) => body.group,
  );
  check(
    'im.create',
    'room',
    () => ({method: POST, body: {username: 'carol'}}),
    ({room}) => room,
  );
  check(
    'rooms.createDiscussion',
    'room',
    ({rid}) => ({method: POST, body: {prid: rid, t_name: 'About'}}),
    ({discussion}) => discussion,
  );
  check(
    'rooms.getDiscussions',
    'room',
    ({rid}) => ({query: `?roomId=${rid}`}),
    ({discussions}) => discussions,
  );
  check(
    'rooms.join',
    'room',
    ({rid}) => ({method: POST, body: {roomId: rid}}),
    ({room}) => room,
  );
  check(
    'subscriptions.get',
    'subscription',
    () => ({}),
    ({update}) => update,
  );
  check(
    'subscriptions.getOne',
    'subscription',
    ({rid}) => ({query: `?roomId=${rid}`}),
    ({subscription}) => subscription,
  );
  const history = (rid) => ({query: `?roomId=${rid}`});
  check(
    'channels.history',
    'message',
    ({rid}) => history(rid),
    ({messages}) => messages,
  );
  check(
    'groups.history',
    'message',
    ({group}) => history(group),
    ({messages}) => messages,
  );
  check(
    'im.history',
    'message',
    ({direct}) => history(direct),
    ({messages}) => messages,
  );
  check(
    'chat.sendMessage',
    'message',
    ({rid}) => ({method: POST, body: {message: {rid, msg: 'Hi'}}}),
    ({message}) => message,
  );
  check(
    'chat.postMessage',
    'message',
    ({rid}) => ({method: POST, body: {roomId: rid, text: 'Hi'}}),
    ({message}) => message,
  );
  check(
    'chat.update',
    'message',
    ({rid, own}) => ({method: POST, body: {roomId: rid, msgId: own._id, text: 'Changed'}}),
    ({message}) => message,
  );
  check(
    'chat.delete',
    'message',
    ({rid, own}) => ({method: POST, body: {roomId: rid, msgId: own._id}}),
    ({message}) => message,
  );
  check(
    'chat.getMessage',
    'message',
    ({own}) => ({query: `?msgId=${own._id}`}),
    ({message}) => message,
  );
  check(
    'chat.getThreadMessages',
    'message',
    () => ({query: `?tmid=${answered()}`}),
    ({messages}) => messages,
  );
  check(
    'chat.syncMessages',
    'message',
    ({rid}) => ({query: `?roomId=${rid}&lastUpdate=${new Date(0).toISOString()}`}),
    ({result}) => result.updated,
  );
});

describe('by DDP every', () => {
  const check = (name, kind, params, pick = (result) => result) =>
    it(`${kind} of ${name} is whole`, async () => {
      const {ddp} = await signedIn('alice');
      const result = await ddp.result(name, ...params(ridOf('consultation')));
      assertShape(kind, pick(result), name);
      assertDates(result, isDdp, name);
    });

  check('rooms/get', 'room', () => []);
  check(
    'rooms/get',
    'room',
    () => [{$date: 0}],
    ({update}) => update,
  );
  check('getRoomByTypeAndName', 'room', () => ['c', 'general']);
  check('subscriptions/get', 'subscription', () => []);
  check(
    'subscriptions/get',
    'subscription',
    () => [{$date: 0}],
    ({update}) => update,
  );
  check(
    'messages/get',
    'message',
    (rid) => [rid, {lastUpdate: {$date: 0}}],
    (all) => all.updated,
  );
  check(
    'messages/get',
    'message',
    (rid) => [rid, {}],
    ({messages}) => messages,
  );
  check(
    'loadHistory',
    'message',
    (rid) => [rid, null, 50],
    ({messages}) => messages,
  );
  check('loadMissedMessages', 'message', (rid) => [rid, {$date: 0}]);
  const latest = () => context.chat.messages('consultation').at(-1);
  check(
    'loadSurroundingMessages',
    'message',
    () => [{_id: latest()._id}, 5],
    ({messages}) => messages,
  );
  check('getSingleMessage', 'message', () => [latest()._id]);
  check('getThreadMessages', 'message', () => [{tmid: answered()}]);
  check('sendMessage', 'message', (rid) => [{rid, msg: 'Hi'}]);
});

describe('in the streams every', () => {
  const doAll = () => {
    const {chat} = context;
    const {_id} = chat.post('bob', 'consultation', 'One, @alice');
    chat.edit('bob', 'consultation', _id, 'Two');
    chat.react('alice', 'consultation', _id, ':eyes:');
    chat.settings.set('Message_ShowDeletedStatus', true);
    chat.remove('bob', 'consultation', _id);
    chat.createRoom({type: 'p', name: 'made', members: ['bob', 'alice']});
    chat.archive('made');
  };

  it('message, room and subscription is whole, and every date a date', async () => {
    const {ddp, userId} = await signedIn('alice');
    const rid = ridOf('consultation');
    await ddp.listen('stream-room-messages', rid);
    await ddp.listen('stream-room-messages', '__my_messages__');
    for (const event of ['subscriptions-changed', 'rooms-changed', 'notification', 'message']) {
      await ddp.listen('stream-notify-user', `${userId}/${event}`);
    }
    ddp.frames.length = 0;
    doAll();
    await ddp.settled();
    const of = (key) => ddp.frames.filter(({fields}) => fields.eventName === key);
    const args = (key, index) => of(key).map(({fields}) => fields.args[index]);
    assert.equal(args(rid, 0).length, 4);
    assertShape('message', args(rid, 0), rid);
    assertShape('message', args('__my_messages__', 0), 'mine');
    const subscriptions = `${userId}/subscriptions-changed`;
    assert.ok(args(subscriptions, 0).includes('inserted'));
    assertShape('subscription', args(subscriptions, 1), subscriptions);
    assertShape('room', args(`${userId}/rooms-changed`, 1), 'rooms-changed');
    for (const frame of ddp.frames) assertDates(frame, isDdp, frame.fields.eventName);
  });
});
