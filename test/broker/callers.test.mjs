import assert from 'node:assert/strict';
import {connect} from 'node:net';
import {text} from 'node:stream/consumers';
import {describe, it} from 'node:test';

import {createCallers} from '../../broker/dist/callers/callers.js';
import {signIn} from '../../broker/dist/callers/fastify-identity.js';
import {
  brokerApp,
  callerSettings,
  fakeSeal,
  listen,
  noLog,
  openDispatcher,
  readableLog,
} from '../support/broker-fakes.mjs';
import {
  AUDIENCE,
  bearer,
  claims,
  handMade,
  ISSUER,
  seconds,
  SECRET,
  shared,
} from '../support/broker-tokens.mjs';

const GUARD = {'x-requested-with': 'pexip-chat-room'};
const JWT = [{issuer: ISSUER, audience: AUDIENCE, secret: SECRET, algorithms: ['HS256']}];

/** An app whose one route says who asks. */
const signedIn = async (t, settings = {}, log) => {
  const app = await brokerApp(t, {log});
  const callers = createCallers({
    settings: callerSettings({jwt: JWT, ...settings}),
    seal: fakeSeal(),
    dispatcher: openDispatcher(t),
    log: noLog,
  });
  await app.register(signIn(callers));
  app.get('/who', async ({identity}) => identity);
  const who = async (headers) => {
    const answer = await app.inject({url: '/who', headers});
    return {status: answer.statusCode, ...answer.json(), headers: answer.headers};
  };
  return {app, callers, who};
};

const refused = ({status, error}) => `${status} ${error?.code}`;

describe('a caller with an access token', () => {
  it('is who the token says, with what it says of name and address', async (t) => {
    const {who} = await signedIn(t);
    const own = {name: 'Anna Ek', email: 'anna@example.com', email_verified: true};
    const {headers: _, ...identity} = await who(bearer(shared(own)));
    assert.deepEqual(identity, {
      status: 200,
      sub: 'anna',
      name: 'Anna Ek',
      email: 'anna@example.com',
      emailVerified: true,
      by: 'jwt',
    });
  });

  it('may be one of several in `aud`, with a clock 4 s apart, and name the type or not', async (t) => {
    t.mock.timers.enable({apis: ['Date'], now: Date.now()});
    const {who} = await signedIn(t);
    const now = seconds();
    for (const token of [
      shared({aud: ['other', AUDIENCE]}),
      shared({exp: now - 3}),
      shared({nbf: now + 3}),
      shared({}, {alg: 'HS256'}),
      shared({}, {alg: 'HS256', typ: 'at+jwt'}),
      shared({}, {alg: 'HS256', typ: 'application/at+JWT'}),
    ])
      assert.equal((await who(bearer(token))).sub, 'anna');
    assert.equal((await who({authorization: `bearer   ${shared()}`})).sub, 'anna');
  });

  it('is refused for every token that is not exactly right', async (t) => {
    const {who} = await signedIn(t);
    const now = seconds();
    const unsigned = handMade({alg: 'none'}, claims()).replace(/[^.]+$/, '');
    const right = shared();
    const [head, body, signature] = right.split('.');
    const odd = {
      nothing: '',
      'a word': 'x',
      'three dots': '...',
      'no signature': unsigned,
      'alg none with a signature': handMade({alg: 'none'}, claims()),
      'alg NONE': handMade({alg: 'NONE'}, claims()),
      'alg missing': handMade({typ: 'JWT'}, claims()),
      'alg of another length': handMade({alg: 'HS512'}, claims(), SECRET, 'sha512'),
      'a header that is no object': handMade('[]', claims()),
      'another secret': handMade({alg: 'HS256'}, claims(), `${SECRET}!`),
      'an empty secret': handMade({alg: 'HS256'}, claims(), ''),
      'claims of another token': `${head}.${shared({sub: 'bo'}).split('.')[1]}.${signature}`,
      'a part more': `${right}.x`,
      'a cut signature': `${head}.${body}.${signature.slice(0, -4)}`,
      'another kind of token': shared({}, {alg: 'HS256', typ: 'logout+jwt'}),
      'typ that is no text': shared({}, {alg: 'HS256', typ: ['JWT']}),
      'an unknown crit': shared({}, {alg: 'HS256', crit: ['exp2'], exp2: 1}),
      'an unencoded payload': shared({}, {alg: 'HS256', crit: ['b64'], b64: false}),
      'another iss': shared({iss: 'https://evil.example.com'}),
      'iss with a slash': shared({iss: `${ISSUER}/`}),
      'iss missing': shared({iss: undefined}),
      'iss as list': shared({iss: [ISSUER]}),
      'iss __proto__': shared({iss: '__proto__'}),
      'another aud': shared({aud: 'pexip'}),
      'aud missing': shared({aud: undefined}),
      'exp missing': shared({exp: undefined}),
      'exp as text': shared({exp: String(now + 300)}),
      'not valid yet': shared({nbf: now + 60}),
      'nbf as text': shared({nbf: 'soon'}),
      'claims that are a list': handMade({alg: 'HS256'}, '[]'),
      'claims that are no JSON': handMade({alg: 'HS256'}, '{'),
      'a token that is too long': shared({note: 'x'.repeat(9_000)}),
    };
    for (const [what, token] of Object.entries(odd)) {
      const answer = await who(bearer(token));
      assert.equal(refused(answer), '401 access-token-invalid', what);
      assert.equal(answer.headers['www-authenticate'], 'Bearer', what);
    }
  });

  it('is refused for a `sub` that is no identifier', async (t) => {
    const {who} = await signedIn(t);
    for (const sub of [
      undefined,
      null,
      '',
      ' ',
      ' anna',
      'anna\n',
      0,
      true,
      ['anna'],
      {$ne: null},
      'a\r\n{"level":60}',
      'a\u2028b',
      'a\u0000b',
      '\ud800',
      'x'.repeat(129),
    ]) {
      const answer = await who(bearer(shared({sub})));
      assert.equal(refused(answer), '401 access-token-invalid', JSON.stringify(sub));
    }
    assert.equal((await who(bearer(shared({sub: 'x'.repeat(128)})))).status, 200);
  });

  it('may show it again and again until it ends, and not after', async (t) => {
    t.mock.timers.enable({apis: ['Date'], now: Date.now()});
    const {who} = await signedIn(t);
    const token = shared({exp: seconds() + 300, jti: 'one'});
    for (const later of [0, 0, 299_000]) {
      t.mock.timers.tick(later);
      assert.equal((await who(bearer(token))).sub, 'anna');
    }
    // Clocks may differ by 5 s.
    t.mock.timers.tick(7_000);
    assert.equal(refused(await who(bearer(token))), '401 access-token-expired');
  });

  it('is nobody at a broker of another audience, or that trusts another issuer', async (t) => {
    const [own] = JWT;
    const brokers = [
      own,
      {...own, audience: 'support'},
      {...own, issuer: 'https://id.example.com'},
    ];
    const apps = await Promise.all(brokers.map((each) => signedIn(t, {jwt: [each]})));
    for (const {issuer: iss, audience: aud} of brokers) {
      const token = shared({iss, aud});
      const answers = await Promise.all(apps.map(({who}) => who(bearer(token))));
      assert.deepEqual(
        answers.map(({sub, error}) => sub ?? error.code),
        brokers.map(({issuer, audience}) =>
          issuer === iss && audience === aud ? 'anna' : 'access-token-invalid',
        ),
      );
    }
  });

  it('is told when the token has expired, and only if it was right', async (t) => {
    const {who} = await signedIn(t);
    const old = {exp: seconds() - 10};
    assert.equal(refused(await who(bearer(shared(old)))), '401 access-token-expired');
    const forged = handMade({alg: 'HS256'}, claims(old), 'not the secret that both of them share');
    assert.equal(refused(await who(bearer(forged))), '401 access-token-invalid');
  });

  it('may use either secret while the application changes it', async (t) => {
    const next = 'another shared secret of tests, for the change';
    const {who} = await signedIn(t, {jwt: [...JWT, {...JWT[0], secret: next}]});
    assert.equal((await who(bearer(shared()))).sub, 'anna');
    assert.equal((await who(bearer(handMade({alg: 'HS256'}, claims(), next)))).sub, 'anna');
    const old = handMade({alg: 'HS256'}, claims({exp: seconds() - 10}), next);
    assert.equal(refused(await who(bearer(old))), '401 access-token-expired');
  });

  it('is refused with two Authorization headers, or with 1 MB of them', async (t) => {
    const {app} = await signedIn(t);
    const {port} = new URL(await listen(app));
    const send = async (lines) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(`GET /who HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${lines}\r\n\r\n`);
      return text(socket);
    };
    const one = `authorization: Bearer ${shared()}`;
    assert.match(await send(one), /^HTTP\/1.1 200 /);
    assert.match(
      await send(`${one}\r\nAuthorization: Bearer ${shared({sub: 'bo'})}`),
      / 401 .*access-token-invalid/s,
    );
    const huge = await send(`authorization: Bearer ${'a'.repeat(1_000_000)}`).catch(() => ' 431 ');
    assert.match(huge, / 431 /);
  });

  it('gets no word of the token in the answer, and leaves none in the log', async (t) => {
    const log = readableLog();
    const {who} = await signedIn(t, {}, log);
    const canary = 'CANARY-4711';
    const tokens = [
      shared({aud: canary, email: canary}),
      handMade({alg: 'HS256', kid: canary}, claims({sub: canary}), canary),
      shared({sub: [canary]}),
      canary,
    ];
    for (const token of tokens) {
      const answer = await who(bearer(token));
      assert.equal(answer.status, 401);
      assert.doesNotMatch(JSON.stringify(answer), /CANARY/);
      assert.ok(!log.text().includes(token));
    }
    assert.doesNotMatch(log.text(), /CANARY/);
    assert.equal(log.lines.length, tokens.length);
    assert.match(log.lines[0], /claim aud/);
  });
});

describe('the issuers that are trusted', () => {
  const create = (issuer) => () =>
    createCallers({
      settings: callerSettings({jwt: [{issuer: ISSUER, audience: AUDIENCE, ...issuer}]}),
      seal: fakeSeal(),
      log: noLog,
    });

  it('cannot have an algorithm that does not fit what they sign with', () => {
    const jwksUrl = 'https://app.example.com/keys';
    assert.throws(create({jwksUrl, algorithms: ['HS256']}), /cannot have the algorithm HS256/);
    assert.throws(create({jwksUrl, algorithms: ['RS256', 'none']}), /algorithm none/);
    assert.throws(create({secret: SECRET, algorithms: ['RS256']}), /algorithm RS256/);
    assert.throws(create({secret: SECRET, algorithms: ['none']}), /algorithm none/);
    assert.throws(create({secret: SECRET, algorithms: []}), /\(none\)/);
    assert.throws(create({secret: SECRET, jwksUrl, algorithms: ['HS256']}), /either a secret or/);
    assert.doesNotThrow(create({secret: SECRET, algorithms: ['HS256']}));
  });
});

describe("a caller with the application's cookie", () => {
  const HOOK = {name: 'sid', hook: (value) => (value === 'anna1' ? {sub: 'anna'} : undefined)};

  it('counts together with the header that no form can send', async (t) => {
    const {who} = await signedIn(t, {cookie: HOOK});
    const answer = await who({cookie: 'a=1; sid=anna1; b=2', ...GUARD});
    assert.equal(`${answer.sub} ${answer.by}`, 'anna cookie');
    for (const guard of ['', 'XMLHttpRequest', 'PEXIP-CHAT-ROOM', 'pexip-chat-room, x']) {
      const without = await who({cookie: 'sid=anna1', 'x-requested-with': guard});
      assert.equal(refused(without), '403 cookie-guard-missing');
    }
    assert.equal(refused(await who({cookie: 'sid=anna1'})), '403 cookie-guard-missing');
  });

  it('is nobody with another cookie, or with two of the same name', async (t) => {
    const {who} = await signedIn(t, {cookie: HOOK});
    for (const cookie of ['sid=', 'Sid=anna1', 'xsid=anna1', 'sid', 'sid=bo', 'sid=anna1; sid=bo'])
      assert.equal(refused(await who({cookie, ...GUARD})), '401 access-token-invalid', cookie);
    assert.equal((await who({cookie: 'sid=anna1; sid=anna1', ...GUARD})).sub, 'anna');
  });

  it('is not asked for it beside an access token, even one that is not valid', async (t) => {
    const hook = () => assert.fail('the cookie was tried');
    const {who} = await signedIn(t, {cookie: {name: 'sid', hook}});
    for (const authorization of ['Bearer x', 'Bearer', 'bearer ', `Bearer ${shared({sub: ''})}`]) {
      const answer = await who({authorization, cookie: 'sid=anna1', ...GUARD});
      assert.equal(refused(answer), '401 access-token-invalid', authorization);
    }
  });

  it("may pass a proxy's own Basic sign-in", async (t) => {
    const {who} = await signedIn(t, {cookie: HOOK});
    const answer = await who({authorization: 'Basic eDp5', cookie: 'sid=anna1', ...GUARD});
    assert.equal(answer.sub, 'anna');
  });

  it('is told that the broker is busy when the hook fails or gives nonsense', async (t) => {
    for (const hook of [
      () => Promise.reject(new Error('CANARY')),
      () => ({sub: 7}),
      () => ({}),
      () => 'anna',
    ]) {
      const log = readableLog();
      const {who} = await signedIn(t, {cookie: {name: 'sid', hook}}, log);
      const answer = await who({cookie: 'sid=anna1', ...GUARD});
      assert.equal(refused(answer), '503 broker-busy');
      assert.doesNotMatch(JSON.stringify(answer), /CANARY/);
      assert.equal(log.lines.length, 1);
    }
  });

  it('needs the setting: without it, cookies prove nothing', async (t) => {
    const {who} = await signedIn(t);
    assert.equal(refused(await who({cookie: 'sid=anna1', ...GUARD})), '401 access-token-invalid');
    assert.equal(refused(await who({})), '401 access-token-invalid');
  });
});
