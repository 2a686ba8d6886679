/**
 * Clients that others have written, by their own public API: what they need of a Rocket.Chat server,
 * the simulator has to have.
 */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {afterEach, beforeEach, describe, it} from 'node:test';

import sdk from '@rocket.chat/sdk';
import simpleDDP from 'simpleddp';
import {WebSocket} from 'ws';

import {startRocketChat} from '../../dist/testing/index.js';

/** Collects what a callback is given, and lets a test wait for the first that fits. */
const inbox = () => {
  const all = [];
  let waits = [];
  const settle = () => {
    waits = waits.filter(({predicate, resolve}) => {
      const found = all.find(predicate);
      if (found) resolve(found);
      return !found;
    });
  };
  return {
    all,
    take: (item) => {
      all.push(item);
      settle();
    },
    first: (predicate) =>
      new Promise((resolve) => {
        waits.push({predicate, resolve});
        settle();
      }),
  };
};

const context = {};
beforeEach(async () => {
  context.chat = await startRocketChat({bypassRateLimit: true});
});
afterEach(() => context.chat.close());

const passwordOf = (username) =>
  context.chat.users.find((user) => user.username === username).password;
const ridOf = (room) => context.chat.room(room)._id;

describe('the SDK of Rocket.Chat', () => {
  const {Rocketchat} = sdk;
  const clients = [];
  const silent = Object.fromEntries(
    ['debug', 'info', 'warn', 'warning', 'error'].map((name) => [name, () => {}]),
  );
  const start = async () => {
    const host = context.chat.origin;
    const client = new Rocketchat({host, useSsl: false, reopen: 10, logger: silent});
    clients.push(client);
    await client.connect({});
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.disconnect();
  });

  it('signs in by password, and by the token it was given', async () => {
    const client = await start();
    const login = await client.login({user: 'alice', password: passwordOf('alice')});
    assert.equal(login.id, client.currentLogin.userId);
    const other = await start();
    const again = await other.resume({token: login.token});
    assert.equal(again.id, login.id);
  });

  it('is refused by a wrong password and by a made-up token', async () => {
    const client = await start();
    await assert.rejects(client.login({user: 'alice', password: 'wrong'}), {status: 401});
    await assert.rejects(client.resume({token: 'made-up'}), {error: 403});
  });

  it('is refused the messages of a room of others', async () => {
    const client = await start();
    await client.login({user: 'alice', password: passwordOf('alice')});
    const socket = await client.socket;
    const refused = once(socket.ddp, 'nosub');
    // The client's own promise never settles; the refusal is an event.
    void client.subscribe('stream-room-messages', ridOf('case-5820'));
    const [{error}] = await refused;
    assert.equal(error.error, 'not-allowed');
  });

  it('hears of messages, edits and deletions in a room it subscribes to', async () => {
    const client = await start();
    await client.login({user: 'alice', password: passwordOf('alice')});
    const rid = ridOf('consultation');
    const messages = inbox();
    const notes = inbox();
    await client.onMessage(messages.take);
    await client.onStreamData('stream-notify-room', notes.take);
    await client.subscribeRoom(rid);

    const message = await client.sendMessage('Written by the SDK', rid);
    const heard = await messages.first(({_id}) => _id === message._id);
    assert.equal(heard.msg, 'Written by the SDK');
    assert.ok(heard.ts instanceof Date);

    await client.editMessage({_id: message._id, rid, msg: 'Edited'});
    const edited = await messages.first(({msg}) => msg === 'Edited');
    assert.equal(edited._id, message._id);

    await client.setReaction(':smile:', message._id);
    const reacted = await messages.first(({reactions}) => reactions?.[':smile:']);
    assert.deepEqual(reacted.reactions[':smile:'].usernames, ['alice']);

    await client.methodCall('deleteMessage', {_id: message._id});
    const gone = await notes.first(({fields}) => fields.eventName === `${rid}/deleteMessage`);
    assert.deepEqual(gone.fields.args, [{_id: message._id}]);
  });

  it('reads a thread and finds people', async () => {
    const client = await start();
    await client.login({user: 'alice', password: passwordOf('alice')});
    const {_id: tmid} = context.chat.post('bob', 'consultation', 'A *question*');
    context.chat.post('alice', 'consultation', 'An answer', {tmid});
    const [first, answer] = await client.methodCall('getThreadMessages', {tmid});
    assert.equal(first._id, tmid);
    assert.equal(typeof first.tlm.$date, 'number');
    assert.equal(first.md[0].type, 'PARAGRAPH');
    assert.equal(answer.msg, 'An answer');
    const {users} = await client.methodCall('spotlight', 'kell', [], {users: true});
    assert.equal(users[0].username, 'bob');
  });

  it('makes a discussion of a message, and finds it again', async () => {
    const client = await start();
    await client.login({user: 'alice', password: passwordOf('alice')});
    const prid = ridOf('consultation');
    const {_id: pmid} = context.chat.post('alice', 'consultation', 'Video meeting');
    const made = await client.post('rooms.createDiscussion', {
      prid,
      pmid,
      t_name: 'Chat',
      users: ['bob'],
    });
    const found = await client.get('chat.getDiscussions', {roomId: prid, text: 'chat'});
    const [{drid, attachments}] = found.messages;
    assert.equal(drid, made.discussion._id);
    assert.ok(attachments[0].message_link.endsWith(`?msg=${pmid}`));
    const {room} = await client.get('rooms.info', {roomId: drid});
    assert.equal(room.prid, prid);
  });

  it('has its own streams', async () => {
    const client = await start();
    const {id} = await client.login({user: 'alice', password: passwordOf('alice')});
    const news = inbox();
    await client.onStreamData('stream-notify-user', news.take);
    await client.subscribe('stream-notify-user', `${id}/subscriptions-changed`);
    context.chat.post('bob', 'consultation', 'For the unread count, @alice');
    const {fields} = await news.first(() => true);
    const [action, subscription] = fields.args;
    assert.equal(action, 'updated');
    assert.equal(subscription.unread, 1);
  });

  for (const [name, interrupt] of [
    ['after its socket was cut', () => context.chat.disconnectAll()],
    ['after a restart of the server', () => context.chat.restart()],
  ]) {
    it(`comes back ${name}, signed in and subscribed`, async () => {
      const client = await start();
      await client.login({user: 'alice', password: passwordOf('alice')});
      const messages = inbox();
      await client.onMessage(messages.take);
      await client.subscribe('stream-room-messages', ridOf('consultation'));
      const socket = await client.socket;
      const back = once(socket.ddp, 'login');
      await interrupt();
      await back;
      context.chat.post('bob', 'consultation', 'Are you back?');
      await messages.first(({msg}) => msg === 'Are you back?');
    });
  }
});

describe('simpleddp', () => {
  const clients = [];
  const start = async () => {
    const endpoint = `${context.chat.origin.replace('http', 'ws')}/websocket`;
    const client = new simpleDDP({endpoint, SocketConstructor: WebSocket, reconnectInterval: 10});
    clients.push(client);
    await client.connect();
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.disconnect();
  });
  const stream = (client, collection) => {
    const box = inbox();
    client.on('changed', (frame) => {
      if (frame.collection === collection) box.take(frame.fields);
    });
    return box;
  };
  const options = {useCollection: false, args: []};

  it('signs in by password, and by the token it was given, which ends on a date', async () => {
    const client = await start();
    const login = await client.call('login', {
      user: {username: 'alice'},
      password: passwordOf('alice'),
    });
    assert.ok(login.tokenExpires instanceof Date);
    assert.equal(client.collection('users').fetch()[0].username, 'alice');
    const other = await start();
    assert.equal((await other.call('login', {resume: login.token})).id, login.id);
  });

  it('is refused by a made-up token', async () => {
    const client = await start();
    await assert.rejects(client.call('login', {resume: 'made-up'}), {error: 403});
  });

  it('sends, edits and deletes, and hears of each', async () => {
    const client = await start();
    await client.call('login', {resume: context.chat.issueToken('alice').authToken});
    const rid = ridOf('consultation');
    const messages = stream(client, 'stream-room-messages');
    const notes = stream(client, 'stream-notify-room');
    await client.subscribe('stream-room-messages', '__my_messages__', options).ready();
    await client.subscribe('stream-notify-room', `${rid}/deleteMessage`, options).ready();

    const {_id, ts} = await client.call('sendMessage', {rid, msg: 'Written by simpleddp'});
    assert.ok(ts instanceof Date);
    const sent = await messages.first(({args}) => args[0]._id === _id);
    assert.equal(sent.eventName, '__my_messages__');
    await client.call('updateMessage', {_id, rid, msg: 'Edited'});
    const {args} = await messages.first((fields) => fields.args[0].msg === 'Edited');
    assert.ok(args[0].editedAt instanceof Date);
    await client.call('deleteMessage', {_id});
    const gone = await notes.first(() => true);
    assert.deepEqual(gone.args, [{_id}]);
  });

  it('pages through a long history, and looks around a message', async () => {
    const client = await start();
    await client.call('login', {resume: context.chat.issueToken('alice').authToken});
    context.chat.createRoom({type: 'p', name: 'long', members: ['alice', 'bob']});
    context.chat.fill('long', 120);
    const rid = ridOf('long');
    const seen = [];
    for (let end = null; seen.length < 120; end = seen.at(-1).ts) {
      const {messages} = await client.call('loadHistory', rid, end, 50, null, false);
      assert.ok(messages.length);
      seen.push(...messages);
    }
    assert.deepEqual(
      seen.map(({_id}) => _id),
      context.chat
        .messages('long')
        .map(({_id}) => _id)
        .reverse(),
    );
    const {_id} = seen[60];
    const around = await client.call('loadSurroundingMessages', {_id, rid}, 11);
    assert.equal(around.messages[5]._id, _id);
    assert.ok(around.messages[0].ts instanceof Date);
  });

  it('syncs by dates of its own', async () => {
    const client = await start();
    await client.call('login', {resume: context.chat.issueToken('alice').authToken});
    const rid = ridOf('consultation');
    const {_id, _updatedAt} = context.chat.post('bob', 'consultation', 'News');
    const lastUpdate = new Date(Date.parse(_updatedAt) - 1);
    const {updated} = await client.call('messages/get', rid, {lastUpdate});
    assert.ok(updated.some((message) => message._id === _id));
  });

  for (const [name, interrupt] of [
    ['after its socket was cut', () => context.chat.disconnectAll()],
    ['after a restart of the server', () => context.chat.restart()],
  ]) {
    it(`comes back ${name}, and its subscriptions with it`, async () => {
      const client = await start();
      const {authToken} = context.chat.issueToken('alice');
      await client.call('login', {resume: authToken});
      const messages = stream(client, 'stream-room-messages');
      await client.subscribe('stream-room-messages', '__my_messages__', options).ready();
      // It subscribes again by itself; to sign in again is its user's part.
      const back = new Promise((resolve) => client.on('ready', resolve));
      await interrupt();
      await back;
      await client.call('login', {resume: authToken});
      context.chat.post('bob', 'consultation', 'Are you back?');
      await messages.first(({args}) => args[0].msg === 'Are you back?');
    });
  }
});
