/** Meetings on two brokers, each a process of its own, on one Redis. */
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {describe, it} from 'node:test';

import {bulk, meetingScene, Node, ticketOf} from '../support/whole-meetings.mjs';

const MEETINGS = '/v1/meetings';
const configuration = 'service/configuration';
const properties = 'participant/properties';

const made = async ({ask, brokers, ward}, more = {}, broker = brokers[0]) => {
  const {status, text, body} = await ask(broker, 'ada', 'POST', MEETINGS, {
    title: 'Round',
    room: ward._id,
    people: ['ben'],
    ...more,
  });
  assert.equal(status, 201, text);
  return body;
};

/** By which name events know the meeting: policy tells it to Pexip Infinity. */
const nameOf = async ({policy, brokers}, {alias}, broker = brokers[1]) => {
  const {status, body, text} = await policy(broker, configuration, {local_alias: alias});
  assert.equal(status, 200, text);
  assert.equal(body.status, 'success', text);
  return body.result.name;
};

describe('meetings on two brokers with one Redis', {concurrency: 2}, () => {
  it('begin here, go on there, and end where both nodes have ended, with one broker killed in the middle', async (t) => {
    const scene = await meetingScene(t);
    const {brokers, ask, policy, tell, until, startBroker, ward, simulator} = scene;
    const [killed, other] = brokers;
    const meeting = await made(scene);
    const {alias} = meeting;
    const name = await nameOf(scene, meeting);
    const ticket = ticketOf(meeting);
    const asked = await policy(other, properties, {service_name: name, call_tag: ticket});
    assert.equal(asked.body.result.preauthenticated_role, 'chair');
    const [one, two] = [new Node('10.0.0.1'), new Node('10.0.0.2')];
    const start = Date.now() / 1000;
    assert.equal((await tell(killed, one.started(name, start))).status, 200);
    assert.equal((await tell(other, two.started(name, start))).status, 200);
    const people = Array.from({length: 200}, (_, index) => ({
      uuid: randomUUID(),
      name: `Person ${index}`,
    }));
    const ada = one.connected(name, {ticket, name: 'Ada', role: 'chair'});
    const crowd = people.map((person) => two.connected(name, person));
    const told = await tell(killed, bulk(one, [ada, ...crowd]));
    assert.equal(told.status, 200);
    // What it has answered with 200 is lost to nobody.
    await killed.kill();
    const seen = () => ask(other, 'ben', 'GET', `${MEETINGS}/${alias}`);
    await until(async () => (await seen()).body.count === 201, 30_000);
    const {body: live} = await seen();
    assert.equal(live.status, 'live');
    assert.deepEqual(
      live.participants.filter((each) => each.alias).map((each) => [each.alias, each.role]),
      [['ada', 'chair']],
    );
    const discussion = () => ask(other, 'ada', 'POST', `${MEETINGS}/${alias}/discussion`, {});
    const {status, body: chat, text} = await discussion();
    assert.equal(status, 200, text);
    assert.match(chat.name, /^Conference Call Chat History - \d{4}-\d\d-\d\d \d\d:\d\d$/);
    assert.equal(simulator.room(chat.roomId).prid, ward._id);
    const third = await startBroker();
    const bens = await ask(third, 'ben', 'POST', `${MEETINGS}/${alias}/discussion`, {});
    assert.equal(bens.body.roomId, chat.roomId, bens.text);
    assert.equal((await tell(third, one.ended(name, start))).status, 200);
    const leave = people.map(({uuid}) => two.disconnected(name, uuid));
    assert.equal((await tell(other, bulk(two, leave))).status, 200);
    await until(async () => (await seen()).body.count === 1, 30_000);
    assert.equal((await seen()).body.status, 'live', 'the second node holds it still');
    const open = await policy(third, configuration, {local_alias: alias});
    assert.equal(open.body.result.name, name);
    assert.equal((await tell(other, two.ended(name, start))).status, 200);
    await until(async () => (await seen()).body.status === 'ended', 30_000);
    for (const broker of [other, third]) {
      const refused = await policy(broker, configuration, {
        local_alias: `sip:${alias}@example.com`,
      });
      assert.equal(refused.status, 200);
      assert.equal(refused.body.action, 'reject');
    }
    const after = await ask(third, 'ben', 'POST', `${MEETINGS}/${alias}/discussion`, {});
    assert.equal(after.body.roomId, chat.roomId, after.text);
  });

  it('make one discussion for fifty who ask at once, here and there', async (t) => {
    const scene = await meetingScene(t);
    const {brokers, ask, ward, gate, simulator} = scene;
    const {alias} = await made(scene);
    const answers = await Promise.all(
      Array.from({length: 50}, (_, index) =>
        ask(
          brokers[index % 2],
          index % 4 < 2 ? 'ada' : 'ben',
          'POST',
          `${MEETINGS}/${alias}/discussion`,
          {},
        ),
      ),
    );
    assert.deepEqual(
      answers.filter(({status}) => status !== 200).map(({text}) => text),
      [],
    );
    assert.equal(new Set(answers.map(({body}) => body.roomId)).size, 1);
    assert.equal(gate.count('POST rooms.createDiscussion'), 1);
    const {roomId} = answers[0].body;
    assert.equal(simulator.room(roomId).prid, ward._id);
  });

  it('make one discussion though the broker that was making it was killed before it knew', async (t) => {
    const scene = await meetingScene(t);
    const {brokers, ask, gate, send, until} = scene;
    const [killed, other] = brokers;
    const {alias} = await made(scene);
    const held = gate.hold('POST rooms.createDiscussion', 'answer');
    const lost = ask(killed, 'ada', 'POST', `${MEETINGS}/${alias}/discussion`, {}).catch((e) => e);
    await held.reached;
    await killed.kill();
    await lost;
    held.open();
    let answer;
    await until(async () => {
      answer = await ask(other, 'ben', 'POST', `${MEETINGS}/${alias}/discussion`, {});
      return answer.status === 200;
    }, 60_000);
    const {userId, surfaces} = await scene.signIn('ben', other);
    const headers = {'x-user-id': userId, 'x-auth-token': surfaces.live.authToken};
    const listed = await send(
      gate.origin,
      'GET',
      `/api/v1/rooms.getDiscussions?roomId=${scene.ward._id}`,
      {headers},
    );
    assert.equal(listed.status, 200, listed.text);
    assert.deepEqual(
      listed.body.discussions.map(({_id}) => _id),
      [answer.body.roomId],
    );
  });

  it('are made, joined and told of while Rocket.Chat is away', async (t) => {
    const scene = await meetingScene(t);
    const {brokers, ask, policy, tell, until, gate} = scene;
    const before = await made(scene);
    await gate.leave();
    const name = await nameOf(scene, before);
    const scheduled = await ask(brokers[1], 'ada', 'POST', MEETINGS, {title: 'Without a room'});
    assert.equal(scheduled.status, 201, scheduled.text);
    const ticket = ticketOf(scheduled.body);
    const asked = await policy(brokers[0], properties, {
      local_alias: scheduled.body.alias,
      call_tag: ticket,
    });
    assert.equal(asked.body.result.preauthenticated_role, 'chair');
    const node = new Node('10.0.0.1');
    assert.equal((await tell(brokers[1], node.started(name, 1))).status, 200);
    await until(
      async () =>
        (await ask(brokers[0], 'ada', 'GET', `${MEETINGS}/${before.alias}`)).body.status === 'live',
      30_000,
    );
    const chat = await ask(brokers[0], 'ada', 'POST', `${MEETINGS}/${before.alias}/discussion`, {});
    assert.equal(chat.status, 502, chat.text);
    assert.equal(chat.body.error.code, 'workspace-unreachable');
    await gate.come();
    await until(async () => {
      const again = await ask(
        brokers[0],
        'ada',
        'POST',
        `${MEETINGS}/${before.alias}/discussion`,
        {},
      );
      return again.status === 200;
    }, 60_000);
  });

  it('leave no alias, ticket, PIN or name in logs, and none that can be read in the store', async (t) => {
    const scene = await meetingScene(t, {settings: {log: {level: 'debug'}}});
    const {brokers, ask, policy, tell, until, everything} = scene;
    const meeting = await made(scene, {numeric: true, title: 'Oncology board'});
    const name = await nameOf(scene, meeting);
    const ticket = ticketOf(meeting);
    await policy(brokers[0], properties, {local_alias: meeting.alias, call_tag: ticket});
    await policy(brokers[0], properties, {
      local_alias: meeting.alias,
      call_tag: `${ticket.slice(1)}A`,
    });
    const node = new Node('10.0.0.1');
    const events = [
      node.started(name, 1),
      node.connected(name, {ticket, name: 'Grace Hopper', role: 'chair'}),
      {nonsense: ticket},
    ];
    assert.equal((await tell(brokers[1], bulk(node, events))).status, 200);
    const seen = () => ask(brokers[1], 'ada', 'GET', `${MEETINGS}/${meeting.alias}`);
    await until(async () => (await seen()).body.count === 1, 30_000);
    const {hostPin, guestPin} = (await seen()).body;
    const secret = {
      alias: meeting.alias,
      ticket,
      hostPin,
      guestPin,
      title: 'Oncology board',
      person: 'Grace Hopper',
      password: scene.secrets.pexip,
    };
    const stored = await everything();
    const said = brokers.map((broker) => broker.output()).join('\n');
    for (const [what, text] of Object.entries(secret)) {
      assert.ok(text, what);
      // Six digits stand by chance in random ids.
      const found = new RegExp(`(?<![\\w-])${text.replace(/[^\w]/g, '\\$&')}(?![\\w-])`);
      assert.doesNotMatch(said, found, `${what} in a log`);
      assert.doesNotMatch(stored, found, `${what} in the store`);
    }
  });
});
