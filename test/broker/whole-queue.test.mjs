/** Many users at once before a workspace that limits calls, at a thirtieth of the usual window. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {client, ending, patiently, runBroker, startPlace} from '../support/whole-broker.mjs';

const MADE = 'POST users.createToken';
const USERS = 500;
/** Each tenth of them asks for both surfaces at once, as a page with a pane does. */
const isBoth = (index) => index % 10 === 3;
const MINTS = USERS * 1.1;
const CALLS = 10;
/** Long enough for a machine with other work to answer all who ask again in one. */
const WINDOW = 2_000;

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
        const surfaces = isBoth(index) ? ['embed', 'live'] : ['live'];
        const answer = await patiently(ask, broker.origin, token, {surfaces}, told);
        return {answer, surfaces, told, at: performance.now() - start};
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
    for (const {answer, surfaces} of users)
      assert.deepEqual(Object.keys(answer.body.surfaces), surfaces);
    // Nothing was made twice, none ended again, and the workspace had to refuse nothing.
    assert.equal(gate.count(MADE), MINTS);
    assert.equal(gate.count('POST logout'), 0);
    assert.deepEqual(
      gate.calls.filter(({status}) => status === 429),
      [],
    );
    // Never more than the limit in any window.
    const times = gate.calls.filter(({call}) => call === MADE).map(({at}) => at);
    for (let first = 0; first + CALLS < times.length; first++)
      assert.ok(times[first + CALLS] - times[first] > WINDOW * 0.9, `from call ${first} on`);
    assert.ok(seconds < (MINTS / CALLS) * (WINDOW / 1000) * 1.6, `${seconds} s`);

    const told = users.flatMap((user) => user.told);
    assert.ok(told.length >= USERS - 2 * CALLS, `${told.length} were told`);
    for (const {code, position, seconds: wait} of told) {
      assert.equal(code, 'sign-in-queued');
      assert.ok(Number.isInteger(position) && position >= 1 && position <= USERS, `${position}`);
      assert.ok(Number.isInteger(wait) && wait >= 1 && wait <= 60, `${wait} s`);
    }
    // In the order of their places: what each was told first, and how many turns there had been by then.
    const mints = gate.calls.filter(({call}) => call === MADE);
    const mintsOf = new Map();
    for (const mint of mints) {
      const {userId} = JSON.parse(mint.body);
      mintsOf.set(userId, [...(mintsOf.get(userId) ?? []), mint]);
    }
    const order = [...mintsOf.keys()].map((userId) =>
      users.find(({answer}) => answer.body.userId === userId),
    );
    const atOnce = users.filter((user) => !user.told.length).length;
    const begunBy = (time) => [...mintsOf.values()].filter(([{at}]) => at < time).length;
    const late = order.map((user, index) => {
      if (!user.told.length) return 0;
      const [{position, at}] = user.told;
      // Those of the first window may not have begun when the others have their answers.
      return Math.abs(index - (Math.max(atOnce, begunBy(at)) + position - 1));
    });
    t.diagnostic(`at most ${Math.max(...late)} places from one's own`);
    // Of those whose turn it is in one window the quicker ones come first; and one window may begin
    // between an answer's making and its coming, by which the place is reckoned here.
    assert.ok(Math.max(...late) <= 2 * CALLS, `${Math.max(...late)} places from his own`);
    // Nor does the other surface wait for a turn at the end: for the rest of this window and the next one.
    const between = [...mintsOf.values()]
      .filter(({length}) => length > 1)
      .map(([one, two]) => mints.indexOf(two) - mints.indexOf(one));
    t.diagnostic(`at most ${Math.max(...between)} calls until the other surface`);
    assert.equal(between.length, MINTS - USERS);
    assert.ok(Math.max(...between) <= 2 * CALLS, `${Math.max(...between)} calls`);
    // Of those who were told again, nobody was put back by more than a window.
    for (const user of users)
      for (const [index, {position}] of user.told.slice(1).entries())
        assert.ok(position <= user.told[index].position + CALLS, 'no one loses his place');
  });
});
