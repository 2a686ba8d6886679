/** What somebody may send who means harm, to the whole broker over HTTP, and what reaches the workspace. */
import assert from 'node:assert/strict';
import {createSecretKey, generateKeyPairSync} from 'node:crypto';
import {createServer} from 'node:http';
import {connect} from 'node:net';
import {after, before, describe, it} from 'node:test';
import {gzipSync} from 'node:zlib';

import {
  AUDIENCE,
  client,
  ISSUER,
  PAGE,
  runBroker,
  startPlace,
  until,
} from '../support/whole-broker.mjs';

const SESSION = '/v1/chat/session';
const MADE = 'POST users.createToken';
const MEBIBYTE = 1024 * 1024;

const ends = [];
const atEnd = (end) => void ends.push(end);
let place;
let broker;
let send;
let canary;

/** A server that nobody has a reason to ask. */
const startCanary = async () => {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request.url);
    response.end('{}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => server.close());
  return {requests, port: server.address().port, host: `127.0.0.1:${server.address().port}`};
};

before(async () => {
  place = await startPlace(atEnd);
  canary = await startCanary();
  // What is refused is counted by address, and all of these come from one.
  const settings = {log: {level: 'debug'}, limits: {refusedPerAddress: 1_000_000}};
  broker = await runBroker(atEnd, place, {settings});
  send = client(atEnd);
  await open('victim');
});
after(async () => {
  for (const end of ends.reverse()) await end();
});

const open = async (sub, body = {}, {to = broker, headers} = {}) =>
  send(to.origin, 'POST', SESSION, {token: await place.tokenFor(sub), body, headers});

/** How a broker looks, now and then, whether its workspace is there and takes its own token. */
const isLook = ({call, by}) =>
  call === 'GET /api/info' || (call === 'GET me' && by === place.settings.rocketChat.userId);

/** Which calls reached the workspace meanwhile, without those looks. */
const callsOf = async (work) => {
  const from = place.gate.calls.length;
  await work();
  return place.gate.calls.slice(from).filter((call) => !isLook(call));
};

/** `once()` would be rejected by an error, and who is cut off may hear of it as one. */
const closed = (socket) => new Promise((resolve) => socket.once('close', resolve));

/** Sends bytes as they are; resolves with all that comes back until the connection ends. */
const raw = async (head, {to = broker} = {}) => {
  const socket = connect(Number(new URL(to.origin).port), '127.0.0.1');
  let text = '';
  socket.on('data', (data) => (text += data));
  socket.on('error', () => undefined);
  socket.write(head);
  await closed(socket);
  return text;
};

const ending = 'Host: broker.example.com\r\nConnection: close\r\n';

describe('who is signed in', () => {
  it('is told by the proof of sign-in alone, whatever names somebody else', async () => {
    const victim = (await open('victim')).body;
    const mallory = (await open('mallory')).body;
    const token = await place.tokenFor('mallory');
    const name = '"victim"';
    const names = ['userId', 'user', 'user_id', 'sub', 'alias', 'username', 'identity', 'as'];
    const bodies = [
      ...names.map((each) => `{"${each}":${name}}`),
      ...names.map((each) => `{"${each}":"${victim.userId}"}`),
      '{"userId":"admin"}',
      '{"userId":{"$ne":null}}',
      '{"lease":{"$ne":null}}',
      '{"surfaces":{"$ne":null}}',
      `{"sub":"mallory","sub":${name}}`,
      `{"identity":{"sub":${name},"by":"jwt"}}`,
      `{"lease":"${victim.lease}"}`,
      `["victim"]`,
      `[{"userId":${name}}]`,
      name,
      'null',
      `{"__proto__":{"sub":${name}}}`,
      `{"constructor":{"prototype":{"sub":${name}}}}`,
    ];
    const paths = [
      ...names.map((each) => `${SESSION}?${each}=victim`),
      `${SESSION}?sub[]=victim`,
      `${SESSION}?__proto__[sub]=victim`,
    ];
    const headers = [
      {'x-user-id': victim.userId},
      {'x-user-id': victim.userId, 'x-auth-token': victim.surfaces.live.authToken},
      {'x-forwarded-user': 'victim', 'x-remote-user': 'victim', 'remote-user': 'victim'},
      {'x-original-url': '/v1/users?alias=victim', 'x-http-method-override': 'DELETE'},
      {cookie: 'session=victim; rc_uid=victim; rc_token=x'},
      {apikey: place.secrets.apiKey},
    ];
    const asked = [
      ...bodies.map((body) => ({path: SESSION, body})),
      ...paths.map((path) => ({path, body: '{}'})),
      ...headers.map((each) => ({path: SESSION, body: '{}', headers: each})),
    ];
    const calls = await callsOf(async () => {
      for (const {path, ...more} of asked) {
        const answer = await send(broker.origin, 'POST', path, {token, ...more});
        const what = `${path} ${JSON.stringify(more)}: ${answer.text}`;
        if (answer.status === 200) assert.equal(answer.body.userId, mallory.userId, what);
        else assert.ok(answer.status >= 400 && answer.status < 500, what);
        assert.ok(!answer.text.includes(victim.surfaces.live.authToken), what);
        assert.ok(!answer.text.includes(victim.lease), what);
      }
    });
    assert.deepEqual(calls, []);
  });

  it('cannot be said twice', async () => {
    const [mine, other] = [await place.tokenFor('mallory'), await place.tokenFor('victim')];
    const calls = await callsOf(async () => {
      for (const pair of [
        [mine, other],
        [other, mine],
      ]) {
        const proofs = pair.map((each) => `Authorization: Bearer ${each}\r\n`).join('');
        const type = 'Content-Type: application/json\r\nContent-Length: 2\r\n';
        const text = await raw(`POST ${SESSION} HTTP/1.1\r\n${ending}${type}${proofs}\r\n{}`);
        assert.match(text, /^HTTP\/1\.1 401 /);
      }
    });
    assert.deepEqual(calls, []);
  });

  it('has nothing of another: not his login, lease, sign-out or files', async () => {
    const victim = (await open('victim')).body;
    const mallory = (await open('mallory')).body;
    const token = await place.tokenFor('mallory');
    const stolen = {'x-user-id': victim.userId, 'x-auth-token': victim.surfaces.live.authToken};
    const mixed = {'x-user-id': victim.userId, 'x-auth-token': mallory.surfaces.live.authToken};
    const calls = await callsOf(async () => {
      for (const headers of [stolen, mixed])
        assert.equal((await send(broker.origin, 'GET', '/v1/rc/me', {token, headers})).status, 403);
      const path = `${SESSION}/${victim.lease}`;
      assert.equal((await send(broker.origin, 'DELETE', path, {token})).status, 204);
      const renewed = await open('victim', {lease: victim.lease});
      assert.equal(renewed.body.lease, victim.lease);
      assert.deepEqual(renewed.body.surfaces, victim.surfaces);
    });
    assert.deepEqual(calls, []);
  });

  it('is nobody by a token that is forged, stale or meant for somebody else', async () => {
    const {tokenFor} = place;
    const now = Math.floor(Date.now() / 1000);
    const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {iss: ISSUER, aud: 'pexip-chat-room', sub: 'victim', exp: now + 600};
    const good = await tokenFor('victim');
    const [head, body, signature] = good.split('.');
    const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
    const url = `http://${canary.host}/jwks`;
    const by = Buffer.from('another secret of thirty-two bytes, at least');
    const bad = {
      'none as algorithm': `${encoded({alg: 'none'})}.${encoded(claims)}.`,
      'None as algorithm': `${encoded({alg: 'None'})}.${encoded(claims)}.${signature}`,
      'no signature': `${head}.${body}.`,
      'another signature': `${head}.${body}.${signature.slice(0, -2)}AA`,
      'other claims': `${head}.${encoded({...claims, sub: 'admin'})}.${signature}`,
      'another key': await tokenFor('victim', {by}),
      'a key pair of its own': await tokenFor('victim', {header: {alg: 'RS256'}, by: privateKey}),
      'a key in its head': await tokenFor('victim', {header: {jwk: {kty: 'oct', k: 'AA'}}, by}),
      'a key elsewhere': await tokenFor('victim', {header: {jku: url, x5u: url, kid: url}, by}),
      'another audience': await tokenFor('victim', {claims: {aud: 'another'}}),
      'no audience': await tokenFor('victim', {claims: {aud: undefined}}),
      'another issuer': await tokenFor('victim', {claims: {iss: 'https://evil.example.com'}}),
      'an issuer in a list': await tokenFor('victim', {claims: {iss: [ISSUER]}}),
      'the broker as issuer': await tokenFor('victim', {claims: {iss: place.settings.publicUrl}}),
      'its time is over': await tokenFor('victim', {claims: {exp: now - 60}}),
      'its time has not come': await tokenFor('victim', {claims: {nbf: now + 600}}),
      'it never ends': await tokenFor('victim', {claims: {exp: undefined}}),
      'it ends as text': await tokenFor('victim', {claims: {exp: '9999999999'}}),
      'it is of another kind': await tokenFor('victim', {header: {typ: 'logout+jwt'}}),
      'nobody as subject': await tokenFor(undefined),
      'an empty subject': await tokenFor(''),
      'a number as subject': await tokenFor(7),
      'a list as subject': await tokenFor(['victim']),
      'an object as subject': await tokenFor({$ne: null}),
      'a line as subject': await tokenFor('a\r\n{"level":"fatal"}'),
      'a separator as subject': await tokenFor('a\u2028b'),
      'a long subject': await tokenFor('v'.repeat(129)),
      'a long token': await tokenFor('victim', {claims: {more: 'x'.repeat(9_000)}}),
      'a part': body,
      nothing: '',
    };
    const calls = await callsOf(async () => {
      for (const [what, token] of Object.entries(bad)) {
        const headers = {authorization: `Bearer ${token}`};
        const answer = await send(broker.origin, 'POST', SESSION, {headers, body: {}});
        assert.equal(answer.status, 401, `${what}: ${answer.text}`);
        assert.match(answer.body.error.code, /^access-token-(invalid|expired)$/, what);
      }
    });
    assert.deepEqual(calls, []);
    assert.deepEqual(canary.requests, []);
  });

  it('is nobody by a public key that is taken for a secret', async () => {
    const {publicKey, privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
    const jwk = {...publicKey.export({format: 'jwk'}), kid: 'one', alg: 'RS256', use: 'sig'};
    const keys = createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({keys: [jwk]}));
    });
    await new Promise((resolve) => keys.listen(0, '127.0.0.1', resolve));
    atEnd(() => keys.close());
    const jwksUrl = `http://127.0.0.1:${keys.address().port}/keys`;
    const to = await runBroker(atEnd, place, {
      settings: {
        jwt: [{issuer: ISSUER, audience: AUDIENCE, jwksUrl}],
        store: {sqlite: `${place.sqlite}-keys`},
        limits: {refusedPerAddress: 1_000_000},
      },
      env: {BROKER_JWT_SECRET: undefined},
    });
    const show = async (token) => send(to.origin, 'POST', SESSION, {token, body: {}});
    const spki = {type: 'spki'};
    const secrets = {
      PEM: publicKey.export({...spki, format: 'pem'}),
      'PEM without its last line end': publicKey.export({...spki, format: 'pem'}).trim(),
      'PEM of PKCS 1': publicKey.export({type: 'pkcs1', format: 'pem'}),
      DER: publicKey.export({...spki, format: 'der'}),
      modulus: Buffer.from(jwk.n, 'base64url'),
      'modulus as text': jwk.n,
      JWK: JSON.stringify(jwk),
    };
    const calls = await callsOf(async () => {
      for (const [what, secret] of Object.entries(secrets))
        for (const header of [{alg: 'HS256'}, {alg: 'HS256', kid: 'one'}]) {
          const by = createSecretKey(Buffer.from(secret));
          const answer = await show(await place.tokenFor('victim', {header, by}));
          assert.equal(answer.status, 401, `${what}: ${answer.text}`);
          assert.equal(answer.body.error.code, 'access-token-invalid');
        }
    });
    assert.deepEqual(calls, []);
    const signed = {header: {alg: 'RS256', kid: 'one'}, by: privateKey};
    assert.equal((await show(await place.tokenFor('keyed', signed))).status, 200);
    await to.kill();
  });

  it('is asked of a diagnosis, too, before anything is looked at', async () => {
    const path = '/v1/diagnose';
    const looked = ({call}) => call === 'GET settings.public';
    const calls = await callsOf(async () => {
      for (const headers of [
        {},
        {authorization: 'Bearer x'},
        {cookie: 'session=victim', 'x-requested-with': 'pexip-chat-room'},
        {apikey: place.secrets.apiKey},
      ]) {
        const answer = await send(broker.origin, 'POST', path, {headers, body: {}});
        assert.equal(answer.status, 401, answer.text);
        assert.ok(!answer.text.includes('findings'));
      }
    });
    assert.deepEqual(calls, []);
    const token = await place.tokenFor('curious');
    const seen = await callsOf(async () => {
      const answer = await send(broker.origin, 'POST', path, {token, body: {}});
      assert.equal(answer.status, 200, answer.text);
      assert.ok(answer.body.findings.length > 20);
    });
    assert.ok(seen.some(looked));
  });

  it('is never an administrator, the service account or a bot, whatever the rule', async () => {
    const {simulator, gate} = place;
    simulator.createUser({username: 'robot', roles: ['bot']});
    const linked = await runBroker(atEnd, place, {
      settings: {users: {link: 'username'}, store: {sqlite: `${place.sqlite}-linked`}},
    });
    const ids = simulator.users.filter(({username}) => username === 'admin').map((u) => u.userId);
    ids.push(place.settings.rocketChat.userId);
    const calls = await callsOf(async () => {
      for (const to of [broker, linked])
        for (const sub of ['admin', 'broker.service', 'robot']) {
          const {status, body} = await open(sub, {}, {to});
          assert.equal(status, 403, sub);
          assert.match(body.error.code, /^account-(exists|refused)$/);
        }
    });
    assert.ok(calls.every(({call}) => call !== MADE));
    for (const to of [broker, linked])
      for (const sub of ['Admin', 'ADMIN', 'admin ', 'ad\u006din\u0301']) {
        const {status, body} = await open(sub, {}, {to});
        if (status === 200) assert.ok(!ids.includes(body.userId), sub);
        else assert.ok(status >= 400 && status < 500, sub);
      }
    const minted = gate.calls.filter(({call}) => call === MADE);
    assert.ok(minted.every(({body}) => ids.every((id) => !body.includes(id))));
    await linked.kill();
  });
});

describe('a page of another origin', () => {
  const strangers = [
    'null',
    'https://evil.example.com',
    `${PAGE}.evil.example.com`,
    `https://evil.example.com#${PAGE}`,
    'https://evilapp.example.com',
    `${PAGE}:8443`,
    PAGE.replace('https', 'http'),
    PAGE.toUpperCase(),
    `${PAGE}/`,
    `${PAGE} `.trim() + ', https://evil.example.com',
    'https://app.example.com@evil.example.com',
    'https://app_example.com',
    '*',
    '',
  ];

  it('is refused before anything is done, and may read nothing', async () => {
    const calls = await callsOf(async () => {
      for (const origin of strangers) {
        const {status, headers} = await open('cross', {}, {headers: {origin}});
        assert.equal(status, 403, origin);
        assert.equal(headers['access-control-allow-origin'], undefined, origin);
        assert.equal(headers.vary, 'Origin');
        const preflight = await send(broker.origin, 'OPTIONS', SESSION, {
          headers: {origin, 'access-control-request-method': 'POST'},
        });
        assert.equal(preflight.status, 403, origin);
        assert.equal(preflight.headers['access-control-allow-origin'], undefined);
      }
    });
    assert.deepEqual(calls, []);
  });

  it('may ask where it is listed, by exactly these headers; a server has no origin', async () => {
    const preflight = await send(broker.origin, 'OPTIONS', SESSION, {
      headers: {
        origin: PAGE,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type, x-evil',
      },
    });
    const allowed = Object.entries(preflight.headers).filter(([name]) =>
      /^(access|vary)/.test(name),
    );
    assert.equal(preflight.status, 204);
    assert.deepEqual(Object.fromEntries(allowed), {
      vary: 'Origin',
      'access-control-allow-origin': PAGE,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers':
        'Date, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset',
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers':
        'authorization, content-type, x-requested-with, x-user-id, x-auth-token',
      'access-control-max-age': '600',
    });
    const listed = await open('cross', {}, {headers: {origin: PAGE}});
    assert.equal(listed.status, 200);
    assert.equal(listed.headers['access-control-allow-origin'], PAGE);
    assert.equal(listed.headers['cache-control'], 'no-store');
    const server = await open('cross');
    assert.equal(server.status, 200);
    assert.equal(server.headers['access-control-allow-origin'], undefined);
  });

  it('cannot post a form, or a text that is one', async () => {
    const token = await place.tokenFor('victim');
    const calls = await callsOf(async () => {
      for (const type of [
        'text/plain',
        'text/plain; charset=application/json',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/jsonp',
        'application/json, text/plain',
        'APPLICATION/XML',
      ]) {
        const headers = {'content-type': type};
        const path = SESSION;
        const answer = await send(broker.origin, 'POST', path, {token, headers, body: '{}'});
        assert.equal(answer.status, 415, `${type}: ${answer.text}`);
        const origin = {...headers, origin: PAGE};
        const listed = await send(broker.origin, 'POST', path, {
          token,
          headers: origin,
          body: '{}',
        });
        assert.equal(listed.status, 415, type);
      }
    });
    assert.deepEqual(calls, []);
  });
});

describe('a request that is too much', () => {
  /** How much more memory the broker holds after `work` than before. */
  const growthOf = async (work) => {
    // What is allocated once, at the first of these, is not what grows.
    await work();
    const start = broker.memory();
    await work();
    return broker.memory() - start;
  };

  it('is refused by its size, depth or packing, and leaves no memory behind', async (t) => {
    const token = await place.tokenFor('heavy');
    const packed = gzipSync(Buffer.alloc(10 * MEBIBYTE, ' '));
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    const table = [
      [413, {body: JSON.stringify({a: 'x'.repeat(MEBIBYTE)})}],
      [400, {body: deep}],
      [400, {body: `{"a":${deep}}`}],
      [400, {body: `{${Array.from({length: 3_000}, (_, at) => `"${at}":1`).join()}}`}],
      [400, {body: '{"__proto__":{"admin":true}}'}],
      [400, {body: '{"a":"\ud800'}],
      [415, {body: packed.toString('latin1'), headers: {'content-encoding': 'gzip'}}],
      [415, {body: '{}', headers: {'content-encoding': 'gzip, gzip, br'}}],
    ];
    const calls = await callsOf(async () => {
      const growth = await growthOf(async () => {
        for (let round = 0; round < 20; round++)
          for (const [status, more] of table) {
            // Who sends more than is read may find the connection closed.
            const answer = await send(broker.origin, 'POST', SESSION, {token, ...more}).catch(
              ({code}) => ({status, text: code}),
            );
            assert.equal(answer.status, status, `${more.body.slice(0, 40)}: ${answer.text}`);
          }
      });
      t.diagnostic(`grown by ${Math.round(growth / 1024)} KiB`);
      assert.ok(growth < 20 * MEBIBYTE, `${growth} bytes`);
    });
    assert.deepEqual(calls, []);
  });

  it('is given up where it comes too slowly: head, or body', async (t) => {
    const token = await place.tokenFor('slow');
    const from = broker.memory();
    const head = `POST ${SESSION} HTTP/1.1\r\nHost: broker.example.com\r\n`;
    const body = `${head}Authorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`;
    const start = performance.now();
    const drip = async (first, drop) => {
      const socket = connect(Number(new URL(broker.origin).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(first);
      const timer = setInterval(() => socket.write(drop), 1_000);
      socket.resume();
      await closed(socket);
      clearInterval(timer);
      return performance.now() - start;
    };
    const slow = Array.from({length: 100}, (_, index) =>
      index % 2 ? drip(head, 'X-A: b\r\n') : drip(body, ' '),
    );
    // Meanwhile others are served.
    await until(async () => (await open('victim')).status === 200, 5_000);
    const times = await Promise.all(slow);
    const growth = broker.memory() - from;
    t.diagnostic(`ended after ${Math.round(Math.max(...times) / 1000)} s`);
    assert.ok(Math.max(...times) < 30_000, `${Math.max(...times)} ms`);
    assert.ok(growth < 20 * MEBIBYTE, `${growth} bytes`);
    assert.equal((await open('victim')).status, 200);
  });
});

describe('a log', () => {
  it('has one line for each request that a reader of JSON reads, whatever is in it', async () => {
    // One of its own: those that others have cut off come into the log at any time.
    const to = await runBroker(atEnd, place, {settings: {store: {sqlite: `${place.sqlite}-2`}}});
    const token = await place.tokenFor('logged', {claims: {name: 'a\r\n{"level":"fatal"}\u2028'}});
    const count = () => to.lines().filter(({msg}) => msg === 'request').length;
    const bearer = `Authorization: Bearer ${token}\r\n`;
    const line = '{"level":"fatal","msg":"request"}';
    const heads = [
      `GET /a%0d%0a${encodeURIComponent(line)} HTTP/1.1\r\n${ending}`,
      `GET /a\u2028b\u2029c\u0085d HTTP/1.1\r\n${ending}`,
      `GET /${'x'.repeat(5_000)} HTTP/1.1\r\n${ending}`,
      `GET /v1/config?a=${encodeURIComponent(`\r\n${line}`)} HTTP/1.1\r\n${ending}`,
      `GET /v1/users?alias=a%0d%0a${encodeURIComponent(line)} HTTP/1.1\r\n${ending}${bearer}`,
      `GET /v1/users?alias=%E2%80%A8 HTTP/1.1\r\n${ending}${bearer}`,
      `GET /v1/config HTTP/1.1\r\n${ending}User-Agent: ${line}\u2028\r\nReferer: \u001b[31m\r\n`,
      `GET /v1/config HTTP/1.1\r\n${ending}X-Request-Id: a","level":"fatal\r\n`,
      `DELETE ${SESSION}/${encodeURIComponent(`\u2028${line}`)} HTTP/1.1\r\n${ending}${bearer}`,
      `GET /v1/rc/${encodeURIComponent(line)} HTTP/1.1\r\n${ending}${bearer}`,
    ];
    const answers = [];
    for (const head of heads) answers.push(await raw(`${head}\r\n`, {to}));
    // What is no HTTP at all has been answered by Node's parser, before there is a request.
    const counted = answers.filter((text) => !text.includes('is no HTTP')).length;
    assert.ok(counted >= 8, `${counted}`);
    assert.equal((await open('logged', {x: line, '\u2028': 1}, {to})).status, 200);
    await until(() => count() === counted + 1);
    assert.ok(to.lines().every(({level}) => level !== 'fatal'));
    assert.doesNotMatch(to.said.stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
  });
});

describe('an address in what is sent', () => {
  // A name must be no way around what is said of addresses.
  for (const [what, hostOf] of [
    ['an address', ({port}) => `127.0.0.1:${port}`],
    ['a name for this machine', ({port}) => `localhost:${port}`],
  ]) {
    it(`is never asked: ${what}`, async () => {
      const {port} = canary;
      const host = hostOf(canary);
      const {gate} = place;
      const {userId, surfaces} = (await open('curious')).body;
      const token = await place.tokenFor('curious');
      const headers = {'x-user-id': userId, 'x-auth-token': surfaces.live.authToken};
      const files = [
        `http://${host}/file-upload/a/b`,
        `//${host}/file-upload/a/b`,
        `\\\\${host}\\file-upload\\a\\b`,
        `/file-upload/../../${host}`,
        `@${host}/file-upload/a/b`,
        `/avatar/%2e%2e/%2e%2e/api/v1/users.list`,
      ];
      const rest = [
        `http://${host}/`,
        `http:%2f%2f${host}/`,
        `/${host}/me`,
        `%2f%2f${host}/me`,
        `me@${host}`,
        '../users.delete',
        '%2e%2e/%2e%2e/users.delete',
        'me%2f..%2fusers.delete',
        'me/../users.delete',
        'users.delete',
        'users.createToken',
        `me%00`,
      ];
      const calls = await callsOf(async () => {
        for (const path of files) {
          const {status} = await send(broker.origin, 'POST', '/v1/files/sign', {
            token,
            body: {path},
          });
          assert.equal(status, 400, path);
        }
        for (const path of rest) {
          const text = await raw(
            `GET /v1/rc/${path} HTTP/1.1\r\n${ending}Authorization: Bearer ${token}\r\nX-User-Id: ${userId}\r\nX-Auth-Token: ${surfaces.live.authToken}\r\n\r\n`,
          );
          assert.match(text, /^HTTP\/1\.1 4\d\d /, path);
        }
        await raw(
          `GET http://${host}/v1/rc/me HTTP/1.1\r\n${ending}Authorization: Bearer ${token}\r\n\r\n`,
        );
        await raw(`CONNECT ${host} HTTP/1.1\r\n${ending}\r\n`);
      });
      assert.deepEqual(calls, []);
      // Nor where somebody before the workspace would send the broker, or names it as a host.
      const away = {status: 302, headers: {location: `http://${host}/`}};
      for (const call of ['GET me', 'GET users.info', MADE]) gate.reply(call, away);
      const passed = await send(broker.origin, 'GET', '/v1/rc/me', {token, headers});
      assert.ok(passed.status >= 300, passed.text);
      assert.equal((await open(`redirected to ${host}`)).status, 503);
      for (const call of ['GET me', 'GET users.info', MADE]) gate.reply(call);
      await open('curious', {server: `http://${host}`, url: `http://${host}`});
      for (const alias of [
        `http://${host}/`,
        'http://169.254.169.254/',
        `http://[::ffff:127.0.0.1]:${port}`,
      ])
        await send(broker.origin, 'GET', `/v1/users?alias=${encodeURIComponent(alias)}`, {token});
      const hosts = {
        'x-forwarded-host': host,
        'x-forwarded-proto': 'http',
        forwarded: `host=${host}`,
      };
      const signed = await send(broker.origin, 'POST', '/v1/files/sign', {
        token,
        headers: hosts,
        body: {path: `/file-upload/Zq7wPx2mZq7wPx2mA/a.pdf?x=http://${host}`},
      });
      assert.ok(signed.body.url.startsWith(place.settings.publicUrl), signed.text);
      assert.ok(!signed.text.includes(host), signed.text);
      assert.deepEqual(canary.requests, []);
      // It would have noticed.
      await send(`http://${host}`, 'GET', '/reached');
      assert.deepEqual(canary.requests.splice(0), ['/reached']);
    });
  }
});

describe('somebody who guesses', () => {
  const start = (settings = {}) =>
    runBroker(atEnd, place, {settings: {store: {sqlite: `${place.sqlite}-guess`}, ...settings}});

  it('keys or tokens is stopped after thirty in a minute, whatever address he claims', async () => {
    const guessed = await start();
    const right = await place.tokenFor('guessed');
    const wrong = (index) => `${right.slice(0, -3)}${String(index).padStart(3, '0')}`;
    const attempts = {
      key: (index) => ({
        path: '/v1/credentials',
        headers: {apikey: `${place.secrets.apiKey.slice(0, -3)}${String(index).padStart(3, '0')}`},
      }),
      token: (index) => ({path: SESSION, headers: {authorization: `Bearer ${wrong(index)}`}}),
    };
    const calls = await callsOf(async () => {
      for (const [what, attempt] of Object.entries(attempts)) {
        const statuses = [];
        for (let index = 0; index < 40; index++) {
          const {path, headers} = attempt(index);
          const own = {...headers, 'x-forwarded-for': `192.0.2.${index}`};
          const answer = await send(guessed.origin, 'POST', path, {headers: own, body: {}});
          statuses.push(answer.status);
          if (answer.status === 429) assert.ok(Number(answer.headers['retry-after']) >= 1);
        }
        assert.deepEqual(statuses, [...Array(30).fill(401), ...Array(10).fill(429)], what);
      }
      const key = {apikey: place.secrets.apiKey};
      const body = {user_id: 'guessed'};
      const {status} = await send(guessed.origin, 'POST', '/v1/credentials', {headers: key, body});
      assert.equal(status, 429, 'nobody learns that a key was right');
    });
    assert.deepEqual(calls, []);
    await guessed.kill();
  });
});

describe('two hundred pages of one user', () => {
  it('have two tokens at the workspace, at most', async () => {
    const both = {surfaces: ['embed', 'live']};
    const from = place.gate.made.length;
    const {userId} = (await open('pages', both)).body;
    const pages = await Promise.all(
      Array.from({length: 200}, async (_, index) => {
        const {status, body} = await open('pages', both);
        assert.equal(status, 200);
        const rejected = index % 10 ? {} : {rejected: ['live']};
        const again = await open('pages', {...both, lease: body.lease, ...rejected});
        assert.equal(again.status, 200);
        return again.body;
      }),
    );
    assert.ok((await place.gate.living(userId)).length <= 2);
    assert.ok(place.gate.made.length - from <= 2);
    const token = await place.tokenFor('pages');
    await Promise.all(
      pages.map(({lease}) => send(broker.origin, 'DELETE', `${SESSION}/${lease}`, {token})),
    );
    assert.ok((await place.gate.living(userId)).length <= 2);
    assert.equal((await open('pages', both)).status, 200);
    assert.ok((await place.gate.living(userId)).length <= 2);
  });
});
