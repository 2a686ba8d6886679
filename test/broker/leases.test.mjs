import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';

import {FakeClock} from '../support/broker-clock.mjs';
import {Scene} from '../support/broker-sessions.mjs';
import {FakeStore} from '../support/broker-store-fake.mjs';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

describe('A lease', () => {
  const clock = new FakeClock();
  let scene;
  let broker;

  beforeEach(() => {
    clock.start();
    const sessions = {tokenLifetime: 30 * DAY};
    scene = new Scene({store: new FakeStore({now: clock.passed}), sessions});
    broker = scene.broker();
  });
  afterEach(async () => {
    await scene.close();
    clock.stop();
  });

  /** How many leases hold: the values are the end of the time that follows on each. */
  const count = (alias = 'alice') =>
    [...scene.store.entries(`leases:${alias}`)].filter(
      ([id, until]) => id !== '~' && until - MINUTE > Date.now(),
    ).length;
  const live = () => scene.workspace.of('alice').length;

  it('is 128 random bits and a proof of whose it is', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => broker.open().then(({lease}) => lease)));
    assert.equal(new Set(ids).size, 3);
    for (const id of ids) assert.match(id, /^[\w-]{34}$/);
  });

  it('is renewed under its id, by any broker', async () => {
    const {lease} = await broker.open();
    await clock.pass(3 * MINUTE);
    const other = await scene.broker().open('alice', {lease});
    assert.equal(other.lease, lease);
    assert.equal(Date.parse(other.leaseExpiresAt) - Date.now(), 5 * MINUTE);
    assert.equal(count(), 1);
  });

  it("is a new one where the given one is unknown, made up, or another user's", async () => {
    const bobs = await broker.open('bob');
    await broker.open();
    const made = [`${bobs.lease.slice(0, -1)}-`, 'x'.repeat(34), '~', 'unknown', 'y'.repeat(512)];
    for (const lease of [bobs.lease, ...made]) {
      const session = await broker.open('alice', {lease});
      assert.ok(session.lease !== lease && session.lease.length === 34);
    }
    assert.equal(count('bob'), 1);
  });

  it('that is not renewed lapses, and the tokens end a minute later', async () => {
    await broker.open('alice', {surfaces: ['embed', 'live']});
    await clock.pass(5 * MINUTE + 58 * SECOND);
    assert.equal(count(), 0);
    assert.equal(live(), 2);
    await clock.pass(4 * SECOND);
    assert.equal(live(), 0);
    assert.equal(scene.did('token-ended').length, 2);
  });

  it('that has lapsed with the tokens is followed by another one', async () => {
    const before = await broker.open();
    await clock.pass(7 * MINUTE);
    const after = await broker.open('alice', {lease: before.lease});
    assert.notEqual(after.lease, before.lease);
    assert.notDeepEqual(after.surfaces, before.surfaces);
    assert.equal(count(), 1);
  });

  it('that is renewed in time keeps the tokens', async () => {
    const {lease} = await broker.open();
    for (let round = 0; round < 5; round++) {
      await clock.pass(4 * MINUTE, 5000);
      await broker.open('alice', {lease});
    }
    assert.equal(live(), 1);
    assert.equal(scene.workspace.mints.length, 1);
  });

  it('that is let go is the end of the tokens a minute later', async () => {
    const {lease} = await broker.open();
    await broker.sessions.release('alice', lease);
    await clock.pass(58 * SECOND);
    assert.equal(live(), 1);
    await clock.pass(4 * SECOND);
    assert.equal(live(), 0);
  });

  it('that is let go leaves those of other tabs as they are', async () => {
    const [one, two] = [await broker.open(), await broker.open()];
    await broker.sessions.release('alice', one.lease);
    await clock.pass(4 * MINUTE);
    assert.equal((await broker.open('alice', {lease: two.lease})).lease, two.lease);
    await clock.pass(4 * MINUTE);
    assert.equal(live(), 1);
    await broker.sessions.release('alice', two.lease);
    await clock.pass(62 * SECOND);
    assert.equal(live(), 0);
  });

  it('that another page takes up within the minute keeps the tokens', async () => {
    const before = await broker.open();
    await broker.sessions.release('alice', before.lease);
    await clock.pass(50 * SECOND);
    const after = await broker.open();
    assert.deepEqual(after.surfaces, before.surfaces);
    await clock.pass(4 * MINUTE);
    assert.equal(live(), 1);
  });

  it("of somebody else's is not let go", async () => {
    const {lease} = await broker.open();
    for (const alias of ['bob', '', 'alice ', 'ALICE']) await broker.sessions.release(alias, lease);
    assert.equal(count(), 1);
    for (const id of ['', '~', 'x', 'x'.repeat(34), 'x'.repeat(5000)])
      await broker.sessions.release('alice', id);
    await clock.pass(4 * MINUTE);
    assert.equal(live(), 1);
  });

  it('is ended by another broker where the first one is gone', async () => {
    const other = scene.broker();
    await broker.open();
    broker.kill();
    await other.open('bob');
    await clock.pass(6 * MINUTE + 2 * SECOND);
    assert.equal(live(), 0);
  });

  it('is not forgotten by a restart', async () => {
    await broker.open();
    await broker.close();
    await clock.pass(30 * MINUTE, MINUTE);
    assert.equal(live(), 1);
    scene.broker();
    await clock.pass(2 * SECOND);
    assert.equal(live(), 0);
  });

  it('is one of 200 at most that one broker keeps for a user', async () => {
    let last;
    for (let round = 0; round < 1000; round++) last = await broker.open();
    assert.ok(count() <= 200);
    await Promise.all(Array.from({length: 1000}, () => broker.open('bob')));
    await clock.settle();
    assert.ok(count('bob') <= 200);
    assert.equal((await broker.open('alice', {lease: last.lease})).lease, last.lease);
  });

  it('that begins while the tokens are being ended has tokens that work, at whatever step', async () => {
    await broker.close();
    const opener = scene.broker({sweeping: false});
    for (let step = 1; step <= 30; step++) {
      const alias = `alice-${step}`;
      await opener.open(alias);
      await clock.pass(7 * MINUTE, MINUTE);
      let left = step;
      let opening;
      const sweeper = scene.broker({
        turns: () => 2,
        failing: (method, args) => {
          // What is done for the user, and what is done first for all.
          const concerns = method === 'due' || args.some((each) => `${each}`.includes(alias));
          if (concerns && --left === 0) opening = Promise.resolve().then(() => opener.open(alias));
        },
      });
      await clock.pass(2000, 100);
      const session = await opening;
      await clock.pass(2000, 100);
      if (session) {
        const {authToken} = session.surfaces.live;
        assert.ok(scene.workspace.live.has(authToken), `step ${step}`);
        assert.deepEqual((await opener.open(alias)).surfaces, session.surfaces);
      }
      await sweeper.close();
      await opener.sessions.end(alias);
    }
  });

  it('costs one reading and one writing where all is known', async () => {
    const {lease} = await broker.open('alice', {surfaces: ['embed', 'live']});
    await broker.sessions.close();
    scene.store.calls = {};
    await broker.open('alice', {surfaces: ['embed', 'live'], lease});
    await broker.open('alice', {surfaces: ['live']});
    assert.deepEqual(scene.store.calls, {hold: 2, get: 3});
  });

  for (const [name, jump] of [
    ['forward', DAY],
    ['back', -DAY],
  ]) {
    it(`holds for its time where the clock jumps a day ${name}, and no longer`, async () => {
      const {lease} = await broker.open();
      const released = await broker.open('bob');
      await broker.sessions.release('bob', released.lease);
      clock.jump(jump);
      await clock.pass(58 * SECOND);
      assert.equal(scene.workspace.live.size, 2);
      // How far the clock was put back cannot be told from the times that were noted before.
      await clock.pass(jump > 0 ? 4 * SECOND : MINUTE + 4 * SECOND);
      assert.deepEqual(scene.workspace.of('bob'), []);
      await clock.pass(2 * MINUTE);
      const after = await broker.open('alice', {lease});
      assert.equal(after.lease, lease);
      assert.equal(scene.workspace.mints.length, 2);
      await clock.pass(5 * MINUTE + 58 * SECOND);
      assert.equal(live(), 1);
      await clock.pass(4 * SECOND);
      assert.equal(live(), 0);
    });
  }
});
