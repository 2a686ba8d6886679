/** Many users at once before a workspace that limits calls, at a sixtieth of the usual window. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {client, ending, patiently, runBroker, startPlace} from '../support/whole-broker.mjs';

const MADE = 'POST users.createToken';
const USERS = 500;
const CALLS = 10;
const WINDOW = 1_000;

describe('five hundred users at once', () => {
  it('are all served, ten in a window and in their order, told their place until then', async (t) => {
    const atEnd = ending(t);
    const place = await startPlace(atEnd, {
      bypassRateLimit: false,
      permissions: {'api-bypass-rate-limit': []},
      settings: {
        API_Enable_Rate_Limiter_Limit_Calls_Default: CALLS,
        API_Enable_Rate_Limiter_Limit_Time_Default: WINDOW,
      },
    });
    const {gate, tokenFor} = place;
    const broker = await runBroker(atEnd, place, {
      settings: {rocketChat: {calls: CALLS, window: `${WINDOW / 1000}s`}},
    });
    const ask = client(atEnd);
    const start = performance.now();
    const users = await Promise.all(
      Array.from({length: USERS}, async (_, index) => {
        const token = await tokenFor(`user-${index}`);
        const told = [];
        const answer = await patiently(ask, broker.origin, token, {surfaces: ['live']}, told);
        return {answer, told, at: performance.now() - start};
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    t.diagnostic(`${USERS} users in ${Math.round(seconds)} s`);

    const refused = users.filter(({answer}) => answer.status !== 200);
    assert.deepEqual(
      refused.map(({answer}) => answer.text),
      [],
    );
    assert.equal(new Set(users.map(({answer}) => answer.body.userId)).size, USERS);
    // Nobody was made two, and the workspace had to refuse nothing.
    assert.equal(gate.count(MADE), USERS);
    assert.deepEqual(
      gate.calls.filter(({status}) => status === 429),
      [],
    );
    // Never more than the limit in any window.
    const times = gate.calls.filter(({call}) => call === MADE).map(({at}) => at);
    for (let first = 0; first + CALLS < times.length; first++)
      assert.ok(times[first + CALLS] - times[first] > WINDOW * 0.9, `from call ${first} on`);
    assert.ok(seconds < (USERS / CALLS) * (WINDOW / 1000) * 1.6, `${seconds} s`);

    const told = users.flatMap((user) => user.told);
    assert.ok(told.length >= USERS - 2 * CALLS, `${told.length} were told`);
    for (const {code, position, seconds: wait} of told) {
      assert.equal(code, 'sign-in-queued');
      assert.ok(Number.isInteger(position) && position >= 1 && position <= USERS, `${position}`);
      assert.ok(Number.isInteger(wait) && wait >= 1 && wait <= 60, `${wait} s`);
    }
    // In the order of their places: what each was told first, and how many had been served by then.
    const order = users.filter((user) => user.told.length).sort((one, other) => one.at - other.at);
    const servedBy = (time) => users.filter(({at}) => at < time).length;
    const served = users.length - order.length;
    const late = order.map((user, index) => {
      const [{position, at}] = user.told;
      return Math.abs(index + served - (servedBy(at - start) + position - 1));
    });
    t.diagnostic(`at most ${Math.max(...late)} places from one's own`);
    assert.ok(Math.max(...late) <= 3 * CALLS, `${Math.max(...late)} places from his own`);
    // Of those who were told again, nobody was put back by more than a window.
    for (const user of users)
      for (const [index, {position}] of user.told.slice(1).entries())
        assert.ok(position <= user.told[index].position + CALLS, 'no one loses his place');
  });
});
