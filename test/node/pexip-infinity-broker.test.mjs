import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';

import {startBroker, startPexipInfinity, startRocketChat} from '../../dist/testing/index.js';
import {eventually} from '../support/eventually.mjs';

const PAGE = 'https://app.example.com';
const NODE = 'https://node.example.com';

let workspace;
let broker;
let infinity;
before(async () => {
  workspace = await startRocketChat({bypassRateLimit: true});
  // An empty meeting is over at once, so that nobody has to wait for it.
  const settings = {meetings: {grace: '0s'}};
  broker = await startBroker({workspace, origins: [PAGE], config: {node: NODE}, settings});
});
after(async () => {
  await broker?.close();
  await workspace?.close();
});
beforeEach(async () => {
  infinity = await startPexipInfinity({broker: broker.pexip, sink: {retry: 20}});
});
afterEach(() => infinity.close());

const ask = async (method, path, {as = 'alice', body} = {}) => {
  const answer = await fetch(broker.origin + path, {
    method,
    headers: {
      origin: PAGE,
      authorization: `Bearer ${broker.accessToken(as)}`,
      ...(body && {'content-type': 'application/json'}),
    },
    ...(body && {body: JSON.stringify(body)}),
  });
  const text = await answer.text();
  const data = text ? JSON.parse(text) : undefined;
  if (!answer.ok) throw new Error(`${method} ${answer.status} ${data?.error?.code}`);
  return data;
};
const create = (body = {}) => ask('POST', '/v1/meetings', {body});
const look = ({alias}) => ask('GET', `/v1/meetings/${alias}`);
const ticketOf = ({element}) => new URL(element.url).searchParams.get('callTag');
const join = ({alias}, name, more) => infinity.join({alias, name, pin: 'none', ...more});
const namesIn = async (meeting) => (await look(meeting)).participants.map(({name}) => name).sort();

describe('an Infinity and the broker', () => {
  it('let a host in by his ticket and guests without one, and refuse nothing of each other', async () => {
    const meeting = await create({title: 'Ward round'});
    const alice = await join(meeting, 'typed', {callTag: ticketOf(meeting)});
    assert.equal(alice.role, 'chair');
    assert.equal((await join(meeting, 'Bob')).role, 'guest');
    assert.equal((await join(meeting, 'Carol', {pin: meeting.hostPin})).role, 'chair');
    assert.equal((await join(meeting, 'Dan', {pin: '000'})).refused, 'invalid-pin');
    assert.deepEqual(infinity.problems, []);
    await eventually(async () => {
      const {status, count, participants} = await look(meeting);
      assert.deepEqual([status, count], ['live', 3]);
      assert.equal(participants.find(({role}) => role === 'chair').alias, 'alice');
    });
  });

  it('know what of an alias is the broker’s, whatever is dialled', async () => {
    const meeting = await create();
    const dialled = [`sip:${meeting.alias}@example.com`, meeting.alias.toUpperCase()];
    for (const alias of dialled) {
      const {role} = await infinity.join({alias, name: 'Room', pin: 'none', protocol: 'sip'});
      assert.equal(role, 'guest', alias);
    }
    assert.equal((await join({alias: 'somebody'}, 'X')).refused, 'conference-not-found');
    assert.equal(infinity.questions.at(-1).outcome, 'continue');
  });

  it('end a meeting only when every node has, and let nobody in from then on', async () => {
    const meeting = await create();
    const one = await join(meeting, 'One', {node: 0});
    const other = await join(meeting, 'Other', {node: 1});
    infinity.leave(one.uuid);
    await infinity.settled();
    await eventually(async () => assert.deepEqual(await namesIn(meeting), ['Other']));
    assert.equal((await look(meeting)).status, 'live');
    infinity.leave(other.uuid);
    await eventually(async () => assert.equal((await look(meeting)).status, 'ended'));
    assert.equal((await join(meeting, 'Late')).refused, 'conference-not-found');
    assert.equal(infinity.questions.at(-1).outcome, 'reject');
  });

  it('agree after an outage, told in bulk', async () => {
    const meeting = await create();
    const gone = await join(meeting, 'Gone', {node: 0});
    await eventually(async () => assert.deepEqual(await namesIn(meeting), ['Gone']));
    infinity.outage({policy: false});
    await join(meeting, 'Stays', {node: 1});
    await join(meeting, 'Stays, too', {node: 0});
    infinity.leave(gone.uuid);
    assert.deepEqual(await namesIn(meeting), ['Gone']);
    infinity.recover();
    await eventually(async () => assert.deepEqual(await namesIn(meeting), ['Stays', 'Stays, too']));
  });

  it('agree whatever is repeated, told in another order, numbered anew, or a day off', async () => {
    await infinity.close();
    infinity = await startPexipInfinity({
      broker: broker.pexip,
      clockOffsets: [0, 86_400_000],
      sink: {retry: 20, repeats: 0.5, shuffled: true},
    });
    const meeting = await create();
    const people = [];
    for (let number = 0; number < 12; number += 1) {
      people.push(await join(meeting, `Person ${number}`));
      if (number === 6) infinity.restartSink();
    }
    for (const {uuid} of people.slice(3)) infinity.leave(uuid);
    infinity.mute(people[0].uuid);
    infinity.tell('participant_teleported', {
      uuid: people[1].uuid,
      conference: people[1].conference,
    });
    await infinity.settled();
    await eventually(async () => {
      const {participants} = await look(meeting);
      const seen = participants.map(({name, muted}) => `${name}${muted ? ', muted' : ''}`).sort();
      assert.deepEqual(seen, ['Person 0, muted', 'Person 1', 'Person 2']);
    });
    infinity.endConference(people[0].conference);
    await eventually(async () => assert.equal((await look(meeting)).status, 'ended'));
  });

  it('record a meeting by a participant that is nobody', async () => {
    const meeting = await create({record: 'automatic'});
    const {uuid} = await join(meeting, 'Alice', {callTag: ticketOf(meeting)});
    await infinity.settled();
    assert.deepEqual(infinity.problems, []);
    const dialled = infinity.delivered.filter(({data}) => data.is_streaming === true);
    assert.deepEqual(
      dialled.map(({event, data}) => [event, data.destination_alias]),
      [['participant_connected', 'rtmp://record.example.com/live']],
    );
    await eventually(async () => assert.deepEqual(await namesIn(meeting), ['Alice']));
    infinity.leave(uuid);
    await eventually(async () => assert.equal((await look(meeting)).status, 'ended'));
  });

  it('keep other rooms open while the broker does not know the login', async () => {
    await infinity.close();
    infinity = await startPexipInfinity({
      broker: {...broker.pexip, password: 'another password'},
      vmrs: [{alias: 'weekly'}],
    });
    const meeting = await create();
    assert.equal((await join({alias: 'weekly'}, 'Alice')).role, 'chair');
    assert.equal((await join(meeting, 'Alice')).refused, 'conference-not-found');
    assert.ok(infinity.problems.every((problem) => problem.endsWith('It answered 401.')));
  });
});
