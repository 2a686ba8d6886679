/** How a broker ends that is told to, while something is under way that does not. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import Fastify from 'fastify';

import {createBroker, readSettings} from '../../broker/dist/index.js';
import {readableLog} from '../support/broker-fakes.mjs';
import {gate, Scene, until as untilHolds} from '../support/broker-sessions.mjs';
import {client, ending, runBroker, startPlace} from '../support/whole-broker.mjs';

const SESSION = '/v1/chat/session';
const program = fileURLToPath(new URL('../support/own-broker.mjs', import.meta.url));

describe('a broker that is told to end', () => {
  it('cuts off what takes longer than its time, closes everything, and ends well', async (t) => {
    const atEnd = ending(t);
    const place = await startPlace(atEnd);
    const ask = client(atEnd);
    const settings = {rocketChat: {timeout: '60s'}};
    const env = {OWN: JSON.stringify({lastRequests: 300})};
    const broker = await runBroker(atEnd, place, {program, settings, env});
    // A call that Rocket.Chat does not answer: the token that it makes would be waited for.
    const held = place.gate.hold('POST users.createToken');
    const token = await place.tokenFor('alice.b');
    const answer = ask(broker.origin, 'POST', SESSION, {token, body: {}}).catch(() => 'cut off');
    await held.reached;
    broker.child.kill('SIGTERM');
    assert.deepEqual(await broker.ended, {status: 0, signal: null});
    assert.equal(await answer, 'cut off');
    assert.ok(
      broker.lines().some(({how}) => how === 'closed'),
      broker.output(),
    );
    assert.equal(broker.said.stderr, '');
  });
});

describe('what a broker does by itself', () => {
  it('ends with it: a look at Rocket.Chat that is not answered is given up, and is no failure', async (t) => {
    const atEnd = ending(t);
    const {gate: workspace, settings, secrets} = await startPlace(atEnd);
    const log = readableLog();
    const held = workspace.hold('GET me');
    const {secret, authToken} = secrets;
    const broker = await createBroker(
      readSettings({
        ...settings,
        secret,
        rocketChat: {...settings.rocketChat, authToken, timeout: '100s'},
        jwt: [{...settings.jwt[0], secret: secrets.jwtSecret}],
      }),
      {log: Fastify({logger: log.options}).log},
    );
    await held.reached;
    const before = performance.now();
    await broker.close();
    assert.ok(performance.now() - before < 60_000);
    held.open();
    const worse = log.lines.filter((line) => JSON.parse(line).level >= 40);
    assert.deepEqual(worse, []);
  });

  it('stops between two tokens that are to end, and the next broker ends the others', async (t) => {
    const scene = new Scene({sessions: {afterLast: 0}});
    t.after(() => scene.close());
    const {workspace} = scene;
    const first = scene.broker({sweeping: false});
    for (let user = 0; user < 40; user += 1) {
      const {lease} = await first.open(`user ${user}`);
      await first.sessions.release(`user ${user}`, lease);
    }
    const slow = gate();
    let begun = 0;
    const end = workspace.end.bind(workspace);
    workspace.end = async (login) => {
      begun += 1;
      await slow.opened;
      return end(login);
    };
    first.sessions.start();
    await untilHolds(() => begun >= 8);
    const closed = first.close();
    slow.open();
    await closed;
    assert.equal(workspace.ends.length, 8);
    scene.broker();
    await untilHolds(() => workspace.ends.length === 40);
  });
});
