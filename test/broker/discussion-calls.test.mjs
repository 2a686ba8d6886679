import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createRoomCalls} from '../../broker/dist/workspace/rocket-chat-rooms.js';
import {RoomRefusal} from '../../broker/dist/workspace/room-calls.js';
import {noLog, openDispatcher} from '../support/broker-fakes.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {startServer} from '../support/routes-bench.mjs';

const LOGIN = {userId: 'anna-id', authToken: 'anna-token'};
const DISCUSSION = {parent: 'ward', message: 'm', name: 'Chat', users: []};

/** The calls of a broker to a workspace that answers `route` as `answers` says: a body, or `[status, body]`. */
const scene = async (t, answers) => {
  const asked = [];
  const server = await startServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const [, route] = /^\/api\/v1\/([\w.]+)/.exec(request.url);
    const {'x-user-id': userId} = request.headers;
    const body = parts.length ? JSON.parse(Buffer.concat(parts)) : undefined;
    asked.push({route, url: request.url, userId, body});
    const answer = answers[route];
    const [status, said] = Array.isArray(answer) ? answer : [200, answer];
    const headers = {'content-type': 'application/json', ...said?.headers};
    response.writeHead(status, headers).end(JSON.stringify(said));
  });
  t.after(() => server.close());
  const calls = createRoomCalls({
    settings: {
      rocketChat: {
        internalUrl: server.origin,
        userId: 'service-id',
        authToken: 'service-token',
        timeout: 2_000,
        calls: 10,
        window: 60_000,
      },
    },
    store: new MemoryStore(),
    dispatcher: openDispatcher(t),
    log: noLog,
  });
  return {calls, asked};
};

describe('what Rocket.Chat says of a room', () => {
  it('is its kind, and the room off which it hangs', async (t) => {
    const room = {_id: 'x', t: 'p', prid: 'ward', name: 'Cx'};
    const {calls, asked} = await scene(t, {'rooms.info': {room}});
    assert.deepEqual(await calls.info(LOGIN, 'x'), {id: 'x', kind: 'p', parent: 'ward'});
    assert.deepEqual([asked[0].userId, asked[0].url], ['anna-id', '/api/v1/rooms.info?roomId=x']);
  });

  for (const room of [
    undefined,
    null,
    {},
    {_id: 'other', t: 'p'},
    {_id: 'x', t: 'l'},
    {_id: 'x', t: {}},
    {_id: 7, t: 'p'},
  ]) {
    it(`is refused as ${JSON.stringify(room)}`, async (t) => {
      const {calls} = await scene(t, {'rooms.info': {room}});
      await assert.rejects(calls.info(LOGIN, 'x'), {code: 'workspace-refused'});
    });
  }

  for (const [status, body, code, isMissing] of [
    [400, {error: 'not-allowed', errorType: 'error-room-not-found'}, 'error-room-not-found', true],
    [400, {error: 'None [error-invalid-room]'}, 'error-invalid-room', true],
    [403, {error: 'unauthorized'}, 'unauthorized', false],
    [
      401,
      {message: 'You must be logged in to do this.'},
      'You must be logged in to do this.',
      false,
    ],
    [200, {success: false, error: 'x'.repeat(900)}, 'x'.repeat(64), false],
  ]) {
    it(`is a refusal where it says ${JSON.stringify(body).slice(0, 60)}`, async (t) => {
      const {calls} = await scene(t, {'rooms.info': [status, {success: false, ...body}]});
      await assert.rejects(calls.info(LOGIN, 'x'), (error) => {
        assert.ok(error instanceof RoomRefusal);
        assert.deepEqual(
          [error.route, error.code, error.isMissing],
          ['rooms.info', code, isMissing],
        );
        return true;
      });
    });
  }
});

describe('a discussion that was made', () => {
  it('is the one of the answer, or is asked for where that has no more than its id', async (t) => {
    const whole = {_id: 'd', rid: 'd', t: 'c', prid: 'ward'};
    const {calls, asked} = await scene(t, {'rooms.createDiscussion': {discussion: whole}});
    assert.deepEqual(await calls.discuss(LOGIN, DISCUSSION), {id: 'd', kind: 'c', parent: 'ward'});
    const sent = {prid: 'ward', pmid: 'm', t_name: 'Chat', users: []};
    assert.deepEqual(asked[0].body, sent);
    const short = await scene(t, {
      'rooms.createDiscussion': {discussion: {_id: 'd', rid: 'd'}},
      'rooms.info': {room: whole},
    });
    assert.equal((await short.calls.discuss(LOGIN, DISCUSSION)).kind, 'c');
  });

  for (const discussion of [undefined, {}, {_id: ''}, 'd']) {
    it(`is none where the answer has ${JSON.stringify(discussion)}`, async (t) => {
      const {calls} = await scene(t, {'rooms.createDiscussion': {discussion}});
      await assert.rejects(calls.discuss(LOGIN, DISCUSSION), {code: 'workspace-refused'});
    });
  }

  it('is told by the room with what it quotes; what is no such message is left out', async (t) => {
    const messages = [
      null,
      'text',
      {},
      {drid: 'no-time'},
      {drid: 7, ts: '2026'},
      {drid: 'bare', ts: '2026-01-03'},
      {drid: 'odd', ts: '2026-01-02', attachments: 'none'},
      {drid: 'd', ts: '2026-01-01', attachments: [null, {}, {message_link: '/group/w?msg=m'}]},
    ];
    const {calls, asked} = await scene(t, {'chat.getDiscussions': {messages}});
    assert.deepEqual(await calls.announcements(LOGIN, 'ward', 'Chat - 1'), [
      {discussion: 'bare', at: '2026-01-03', links: []},
      {discussion: 'odd', at: '2026-01-02', links: []},
      {discussion: 'd', at: '2026-01-01', links: ['/group/w?msg=m']},
    ]);
    assert.match(asked[0].url, /\?roomId=ward&text=Chat\+-\+1&count=100$/);
    const odd = await scene(t, {'chat.getDiscussions': {messages: {}}});
    const refused = odd.calls.announcements(LOGIN, 'ward', 'x');
    await assert.rejects(refused, {code: 'workspace-refused'});
  });
});

describe('the service account', () => {
  it('is asked for its name once, and again where that failed', async (t) => {
    const answers = {me: {_id: 'service-id'}};
    const {calls, asked} = await scene(t, answers);
    await assert.rejects(calls.ownName(), {code: 'workspace-refused'});
    answers.me = {_id: 'service-id', username: 'broker'};
    assert.deepEqual([await calls.ownName(), await calls.ownName()], ['broker', 'broker']);
    assert.equal(asked.length, 2);
    assert.equal(asked[0].userId, 'service-id');
  });

  it('has direct messages of a user with another one, whichever field has the id', async (t) => {
    for (const room of [{_id: 'dm', rid: 'dm'}, {rid: 'dm'}]) {
      const {calls, asked} = await scene(t, {'im.create': {success: true, room}});
      assert.equal(await calls.direct(LOGIN, 'bob'), 'dm');
      const [{userId, body}] = asked;
      assert.deepEqual([userId, body], ['anna-id', {username: 'bob'}]);
    }
    const {calls} = await scene(t, {'im.create': {success: true, room: {}}});
    await assert.rejects(calls.direct(LOGIN, 'bob'), {code: 'workspace-refused'});
  });

  it('adds to channels and to groups, each by its route', async (t) => {
    const {calls, asked} = await scene(t, {'channels.invite': {}, 'groups.invite': {}});
    await calls.invite({id: 'd', kind: 'c'}, 'ben');
    await calls.invite({id: 'd', kind: 'p'}, 'ben');
    assert.deepEqual(
      asked.map(({route, userId, body}) => [route, userId, body]),
      ['channels.invite', 'groups.invite'].map((route) => [
        route,
        'service-id',
        {roomId: 'd', userId: 'ben'},
      ]),
    );
  });

  it('is not kept from calling by the limits of users', async (t) => {
    const limited = {success: false, error: 'You must wait 30 seconds [error-too-many-requests]'};
    const answers = {'rooms.info': [429, limited]};
    const {calls, asked} = await scene(t, answers);
    await assert.rejects(calls.info(LOGIN, 'x'), {status: 429, code: 'rate-limited'});
    // Not asked again before the time is over.
    await assert.rejects(calls.info(LOGIN, 'x'), {status: 429, code: 'rate-limited'});
    assert.equal(asked.length, 1);
    answers['rooms.info'] = {room: {_id: 'x', t: 'p'}};
    assert.equal((await calls.info('service', 'x')).kind, 'p');
    await assert.rejects(calls.info(LOGIN, 'x'), {status: 429, code: 'rate-limited'});
  });

  it('whose token does not count is said to the operator', async (t) => {
    const {calls} = await scene(t, {'rooms.info': [401, {success: false}]});
    await assert.rejects(calls.info('service', 'x'), {code: 'workspace-refused'});
  });
});
