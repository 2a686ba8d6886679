/** The queue at the workspace's usual limit, by the real clock. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {client, ending, patiently, runBroker, startPlace} from '../support/whole-broker.mjs';

const MADE = 'POST users.createToken';
const CALLS = 10;
const WINDOW = 60_000;

describe('twelve users at once before a workspace that takes ten calls a minute', () => {
  it('are ten served at once, and two told their place and served a minute later', async (t) => {
    const atEnd = ending(t);
    // The simulator's own limit is that of Rocket.Chat from the factory.
    const place = await startPlace(atEnd, {
      bypassRateLimit: false,
      permissions: {'api-bypass-rate-limit': []},
    });
    const {gate, tokenFor} = place;
    const broker = await runBroker(atEnd, place);
    const ask = client(atEnd);
    const start = performance.now();
    const users = await Promise.all(
      Array.from({length: CALLS + 2}, async (_, index) => {
        const token = await tokenFor(`user-${index}`);
        const told = [];
        const answer = await patiently(ask, broker.origin, token, {surfaces: ['live']}, told);
        return {answer, told, at: performance.now() - start};
      }),
    );
    assert.deepEqual([...new Set(users.map(({answer}) => answer.status))], [200]);
    assert.deepEqual(
      gate.calls.filter(({status}) => status === 429),
      [],
    );
    assert.equal(gate.count(MADE), CALLS + 2);
    const waited = users.filter(({told}) => told.length);
    const atOnce = users.filter(({told}) => !told.length);
    assert.equal(atOnce.length, CALLS);
    assert.ok(
      atOnce.every(({at}) => at < WINDOW / 4),
      'ten at once',
    );
    assert.deepEqual(waited.map(({told}) => told[0].position).sort(), [1, 2]);
    for (const {told, at} of waited) {
      assert.equal(told[0].code, 'sign-in-queued');
      assert.ok(told[0].seconds >= 50 && told[0].seconds <= 60, `${told[0].seconds} s`);
      assert.ok(at > WINDOW * 0.98 && at < WINDOW * 1.3, `served after ${at} ms`);
    }
  });
});
