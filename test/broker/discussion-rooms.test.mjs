import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {
  createRooms,
  RocketChatRooms,
  roomsRest,
} from '../../broker/dist/workspace/rocket-chat-rooms.js';
import {RouteWindows} from '../../broker/dist/workspace/route-windows.js';
import {startRocketChat} from '../../dist/testing/index.js';
import {fakeClock, noLog, openDispatcher} from '../support/broker-fakes.mjs';
import {forward} from '../support/forward.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {startServer} from '../support/routes-bench.mjs';

const codeOf = (promise) =>
  promise.then(
    () => assert.fail('It was not refused.'),
    ({status, code, wait}) => ({status, code, ...(wait !== undefined && {wait})}),
  );

/** The rooms of a workspace whose calls are counted. */
const scene = async (t, {chat: chatOptions, origin} = {}) => {
  const chat = await startRocketChat({bypassRateLimit: true, ...chatOptions});
  t.after(() => chat.close());
  const asked = [];
  const watched = await startServer((request, response) => {
    asked.push({url: request.url, userId: request.headers['x-user-id']});
    forward(request, response, chat.origin);
  });
  t.after(() => watched.close());
  const logins = new Map();
  const rocketChat = {
    internalUrl: origin ?? watched.origin,
    userId: 'service',
    authToken: 'x',
    timeout: 2_000,
    calls: 10,
    window: 60_000,
  };
  const context = {
    settings: {rocketChat},
    store: new MemoryStore(),
    sessions: {login: async (sub) => logins.get(sub)},
    dispatcher: openDispatcher(t),
    log: noLog,
  };
  const now = fakeClock();
  const windows = new RouteWindows(context.store, {calls: 10, window: 60_000});
  const rooms = new RocketChatRooms({
    rest: roomsRest(context),
    windows,
    sessions: context.sessions,
    now,
  });
  const signIn = (username) => logins.set(username, chat.issueToken(username));
  return {chat, asked, context, logins, now, rooms, signIn, idOf: (name) => chat.room(name)._id};
};

describe('whether a user belongs to a room', () => {
  it('is asked with his own login, of nobody else', async (t) => {
    const {rooms, asked, signIn, logins, idOf} = await scene(t);
    signIn('alice');
    assert.equal(await rooms.belongs('alice', idOf('consultation')), true);
    assert.equal(await rooms.belongs('alice', idOf('case-5820')), false);
    assert.equal(await rooms.belongs('alice', 'no such room'), false);
    assert.deepEqual([...new Set(asked.map(({userId}) => userId))], [logins.get('alice').userId]);
  });

  it('is no for an open channel that he has not entered', async (t) => {
    const {rooms, chat, signIn} = await scene(t);
    const {_id} = chat.createRoom({type: 'c', name: 'open', members: ['bob']});
    signIn('alice');
    signIn('bob');
    assert.equal(await rooms.belongs('alice', _id), false);
    assert.equal(await rooms.belongs('bob', _id), true);
  });

  it('is asked once in some seconds, whatever the answer, and then again', async (t) => {
    const {rooms, chat, asked, now, signIn} = await scene(t);
    const {_id} = chat.createRoom({type: 'p', name: 'ward', members: ['bob', 'alice']});
    signIn('alice');
    const both = await Promise.all([rooms.belongs('alice', _id), rooms.belongs('alice', _id)]);
    assert.deepEqual(both, [true, true]);
    chat.removeMember('ward', 'alice');
    assert.equal(await rooms.belongs('alice', _id), true);
    assert.equal(asked.length, 1);
    now.forward(5_001);
    assert.equal(await rooms.belongs('alice', _id), false);
    assert.equal(await rooms.belongs('alice', _id), false);
    assert.equal(asked.length, 2);
  });

  it('is not what another account of the same user was told', async (t) => {
    const {rooms, chat, logins, signIn, idOf} = await scene(t);
    signIn('alice');
    assert.equal(await rooms.belongs('alice', idOf('consultation')), true);
    chat.createUser({username: 'alice.2'});
    logins.set('alice', chat.issueToken('alice.2'));
    assert.equal(await rooms.belongs('alice', idOf('consultation')), false);
  });

  it('cannot be asked without a session, or with one that has ended', async (t) => {
    const {rooms, chat, now, logins, signIn, idOf} = await scene(t);
    const missing = {status: 401, code: 'session-missing'};
    assert.deepEqual(await codeOf(rooms.belongs('alice', idOf('general'))), missing);
    signIn('alice');
    assert.equal(await rooms.belongs('alice', idOf('general')), true);
    chat.revokeTokens('alice');
    now.forward(5_001);
    assert.deepEqual(await codeOf(rooms.belongs('alice', idOf('general'))), missing);
    logins.clear();
    assert.deepEqual(await codeOf(rooms.belongs('alice', idOf('general'))), missing);
  });

  it('is refused with a wait once the workspace takes no more such calls', async (t) => {
    const {rooms, asked, signIn, idOf} = await scene(t, {chat: {bypassRateLimit: false}});
    signIn('alice');
    for (let i = 0; i < 10; i++) await rooms.belongs('alice', `room ${i}`);
    const {status, code, wait} = await codeOf(rooms.belongs('alice', idOf('general')));
    assert.deepEqual([status, code], [429, 'rate-limited']);
    assert.ok(wait > 30_000 && wait <= 60_000, `${wait}`);
    assert.equal(asked.length, 10);
  });

  for (const [what, status, body, expected] of [
    ['is away', 500, '{}', {status: 502, code: 'workspace-unreachable', wait: 5_000}],
    ['refuses', 403, '{"success":false}', {status: 503, code: 'workspace-refused'}],
    ['is something else', 200, '<h1>', {status: 503, code: 'workspace-refused'}],
  ]) {
    it(`is no "no" where the workspace ${what}`, async (t) => {
      const upstream = await startServer((_request, response) =>
        response.writeHead(status, {'content-type': 'application/json'}).end(body),
      );
      t.after(() => upstream.close());
      const {rooms, signIn} = await scene(t, {origin: upstream.origin});
      signIn('alice');
      assert.deepEqual(await codeOf(rooms.belongs('alice', 'x')), expected);
    });
  }

  for (const body of [
    '{"success":true}',
    '{"success":true,"subscription":null}',
    '{"success":true,"subscription":{"rid":"other"}}',
  ]) {
    it(`is a no where the workspace says ${body}`, async (t) => {
      const upstream = await startServer((_request, response) =>
        response.writeHead(200, {'content-type': 'application/json'}).end(body),
      );
      t.after(() => upstream.close());
      const {context, signIn} = await scene(t, {origin: upstream.origin});
      signIn('alice');
      assert.equal(await createRooms(context).belongs('alice', 'x'), false);
    });
  }
});
