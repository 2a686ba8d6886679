import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';

import {BrokerError} from '../../broker/dist/errors.js';
import {FakeClock} from '../support/broker-clock.mjs';
import {gate, Scene, until} from '../support/broker-sessions.mjs';
import {FakeStore} from '../support/broker-store-fake.mjs';

const MINUTE = 60_000;
const times = (count, work) => Promise.all(Array.from({length: count}, (_, index) => work(index)));
const tokensOf = (session) => Object.values(session.surfaces).map(({authToken}) => authToken);

describe("A user's tokens", () => {
  let scene;

  beforeEach(() => (scene = new Scene()));
  afterEach(() => scene.close());

  it('are one per surface, made when first asked, and lent from then on', async () => {
    const {open} = scene.broker();
    const first = await open('alice');
    assert.deepEqual(Object.keys(first.surfaces), ['live']);
    const both = await open('alice', {surfaces: ['embed', 'live'], lease: first.lease});
    assert.equal(both.surfaces.live.authToken, first.surfaces.live.authToken);
    assert.notEqual(both.surfaces.embed.authToken, both.surfaces.live.authToken);
    assert.equal(both.lease, first.lease);
    assert.equal(scene.workspace.mints.length, 2);
    assert.deepEqual(
      scene.did('token-made').map(({alias, detail}) => [alias, detail]),
      [
        ['alice', {surface: 'live'}],
        ['alice', {surface: 'embed'}],
      ],
    );
  });

  it('say whose they are and how long they and the lease hold', async () => {
    const before = Date.now();
    const session = await scene.broker().open('alice');
    const {userId, username, alias} = session;
    assert.deepEqual(
      {userId, username, alias},
      {userId: 'id-alice', username: 'alice', alias: 'alice'},
    );
    const about = (instant, ms) => Math.abs(Date.parse(instant) - before - ms) < 20_000;
    assert.ok(about(session.expiresAt, 60 * MINUTE));
    assert.ok(about(session.leaseExpiresAt, 5 * MINUTE));
  });

  it("are one user's alone", async () => {
    const {open} = scene.broker();
    const [alice, bob] = [await open('alice'), await open('bob')];
    assert.notDeepEqual(alice.surfaces, bob.surfaces);
    assert.deepEqual(scene.workspace.of('bob'), tokensOf(bob));
  });

  it('are made once where 1,000 ask at once', async () => {
    const {open} = scene.broker();
    const sessions = await times(1000, () => open('alice'));
    assert.equal(scene.workspace.mints.length, 1);
    assert.equal(new Set(sessions.flatMap(tokensOf)).size, 1);
    assert.equal(new Set(sessions.map(({lease}) => lease)).size, 1000);
  });

  it('are made once where 1,000 ask two brokers at once', async () => {
    const brokers = [scene.broker(), scene.broker()];
    const slow = gate();
    scene.workspace.beforeMint = () => slow.opened;
    const all = times(1000, (index) => brokers[index % 2].open('alice'));
    await until(() => scene.store.calls.setIfAbsent >= 3);
    slow.open();
    assert.equal(new Set((await all).flatMap(tokensOf)).size, 1);
    assert.equal(scene.workspace.mints.length, 1);
  });

  it('are made one after the other, as the first may have to make the account', async () => {
    const {open} = scene.broker();
    let [now, most] = [0, 0];
    scene.workspace.beforeMint = async () => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
    };
    scene.workspace.afterMint = async () => void now--;
    await Promise.all([
      open('alice', {surfaces: ['embed']}),
      open('alice', {surfaces: ['live']}),
      open('alice', {surfaces: ['live', 'embed']}),
    ]);
    assert.equal(scene.workspace.mints.length, 2);
    assert.equal(most, 1);
  });

  it('stay at two where 200 pages of a user come and go', async () => {
    const brokers = [scene.broker(), scene.broker()];
    await times(200, async (index) => {
      const {open, sessions} = brokers[index % 2];
      const {lease} = await open('alice', {surfaces: ['embed', 'live']});
      if (index % 3) await sessions.release('alice', lease);
    });
    assert.equal(scene.workspace.mints.length, 2);
    assert.equal(scene.workspace.of('alice').length, 2);
  });

  it('outlive a restart', async () => {
    const before = scene.broker();
    const session = await before.open('alice');
    await before.close();
    assert.deepEqual((await scene.broker().open('alice')).surfaces, session.surfaces);
    assert.equal(scene.workspace.mints.length, 1);
  });

  it('are in the store and the log in no readable form', async () => {
    const {open, sessions} = scene.broker();
    const seen = tokensOf(await open('alice', {surfaces: ['embed', 'live']}));
    scene.workspace.away = true;
    const failure = await sessions.end('alice').catch((error) => error);
    const said = [
      scene.store.dump(),
      JSON.stringify([scene.log, scene.audited]),
      failure.message,
      JSON.stringify(failure.cause),
    ].join();
    for (const token of seen) assert.ok(!said.includes(token));
    assert.match(said, /token-made/);
  });

  it('are those of file links, the live one first', async () => {
    const {open, sessions} = scene.broker();
    assert.equal(await sessions.login('alice'), undefined);
    const {surfaces: embed} = await open('alice', {surfaces: ['embed']});
    const login = {userId: 'id-alice', authToken: embed.embed.authToken};
    assert.deepEqual(await sessions.login('alice'), login);
    const {surfaces: live} = await open('alice', {surfaces: ['live']});
    assert.equal((await sessions.login('alice')).authToken, live.live.authToken);
  });

  describe('that must wait for their turn', () => {
    const queued = () =>
      new BrokerError(429, 'sign-in-queued', 'Wait.', {position: 3, headers: {'retry-after': '7'}});

    it('are refused to all who wait together, and none of them has a lease', async () => {
      const {open, sessions} = scene.broker();
      let asked = 0;
      scene.workspace.beforeMint = async () => {
        asked++;
        throw queued();
      };
      const refusals = await times(50, () => open('alice').catch((error) => error));
      assert.equal(asked, 1);
      for (const {code, position} of refusals)
        assert.deepEqual([code, position], ['sign-in-queued', 3]);
      assert.deepEqual([...scene.store.entries('leases:alice').keys()], ['~']);
      await sessions.close();
    });
  });

  it('are ended again where they could not be kept', async () => {
    const failing = (method, [group]) =>
      method === 'put' && group.startsWith('tokens:')
        ? new BrokerError(503, 'store-unavailable', 'The store is away.')
        : undefined;
    const {open} = scene.broker({failing});
    await assert.rejects(open('alice'), {code: 'store-unavailable'});
    assert.equal(scene.workspace.mints.length, 1);
    assert.deepEqual(scene.workspace.of('alice'), []);
  });

  it('are not lent from what was changed in the store', async () => {
    const {open} = scene.broker();
    const {surfaces} = await open('alice');
    await open('bob');
    scene.store.set('token:bob:live', scene.store.get('token:alice:live'));
    assert.notEqual((await open('bob')).surfaces.live.authToken, surfaces.live.authToken);
  });
});

describe('A token that a page could not use', () => {
  let scene;
  let broker;

  beforeEach(() => {
    scene = new Scene();
    broker = scene.broker();
  });
  afterEach(() => scene.close());

  const again = (session) => broker.open('alice', {lease: session.lease, rejected: ['live']});

  it('is lent again if the workspace takes it', async () => {
    const before = await broker.open('alice');
    assert.deepEqual((await again(before)).surfaces, before.surfaces);
    assert.equal(scene.workspace.looks, 1);
  });

  it('is replaced if the workspace does not, once for all who say so', async () => {
    const before = await broker.open('alice');
    const [token] = tokensOf(before);
    scene.workspace.live.delete(token);
    const sessions = await times(100, () => again(before));
    assert.equal(scene.workspace.looks, 1);
    assert.equal(scene.workspace.mints.length, 2);
    for (const session of sessions) assert.notEqual(tokensOf(session)[0], token);
    await until(() => scene.workspace.ends.includes(token));
    assert.deepEqual(scene.workspace.of('alice'), tokensOf(sessions[0]));
  });

  it('is lent again if the workspace cannot say', async () => {
    const before = await broker.open('alice');
    scene.workspace.away = true;
    assert.deepEqual((await again(before)).surfaces, before.surfaces);
  });

  it('is looked at six times a minute', async () => {
    const before = await broker.open('alice');
    for (let round = 0; round < 10; round++) await again(before);
    assert.equal(scene.workspace.looks, 6);
  });

  it('is no matter where another surface is asked for', async () => {
    await broker.open('alice');
    await broker.open('alice', {surfaces: ['embed'], rejected: ['live']});
    assert.equal(scene.workspace.looks, 0);
  });
});

describe('As time goes by, a token', () => {
  const clock = new FakeClock();
  let scene;
  let broker;

  beforeEach(() => {
    clock.start();
    scene = new Scene({store: new FakeStore({now: clock.passed})});
    broker = scene.broker();
  });
  afterEach(async () => {
    await scene.close();
    clock.stop();
  });

  /** A page that renews its lease. */
  const stay = async (session, minutes) => {
    for (let passed = 0; passed < minutes; passed += 2) {
      await clock.pass(2 * MINUTE, 10_000);
      session = await broker.open('alice', {lease: session.lease});
    }
    return session;
  };

  it('is replaced when a tenth of its time is left, and goes on to its own end', async () => {
    const first = await broker.open('alice');
    const before = await stay(first, 52);
    assert.deepEqual(before.surfaces, first.surfaces);
    const after = await stay(before, 4);
    assert.notDeepEqual(after.surfaces, first.surfaces);
    assert.equal(after.lease, first.lease);
    assert.deepEqual(scene.workspace.of('alice'), [...tokensOf(first), ...tokensOf(after)]);
    await stay(after, 6);
    assert.deepEqual(scene.workspace.of('alice'), tokensOf(after));
  });

  it('is one of four at most, however often it is replaced', async () => {
    let session = await broker.open('alice', {surfaces: ['embed', 'live']});
    for (let round = 0; round < 5; round++) {
      // Somebody who can write to the store has had them forgotten.
      scene.store.delete('token:alice:live');
      scene.store.delete('token:alice:embed');
      session = await broker.open('alice', {surfaces: ['embed', 'live'], lease: session.lease});
      await clock.pass(2000);
      assert.ok(scene.workspace.of('alice').length <= 4);
      for (const token of tokensOf(session)) assert.ok(scene.workspace.live.has(token));
    }
    assert.equal(scene.workspace.mints.length, 12);
  });

  describe('that was made while the other surface is waited for', () => {
    const both = {surfaces: ['embed', 'live']};
    let isFull;

    beforeEach(() => {
      isFull = true;
      const made = new Map();
      scene.workspace.beforeMint = async (alias) => {
        const count = made.get(alias) ?? 0;
        if (isFull && count > 0)
          throw new BrokerError(429, 'sign-in-queued', 'Wait.', {
            position: 1,
            headers: {'retry-after': '60'},
          });
        made.set(alias, count + 1);
      };
    });

    it('is there for one who comes late, and does not cost him his turn', async () => {
      for (const round of [1, 2, 3]) {
        await assert.rejects(broker.open('alice', both), {code: 'sign-in-queued'});
        assert.equal(scene.workspace.mints.length, 1, `round ${round}`);
        // The place is kept for the minute that was told and another one.
        await clock.pass(2 * MINUTE - 2000);
      }
      isFull = false;
      const {surfaces} = await broker.open('alice', both);
      assert.equal(scene.workspace.mints.length, 2);
      assert.deepEqual(scene.workspace.of('alice'), tokensOf({surfaces}));
      assert.deepEqual(scene.workspace.ends, []);
    });

    it('ends when the place has lapsed of one who never comes back', async () => {
      await assert.rejects(broker.open('alice', both), {code: 'sign-in-queued'});
      await clock.pass(2 * MINUTE - 2000);
      assert.equal(scene.workspace.of('alice').length, 1);
      await clock.pass(8000);
      assert.deepEqual(scene.workspace.of('alice'), []);
      assert.deepEqual([...scene.store.entries('leases:alice')], []);
    });

    it('ends with the other one a minute after their last page', async () => {
      await assert.rejects(broker.open('alice', both), {code: 'sign-in-queued'});
      isFull = false;
      const {lease} = await broker.open('alice', both);
      await broker.sessions.release('alice', lease);
      await clock.pass(MINUTE - 2000);
      assert.equal(scene.workspace.of('alice').length, 2);
      await clock.pass(8000);
      assert.deepEqual(scene.workspace.of('alice'), []);
    });
  });

  it('does not wait for a broker that was killed while it made one for longer than its lock', async () => {
    const killed = scene.broker();
    scene.workspace.beforeMint = () => new Promise(() => {});
    void killed.open('alice');
    await clock.settle();
    killed.kill();
    scene.workspace.beforeMint = async () => {};
    let session;
    void broker.open('alice').then((answer) => (session = answer));
    await clock.pass(10_000, 100);
    assert.equal(session, undefined);
    await clock.pass(6_000, 100);
    assert.deepEqual(scene.workspace.of('alice'), tokensOf(session));
  });

  it('is kept for half a lease where a broker was killed that may have held one in memory', async (t) => {
    t.mock.method(performance, 'now', clock.passed);
    await broker.close();
    const killed = scene.broker({forgets: 500});
    const {lease, surfaces} = await killed.open('alice');
    await killed.open('bob');
    // Shortly before they are looked at.
    await clock.pass(6 * MINUTE - 2_000, 10_000);
    killed.kill();
    for (const alias of ['alice', 'bob']) scene.store.deleteGroup(`leases:${alias}`);
    broker = scene.broker({forgets: 500});
    await clock.pass(2 * MINUTE);
    assert.deepEqual((await broker.open('alice', {lease})).surfaces, surfaces);
    // Whose page is gone for good.
    assert.equal(scene.workspace.of('bob').length, 1);
    await clock.pass(MINUTE);
    assert.deepEqual(scene.workspace.of('bob'), []);
    assert.deepEqual(scene.workspace.of('alice'), tokensOf({surfaces}));
  });

  it('is not kept so where the store had nobody', async (t) => {
    t.mock.method(performance, 'now', clock.passed);
    await broker.close();
    broker = scene.broker({forgets: 500});
    const {lease} = await broker.open('alice');
    await broker.sessions.release('alice', lease);
    await clock.pass(MINUTE + 5_000);
    assert.deepEqual(scene.workspace.of('alice'), []);
  });

  it('is not made twice where it takes longer than a lock', async () => {
    const slow = gate();
    const other = scene.broker();
    scene.workspace.beforeMint = () => slow.opened;
    const asked = [broker.open('alice')];
    await clock.settle();
    asked.push(other.open('alice'));
    await clock.pass(25_000, 500);
    slow.open();
    await clock.pass(1000, 100);
    assert.equal(new Set((await Promise.all(asked)).flatMap(tokensOf)).size, 1);
    assert.equal(scene.workspace.mints.length, 1);
  });
});
