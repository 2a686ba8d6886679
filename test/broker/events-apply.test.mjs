import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {ApplyEvents} from '../../broker/dist/events/apply-events.js';
import {bodyOf, eventsPlace, node, randomBy, shuffled} from './support/events-scene.mjs';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Applies events at once, without an inbox. */
const scene = async () => {
  const place = eventsPlace();
  const {store, seal, records, tickets} = place;
  const work = new ApplyEvents({store, seal, meetings: records, tickets});
  const told = [];
  const apply = (events, at = Date.now()) =>
    work.apply([{at, events: bodyOf(events).events}], async (id) => void told.push(id));
  return {...place, work, told, apply, another: place.meeting, meeting: await place.meeting()};
};

const names = (people) => people.map(({name}) => name);

describe('a participant', () => {
  it('is as each event told last, whichever came first', async () => {
    const {apply, roster, meeting} = await scene();
    const one = node('192.0.2.1');
    const t = Date.now();
    const came = one.connected(meeting, 'a', {display_name: 'Anna'}, t);
    const muted = one.updated(meeting, 'a', {is_muted: true}, t + 1);
    const presents = one.updated(meeting, 'a', {is_presenting: true}, t + 2);
    const unmuted = one.updated(meeting, 'a', {is_muted: false}, t + 3);
    for (const event of [unmuted, presents, muted, came]) await apply([event]);
    const [anna] = await roster.participants(meeting.id);
    assert.deepEqual(anna, {
      ...{uuid: 'a', name: 'Anna', role: 'guest', protocol: 'WebRTC'},
      ...{muted: false, presenting: true, since: t},
    });
  });

  it('is by the count of the node what it was told at the same time', async () => {
    const {apply, roster, meeting} = await scene();
    const one = node('192.0.2.1');
    const t = Date.now();
    const events = [
      one.connected(meeting, 'a', {display_name: 'c, the first'}, t),
      one.updated(meeting, 'a', {display_name: 'b, the second'}, t),
      one.updated(meeting, 'a', {display_name: 'a, the third'}, t),
    ];
    await apply([events[2], events[0], events[1]]);
    assert.deepEqual(names(await roster.participants(meeting.id)), ['a, the third']);
  });

  it('who has gone does not come back by what comes late, and leaves no name', async () => {
    const {apply, roster, meeting, store} = await scene();
    const one = node('192.0.2.1');
    const t = Date.now();
    const came = one.connected(meeting, 'a', {}, t);
    const late = one.updated(meeting, 'a', {is_muted: true}, t + 10);
    await apply([one.gone(meeting, 'a', t + 5)]);
    await apply([came]);
    await apply([late]);
    assert.deepEqual(await roster.participants(meeting.id), []);
    assert.deepEqual([...(await store.entries(`roster:${meeting.id}`))], [['a', 'gone']]);
  });

  it('is known after the sink of his node has begun to count anew', async () => {
    const {apply, roster, meeting} = await scene();
    const one = node('192.0.2.1', {seq: 5_000});
    const t = Date.now();
    await apply([one.connected(meeting, 'a', {display_name: 'Anna'}, t)]);
    one.restart(t + 1);
    await apply([
      one.updated(meeting, 'a', {display_name: 'Anna B.'}, t + 2),
      one.connected(meeting, 'b', {display_name: 'Ben'}, t + 3),
    ]);
    assert.deepEqual(names(await roster.participants(meeting.id)), ['Anna B.', 'Ben']);
  });

  it('is seen as the user whose ticket he brings, which itself is kept nowhere', async () => {
    const {apply, roster, meeting, store, ticketFor} = await scene();
    const ticket = await ticketFor(meeting, 'anna');
    const written = [];
    store.before = (...call) => void written.push(JSON.stringify(call));
    const one = node('192.0.2.1');
    await apply([
      one.connected(meeting, 'a', {call_tag: ticket, display_name: 'The one in the name'}),
      one.connected(meeting, 'b', {call_tag: `${ticket.slice(1)}A`}),
    ]);
    const people = await roster.participants(meeting.id);
    assert.deepEqual(people.map(({sub}) => sub).sort(), ['anna', undefined]);
    assert.equal(await roster.hasSeen(meeting.id, 'anna'), true);
    assert.equal(await roster.hasSeen(meeting.id, 'ben'), false);
    assert.ok(!written.join().includes(ticket));
    assert.ok(!written.join().includes('The one in the name'));
  });

  it('is seen by a ticket that was good when he came, and is over when that is told', async () => {
    const {apply, roster, meeting, ticketFor, tickets} = await scene();
    const ticket = await ticketFor(meeting, 'anna');
    const late = meeting.expiresAt + MINUTE;
    assert.equal(await tickets.read(meeting, ticket, late), undefined);
    const one = node('192.0.2.1');
    const read = tickets.read.bind(tickets);
    const asked = [];
    tickets.read = (of, tag, at) => {
      asked.push(at);
      return read(of, tag, at);
    };
    const came = Date.now() - MINUTE;
    await apply([
      one.updated(meeting, 'a', {call_tag: ticket}, came + 30_000),
      one.connected(meeting, 'a', {call_tag: ticket}, came),
    ]);
    assert.deepEqual(asked, [came]);
    assert.equal(await roster.hasSeen(meeting.id, 'anna'), true);
  });

  it('was seen also if only his end is told', async () => {
    const {apply, roster, meeting, ticketFor} = await scene();
    const ticket = await ticketFor(meeting, 'anna');
    await apply([node('192.0.2.1').gone(meeting, 'a', Date.now(), {call_tag: ticket})]);
    assert.equal(await roster.hasSeen(meeting.id, 'anna'), true);
  });

  it('is not seen by a ticket of another meeting', async () => {
    const place = await scene();
    const {apply, roster, meeting, ticketFor} = place;
    const ticket = await ticketFor(await place.another(), 'anna');
    await apply([node('192.0.2.1').connected(meeting, 'a', {call_tag: ticket})]);
    assert.equal(await roster.hasSeen(meeting.id, 'anna'), false);
  });
});

describe('a meeting', () => {
  it('is neither live nor empty before a node has held it', async () => {
    const {known, meeting, apply} = await scene();
    await apply([node('192.0.2.1').connected(meeting, 'a')]);
    const {isLive, emptySince, participants} = await known(meeting);
    assert.deepEqual([isLive, emptySince, participants.length], [false, undefined, 1]);
  });

  it('is live while any node holds it, and empty since the last one ended', async () => {
    const {apply, roster, meeting} = await scene();
    const [one, other] = [node('192.0.2.1'), node('192.0.2.2')];
    const t = Date.now() - 1_000;
    await apply([one.started(meeting, t, t), other.started(meeting, t + 1, t + 1)]);
    assert.equal(await roster.isLive(meeting.id), true);
    await apply([one.ended(meeting, t, t + 500)]);
    assert.equal(await roster.isLive(meeting.id), true);
    assert.equal(await roster.emptySince(meeting.id), undefined);
    await apply([other.ended(meeting, t + 1, t + 400)]);
    assert.equal(await roster.isLive(meeting.id), false);
    assert.equal(await roster.emptySince(meeting.id), t + 500);
  });

  it('goes on while all of its people are in breakout rooms', async () => {
    const {apply, roster, meeting} = await scene();
    const one = node('192.0.2.1');
    const room = {id: `${meeting.id}_breakout_50b956c8-9a63-4711-8630-3810f8666b04`};
    const t = Date.now() - 1_000;
    await apply([
      one.started(meeting, t, t),
      one.connected(meeting, 'a', {display_name: 'Anna'}, t),
    ]);
    const moved = [
      one.gone(meeting, 'a', t + 10),
      one.started(room, t, t + 10),
      one.connected(room, 'a', {display_name: 'Anna'}, t + 10),
      one.ended(meeting, t, t + 20),
    ];
    await apply(moved.reverse());
    assert.equal(await roster.isLive(meeting.id), true);
    assert.deepEqual(names(await roster.participants(meeting.id)), ['Anna']);
    await apply([one.gone(room, 'a', t + 30), one.ended(room, t, t + 30)]);
    assert.equal(await roster.isLive(meeting.id), false);
    assert.equal(await roster.emptySince(meeting.id), t + 30);
  });

  it('stays over for a node that tells of its beginning late, and lives by the next conference', async () => {
    const {apply, roster, meeting} = await scene();
    const one = node('192.0.2.1');
    const t = Date.now();
    const started = one.started(meeting, t, t);
    await apply([one.ended(meeting, t, t + 1)]);
    await apply([started]);
    assert.equal(await roster.isLive(meeting.id), false);
    await apply([one.started(meeting, t + 2, t + 2)]);
    assert.equal(await roster.isLive(meeting.id), true);
    assert.equal(await roster.emptySince(meeting.id), undefined);
  });

  it('lives by an update alone, as the beginning may be lost', async () => {
    const {apply, roster, meeting} = await scene();
    const one = node('192.0.2.1');
    const data = {name: meeting.id, start_time: 1_700_000_000};
    await apply([one.event('conference_updated', data)]);
    assert.equal(await roster.isLive(meeting.id), true);
  });

  it('has nobody in it when no node holds it, also if nobody was told to have gone', async () => {
    const {apply, roster, meeting} = await scene();
    const one = node('192.0.2.1');
    const t = Date.now();
    await apply([one.started(meeting, t, t), one.connected(meeting, 'a')]);
    assert.equal((await roster.participants(meeting.id)).length, 1);
    await apply([one.ended(meeting, t, t + 1)]);
    assert.deepEqual(await roster.participants(meeting.id), []);
  });

  it('is empty from the moment in which that is known, where a clock is wrong or the event late', async () => {
    for (const off of [-DAY, -6 * MINUTE, 6 * MINUTE, DAY]) {
      const {apply, roster, meeting} = await scene();
      const one = node('192.0.2.1');
      const now = Date.now();
      await apply([one.started(meeting, now + off, now + off)], now);
      await apply([one.ended(meeting, now + off, now + off)], now + 5);
      assert.equal(await roster.emptySince(meeting.id), now + 5, String(off));
    }
  });

  it('that no broker has made is dropped, and nobody told', async () => {
    const {work, store, told} = await scene();
    const unknown = {id: `${'x'.repeat(22)}${'0'.repeat(16)}`};
    const one = node('192.0.2.1');
    const body = bodyOf([one.started(unknown, 1, Date.now()), one.connected(unknown, 'a')]);
    const written = [];
    store.before = (method) => void written.push(method);
    const foreign = await work.apply([{at: Date.now(), events: body.events}], async (id) =>
      told.push(id),
    );
    assert.equal(foreign, 2);
    assert.deepEqual(written, ['get']);
    assert.deepEqual(told, []);
  });

  it('that has ended is told of as well, so that those who go leave its roster', async () => {
    const place = await scene();
    const ended = await place.another({endedAt: Date.now(), endedBy: 'ended'});
    const one = node('192.0.2.1');
    await place.apply([one.connected(ended, 'a'), one.connected(ended, 'b')]);
    await place.apply([one.gone(ended, 'a', Date.now())]);
    assert.deepEqual(names(await place.roster.participants(ended.id)), ['b']);
    assert.deepEqual(place.told, [ended.id, ended.id]);
    assert.equal((await place.records.byId(ended.id)).endedBy, 'ended');
  });

  it('is told of once for all events that came together, when they are in the store', async () => {
    const {work, roster, meeting} = await scene();
    const one = node('192.0.2.1');
    const events = ['a', 'b', 'c'].map((uuid) => one.connected(meeting, uuid));
    const seen = [];
    await work.apply([{at: Date.now(), events: bodyOf(events).events}], async (id) => {
      seen.push(names(await roster.participants(id)));
    });
    assert.deepEqual(seen, [['a', 'b', 'c']]);
  });

  it('that fails keeps no other from being applied', async () => {
    const place = await scene();
    const meetings = [place.meeting, await place.another()];
    const one = node('192.0.2.1');
    const events = bodyOf(meetings.map((meeting) => one.connected(meeting, 'a'))).events;
    const told = place.work.apply([{at: Date.now(), events}], async (id) => {
      if (id === meetings[0].id) throw new Error('cannot be told');
    });
    await assert.rejects(told, /cannot be told/);
    assert.equal((await place.roster.participants(meetings[1].id)).length, 1);
  });
});

/** A place with two meetings. */
const ofTwo = async () => {
  const place = await scene();
  const other = await place.another();
  return {...place, meetings: [place.meeting, other]};
};

/** Each its own node, so that the number is the one that is given. */
const eventOf = ({what, where, meeting, uuid, data, at, start, seq}, meetings, t) => {
  const from = node(`192.0.2.${where}`);
  const of = meetings[meeting];
  const event = {
    connected: () => from.connected(of, uuid, data, t + at),
    updated: () => from.updated(of, uuid, data, t + at),
    gone: () => from.gone(of, uuid, t + at),
    started: () => from.started(of, t + start, t + at),
    ended: () => from.ended(of, t + start, t + at),
  }[what]();
  return {...event, seq};
};

describe('events in any order, and repeated', () => {
  it('leave what they leave once in order, by two brokers at the same time', async () => {
    const uuids = ['a', 'b', 'c'];
    const deed = fc.record({
      what: fc.constantFrom('connected', 'updated', 'gone', 'started', 'ended'),
      where: fc.constantFrom(0, 1),
      meeting: fc.constantFrom(0, 1),
      uuid: fc.constantFrom(...uuids),
      data: fc.record(
        {
          is_muted: fc.boolean(),
          is_presenting: fc.boolean(),
          display_name: fc.constantFrom('Anna', 'Ben'),
          role: fc.constantFrom('chair', 'guest'),
          related_uuids: fc.subarray(uuids),
          protocol: fc.constantFrom('API', 'SIP', 'WebRTC'),
        },
        {requiredKeys: []},
      ),
      // Often the same time, so that the count decides, and the content where that is the same, too.
      at: fc.nat(4),
      start: fc.nat(1),
      seq: fc.nat(2),
    });
    let different = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(deed, {minLength: 2, maxLength: 14}),
        fc.nat(),
        async (deeds, seed) => {
          const t = Date.now();
          const random = randomBy(seed);
          const plain = await ofTwo();
          const mixed = await ofTwo();
          const eventsOf = ({meetings}) => deeds.map((deed) => eventOf(deed, meetings, t));
          await plain.apply(eventsOf(plain), t);
          const repeated = shuffled(
            [...eventsOf(mixed), ...eventsOf(mixed).filter(() => random() < 0.5)],
            random,
          );
          const middle = Math.floor(random() * repeated.length);
          await Promise.all([
            mixed.apply(repeated.slice(0, middle), t),
            mixed.apply(repeated.slice(middle), t),
          ]);
          for (const at of [0, 1]) {
            const expected = await plain.known(plain.meetings[at]);
            assert.deepEqual(await mixed.known(mixed.meetings[at]), expected);
            if (expected.participants.length) different += 1;
          }
        },
      ),
      {numRuns: 150},
    );
    assert.ok(different > 20, `only ${different} meetings had anybody in them`);
  });
});
