import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {codeOf, waitOf} from '../../broker/dist/workspace/answer.js';
import {parseUserInfo} from '../../broker/dist/workspace/user-info.js';
import {storeGone} from '../support/memory-store.mjs';
import {scene, scripted, settingsFor, who, workspaceFor} from '../support/workspace-scene.mjs';

const USER = {
  _id: 'U1',
  username: 'erin',
  active: true,
  roles: ['user'],
  type: 'user',
  emails: [],
};
const TOKEN = 'CANARY-token-that-nobody-may-see-0123456789';
const GOOD = {
  'GET /api/v1/me': {body: {success: true, _id: 'service-user'}},
  'GET /api/v1/users.info': {status: 400, body: {success: false, error: 'User not found.'}},
  'POST /api/v1/users.create': {body: {success: true, user: USER}},
  'POST /api/v1/users.createToken': {
    body: {success: true, data: {userId: 'U1', authToken: TOKEN}},
  },
  'POST /api/v1/logout': {body: {status: 'success', data: {message: 'out'}}},
};

/** A server that does everything well but for what a test says. */
const place = async (t, wrong = {}, {rocketChat = {}, ...more} = {}) => {
  const answers = {...GOOD, ...wrong};
  const server = await scripted(t, (request, body, requests) => {
    const route = `${request.method} ${new URL(request.url, 'http://x').pathname}`;
    const answer = answers[route];
    return typeof answer === 'function'
      ? answer(requests.filter((line) => line.startsWith(route)).length, body, request)
      : (answer ?? {status: 404, body: {success: false, error: 'Resource not found'}});
  });
  const settings = settingsFor(
    server.origin,
    {createTokenSecret: 'CANARY-secret-of-the-operator-01', timeout: 20_000, ...rocketChat},
    more,
  );
  const made = workspaceFor(server.atEnd, settings, more);
  const count = (route) => server.requests.filter((line) => line.includes(route)).length;
  return {...made, ...server, count, answers};
};

const codeOfMint = (workspace, sub = 'erin') =>
  workspace.mint(who(sub)).then(
    () => 'minted',
    (error) => `${error.status} ${error.code}`,
  );

const ROUTES = [
  'GET /api/v1/users.info',
  'POST /api/v1/users.create',
  'POST /api/v1/users.createToken',
];

describe('an answer that Rocket.Chat does not give', () => {
  const odd = {
    'a page of a proxy': {headers: {'content-type': 'text/html'}, body: '<h1>Hello</h1>'},
    'half of an answer': {body: '{"success":true,"user":{"_id":"U1"'},
    nothing: {body: ''},
    'a text': {body: '"success"'},
    null: {body: 'null'},
    'no content': {status: 204, body: ''},
    'a redirect': {status: 302, headers: {location: 'http://127.0.0.1:9/'}},
    'a permanent redirect': {status: 308, headers: {location: '/elsewhere'}},
    'more than anybody reads': {body: JSON.stringify({success: true, more: 'x'.repeat(2_000_000)})},
    'the wrong things': {body: {success: true, user: {_id: 7, username: {$ne: null}}, data: []}},
  };
  for (const [name, answer] of Object.entries(odd)) {
    it(`is refused: ${name}`, async (t) => {
      for (const route of ROUTES) {
        const {workspace, requests} = await place(
          t,
          {[route]: answer},
          {rocketChat: {mint: 'create-token'}},
        );
        assert.equal(await codeOfMint(workspace), '503 workspace-refused', route);
        assert.ok(!requests.some((line) => line.includes('elsewhere')));
        assert.equal(requests.filter((line) => line.startsWith(route)).length, 1);
      }
    });
  }

  it('is refused if its token is of somebody else, or none', async (t) => {
    for (const data of [
      {userId: 'U2', authToken: TOKEN},
      {userId: 'U1', authToken: ''},
      {userId: 'U1', authToken: 'a b\r\nX: y'},
      {userId: 'U1', authToken: 'x'.repeat(129)},
      {userId: 'U1'},
    ]) {
      const {workspace} = await place(t, {
        'POST /api/v1/users.createToken': {body: {success: true, data}},
      });
      assert.equal(await codeOfMint(workspace), '503 workspace-refused');
    }
  });

  it('is refused if it does not tell the roles of an account', async (t) => {
    const {roles: _, ...user} = USER;
    for (const each of [user, {...user, roles: 'user'}, {...user, roles: [null]}]) {
      const {workspace, count, log} = await place(
        t,
        {'GET /api/v1/users.info': {body: {success: true, user: each}}},
        {users: {link: 'username'}},
      );
      assert.equal(await codeOfMint(workspace), '503 workspace-refused');
      assert.equal(await workspace.find('erin'), undefined);
      assert.equal(count('createToken'), 0);
      assert.match(JSON.stringify(log.lines), /view-full-other-user-info/);
    }
  });
});

describe('a workspace that is not there', () => {
  for (const [name, answer] of Object.entries({
    'cuts the connection': {status: 'cut'},
    'has a proxy that says so': {status: 502, body: '<h1>Bad gateway</h1>'},
    'fails itself': {status: 500, body: {success: false, error: 'Internal server error'}},
  })) {
    it(`${name}: what reads is asked once more, what makes is not`, async (t) => {
      for (const route of ROUTES) {
        const {workspace, requests} = await place(t, {[route]: answer});
        assert.equal(await codeOfMint(workspace), '502 workspace-unreachable', route);
        const asked = requests.filter((line) => line.startsWith(route)).length;
        assert.equal(asked, route.startsWith('GET') ? 2 : 1, route);
      }
    });
  }

  it('comes back: the second answer counts', async (t) => {
    const {workspace, count} = await place(t, {
      'GET /api/v1/users.info': (time) =>
        time === 1 ? {status: 'cut'} : GOOD['GET /api/v1/users.info'],
    });
    assert.equal(await codeOfMint(workspace), 'minted');
    assert.equal(count('users.info'), 2);
  });

  it('is not waited for longer than the time limit', async (t) => {
    const {workspace} = await place(
      t,
      {'POST /api/v1/users.create': {status: 'hang'}},
      {rocketChat: {timeout: 200}},
    );
    assert.equal(await codeOfMint(workspace), '502 workspace-unreachable');
  });

  it('has perhaps made the account whose answer was lost: it is found again', async (t) => {
    let made;
    const {workspace, count} = await place(t, {
      'POST /api/v1/users.create': (_, body) => {
        const {email, verified} = JSON.parse(body);
        made = {...USER, emails: [{address: email, verified}]};
        return {status: 'cut'};
      },
      'GET /api/v1/users.info': () =>
        made ? {body: {success: true, user: made}} : GOOD['GET /api/v1/users.info'],
    });
    assert.equal(await codeOfMint(workspace), '502 workspace-unreachable');
    const {account} = await workspace.mint(who('erin'));
    assert.equal(account.own, true);
    // The name of the other route begins with this one's.
    assert.equal(count('users.create') - count('users.createToken'), 1);
  });

  it('is at another address than its pages have, perhaps below a path', async (t) => {
    const server = await scripted(t, (request) => {
      const {pathname} = new URL(request.url, 'http://x');
      return GOOD[`${request.method} ${pathname.replace(/^\/chat/, '')}`];
    });
    const settings = settingsFor(`${server.origin}/chat`, {createTokenSecret: 'x'.repeat(32)});
    const {workspace} = workspaceFor(server.atEnd, settings);
    assert.equal(await codeOfMint(workspace), 'minted');
    assert.ok(server.requests.every((line) => line.includes(' /chat/api/v1/')));
  });
});

describe('a refusal', () => {
  it('of the service account is the operator’s, whatever its shape', async (t) => {
    const text = 'You must be logged in to do this.';
    for (const body of [
      {success: false, error: text, status: 'error', message: text},
      {status: 'error', message: text},
      {success: false, error: text},
    ]) {
      const {workspace, log} = await place(t, {'GET /api/v1/users.info': {status: 401, body}});
      assert.equal(await codeOfMint(workspace), '503 workspace-refused');
      const {fields} = log.lines.find(({level}) => level === 'error');
      assert.equal(fields.reason, 'service-token-refused');
      assert.match(fields.remedy, /personal access token/);
    }
  });

  for (const [name, status, body, reason] of [
    ['403', 403, {success: false, error: 'unauthorized'}, 'permission-missing'],
    [
      '400 of a permission',
      400,
      {success: false, error: 'Not allowed [error-action-not-allowed]'},
      'permission-missing',
    ],
    [
      'a second factor by its code',
      400,
      {success: false, error: 'TOTP Required [totp-required]', errorType: 'totp-required'},
      'two-factor-demanded',
    ],
    [
      'a second factor by its text',
      400,
      {success: false, error: 'totp-required'},
      'two-factor-demanded',
    ],
    [
      'a rule of names',
      400,
      {success: false, error: 'No [error-invalid-username]'},
      'account-not-made',
    ],
    ['anything else', 418, {success: false}, 'account-not-made'],
  ]) {
    it(`of a new account is told apart: ${name}`, async (t) => {
      const {workspace, log} = await place(t, {'POST /api/v1/users.create': {status, body}});
      assert.equal(await codeOfMint(workspace), '503 workspace-refused');
      assert.equal(log.lines.find(({level}) => level === 'error').fields.reason, reason);
    });
  }

  it('has no secret in its message, its log, or its audit', async (t) => {
    for (const route of [...ROUTES, 'nothing']) {
      const {workspace, log, events} = await place(t, {
        [route]: {status: 400, body: {success: false, error: `CANARY ${TOKEN}`.slice(7)}},
      });
      const error = await workspace.mint(who('erin')).catch((each) => each);
      const told = [error.message, JSON.stringify(events)].join();
      assert.doesNotMatch(told, /CANARY|service-token/, route);
      assert.doesNotMatch(JSON.stringify(log.lines), /CANARY-secret|service-token/, route);
    }
  });
});

describe('the wait that a 429 asks for', () => {
  const now = Date.UTC(2026, 10, 21);
  const wait = (headers, error = '') => waitOf({status: 429, headers, body: {error}}, 60_000, now);
  const text = (seconds) =>
    `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`;

  it('is in its text, its reset, or Retry-After; never absurd', () => {
    for (const [headers, error, ms] of [
      [{}, text(7), 7000],
      [{}, text(0), 1],
      [{}, text(99_999_999), 60_000],
      [{}, text(-3), 60_000],
      [{}, text('9'.repeat(400)), 60_000],
      [{'x-ratelimit-reset': String(now + 6500)}, text(7), 6500],
      [{'x-ratelimit-reset': String(now + 86_400_000)}, text(7), 7000],
      [{'x-ratelimit-reset': String(now - 86_400_000)}, text(7), 7000],
      [{'x-ratelimit-reset': String(now + 4000)}, '', 4000],
      [{'x-ratelimit-reset': 'soon'}, '', 60_000],
      [{'x-ratelimit-reset': '1e99'}, '', 60_000],
      [{'retry-after': '3'}, '', 3000],
      [{'retry-after': new Date(now + 9000).toUTCString()}, '', 9000],
      [{'retry-after': new Date(now - 9000).toUTCString()}, '', 60_000],
      [{'retry-after': '-1'}, '', 60_000],
      [{'retry-after': 'in a while'}, '', 60_000],
      [{'retry-after': '9'.repeat(400)}, '', 60_000],
      [{}, '', 60_000],
    ]) {
      assert.equal(wait(headers, error), ms, JSON.stringify([headers, error]));
    }
  });

  it('is told to the user, whose place is kept', async (t) => {
    for (const route of ROUTES) {
      const {workspace, requests} = await place(t, {
        [route]: {status: 429, headers: {'retry-after': '17'}, body: 'slow down'},
      });
      const error = await workspace.mint(who('erin')).catch((each) => each);
      assert.equal(error.code, 'sign-in-queued', route);
      assert.equal(error.position, 1);
      assert.equal(error.headers['retry-after'], '17');
      // Nobody asks the workspace before that.
      const asked = requests.length;
      const next = await workspace.mint(who('frank')).catch((each) => each);
      assert.equal(next.position, 2);
      assert.equal((await workspace.mint(who('erin')).catch((each) => each)).position, 1);
      assert.equal(requests.length, asked, route);
    }
  });

  it('closes the window also where it was thought to be open to all', async (t) => {
    const {workspace, store} = await place(t, {
      'POST /api/v1/users.createToken': (time) =>
        time === 1 ? {status: 429, headers: {'retry-after': '20'}} : GOOD[ROUTES[2]],
    });
    await workspace.probe();
    assert.equal(await store.get('mint-limit:service'), 'exempt');
    assert.equal(await codeOfMint(workspace), '429 sign-in-queued');
    assert.equal(await codeOfMint(workspace, 'frank'), '429 sign-in-queued');
  });
});

describe('the calls by a user’s own login', () => {
  const login = {userId: 'U1', authToken: TOKEN};

  it('say nothing of a login that the workspace says nothing of', async (t) => {
    for (const answer of [
      {status: 'cut'},
      {status: 503, body: 'away'},
      {status: 429, headers: {'retry-after': '1'}},
      {status: 403, body: {success: false}},
      {body: '<h1>'},
    ]) {
      const {workspace} = await place(t, {'GET /api/v1/me': answer});
      assert.equal(await workspace.works(login), undefined);
    }
    const {workspace} = await place(t, {'GET /api/v1/me': {status: 401}});
    assert.equal(await workspace.works(login), false);
  });

  it('end a login once, and fail if that is not sure', async (t) => {
    for (const [answer, code] of [
      [{status: 'cut'}, 'workspace-unreachable'],
      [{status: 500}, 'workspace-unreachable'],
      [{status: 400, body: {success: false, error: 'no'}}, 'workspace-refused'],
      [{status: 429, headers: {'retry-after': '9'}}, 'rate-limited'],
    ]) {
      const {workspace, count} = await place(t, {'POST /api/v1/logout': answer});
      await assert.rejects(workspace.end(login), {code});
      assert.equal(count('logout'), 1);
    }
    const {workspace} = await place(t, {'POST /api/v1/logout': {status: 401}});
    await workspace.end(login);
  });

  it('are not made while the workspace takes none', async (t) => {
    const {workspace, count} = await place(t, {
      'POST /api/v1/logout': {status: 429, headers: {'retry-after': '30'}},
    });
    for (let each = 0; each < 5; each += 1) {
      await assert.rejects(workspace.end(login), {code: 'rate-limited'});
    }
    assert.equal(count('logout'), 1);
  });

  it('stay below the limit of their route', async (t) => {
    const {simulator, workspace, calls} = await scene(t, {chat: {bypassRateLimit: false}});
    const ends = [];
    for (let each = 0; each < 15; each += 1) {
      const {userId, authToken} = simulator.issueToken('alice');
      ends.push(
        await workspace.end({userId, authToken}).then(
          () => 'ended',
          ({code}) => code,
        ),
      );
    }
    assert.equal(ends.filter((each) => each === 'ended').length, 10);
    assert.equal(calls('POST logout').length, 10, 'none is refused by the workspace');
    assert.ok(ends.slice(10).every((each) => each === 'rate-limited'));
  });
});

describe('a probe', () => {
  it('never rejects, and tells the operator what to mend', async (t) => {
    for (const [answer, text] of [
      [{status: 401, body: {success: false}}, /personal access token/],
      [{status: 302, headers: {location: '/'}}, /internalUrl/],
      [{status: 'cut'}, /cannot use Rocket.Chat/],
    ]) {
      const {workspace, log} = await place(t, {'GET /api/v1/me': answer});
      await workspace.probe();
      assert.match(JSON.stringify(log.lines), text);
    }
  });
});

describe('a store that is not there', () => {
  it('is told as such; nothing is made twice when it is back', async (t) => {
    const {workspace, store, count} = await place(t);
    store.before = () => {
      throw storeGone();
    };
    assert.equal(await codeOfMint(workspace), '503 store-unavailable');
    await workspace.probe();
    store.before = () => {};
    assert.equal(await codeOfMint(workspace), 'minted');
    assert.equal(count('users.createToken'), 1);
  });

  it('loses no token by going once that is made', async (t) => {
    const {workspace, store, count} = await place(t);
    store.before = () => {
      if (count('users.createToken')) throw storeGone();
    };
    assert.equal((await workspace.mint(who('erin'))).authToken, TOKEN);
  });

  it('may go in the middle: the next request of the same user is answered', async (t) => {
    const methods = ['get', 'set', 'setIfAbsent', 'put', 'entries', 'due', 'enqueue', 'count'];
    for (const method of methods) {
      const {workspace, store} = await place(t);
      let broken = false;
      store.before = (called) => {
        if (called !== method || broken) return;
        broken = true;
        throw storeGone();
      };
      await workspace.mint(who('erin')).catch(({code}) => assert.equal(code, 'store-unavailable'));
      assert.ok(broken, method);
      // Made before the store went: known again by nothing but its address, which this server hides.
      const second = await codeOfMint(workspace, 'erin');
      assert.equal(second, 'minted', method);
    }
  });
});

describe('what is read of an answer', () => {
  it('is what was expected of it, and nothing inherited', () => {
    for (const body of [
      undefined,
      null,
      7,
      'user',
      [],
      {},
      {user: null},
      {user: []},
      {user: {_id: 'x'}},
      {user: {_id: 'x', username: ''}},
      {user: {_id: 'x'.repeat(129), username: 'x'}},
      {user: {_id: ['x'], username: 'x'}},
      JSON.parse('{"__proto__": {"user": {"_id": "x", "username": "x"}}}'),
    ]) {
      assert.equal(parseUserInfo(body), undefined, JSON.stringify(body));
    }
  });

  it('counts only addresses that are plainly verified', () => {
    const emails = [
      {address: 'A@x.example', verified: true},
      {address: 'b@x.example', verified: 'true'},
      {address: 'c@x.example'},
      {address: 7, verified: true},
      null,
      'd@x.example',
    ];
    assert.deepEqual(parseUserInfo({user: {...USER, emails}}).verifiedEmails, ['a@x.example']);
    assert.deepEqual(parseUserInfo({user: {...USER, emails: {}}}).verifiedEmails, []);
  });

  it('has the code of a refusal wherever a server puts it', () => {
    for (const [body, code] of [
      [{error: 'Not authorized [error-not-authorized]'}, 'error-not-authorized'],
      [{error: 'Taken', errorType: 'error-field-unavailable'}, 'error-field-unavailable'],
      [{error: 'x [error-invalid-room]', errorType: 'Not Allowed'}, 'error-invalid-room'],
      [{message: 'Unauthorized'}, 'Unauthorized'],
      [{error: {}}, ''],
      [[], ''],
    ]) {
      assert.equal(codeOf({status: 400, headers: {}, body}), code);
    }
  });
});
