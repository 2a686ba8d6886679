import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

import {eventually} from '../support/eventually.mjs';
import {client, ending, runBroker, startPlace} from '../support/whole-broker.mjs';

const NODE = 'https://node.example.com';
const KEY = 'canary-stream-key';

const start = async (t) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd);
  const settings = {
    pexip: {node: NODE, path: 'clinic', username: 'pexip'},
    meetings: {admins: ['alice']},
    recording: {destination: `rtmps://rec.example.com/live/${KEY}`},
  };
  const env = {BROKER_PEXIP_PASSWORD: randomBytes(24).toString('base64url')};
  const broker = await runBroker(atEnd, place, {settings, env});
  assert.ok(broker.origin, broker.output());
  const send = client(atEnd);
  const tokens = {alice: await place.tokenFor('alice'), bob: await place.tokenFor('bob')};
  const ask = (method, path, {as = 'alice', body} = {}) =>
    send(broker.origin, method, path, {token: tokens[as], body});
  return {
    place,
    broker,
    ask,
    runAgain: () => runBroker(atEnd, place, {settings, env}),
    send,
    tokens,
  };
};

describe('meetings of a broker as an operator runs it', () => {
  it('are in no log and in no file by what lets one in', async (t) => {
    const {place, broker, ask} = await start(t);
    const secrets = [KEY];
    for (const numeric of [false, true]) {
      const made = await ask('POST', '/v1/meetings', {
        body: {numeric, record: 'manual', people: ['bob']},
      });
      assert.equal(made.status, 201, made.text);
      const {alias, hostPin, guestPin, hostJoinUrl} = made.body;
      assert.ok(hostJoinUrl.startsWith(`${NODE}/clinic/m/${alias}?callTag=`));
      // Six digits stand by chance in times and ids; they are looked for as text of their own.
      const pins = [hostPin, guestPin].filter(Boolean).map((pin) => `"${pin}"`);
      secrets.push(alias, new URL(hostJoinUrl).searchParams.get('callTag'), ...pins);
      for (const [method, rest, as, status] of [
        ['GET', '?x=1', 'bob', 200],
        ['POST', '/recording', 'alice', 200],
        ['POST', '/end', 'bob', 403],
        ['POST', '/end', 'alice', 200],
        ['DELETE', '', 'alice', 405],
      ]) {
        const answer = await ask(method, `/v1/meetings/${alias}${rest}`, {as});
        assert.equal(answer.status, status, `${method} ${rest}`);
      }
    }
    await eventually(() => assert.equal(broker.output().match(/"DELETE"/g)?.length, 2));
    await broker.kill('SIGTERM');
    const written = await Promise.all(
      ['', '-wal'].map((end) => readFile(place.sqlite + end, 'latin1').catch(() => '')),
    );
    for (const text of [broker.output(), ...written])
      for (const secret of secrets) assert.ok(!text.includes(secret), secret);
    assert.ok(written.join('').includes('meeting:'));
    assert.match(broker.output(), /"path":"\/v1\/meetings\/…\/end"/);
    assert.match(broker.output(), /"what":"meeting-ended"/);
  });

  it('are there again after the broker was killed', async (t) => {
    const {broker, ask, runAgain, send, tokens} = await start(t);
    const {body: made} = await ask('POST', '/v1/meetings');
    await broker.kill('SIGKILL');
    const next = await runAgain();
    const again = (method, path) => send(next.origin, method, path, {token: tokens.alice});
    const found = await again('GET', `/v1/meetings/${made.alias}`);
    assert.deepEqual([found.status, found.body.hostPin], [200, made.hostPin]);
    assert.equal((await again('POST', `/v1/meetings/${made.alias}/end`)).body.status, 'ended');
    assert.equal((await again('GET', '/v1/meetings?status=ended')).body.meetings.length, 1);
  });
});
