import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {eventRoutes} from '../../broker/dist/events/event-routes.js';
import {eventually} from '../support/eventually.mjs';
import {brokerApp} from '../support/broker-fakes.mjs';
import {storeGone} from '../support/memory-store.mjs';
import {bulk, eventsPlace, heardLog, node} from './support/events-scene.mjs';

const LIMIT = 4 * 1024 * 1024;

const scene = async (t, {limit = LIMIT} = {}) => {
  const place = eventsPlace();
  const log = heardLog();
  const sink = place.sink(t, {log});
  const app = await brokerApp(t, {bodyLimit: 1_024});
  await app.register(eventRoutes({settings: {limits: {events: limit}}, sink}));
  app.post('/other', async ({body}) => body);
  const send = async (payload, {url = '/events', ...headers} = {}) => {
    const answer = await app.inject({
      ...{method: 'POST', url, payload},
      headers: {'content-type': 'application/json', ...headers},
    });
    return {status: answer.statusCode, body: answer.json()};
  };
  const meeting = await place.meeting();
  const due = () => place.store.due('event-inbox', Infinity, 100);
  return {...place, log, sink, send, meeting, due, one: node('192.0.2.1')};
};

const code = ({status, body}) => [status, body.error?.code];

describe('POST /events', () => {
  it('answers when the events are in the store, before anything is applied', async (t) => {
    const {send, due, roster, sink, meeting, one} = await scene(t);
    const answer = await send(one.connected(meeting, 'a'));
    assert.deepEqual(answer, {status: 200, body: {}});
    assert.equal((await due()).length, 1);
    assert.deepEqual(await roster.participants(meeting.id), []);
    sink.start();
    await eventually(async () => assert.equal((await roster.participants(meeting.id)).length, 1));
  });

  it('answers store-unavailable where that fails, so that the events are sent again', async (t) => {
    const {send, store, meeting, one} = await scene(t);
    for (const failing of ['set', 'schedule']) {
      store.before = (method) => {
        if (method === failing) throw storeGone();
      };
      const answer = await send(one.connected(meeting, 'a'));
      assert.deepEqual(code(answer), [503, 'store-unavailable'], failing);
    }
    store.before = () => {};
    assert.equal((await send(one.connected(meeting, 'a'))).status, 200);
  });

  it('takes an empty bulk, events of no use, and a bulk with some that are none', async (t) => {
    const {send, due, meeting, one} = await scene(t);
    const unused = one.event('participant_media_stream_window', {uuid: 'a'});
    for (const body of [bulk([]), bulk([unused]), unused, one.restart(), one.event('odd', {})])
      assert.equal((await send(body)).status, 200);
    assert.deepEqual(await due(), []);
    assert.equal((await send(bulk([{}, null, one.connected(meeting, 'a')]))).status, 200);
    assert.equal((await due()).length, 1);
  });

  it('absorbs an event that lacks what it needs, which is logged once', async (t) => {
    const {send, log, due, meeting, one} = await scene(t);
    const {uuid: _, ...data} = one.connected(meeting, 'a').data;
    for (let at = 0; at < 3; at++)
      assert.deepEqual(await send(one.event('participant_connected', data)), {
        status: 200,
        body: {},
      });
    assert.deepEqual(log.lines, [
      ['warn', {bad: 1}, 'Events came that lack what they need, or are none: left out.'],
    ]);
    assert.deepEqual(await due(), []);
  });

  it('refuses what is no JSON or no event, which is logged once', async (t) => {
    const {send, log, due} = await scene(t);
    for (const text of ['{', '']) assert.deepEqual(code(await send(text)), [400, 'invalid-json']);
    for (const body of [{}, [], '7', '"x"', 'null', {...bulk([]), data: {}}])
      assert.deepEqual(code(await send(body)), [400, 'invalid-argument'], JSON.stringify(body));
    assert.deepEqual(
      log.lines.map(([level]) => level),
      ['warn'],
    );
    assert.deepEqual(await due(), []);
  });

  it('refuses what is no JSON, is too deep, or too long', async (t) => {
    const {send} = await scene(t, {limit: 100_000});
    for (const text of ['', '{', '{"__proto__": {}}', Buffer.from([0x22, 0xff, 0x22])])
      assert.deepEqual(code(await send(text)), [400, 'invalid-json'], String(text));
    const deep = '['.repeat(40) + ']'.repeat(40);
    assert.deepEqual(code(await send(deep)), [400, 'invalid-json']);
    const long = JSON.stringify({event: 'x'.repeat(100_001)});
    assert.deepEqual(code(await send(long)), [413, 'body-too-large']);
    assert.deepEqual(
      code(await send('a=b', {'content-type': 'application/x-www-form-urlencoded'})),
      [...[415, 'content-type-refused']],
    );
    const packed = await send('{}', {'content-encoding': 'gzip'});
    assert.deepEqual(code(packed), [415, 'content-type-refused']);
  });

  it('takes more keys than other routes, which keep their limits', async (t) => {
    const {send, meeting, one} = await scene(t);
    const body = bulk(Array.from({length: 3_000}, (_, at) => one.connected(meeting, `p${at}`)));
    assert.equal((await send(body)).status, 200);
    assert.deepEqual(code(await send(body, {url: '/other'})), [413, 'body-too-large']);
    assert.deepEqual(code(await send('{', {url: '/other'})), [400, 'invalid-json']);
  });
});
