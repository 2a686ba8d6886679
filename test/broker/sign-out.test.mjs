import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';

import {BrokerError} from '../../broker/dist/errors.js';
import {FakeClock} from '../support/broker-clock.mjs';
import {gate, Scene, until} from '../support/broker-sessions.mjs';
import {FakeStore} from '../support/broker-store-fake.mjs';

const MINUTE = 60_000;

describe('Signed out everywhere, a user', () => {
  let scene;
  let broker;
  let other;

  beforeEach(() => {
    scene = new Scene();
    broker = scene.broker();
    other = scene.broker();
  });
  afterEach(() => scene.close());

  const live = () => scene.workspace.of('alice');

  it('has no token and no lease any more, whoever made them', async () => {
    await broker.open('alice', {surfaces: ['embed']});
    await other.open('alice', {surfaces: ['live']});
    const {surfaces} = await broker.open('bob');
    await other.sessions.end('alice');
    assert.deepEqual(live(), []);
    assert.equal(scene.store.entries('leases:alice').size, 0);
    assert.equal(await broker.sessions.login('alice'), undefined);
    assert.deepEqual((await broker.open('bob')).surfaces, surfaces);
    assert.deepEqual(scene.did('sign-out'), [
      {what: 'sign-out', alias: 'alice', detail: {tokens: 2}},
    ]);
    assert.equal(scene.did('token-ended').length, 2);
  });

  it('has none of those that were replaced, either', async () => {
    const {lease} = await broker.open('alice');
    scene.store.delete('token:alice:live');
    await broker.open('alice', {lease});
    assert.equal(live().length, 2);
    await broker.sessions.end('alice');
    assert.deepEqual(live(), []);
  });

  it('may sign in again, with another lease and other tokens', async () => {
    const before = await broker.open('alice');
    await broker.sessions.end('alice');
    const after = await other.open('alice', {lease: before.lease});
    assert.notEqual(after.lease, before.lease);
    assert.deepEqual(live(), [after.surfaces.live.authToken]);
  });

  it('is one who has never signed in, too', () => broker.sessions.end('alice'));

  for (const [when, hold] of [
    ['before it is made', 'beforeMint'],
    ['after it is made', 'afterMint'],
  ]) {
    for (const which of ['the same', 'another']) {
      it(`gets no token that is being made just now by ${which} broker, ${when}`, async () => {
        const [held, asked] = [gate(), gate()];
        scene.workspace[hold] = async () => {
          asked.open();
          await held.opened;
        };
        const opening = broker.open('alice').catch((error) => error);
        await asked.opened;
        await (which === 'another' ? other : broker).sessions.end('alice');
        held.open();
        const {status, code} = await opening;
        assert.deepEqual([status, code], [409, 'signed-out']);
        assert.equal(scene.workspace.mints.length, 1);
        assert.deepEqual(live(), []);
        assert.equal(await broker.sessions.login('alice'), undefined);
        assert.equal(scene.did('token-made').length, 0);
      });
    }
  }

  it('gets another token than the one being made, if he signs in again meanwhile', async () => {
    const [held, asked] = [gate(), gate()];
    scene.workspace.beforeMint = async () => {
      scene.workspace.beforeMint = async () => {};
      asked.open();
      await held.opened;
    };
    const before = broker.open('alice').catch(({code}) => code);
    await asked.opened;
    await broker.sessions.end('alice');
    const after = broker.open('alice');
    held.open();
    assert.equal(await before, 'signed-out');
    const {surfaces} = await after;
    assert.deepEqual(live(), [surfaces.live.authToken]);
  });

  for (const when of ['before', 'after']) {
    it(`gets none, ${when} whatever step of its making he signs out`, async () => {
      const calls = () => Object.values(scene.store.calls).reduce((sum, count) => sum + count, 0);
      const before = calls();
      await broker.open('carol');
      const steps = calls() - before;
      assert.ok(steps > 10);
      for (let step = 1; step <= steps; step++) {
        const alias = `alice-${step}`;
        let left = step;
        let ending;
        const maker = scene.broker({
          sweeping: false,
          turns: () => 2,
          failing: () => {
            if (--left !== 0) return;
            const end = () => other.sessions.end(alias);
            ending = when === 'before' ? end() : Promise.resolve().then(end);
          },
        });
        const opened = await maker.open(alias).catch(() => undefined);
        await ending;
        // Either he asked after it, or there is nothing left.
        const alive = scene.workspace.of(alias);
        assert.equal(alive.length > 0, scene.store.get(`token:${alias}:live`) !== undefined);
        if (alive.length) assert.deepEqual(alive, [opened?.surfaces.live.authToken]);
        assert.ok(!alive.length || step <= 3, `step ${step}`);
      }
    });
  }
});

describe('While a user is signed out everywhere', () => {
  it('whoever signs in again gets a token that works, at whatever step it is', async () => {
    for (let step = 1; step <= 30; step++) {
      const scene = new Scene();
      const [one, two] = [{turns: () => 3}, {turns: () => 0}].map((connection) =>
        scene.broker({...connection, sweeping: false}),
      );
      await two.open('alice', {surfaces: ['embed', 'live']});
      let opening;
      let left = step;
      const ender = scene.broker({
        sweeping: false,
        turns: () => 3,
        failing: () => {
          if (--left === 0) opening = (step % 2 ? one : two).open('alice');
        },
      });
      await ender.sessions.end('alice');
      const session = await opening?.catch((error) => assert.equal(error.code, 'signed-out'));
      const token = session?.surfaces.live.authToken;
      const login = await two.sessions.login('alice');
      if (login) assert.ok(scene.workspace.live.has(login.authToken), `step ${step}`);
      // The first three steps end what was there before.
      if (token && step > 3) assert.ok(scene.workspace.live.has(token), `step ${step}`);
      await scene.close();
    }
  });
});

describe('A workspace that is away', () => {
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

  const live = () => scene.workspace.of('alice').length;

  it('has the sign-out fail, but nothing lent, and is told when it is back', async () => {
    await broker.open('alice', {surfaces: ['embed', 'live']});
    scene.workspace.away = true;
    await assert.rejects(broker.sessions.end('alice'), {
      status: 502,
      code: 'workspace-unreachable',
    });
    assert.equal(await broker.sessions.login('alice'), undefined);
    assert.equal(live(), 2);
    scene.workspace.away = false;
    await clock.pass(5000);
    assert.equal(live(), 0);
    assert.equal(scene.did('token-ended').length, 2);
    await broker.sessions.end('alice');
  });

  it('is asked ever more rarely, and never forgotten, over restarts', async () => {
    await broker.open('alice');
    let asked = 0;
    scene.workspace.end = async () => {
      asked++;
      throw new Error('away');
    };
    await assert.rejects(broker.sessions.end('alice'));
    await clock.pass(60 * MINUTE, 5000);
    const first = asked;
    assert.ok(first >= 10 && first < 60, `${first}`);
    await broker.close();
    const next = scene.broker();
    await clock.pass(60 * MINUTE, 5000);
    assert.ok(asked - first >= 8 && asked - first <= 16, `${asked - first}`);
    delete scene.workspace.end;
    await clock.pass(10 * MINUTE, 5000);
    assert.equal(live(), 0);
    await next.sessions.end('alice');
  });

  it('is asked by one of two brokers when it is time, though both have seen that it is', async () => {
    // Sees what is due with the other one, and gets to it when that one has failed.
    scene.broker({turns: () => 1});
    await broker.open('alice');
    const asked = new Map();
    scene.workspace.end = async () => {
      asked.set(clock.passed(), (asked.get(clock.passed()) ?? 0) + 1);
      throw new Error('away');
    };
    await assert.rejects(broker.sessions.end('alice'));
    await clock.pass(30 * MINUTE);
    assert.ok(asked.size >= 6, `${asked.size}`);
    assert.deepEqual(new Set(asked.values()), new Set([2]));
    delete scene.workspace.end;
    await clock.pass(10 * MINUTE);
    assert.equal(live(), 0);
  });

  it('keeps no session from lapsing, nor those of others', async () => {
    await broker.open('alice');
    const {lease} = await broker.open('bob');
    scene.workspace.end = () => new Promise(() => {});
    await clock.pass(4 * MINUTE);
    await broker.open('bob', {lease});
    await clock.pass(3 * MINUTE);
    assert.equal(await broker.sessions.login('alice'), undefined);
    assert.ok(await broker.sessions.login('bob'));
    broker.kill();
  });

  it('is told of the ends of two tokens of one user by one broker at a time', async () => {
    scene.broker();
    await broker.open('alice', {surfaces: ['embed', 'live']});
    await clock.pass(7 * MINUTE);
    assert.equal(scene.workspace.ends.length, 2);
    assert.equal(scene.did('token-ended').length, 2);
  });
});

describe('A workspace that limits sign-outs', () => {
  const clock = new FakeClock();
  const LIMIT = 10;
  let scene;
  let broker;
  let asked;

  beforeEach(() => {
    clock.start();
    scene = new Scene({store: new FakeStore({now: clock.passed})});
    const {workspace} = scene;
    const end = workspace.end.bind(workspace);
    let [left, opens] = [LIMIT, 0];
    asked = 0;
    workspace.end = async (login) => {
      asked++;
      if (clock.passed() >= opens) [left, opens] = [LIMIT, clock.passed() + MINUTE];
      if (left-- > 0) return end(login);
      throw new BrokerError(429, 'rate-limited', 'No more.', {
        headers: {'retry-after': String(Math.ceil((opens - clock.passed()) / 1000))},
      });
    };
    broker = scene.broker();
  });
  afterEach(async () => {
    await scene.close();
    clock.stop();
  });

  it('has each told so, nothing lent, and the tokens ended as it takes them, not ever later', async () => {
    const names = Array.from({length: 35}, (_, index) => `user-${index}`);
    for (const name of names) await broker.open(name);
    const outcomes = [];
    for (const name of names)
      outcomes.push(await broker.sessions.end(name).catch((error) => error));
    assert.deepEqual(outcomes.slice(0, LIMIT), Array(LIMIT).fill(undefined));
    for (const {status, code, headers, message} of outcomes.slice(LIMIT)) {
      assert.deepEqual([status, code, headers['retry-after']], [429, 'rate-limited', '60']);
      assert.match(message, /signed out here.* for 60 s/);
    }
    // A refusal is not tried again at once.
    assert.equal(asked, names.length);
    for (const name of names) assert.equal(await broker.sessions.login(name), undefined);
    assert.equal(scene.workspace.live.size, 25);
    for (const rest of [15, 5, 0]) {
      await clock.pass(MINUTE + 3000);
      assert.equal(scene.workspace.live.size, rest);
    }
    assert.equal(scene.did('token-ended').length, names.length);
    // Each was tried once a window.
    assert.ok(asked <= 35 + 25 + 15 + 5, `${asked}`);
    for (const name of names) await broker.sessions.end(name);
    assert.doesNotMatch(JSON.stringify(scene.warnings), /could not be ended yet/);
  });

  it('is told apart from one that is away for some of the tokens', async () => {
    await broker.open('alice', {surfaces: ['embed', 'live']});
    const end = scene.workspace.end;
    let calls = 0;
    scene.workspace.end = () =>
      ++calls === 1
        ? Promise.reject(
            new BrokerError(429, 'rate-limited', 'No.', {headers: {'retry-after': '9'}}),
          )
        : Promise.reject(new Error('away'));
    await assert.rejects(broker.sessions.end('alice'), {
      status: 502,
      code: 'workspace-unreachable',
    });
    scene.workspace.end = end;
    await clock.pass(15_000);
    assert.equal(scene.workspace.of('alice').length, 0);
  });
});

it('What is thrown by a store that is away is thrown as it is', async () => {
  const scene = new Scene();
  let away = false;
  const failing = () => (away ? new Error('The store is away.') : undefined);
  const broker = scene.broker({failing, sweeping: false});
  await broker.open('alice');
  away = true;
  for (const asked of [broker.open('alice'), broker.sessions.end('alice')])
    await assert.rejects(asked, /The store is away/);
  away = false;
  await broker.sessions.end('alice');
  await until(() => scene.workspace.of('alice').length === 0);
  await scene.close();
});
