import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {afterEach, beforeEach, describe, it, mock} from 'node:test';

import {withBroker} from '../support/broker-bench.mjs';

const SESSION = '/v1/chat/session';
const MINUTE = 60_000;

const assertRefused = ({status, body}, expected, code) => {
  assert.equal(status, expected);
  assert.equal(body.error.code, code);
  assert.equal(typeof body.error.message, 'string');
};

describe('who may ask', () => {
  const bench = withBroker();
  const asked = (headers) => bench.ask('POST', SESSION, {as: null, body: {}, headers});
  const part = (data) => Buffer.from(JSON.stringify(data)).toString('base64url');

  it('whoever has an access token of the host application', async () => {
    assert.equal((await bench.session()).body.username, 'alice');
  });

  it('not with an access token that has expired', async () => {
    const token = bench.broker.accessToken('alice', {expiresIn: -60});
    assertRefused(await asked({authorization: `Bearer ${token}`}), 401, 'access-token-expired');
  });

  for (const [what, tamper] of [
    ['nothing', () => ''],
    ['a word', () => 'Bearer secret'],
    ['a token without its signature', (token) => `Bearer ${token.replace(/[^.]+$/, '')}`],
    ['a token with a part too many', (token) => `Bearer ${token}.`],
    ['another scheme', (token) => `Basic ${token}`],
    [
      "another one's name under the same signature",
      (token) => {
        const [header, claims, signature] = token.split('.');
        const data = JSON.parse(Buffer.from(claims, 'base64url'));
        return `Bearer ${header}.${part({...data, sub: 'bob'})}.${signature}`;
      },
    ],
    [
      'a token that says it needs no signature',
      (token) => `Bearer ${part({alg: 'none'})}.${token.split('.')[1]}.`,
    ],
    [
      'a token that somebody else has signed',
      (token) => {
        const signed = token.split('.').slice(0, 2).join('.');
        return `Bearer ${signed}.${createHmac('sha256', 'guess').update(signed).digest('base64url')}`;
      },
    ],
  ]) {
    it(`not with ${what}`, async () => {
      const authorization = tamper(bench.broker.accessToken('alice'));
      assertRefused(await asked({authorization}), 401, 'access-token-invalid');
      assert.deepEqual(bench.broker.mints(), []);
    });
  }

  it('not without any token or cookie', async () => {
    assertRefused(await asked({}), 401, 'access-token-invalid');
  });

  it("whoever has the host application's cookie, with the header that no form sends", async () => {
    const cookie = `theme=dark; ${bench.broker.cookie('bob')}`;
    const answer = await asked({cookie, 'x-requested-with': 'pexip-chat-room'});
    assert.equal(answer.body.username, 'bob');
  });

  it('not with the cookie alone', async () => {
    const cookie = bench.broker.cookie('bob');
    assertRefused(await asked({cookie}), 403, 'cookie-guard-missing');
    const headers = {cookie, 'x-requested-with': 'XMLHttpRequest'};
    assertRefused(await asked(headers), 403, 'cookie-guard-missing');
  });

  it('not with a cookie that nobody was given', async () => {
    const headers = {cookie: 'host_session=guess', 'x-requested-with': 'pexip-chat-room'};
    assertRefused(await asked(headers), 401, 'access-token-invalid');
  });

  it('not with a cookie in the place of an access token that is not valid', async () => {
    const cookie = bench.broker.cookie('bob');
    const headers = {cookie, 'x-requested-with': 'pexip-chat-room', authorization: 'Bearer no'};
    assertRefused(await asked(headers), 401, 'access-token-invalid');
  });

  for (const [method, path] of [
    ['DELETE', SESSION],
    ['DELETE', `${SESSION}/lease`],
    ['GET', '/v1/rc/me'],
  ]) {
    it(`nobody without a name (${method} ${path})`, async () => {
      assertRefused(await bench.ask(method, path, {as: null}), 401, 'access-token-invalid');
    });
  }
});

describe('a session', () => {
  const bench = withBroker();

  it('has a lease, the user, and a token for the live chat that the workspace takes', async () => {
    const {status, body} = await bench.session();
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).sort(), [
      'alias',
      'expiresAt',
      'lease',
      'leaseExpiresAt',
      'surfaces',
      'userId',
      'username',
    ]);
    assert.equal(body.userId, bench.chat.users.find(({username}) => username === 'alice').userId);
    assert.deepEqual([body.username, body.alias], ['alice', 'alice']);
    assert.deepEqual(Object.keys(body.surfaces), ['live']);
    assert.ok(await bench.works(body));
    assert.deepEqual(bench.broker.mints(), [{username: 'alice', surface: 'live'}]);
  });

  it('has a token of its own for each surface that is asked for', async () => {
    const {body} = await bench.session({surfaces: ['embed', 'live']});
    assert.notEqual(body.surfaces.embed.authToken, body.surfaces.live.authToken);
    assert.ok((await bench.works(body, 'embed')) && (await bench.works(body, 'live')));
  });

  it('has the same tokens again, whoever of the user asks', async () => {
    const [{body: one}, {body: two}] = [await bench.session(), await bench.session()];
    assert.deepEqual(one.surfaces, two.surfaces);
    assert.notEqual(one.lease, two.lease);
    assert.equal(await bench.broker.leases('alice'), 2);
    assert.equal(bench.broker.mints().length, 1);
    assert.equal(bench.broker.sessions(), 2);
  });

  it('costs one token, however many ask at once', async () => {
    const surfaces = ['embed', 'live'];
    const answers = await Promise.all(Array.from({length: 50}, () => bench.session({surfaces})));
    assert.equal(new Set(answers.map(({body}) => body.surfaces.live.authToken)).size, 1);
    assert.equal(bench.broker.mints().length, 2);
  });

  it('has other tokens where that was asked for, and those of before go on', async () => {
    const {body: before} = await bench.session({surfaces: ['embed', 'live']});
    await bench.broker.replaceTokens('alice');
    const {body: after} = await bench.session({surfaces: ['embed', 'live'], lease: before.lease});
    assert.notEqual(after.surfaces.live.authToken, before.surfaces.live.authToken);
    assert.notEqual(after.surfaces.embed.authToken, before.surfaces.embed.authToken);
    assert.ok((await bench.works(before)) && (await bench.works(after)));
    assert.deepEqual(
      bench.broker.tokens('alice').map(({authToken}) => authToken),
      [before, after].flatMap(({surfaces: {embed, live}}) => [embed.authToken, live.authToken]),
    );
    await bench.ask('DELETE', '/v1/chat/session');
    assert.equal((await bench.works(before)) || (await bench.works(after)), false);
  });

  it('has a new token when the workspace knows the old one no longer', async () => {
    const {body: before} = await bench.session();
    bench.chat.revokeTokens('alice');
    const {body: after} = await bench.session({lease: before.lease, rejected: ['live']});
    assert.notEqual(after.surfaces.live.authToken, before.surfaces.live.authToken);
    assert.ok(await bench.works(after));
  });

  it('makes the account of a user whom the workspace does not know', async () => {
    const {body} = await bench.session({}, 'dora');
    assert.equal(body.username, 'dora');
    assert.ok(await bench.works(body));
  });

  it('is refused to an account with rights that no page may have', async () => {
    assertRefused(await bench.session({}, 'admin'), 403, 'account-refused');
    assert.deepEqual(bench.broker.mints(), []);
    assert.equal(await bench.broker.leases('admin'), 0);
  });

  for (const body of [
    {surfaces: []},
    {surfaces: 'live'},
    {surfaces: ['live', 'other']},
    {surfaces: [{$ne: null}]},
    {lease: 7},
    {lease: ''},
    [],
    'null',
  ]) {
    it(`is refused for the body ${JSON.stringify(body)}`, async () => {
      assertRefused(await bench.session(body), 400, 'invalid-argument');
    });
  }

  it('does not heed a user that the body names', async () => {
    const {body} = await bench.session({userId: 'bob', username: 'bob', sub: 'bob'});
    assert.equal(body.username, 'alice');
  });

  it('is renewed by its lease', async () => {
    const {body: before} = await bench.session();
    const {body: after} = await bench.session({lease: before.lease});
    assert.equal(after.lease, before.lease);
    assert.ok(after.leaseExpiresAt >= before.leaseExpiresAt);
    assert.equal(await bench.broker.leases('alice'), 1);
  });

  it("has a new lease where the old one is unknown, or another user's", async () => {
    const {body: bobs} = await bench.session({}, 'bob');
    for (const lease of ['unknown', bobs.lease]) {
      const {status, body} = await bench.session({lease});
      assert.equal(status, 200);
      assert.notEqual(body.lease, lease);
    }
    assert.equal(await bench.broker.leases('bob'), 1);
  });

  it('ends at once when its user signs out, on every page', async () => {
    const {body} = await bench.session({surfaces: ['embed', 'live']});
    await bench.session();
    const {body: bobs} = await bench.session({}, 'bob');
    const {status, body: nothing} = await bench.ask('DELETE', SESSION);
    assert.deepEqual([status, nothing], [204, '']);
    assert.equal(await bench.broker.leases('alice'), 0);
    assert.ok(!(await bench.works(body, 'embed')) && !(await bench.works(body, 'live')));
    assert.ok(await bench.works(bobs));
  });

  it("leaves the user's other logins alone when it ends", async () => {
    const {userId, authToken} = bench.chat.issueToken('alice');
    await bench.session();
    await bench.ask('DELETE', SESSION);
    assert.ok(await bench.works({userId, surfaces: {live: {authToken}}}));
  });

  it("is another user's where a test asks for that", async () => {
    bench.broker.answerAs('bob');
    assert.equal((await bench.session()).body.username, 'bob');
    bench.broker.answerAs(null);
    assert.equal((await bench.session()).body.username, 'alice');
  });

  it('puts no token in a request line', async () => {
    const {body} = await bench.session();
    await bench.ask('DELETE', `${SESSION}/${body.lease}`);
    const lines = JSON.stringify(bench.broker.requests());
    assert.ok(lines.includes('POST /v1/chat/session HTTP/1.1'));
    assert.ok(!lines.includes(body.surfaces.live.authToken));
  });
});

describe('the queue for tokens', () => {
  const bench = withBroker();

  it('tells each user the place and when to ask again, until it is the turn', async () => {
    bench.broker.queue(2, 7);
    for (const [as, position] of [
      ['alice', 2],
      ['bob', 2],
      ['alice', 1],
      ['bob', 1],
    ]) {
      const answer = await bench.session({}, as);
      assertRefused(answer, 429, 'sign-in-queued');
      assert.equal(answer.body.error.position, position);
      assert.equal(answer.headers.get('retry-after'), '7');
    }
    assert.equal(await bench.broker.leases('alice'), 0);
    assert.equal((await bench.session()).status, 200);
    assert.deepEqual(bench.broker.mints(), [{username: 'alice', surface: 'live'}]);
  });

  it('holds nobody up who has a token already', async () => {
    await bench.session();
    bench.broker.queue(1, 7);
    assert.equal((await bench.session()).status, 200);
    assertRefused(await bench.session({surfaces: ['embed']}), 429, 'sign-in-queued');
  });
});

describe('in an hour', () => {
  const bench = withBroker();
  let start;
  beforeEach(() => {
    start = Date.now();
    mock.timers.enable({apis: ['Date'], now: start});
  });
  afterEach(() => mock.timers.reset());

  it('a lease holds for 5 minutes and a token to the end', async () => {
    const {body} = await bench.session();
    assert.equal(Date.parse(body.leaseExpiresAt) - start, 5 * MINUTE);
    assert.equal(Date.parse(body.expiresAt) - start, 60 * MINUTE);
    mock.timers.setTime(start + MINUTE);
    const {body: renewed} = await bench.session({lease: body.lease});
    assert.equal(Date.parse(renewed.leaseExpiresAt) - start, 6 * MINUTE);
    assert.equal(renewed.expiresAt, body.expiresAt);
  });

  it('a token is handed out until less than a tenth of its life is left', async () => {
    const {body: before} = await bench.session();
    mock.timers.setTime(start + 54 * MINUTE);
    assert.deepEqual((await bench.session()).body.surfaces, before.surfaces);
    mock.timers.setTime(start + 54 * MINUTE + 1);
    const {body: after} = await bench.session();
    assert.notEqual(after.surfaces.live.authToken, before.surfaces.live.authToken);
    assert.ok(await bench.works(before), 'the old one is still in use somewhere');
    assert.deepEqual((await bench.session()).body.surfaces, after.surfaces);
  });

  it('an answer tells the end of the token that ends first', async () => {
    const {body: live} = await bench.session();
    mock.timers.setTime(start + MINUTE);
    const {body: both} = await bench.session({surfaces: ['embed', 'live']});
    assert.equal(both.expiresAt, live.expiresAt);
  });

  it('an access token holds', async () => {
    const headers = {authorization: `Bearer ${bench.broker.accessToken('alice')}`};
    const asked = () => bench.ask('POST', SESSION, {as: null, body: {}, headers});
    mock.timers.setTime(start + 59 * MINUTE);
    assert.equal((await asked()).status, 200);
    // Clocks may differ by 5 s.
    mock.timers.setTime(start + 60 * MINUTE + 6000);
    assertRefused(await asked(), 401, 'access-token-expired');
  });
});

// Timers fire within the millisecond before their time, and at any time after it.
const assertLasted = (start, least) => assert.ok(performance.now() - start >= least - 2);

/** Asks for other things until what comes next is clearly later than what was before. */
const meanwhile = async (bench) => {
  const start = performance.now();
  while (performance.now() - start < 60) await bench.ask('GET', '/v1/config');
};

describe('tokens', () => {
  describe('whose lease is not renewed', () => {
    const bench = withBroker({leaseTime: 3000, afterLast: 100});

    it('end after that, and a while more', async () => {
      const ended = bench.tokenEnded();
      const {body: first} = await bench.session();
      await meanwhile(bench);
      const start = performance.now();
      const {body} = await bench.session({lease: first.lease});
      await ended;
      assertLasted(start, 3100);
      assert.equal(await bench.broker.leases('alice'), 0);
      assert.equal(await bench.works(body), false);
      const {body: after} = await bench.session({lease: body.lease});
      assert.notEqual(after.lease, body.lease);
      assert.ok(await bench.works(after));
    });
  });

  describe('whose last page goes', () => {
    const bench = withBroker({afterLast: 500});
    const release = ({lease}) => bench.ask('DELETE', `${SESSION}/${lease}`);

    it('end a while after the last, not the first', async () => {
      const {body: first} = await bench.session({surfaces: ['embed', 'live']});
      const {body: last} = await bench.session();
      assert.equal((await release(first)).status, 204);
      await meanwhile(bench);
      const ended = bench.tokenEnded();
      const start = performance.now();
      assert.equal((await release(last)).status, 204);
      await ended;
      assertLasted(start, 500);
    });

    it("stay when it is another user who releases the user's lease", async () => {
      const {body} = await bench.session();
      const path = `${SESSION}/${body.lease}`;
      assert.equal((await bench.ask('DELETE', path, {as: 'bob'})).status, 204);
      assert.equal(await bench.broker.leases('alice'), 1);
    });
  });

  describe('whose next page comes', () => {
    // A while that a busy machine does not let pass between two requests.
    const bench = withBroker({afterLast: 3000});
    const release = ({lease}) => bench.ask('DELETE', `${SESSION}/${lease}`);

    it('stay when it comes in time', async () => {
      const {body} = await bench.session();
      const ended = bench.tokenEnded();
      await release(body);
      const {body: next} = await bench.session();
      assert.deepEqual(next.surfaces, body.surfaces);
      await meanwhile(bench);
      const start = performance.now();
      await release(next);
      await ended;
      assertLasted(start, 3000);
    });
  });

  describe('whose life is over', () => {
    const bench = withBroker({lifetime: 200});

    it('end, though a page holds a session', async () => {
      const ended = bench.tokenEnded();
      const start = performance.now();
      const {body} = await bench.session();
      await ended;
      assertLasted(start, 200);
      assert.equal(await bench.works(body), false);
      assert.equal(await bench.broker.leases('alice'), 1);
    });
  });
});
