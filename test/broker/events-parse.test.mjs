import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {parseSinkBody} from '../../broker/dist/events/sink-body.js';
import {parseSinkEvent} from '../../broker/dist/events/sink-event.js';
import {MeetingRecords} from '../../broker/dist/meetings/meeting-records.js';
import {readServiceName} from '../../broker/dist/meetings/service-name.js';
import {fakeSeal} from '../support/fake-seal.mjs';
import {bulk} from './support/events-scene.mjs';

const ID = 'abcdefghijklmnopqrst_-0123456789abcdef';
const UUID = '50b956c8-9a63-4711-8630-3810f8666b04';

const envelope = (event, data, own = {}) => ({
  ...{node: '192.0.2.1', seq: 7, version: 2, time: 1_700_000_000.25, event, data},
  ...own,
});
const moment = {node: '192.0.2.1', seq: 7, time: 1_700_000_000_250};
const ofParticipant = (data = {}, event = 'participant_updated') =>
  envelope(event, {uuid: UUID, conference: ID, ...data});

describe('an event of Pexip Infinity', () => {
  it('is of a meeting if its conference has the name of one', () => {
    const records = new MeetingRecords({store: {}, seal: fakeSeal()});
    const kindOf = (name) => parseSinkEvent(envelope('conference_started', {name})).kind;
    assert.equal(kindOf(records.idFor('0'.repeat(32))), 'conference');
    for (const name of ['', 'meet.anna', `${ID}0`, ID.slice(1), ID.toUpperCase(), 7, null])
      assert.equal(kindOf(name), 'foreign', String(name));
  });

  it('tells that a node holds a conference, or does no more', () => {
    const data = {name: ID, start_time: 1_699_999_990.5, guests_muted: false, tag: 'rocket.chat'};
    const common = {kind: 'conference', ...moment, meeting: ID, instance: '192.0.2.1|1699999990.5'};
    for (const event of ['conference_started', 'conference_updated'])
      assert.deepEqual(parseSinkEvent(envelope(event, data)), {...common, ended: false});
    const ended = envelope('conference_ended', {...data, end_time: 1_700_000_000.2});
    assert.deepEqual(parseSinkEvent(ended), {...common, ended: true});
    const without = envelope('conference_ended', {name: ID});
    assert.equal(parseSinkEvent(without).instance, '192.0.2.1|');
  });

  it('of a breakout room is one of its meeting, held and left for itself', () => {
    const room = {name: `${ID}_breakout_${UUID.toUpperCase()}`, start_time: 1_699_999_990};
    const {meeting, instance} = parseSinkEvent(envelope('conference_started', room));
    assert.deepEqual([meeting, instance], [ID, `192.0.2.1|1699999990|${UUID}`]);
    const data = {conference: room.name, related_uuids: ['other']};
    const inside = parseSinkEvent(ofParticipant(data, 'participant_connected'));
    const left = parseSinkEvent(ofParticipant({}, 'participant_disconnected'));
    assert.equal(inside.meeting, ID);
    assert.notEqual(inside.uuid, left.uuid);
    assert.equal(inside.uuid.replace(UUID, 'other'), inside.said.related[0]);
  });

  it('tells of a participant what counts, and nothing else', () => {
    const data = {
      ...{display_name: 'Anna', role: 'chair', protocol: 'WebRTC', has_media: true},
      ...{is_streaming: false, is_muted: false, is_client_muted: true, is_presenting: true},
      ...{connect_time: 1_699_999_999.5, related_uuids: ['other'], call_tag: 'a-ticket'},
      ...{remote_address: '192.0.2.7', source_alias: 'anna@example.com', vendor: 'Firefox'},
      ...{signalling_node: '192.0.2.1', signaling_node: '192.0.2.1', conversation_id: 'x'},
    };
    assert.deepEqual(parseSinkEvent(ofParticipant(data, 'participant_connected')), {
      ...{kind: 'participant', ...moment, meeting: ID, uuid: UUID, gone: false, tag: 'a-ticket'},
      said: {
        ...{name: 'Anna', role: 'chair', protocol: 'WebRTC', media: true, streaming: false},
        ...{muted: false, mutedSelf: true, presenting: true},
        ...{since: 1_699_999_999_500, related: ['other']},
      },
    });
  });

  it('leaves what an update does not say', () => {
    const {said} = parseSinkEvent(ofParticipant({is_muted: true}));
    assert.deepEqual(said, {muted: true});
  });

  it('leaves a field that is not what it should be, and takes the others', () => {
    const odd = {display_name: 7, role: null, has_media: 'True', is_muted: 1, connect_time: '1'};
    const more = {related_uuids: 'x', protocol: '', is_presenting: true, call_tag: {}};
    const event = parseSinkEvent(ofParticipant({...odd, ...more}));
    assert.deepEqual(event.said, {presenting: true});
    assert.equal(event.tag, undefined);
  });

  it('has a role of its own for roles that are not known', () => {
    assert.equal(parseSinkEvent(ofParticipant({role: 'lecturer'})).said.role, 'unknown');
  });

  it('tells nothing but that somebody has gone', () => {
    const data = {display_name: 'Anna', role: 'chair', disconnect_reason: 'Call disconnected'};
    const event = parseSinkEvent(ofParticipant(data, 'participant_disconnected'));
    assert.deepEqual([event.gone, event.said], [true, {}]);
  });

  it('tells when a node begins and stops, by both names that versions have for it', () => {
    const phases = ['started', 'updated', 'ended', 'stopped'].map(
      (name) => parseSinkEvent(envelope(`eventsink_${name}`, {})).phase,
    );
    assert.deepEqual(phases, ['started', 'updated', 'ended', 'ended']);
  });

  it('is put aside if it is of another conference, of no use, or not known', () => {
    const kind = (event, data) => parseSinkEvent(envelope(event, data)).kind;
    assert.equal(kind('conference_started', {name: 'meet.anna'}), 'foreign');
    assert.equal(kind('participant_connected', {uuid: UUID, conference: 'meet.anna'}), 'foreign');
    assert.equal(kind('participant_connected', {uuid: UUID}), 'foreign');
    assert.equal(kind('participant_media_stream_window', {uuid: UUID}), 'unused');
    assert.equal(kind('participant_media_streams_destroyed', {uuid: UUID}), 'unused');
    assert.deepEqual(parseSinkEvent(envelope('participant_waved', {})), {
      ...{kind: 'unknown', name: 'participant_waved'},
    });
  });

  it('is none without a name, a node, a number, a time, or the participant', () => {
    const good = ofParticipant();
    assert.ok(parseSinkEvent(good));
    for (const wrong of [
      ...[undefined, null, 7, 'x', [], {}, [good]],
      ...[undefined, '', 7].map((event) => ({...good, event})),
      ...[undefined, '', 7, 'x'.repeat(300)].map((node) => ({...good, node})),
      ...[undefined, '7', 7.5, NaN].map((seq) => ({...good, seq})),
      ...[undefined, '7', 0, -1, NaN, Infinity, 1e12].map((time) => ({...good, time})),
      ...[undefined, '', 7, 'x'.repeat(200)].map((uuid) => ofParticipant({uuid})),
      ...[undefined, null, 'x', 7].map((data) => ({...good, data})),
    ])
      assert.equal(parseSinkEvent(wrong), undefined, JSON.stringify(wrong));
  });
});

describe('a body of events', () => {
  it('is one event, or a bulk of them', () => {
    const one = ofParticipant({is_muted: true});
    assert.equal(parseSinkBody(one).events.length, 1);
    const two = parseSinkBody(bulk([one, envelope('eventsink_started', {})]));
    assert.deepEqual([two.events.length, two.sessions.length, two.bad], [1, 1, 0]);
    assert.deepEqual(parseSinkBody(bulk([])).events, []);
  });

  it('is neither: refused', () => {
    for (const body of [{}, {...bulk([]), data: {}}, {...bulk([]), data: undefined}, [], 'x', null])
      assert.equal(parseSinkBody(body), undefined, JSON.stringify(body));
  });

  it('leaves out of a bulk what is no event, a bulk among them, and takes the others', () => {
    const good = ofParticipant({is_muted: true});
    const {events, bad} = parseSinkBody(bulk([null, good, {}, bulk([good]), good, 'x']));
    assert.deepEqual([events.length, bad], [2, 4]);
  });

  it('leaves out an event by itself that lacks what it needs, as it would come again for ever', () => {
    for (const odd of [
      {seq: undefined},
      {time: '1700000000.5'},
      {node: undefined},
      {data: null},
      {data: {conference: ID}},
    ]) {
      const {events, bad} = parseSinkBody({...ofParticipant(), ...odd});
      assert.deepEqual([events, bad], [[], 1], JSON.stringify(odd));
    }
    assert.equal(parseSinkBody({...ofParticipant(), event: ''}), undefined);
  });

  it('gives its node to events that name none', () => {
    const {node: _, ...nameless} = ofParticipant();
    const [event] = parseSinkBody(bulk([nameless], '192.0.2.9')).events;
    assert.equal(event.node, '192.0.2.9');
  });

  it('counts what is of others, and names what is unknown once', () => {
    const foreign = envelope('conference_started', {name: 'meet.anna'});
    const unknown = envelope('participant_waved', {});
    const body = parseSinkBody(bulk([foreign, unknown, foreign, unknown]));
    assert.equal(body.foreign, 2);
    assert.deepEqual([...body.unknown], ['participant_waved']);
    assert.deepEqual(body.events, []);
  });

  it('never throws, and makes nothing but whole events, whatever comes', () => {
    const names = ['eventsink_bulk', 'conference_ended', 'participant_updated', 'eventsink_ended'];
    const keys = ['uuid', 'conference', 'name', 'start_time', 'role', 'call_tag', '__proto__'];
    const value = fc.oneof(fc.constant(ID), fc.jsonValue(), fc.double(), fc.constant(undefined));
    const mostly = (good) => fc.oneof({weight: 6, arbitrary: good}, {weight: 1, arbitrary: value});
    const data = {uuid: UUID, conference: ID, name: ID};
    const event = fc.record(
      {
        node: mostly(fc.constant('192.0.2.1')),
        seq: mostly(fc.nat()),
        time: mostly(fc.double({min: 1, max: 2e9, noNaN: true})),
        event: mostly(fc.constantFrom(...names)),
        data: mostly(
          fc.dictionary(fc.constantFrom(...keys), value).map((odd) => ({...data, ...odd})),
        ),
      },
      {requiredKeys: ['event', 'time']},
    );
    const body = fc.oneof(
      event,
      fc.array(event).map((events) => bulk(events)),
      value,
    );
    let whole = 0;
    fc.assert(
      fc.property(body, (given) => {
        for (const {kind, meeting, time, seq, node, uuid, said} of parseSinkBody(given)?.events ??
          []) {
          whole += 1;
          assert.equal(readServiceName(meeting)?.id, meeting);
          assert.ok(Number.isFinite(time) && Number.isSafeInteger(seq) && node.length > 0);
          if (kind === 'participant') assert.ok(uuid && typeof said === 'object');
        }
      }),
      {numRuns: 2_000},
    );
    assert.ok(whole > 100, `the property has seen ${whole} events`);
  });
});
