import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';

import {startPexipInfinity} from '../../dist/testing/index.js';
import {eventually} from '../support/eventually.mjs';
import {SERVICE, startListeningBroker, success} from '../support/listening-broker.mjs';

/** @type {Awaited<ReturnType<typeof startListeningBroker>>} */
let broker;
/** @type {import('../../demo/simulators/index.js').PexipInfinity} */
let infinity;
const begin = async (options) => {
  await infinity?.close();
  broker.requests.length = 0;
  infinity = await startPexipInfinity({
    broker: {origin: broker.origin, username: 'pexip', password: 'a password'},
    sink: {retry: 5},
    ...options,
  });
};
beforeEach(async () => {
  infinity = undefined;
  broker = await startListeningBroker();
  await begin();
});
afterEach(async () => {
  await infinity.close();
  await broker.close();
});

const join = (name, more) => infinity.join({alias: 'abc', name, pin: '482913', ...more});
const namesOf = (events) => events.map(({event}) => event);
const ofNode = (number) => broker.events().filter(({node}) => node === `10.44.0.${11 + number}`);
const told = (event) => broker.events().filter((each) => each.event === event);

describe('what the event sink is told', () => {
  it('has the envelope of version 2, with Basic authentication', async () => {
    await infinity.settled();
    const [{method, headers}] = broker.asked('/events');
    assert.equal(method, 'POST');
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers.authorization, `Basic ${btoa('pexip:a password')}`);
    const [{time, ...event}] = ofNode(0);
    const started = {node: '10.44.0.11', seq: 1, version: 2, event: 'eventsink_started', data: {}};
    assert.deepEqual(event, started);
    assert.ok(Math.abs(time - Date.now() / 1000) < 60, 'seconds');
  });

  it('is a whole conference: its start, both legs of each person, its end', async () => {
    const {uuid} = await join('Alice', {node: 0, callTag: 'ticket-1'});
    infinity.leave(uuid);
    await infinity.settled();
    assert.deepEqual(namesOf(ofNode(0)), [
      'eventsink_started',
      'conference_started',
      'participant_connected',
      'participant_connected',
      'conference_updated',
      'participant_disconnected',
      'participant_disconnected',
      'conference_ended',
    ]);
    assert.deepEqual(
      ofNode(0).map(({seq}) => seq),
      [1, 2, 3, 4, 5, 6, 7, 8],
    );
    const [api, media] = told('participant_connected').map(({data}) => data);
    assert.deepEqual([api.protocol, api.has_media, api.uuid], ['API', false, uuid]);
    assert.deepEqual([media.protocol, media.has_media], ['WebRTC', true]);
    assert.deepEqual([api.related_uuids, media.related_uuids], [[media.uuid], [api.uuid]]);
    assert.deepEqual(
      [media.conference, media.role, media.call_tag, media.service_tag, media.display_name],
      ['meeting-1', 'chair', 'ticket-1', 'rocket.chat', 'Alice'],
    );
    const [{data: start}] = told('conference_started');
    const [{data: end}] = told('conference_ended');
    assert.deepEqual(
      [start.name, start.tag, start.is_started],
      ['meeting-1', 'rocket.chat', false],
    );
    assert.equal(end.start_time, start.start_time);
    assert.ok(end.end_time >= end.start_time);
  });

  it('counts a conference as started when a host is in it', async () => {
    await join('Guest', {pin: 'none'});
    await infinity.settled();
    assert.equal(told('conference_updated').length, 0);
    await join('Alice');
    await infinity.settled();
    assert.equal(told('conference_updated')[0].data.is_started, true);
  });

  it('is no more than what has changed', async () => {
    const {uuid} = await join('Alice');
    infinity.mute(uuid);
    infinity.change(uuid, {is_presenting: true});
    assert.equal(infinity.mute('somebody else'), false);
    await infinity.settled();
    const updates = told('participant_updated').map(({data}) => data);
    assert.equal(updates.length, 4);
    assert.deepEqual(updates[0], {uuid, conference: 'meeting-1', is_muted: true});
    assert.deepEqual(Object.keys(updates[2]), ['uuid', 'conference', 'is_presenting']);
  });

  it('comes from each node on its own, which ends what it holds itself', async () => {
    const alice = await join('Alice', {node: 0});
    const bob = await join('Bob', {node: 1});
    infinity.leave(alice.uuid);
    await infinity.settled();
    assert.equal(told('conference_started').length, 2);
    assert.deepEqual(
      told('conference_ended').map(({node}) => node),
      ['10.44.0.11'],
    );
    infinity.leave(bob.uuid);
    await infinity.settled();
    assert.equal(told('conference_ended').length, 2);
    assert.deepEqual(infinity.people('meeting-1'), []);
  });

  it('has no end while somebody is there by the node', async () => {
    const {uuid} = await join('Alice', {node: 0});
    await join('Bob', {node: 0});
    infinity.leave(uuid);
    await infinity.settled();
    assert.deepEqual(told('conference_ended'), []);
  });

  it('has a conference on the node of the media, too', async () => {
    const {uuid} = await join('Alice', {node: 0, mediaNode: 1});
    infinity.leave(uuid);
    await infinity.settled();
    assert.deepEqual(namesOf(ofNode(1)), [
      'eventsink_started',
      'conference_started',
      'conference_updated',
      'conference_ended',
    ]);
  });

  it('has those whom Infinity dials, as a recorder, who leave with the last person', async () => {
    const recorder = {
      local_alias: 'recorder',
      remote_alias: 'rtmp://record.example.com/live',
      remote_display_name: 'Recording',
      protocol: 'rtmp',
      role: 'guest',
      streaming: 'yes',
    };
    broker.service = ({call_direction}) =>
      call_direction === 'dial_out'
        ? success()
        : success({...SERVICE, automatic_participants: [recorder]});
    const {uuid} = await join('Alice');
    await join('Bob');
    await infinity.settled();
    const dialled = told('participant_connected').filter(({data}) => data.call_direction === 'out');
    assert.equal(dialled.length, 1);
    const [{data}] = dialled;
    assert.deepEqual(
      [data.protocol, data.is_streaming, data.display_name, data.destination_alias],
      ['RTMP', true, 'Recording', 'rtmp://record.example.com/live'],
    );
    assert.equal(infinity.people('meeting-1').length, 2);
    infinity.leave(uuid);
    infinity.endConference('meeting-1');
    await infinity.settled();
    assert.equal(told('participant_disconnected').length, 5);
    assert.equal(new Set(told('conference_ended').map(({node}) => node)).size, 2);
  });

  it('is by the clock of the node, which may be a day off', async () => {
    await begin({clockOffsets: [0, 86_400_000]});
    await infinity.settled();
    const [one, other] = [0, 1].map((number) => ofNode(number)[0].time);
    assert.ok(Math.abs(other - one - 86_400) < 60);
  });

  it('can be anything, also what no Infinity says', async () => {
    infinity.tell('participant_teleported', {uuid: 42}, 1);
    await infinity.settled();
    assert.deepEqual(told('participant_teleported')[0].data, {uuid: 42});
  });
});

describe('people who are disconnected', () => {
  it('hear of it, and why, when everybody is', async () => {
    const reasons = [];
    const gone = (reason) => reasons.push(reason);
    await join('Alice', {gone});
    await join('Bob', {gone});
    assert.equal(infinity.endConference('meeting-1'), true);
    assert.deepEqual(reasons, Array(2).fill('Conference terminated by another participant'));
    assert.equal(infinity.endConference('meeting-1'), false);
    await infinity.settled();
    assert.equal(told('participant_disconnected').length, 4);
  });

  it('hear of it when their node stops, which says goodbye', async () => {
    const reasons = [];
    await join('Alice', {node: 0, gone: (reason) => reasons.push(reason)});
    await join('Bob', {node: 1});
    infinity.stopNode(0);
    await infinity.settled();
    assert.deepEqual(reasons, ['Signaling node disconnected']);
    assert.deepEqual(namesOf(ofNode(0)).slice(-2), ['conference_ended', 'eventsink_ended']);
    assert.equal((await join('Carol')).role, 'chair');
    assert.equal(infinity.people('meeting-1').length, 2);
    await assert.rejects(async () => infinity.stopNode(7), RangeError);
  });

  it('go without a word of a node that loses its power, but not of the others', async () => {
    await join('Alice', {node: 0});
    await join('Bob', {node: 1, mediaNode: 0});
    await infinity.settled();
    const before = ofNode(0).length;
    infinity.stopNode(0, {abruptly: true});
    await infinity.settled();
    assert.equal(ofNode(0).length, before);
    const [{data}] = told('participant_disconnected');
    assert.equal(data.disconnect_reason, 'Media node disconnected');
    infinity.startNode(0);
    await infinity.settled();
    assert.deepEqual(ofNode(0).at(-1).seq, 1);
  });
});

describe('an event sink that is away', () => {
  const statusOf = (status) => (broker.sinkStatus = () => status);

  for (const status of [302, 401, 404, 500, 503]) {
    it(`is told again after ${status}, until it has answered well`, async () => {
      statusOf(status);
      infinity.tell('odd', {});
      await eventually(() => assert.ok(broker.posts().length >= 3));
      assert.deepEqual(
        told('odd').length > 0 && infinity.delivered.filter((e) => e.event === 'odd'),
        [],
      );
      statusOf(204);
      await infinity.settled();
      assert.equal(infinity.delivered.filter(({event}) => event === 'odd').length, 1);
    });
  }

  it('is told all of it in one request of each node when it is back', async () => {
    await infinity.settled();
    infinity.outage({policy: false});
    const {uuid} = await join('Alice', {node: 0});
    infinity.leave(uuid);
    assert.equal(broker.posts().length, 2);
    infinity.recover();
    await infinity.settled();
    const [bulk, ...more] = broker.posts().slice(2);
    assert.deepEqual(more, []);
    assert.deepEqual([bulk.event, bulk.seq, bulk.version], ['eventsink_bulk', 0, 2]);
    assert.deepEqual(
      bulk.data.map(({seq}) => seq),
      [2, 3, 4, 5, 6, 7, 8],
    );
  });

  it('is told one by one where Infinity is set so', async () => {
    await begin({sink: {bulk: false, retry: 5}});
    infinity.outage({policy: false});
    await join('Alice', {node: 0});
    infinity.recover();
    await infinity.settled();
    assert.ok(broker.posts().every(({event}) => event !== 'eventsink_bulk'));
    assert.equal(ofNode(0).length, 5);
  });

  it('is told from 1 on again after a restart', async () => {
    infinity.restartSink(0);
    infinity.tell('odd', {}, 0);
    await infinity.settled();
    assert.deepEqual(
      ofNode(0).map(({event, seq}) => [event, seq]),
      [
        ['eventsink_started', 1],
        ['eventsink_ended', 2],
        ['eventsink_started', 1],
        ['odd', 2],
      ],
    );
  });

  it('is told things twice, and in any order, the same each time for the same seed', async () => {
    const run = async (seed) => {
      await begin({nodes: 1, seed, sink: {repeats: 0.5, shuffled: true, retry: 5}});
      for (let number = 0; number < 20; number += 1) infinity.tell('odd', {number});
      await infinity.settled();
      return told('odd').map(({data}) => data.number);
    };
    const first = await run(7);
    assert.ok(first.length > 20, 'some of it twice');
    assert.equal(new Set(first).size, 20, 'all of it');
    assert.notDeepEqual(
      first,
      [...first].sort((one, other) => one - other),
    );
    assert.deepEqual(await run(7), first);
    assert.notDeepEqual(await run(8), first);
  });
});
