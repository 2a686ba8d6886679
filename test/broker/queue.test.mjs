import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it} from 'node:test';

import {openSqlite} from '../../broker/dist/store/open-sqlite.js';
import {Missed} from '../../broker/dist/workspace/missed.js';
import {Places} from '../../broker/dist/workspace/places.js';
import {Ranks, secondsUntil} from '../../broker/dist/workspace/turns.js';
import {eventually} from '../support/eventually.mjs';
import {MemoryStore} from '../support/memory-store.mjs';
import {patiently, scene, who} from '../support/workspace-scene.mjs';

// A minute of Rocket.Chat's is a second here.
const WINDOW = 1000;
const CALLS = 10;
const limited = {
  chat: {
    bypassRateLimit: false,
    settings: {
      API_Enable_Rate_Limiter_Limit_Calls_Default: CALLS,
      API_Enable_Rate_Limiter_Limit_Time_Default: WINDOW,
    },
  },
  rocketChat: {calls: CALLS, window: WINDOW, timeout: 20_000},
};

/** The same with another window, ms. */
const windowOf = (window) => ({
  ...limited,
  chat: {
    ...limited.chat,
    settings: {...limited.chat.settings, API_Enable_Rate_Limiter_Limit_Time_Default: window},
  },
  rocketChat: {...limited.rocketChat, window},
});

/** The same with a window of the broker's that is long enough for nothing to change while a test looks. */
const slow = {...limited, rocketChat: {...limited.rocketChat, window: 60_000}};

const range = (count) => Array.from({length: count}, (_, each) => each);

/** All sign in at once, in the order of their numbers, and come back when told. */
const crowd = async (workspaces, count) => {
  const served = [];
  const told = range(count).map(() => []);
  const made = await Promise.all(
    range(count).map(async (each) => {
      const workspace = workspaces[each % workspaces.length];
      const one = await patiently(workspace, who(`user${each}`), told[each]);
      served.push(each);
      return one;
    }),
  );
  return {made, served, told};
};

/**
 * Nobody is served more than a window before or after his turn: of those whose turn it is the quicker
 * ones come first.
 */
const assertOrder = (served) => {
  for (const [rank, each] of served.entries()) {
    assert.ok(Math.abs(rank - each) <= CALLS, `user ${each} was served as number ${rank}`);
  }
};

const assertTold = (told) => {
  for (const [each, answers] of told.entries()) {
    const positions = answers.map(({position}) => position);
    for (const {position, seconds} of answers) {
      assert.ok(Number.isInteger(position) && position >= 1);
      assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60);
    }
    assert.deepEqual(
      positions,
      [...positions].sort((one, two) => two - one),
      `user ${each} moves up`,
    );
  }
};

const assertCalls = (calls, count) => {
  assert.equal(calls('GET users.info').length, count, 'one look-up each');
  assert.equal(calls('POST users.create').length, count, 'one new account each');
  assert.equal(calls('POST users.createToken').length, count, 'one token each');
};

describe('500 users at once before a workspace that takes 10 calls a window', () => {
  it('are all served in their order, each told when, with no call in vain', async (t) => {
    const {workspace, calls, store} = await scene(t, limited);
    const {made, served, told} = await crowd([workspace], 500);
    assert.equal(new Set(made.map(({authToken}) => authToken)).size, 500);
    assertOrder(served);
    assertTold(told);
    assertCalls(calls, 500);
    assert.deepEqual(await store.due('mint-queue', Number.MAX_SAFE_INTEGER, 10), []);
    assert.equal((await store.entries('mint-waiting')).size, 0);
  });

  it('are told their places, but for those of the first window, who are told nothing', async (t) => {
    // Longer than a busy machine needs to hear all of them: with the next window they would move up.
    const {workspace} = await scene(t, slow);
    const told = await Promise.all(
      range(500).map((each) =>
        workspace.mint(who(`user${each}`)).then(
          () => 'served',
          ({code, position}) => [code, position],
        ),
      ),
    );
    assert.deepEqual(told, [
      ...range(CALLS).map(() => 'served'),
      ...range(500 - CALLS).map((each) => ['sign-in-queued', each + 1]),
    ]);
  });
});

describe('users at two brokers on one store', () => {
  it('wait in one queue and share the calls', async (t) => {
    const {workspace, another, calls} = await scene(t, limited);
    const {served, told} = await crowd([workspace, another().workspace], 120);
    // Which of two brokers speaks first to the store is nobody's to say: each keeps its own order.
    for (const broker of [0, 1]) {
      assertOrder(served.filter((each) => each % 2 === broker).map((each) => (each - broker) / 2));
    }
    assertTold(told);
    assertCalls(calls, 120);
  });
});

describe('a place in the queue', () => {
  const full = async (t, more = {}) => {
    const place = await scene(t, {...limited, ...more});
    await Promise.all(range(CALLS).map((each) => place.workspace.mint(who(`first${each}`))));
    return place;
  };
  const refusal = (promise) =>
    promise.then(
      () => assert.fail('nobody is served now'),
      (error) => {
        assert.equal(error.code, 'sign-in-queued');
        assert.equal(error.status, 429);
        return error;
      },
    );
  it('belongs to the user: asking again keeps it, on either broker', async (t) => {
    const {workspace, another} = await full(t, slow);
    const other = another().workspace;
    const positions = [];
    for (const [broker, name] of [
      [workspace, 'a'],
      [other, 'b'],
      [workspace, 'c'],
      [other, 'a'],
      [workspace, 'b'],
      [other, 'c'],
      [workspace, 'a'],
    ]) {
      const {position, headers} = await refusal(broker.mint(who(name)));
      positions.push(`${name}${position}`);
      assert.match(headers['retry-after'], /^(5\d|60)$/);
    }
    assert.deepEqual(positions, ['a1', 'b2', 'c3', 'a1', 'b2', 'c3', 'a1']);
  });

  it('tells a later window to whoever is behind it, and never more than a minute', async (t) => {
    const {workspace} = await full(t, {
      ...slow,
      rocketChat: {...slow.rocketChat, window: 20_000},
    });
    const seconds = [];
    for (const each of range(4 * CALLS)) {
      const {headers} = await refusal(workspace.mint(who(`later${each}`)));
      seconds.push(Number(headers['retry-after']));
    }
    assert.ok(
      seconds.slice(0, 10).every((each) => each <= 20),
      seconds.join(),
    );
    assert.ok(
      seconds.slice(10, 20).every((each) => each > 20 && each <= 41),
      seconds.join(),
    );
    assert.ok(
      seconds.slice(20, 30).every((each) => each > 40 && each <= 60),
      seconds.join(),
    );
    assert.ok(
      seconds.slice(30).every((each) => each === 60),
      seconds.join(),
    );
  });

  it('is not lost with the broker', async (t) => {
    const {workspace, another} = await full(t, slow);
    await refusal(workspace.mint(who('a')));
    await workspace.close();
    assert.equal((await refusal(another().workspace.mint(who('b')))).position, 2);
    assert.equal((await refusal(another().workspace.mint(who('a')))).position, 1);
  });

  it('is before those of newcomers after a restart on SQLite, too', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'queue-'));
    const open = () => openSqlite(join(folder, 'broker.sqlite'));
    const first = open();
    const {workspace, another, atEnd} = await full(t, {...slow, store: first});
    for (const name of ['a', 'b', 'c']) await refusal(workspace.mint(who(name)));
    await workspace.close();
    await first.close();
    const second = open();
    atEnd(async () => {
      await second.close();
      await rm(folder, {recursive: true, force: true});
    });
    const next = another({store: second}).workspace;
    const positions = [];
    for (const name of ['new', 'newer', 'c', 'a', 'b', 'new'])
      positions.push(`${name}${(await refusal(next.mint(who(name)))).position}`);
    assert.deepEqual(positions, ['new4', 'newer5', 'c3', 'a1', 'b2', 'new4']);
  });

  it('comes after those who are there and before all later ones, for who had to be sent back', async () => {
    const places = new Places(new MemoryStore(), WINDOW);
    await places.enter(['waits'], new Map());
    const one = await places.pass();
    const two = await places.pass();
    await places.enter(['later', 'last'], new Map());
    assert.equal(await places.comeBack('two', two, WINDOW), 2);
    assert.equal(await places.comeBack('one', one, WINDOW), 2);
    assert.deepEqual([...(await places.all()).keys()], ['waits', 'one', 'two', 'later', 'last']);
  });

  it('lapses if its owner never comes back, and the others are served', async (t) => {
    // A request is held for the last half second: all must have asked before it, on a busy machine too.
    const {workspace, store} = await full(t, windowOf(4000));
    const gone = range(CALLS).map((each) => `gone${each}`);
    // More at once than the moment that a request is held for.
    const waits = await Promise.allSettled(
      [...gone, 'patient'].map((name) => workspace.mint(who(name))),
    );
    assert.ok(waits.every(({status}) => status === 'rejected'));
    const told = [];
    const {account} = await patiently(workspace, who('patient'), told);
    assert.equal(account.alias, 'patient');
    // Until then what the window had left was theirs.
    assert.ok(told.some(({position}) => position === 1));
    assert.deepEqual(await store.due('mint-queue', Number.MAX_SAFE_INTEGER, 99), []);
  });

  it('is the same for the second surface of a user as for the first', async (t) => {
    const {workspace} = await full(t);
    const order = [];
    const names = ['a', 'a', ...range(30).map((each) => `b${each}`)];
    await Promise.all(
      names.map(async (name) => {
        await patiently(workspace, who(name));
        order.push(name);
      }),
    );
    assert.ok(order.lastIndexOf('a') < 2 * CALLS + 2, order.join());
  });
});

describe('a workspace that limits otherwise than the operator has set', () => {
  it('is believed: more calls', async (t) => {
    const {workspace, store} = await scene(t, {
      ...limited,
      chat: {
        ...limited.chat,
        settings: {
          ...limited.chat.settings,
          API_Enable_Rate_Limiter_Limit_Calls_Default: 40,
          API_Enable_Rate_Limiter_Limit_Time_Default: 60_000,
        },
      },
      rocketChat: {...limited.rocketChat, window: 60_000},
    });
    await workspace.probe();
    await Promise.all(range(40).map((each) => workspace.mint(who(`user${each}`))));
    await assert.rejects(workspace.mint(who('late')), {code: 'sign-in-queued'});
    assert.equal(await store.get('mint-limit:service'), '40');
  });

  it('is believed: none, as the service account may bypass it', async (t) => {
    const {workspace, store} = await scene(t, {
      ...limited,
      chat: {
        ...limited.chat,
        settings: {API_Enable_Rate_Limiter_Limit_Time_Default: 60_000},
        permissions: {'api-bypass-rate-limit': ['admin']},
      },
      rocketChat: {...limited.rocketChat, window: 60_000},
    });
    await workspace.probe();
    await Promise.all(range(60).map((each) => workspace.mint(who(`user${each}`))));
    assert.equal(await store.get('mint-limit:service'), 'exempt');
    assert.deepEqual(await store.due('mint-queue', Number.MAX_SAFE_INTEGER, 10), []);
  });

  it('limits sign-ins by password even so', async (t) => {
    const {workspace, store} = await scene(t, {
      ...limited,
      chat: {...limited.chat, permissions: {'api-bypass-rate-limit': ['admin']}},
      rocketChat: {...limited.rocketChat, mint: 'managed-password'},
    });
    await workspace.probe();
    const {served} = await crowd([workspace], 30);
    assert.equal(served.length, 30);
    assert.equal(await store.get('mint-limit:login'), String(CALLS));
  });

  it('is believed: fewer calls, and calls of somebody else from the same address', async (t) => {
    const {workspace, calls, simulator, service} = await scene(t, {
      ...limited,
      rocketChat: {...limited.rocketChat, calls: 100},
    });
    const other = async () => {
      for (const each of range(5)) {
        await fetch(`${simulator.origin}/api/v1/users.info?username=user${each}`, {
          headers: {'x-user-id': service.userId, 'x-auth-token': service.authToken},
        });
      }
    };
    await other();
    const {made, served} = await crowd([workspace], 40);
    assert.equal(new Set(made.map(({account}) => account.userId)).size, 40);
    assert.equal(served.length, 40);
    // Refused calls come again; nothing that makes something does.
    assert.equal(calls('POST users.create').length >= 40, true);
  });
});

describe('a refusal in the middle of a mint', () => {
  it('leaves the user the first place and makes no second account', async (t) => {
    // It must not be over before the second user was told, however busy the machine is.
    const {workspace, simulator, service, calls} = await scene(t, windowOf(8000));
    const headers = {
      'content-type': 'application/json',
      'x-user-id': service.userId,
      'x-auth-token': service.authToken,
    };
    // Somebody else uses up the last of the three routes.
    for (const _ of range(CALLS)) {
      await fetch(`${simulator.origin}/api/v1/users.createToken`, {
        method: 'POST',
        headers,
        body: '{}',
      });
    }
    const first = await workspace.mint(who('erin')).catch((error) => error);
    assert.equal(first.code, 'sign-in-queued');
    assert.equal(first.position, 1);
    const second = await workspace.mint(who('frank')).catch((error) => error);
    assert.equal(second.code, 'sign-in-queued');
    assert.equal(second.position, 2);
    const order = [];
    await Promise.all(
      ['frank', 'erin'].map(async (name) => {
        await patiently(workspace, who(name));
        order.push(name);
      }),
    );
    assert.equal(order.length, 2);
    assert.equal(calls('POST users.create').length, 2);
  });
});

describe('one user who asks too often', () => {
  it('is refused for a while; asking again from the queue is not too often', async (t) => {
    const {workspace, calls} = await scene(t, {limits: {mintsPerUser: 3}});
    for (const _ of range(3)) await workspace.mint(who('erin'));
    const error = await workspace.mint(who('erin')).catch((each) => each);
    assert.equal(error.code, 'rate-limited');
    assert.equal(error.status, 429);
    assert.match(error.headers['retry-after'], /^([1-5]?\d|60)$/);
    await workspace.mint(who('frank'));
    assert.equal(calls('POST users.createToken').length, 4);
  });
});

describe('looking accounts up', () => {
  const HALF = CALLS / 2;

  it('takes no calls away from those who wait', async (t) => {
    const {workspace, calls} = await scene(t, slow);
    await Promise.all(range(CALLS - 2).map((each) => workspace.mint(who(`first${each}`))));
    for (const each of range(2)) assert.equal(await workspace.find(`user${each}`), undefined);
    await assert.rejects(workspace.mint(who('erin')), {code: 'sign-in-queued'});
    await assert.rejects(workspace.find('one.more'), {code: 'rate-limited'});
    assert.equal(calls('GET users.info').length, CALLS);
  });

  it('leaves half of the calls to those who may come, and says why it is refused', async (t) => {
    const {workspace, another, calls} = await scene(t, slow);
    const other = another().workspace;
    for (const each of range(HALF))
      assert.equal(await (each % 2 ? other : workspace).find(`user${each}`), undefined);
    for (const broker of [workspace, other])
      await assert.rejects(broker.find('one.more'), (error) => {
        assert.deepEqual([error.status, error.code], [429, 'rate-limited']);
        assert.match(error.headers['retry-after'], /^(5\d|60)$/);
        assert.match(error.message, /those who sign in go first.*Ask for this user again in \d+ s/);
        return true;
      });
    await Promise.all(range(HALF).map((each) => workspace.mint(who(`erin${each}`))));
    await assert.rejects(workspace.mint(who('erin')), {code: 'sign-in-queued'});
    assert.equal(calls('GET users.info').length, CALLS);
  });

  it('asks once in a minute for somebody who is not there, until he is', async (t) => {
    const {workspace, calls} = await scene(t, slow);
    for (const _ of range(3)) assert.equal(await workspace.find('erin'), undefined);
    assert.equal(calls('GET users.info').length, 1);
    const {account} = await workspace.mint(who('erin'));
    assert.deepEqual(await workspace.find('erin'), account);
  });

  it('remembers who is not there for a time, and no more names than it is for', async () => {
    const missed = new Missed(1000, 3);
    for (const name of ['a', 'b', 'c', 'a', 'd']) missed.add(name);
    assert.deepEqual(
      ['a', 'b', 'c', 'd', 'e'].map((name) => missed.has(name)),
      [true, false, true, true, false],
    );
    await eventually(() => assert.equal(missed.has('a'), false));
  });
});

describe('the time that is told', () => {
  it('is whole seconds, 1 to 60; who comes a moment early is held', () => {
    for (const [wait, seconds] of [
      [0, 1],
      [1, 1],
      [1499, 1],
      [1500, 1],
      [1501, 2],
      [30_000, 30],
      [60_000, 60],
      [1e12, 60],
      [Infinity, 60],
      [-5, 1],
    ]) {
      assert.equal(secondsUntil(wait), seconds, String(wait));
    }
  });

  it('is that of the window in which the turn comes', (t) => {
    const now = Date.now();
    t.mock.timers.enable({apis: ['Date'], now});
    const state = {limit: 3, left: 1, forLookUps: 1, free: [now + 1000, now + 5000]};
    const ranks = new Ranks(['a', 'b', 'c', 'd', 'e', 'f', 'g'], state, 10_000);
    assert.equal(ranks.turnOf('a'), undefined);
    const turns = ['b', 'c', 'd', 'e', 'f', 'g', 'unknown'].map((alias) => ranks.turnOf(alias));
    assert.deepEqual(
      turns.map(({position}) => position),
      [1, 2, 3, 4, 5, 6, 7],
    );
    assert.deepEqual(
      turns.map(({wait}) => Math.round(wait / 1000)),
      [1, 5, 10, 11, 15, 20, 21],
    );
  });
});
