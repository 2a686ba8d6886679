import assert from 'node:assert/strict';
import {it} from 'node:test';

import fc from 'fast-check';

import {FakeClock} from '../support/broker-clock.mjs';
import {Scene} from '../support/broker-sessions.mjs';
import {FakeStore} from '../support/broker-store-fake.mjs';

const SECOND = 1000;
const TIMES = {tokenLifetime: 600 * SECOND, leaseTime: 60 * SECOND, afterLast: 10 * SECOND};
/** How long a broker may take to see that something is due, and to end it. */
const SLACK = 5 * SECOND;
const PAGES = 4;

const clock = new FakeClock();

/** The same numbers for the same seed. */
const numbers = (seed) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

/** Pages of one user, which ask two brokers, and what each knows. */
class Pages {
  pages = Array.from({length: PAGES}, () => ({}));
  signedOutAt = -Infinity;
  #order = 0;

  constructor(scene, brokers) {
    this.scene = scene;
    this.brokers = brokers;
  }

  /** A page does one thing at a time. */
  async #alone(page, work) {
    const known = this.pages[page];
    if (known.busy) return;
    known.busy = true;
    await work(known).finally(() => (known.busy = false));
  }

  open({broker, page, surfaces}) {
    return this.#alone(page, async (known) => {
      const began = ++this.#order;
      const {lease} = known;
      const request = {surfaces, ...(lease && {lease})};
      const session = await this.brokers[broker].open('alice', request).catch((error) => {
        assert.equal(error.code, 'signed-out');
      });
      if (!session) return;
      Object.assign(known, session, {began, until: clock.passed() + TIMES.leaseTime, gone: false});
    });
  }

  release({broker, page}) {
    return this.#alone(page, async (known) => {
      if (!known.lease) return;
      known.gone = true;
      await this.brokers[broker].sessions.release('alice', known.lease);
      // To let go what has lapsed is a sign of life, too.
      known.until = clock.passed();
    });
  }

  async end({broker}) {
    await this.brokers[broker].sessions.end('alice');
    this.signedOutAt = ++this.#order;
  }

  /** What holds when nothing is under way. */
  check() {
    const now = clock.passed();
    const alive = this.scene.workspace.of('alice');
    assert.ok(alive.length <= 4, 'more than two current and two replaced tokens');
    for (const {gone, until, began, surfaces, expiresAt} of this.pages) {
      const holds = until > now && !gone && began > this.signedOutAt;
      // A sign-out ends what was asked before it, and what was answered after that had nothing to lose.
      if (!holds || Date.parse(expiresAt) <= Date.now()) continue;
      for (const {authToken} of Object.values(surfaces))
        assert.ok(alive.includes(authToken), 'a token has ended that a lease holds');
    }
    const latest = Math.max(...this.pages.map(({until = -Infinity}) => until));
    if (now > latest + TIMES.afterLast + SLACK)
      assert.deepEqual(alive, [], 'a token is alive that no lease holds');
  }
}

const broker = fc.nat(1);
const page = fc.nat(PAGES - 1);
const surfaces = fc.constantFrom(['live'], ['embed'], ['embed', 'live']);
const action = fc.oneof(
  {weight: 6, arbitrary: fc.record({what: fc.constant('open'), broker, page, surfaces})},
  {weight: 4, arbitrary: fc.record({what: fc.constant('release'), broker, page})},
  {weight: 1, arbitrary: fc.record({what: fc.constant('end'), broker})},
);
/** Around the times at which something is due. */
const pause = fc.oneof(
  fc.integer({min: 0, max: 15}),
  fc.integer({min: 9, max: 12}),
  fc.integer({min: 68, max: 73}),
  fc.integer({min: 0, max: 100}),
);
const script = fc.array(fc.record({actions: fc.array(action, {maxLength: 4}), pause}), {
  minLength: 1,
  maxLength: 14,
});

it('Whatever pages do, tokens end when no lease holds them, and not before', async () => {
  let [ended, opened] = [0, 0];
  await fc.assert(
    fc.asyncProperty(script, fc.integer(), async (steps, seed) => {
      clock.start();
      const store = new FakeStore({now: clock.passed});
      const scene = new Scene({store, sessions: TIMES});
      const next = numbers(seed);
      const turns = () => Math.floor(next() * 4);
      const pages = new Pages(scene, [scene.broker({turns}), scene.broker({turns})]);
      try {
        for (const {actions, pause: seconds} of steps) {
          let over = false;
          const all = Promise.all(actions.map(({what, ...about}) => pages[what](about))).finally(
            () => (over = true),
          );
          for (let round = 0; !over && round < 200; round++) await clock.pass(100, 100);
          await all;
          pages.check();
          for (let left = seconds; left > 0; left -= 5) {
            await clock.pass(Math.min(left, 5) * SECOND);
            pages.check();
          }
        }
        await clock.pass(TIMES.leaseTime + TIMES.afterLast + SLACK);
        assert.deepEqual(scene.workspace.of('alice'), []);
        assert.deepEqual(store.due('due:tokens', Infinity, 10), []);
        assert.deepEqual(store.due('due:sessions', Infinity, 10), []);
        ended += scene.did('token-ended').length;
        opened += scene.workspace.mints.length;
      } finally {
        await scene.close();
        clock.stop();
      }
    }),
    {numRuns: Number(process.env.RUNS ?? 60)},
  );
  assert.ok(opened > 50 && ended === opened, `${opened} made, ${ended} ended`);
});
