import assert from 'node:assert/strict';
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {request as ask} from 'node:http';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {ALLOWED_ROUTES, passageOf} from '../../broker/dist/pass-through/allowed-routes.js';
import {plainSegment} from '../../broker/dist/pass-through/path-segment.js';
import {
  CANARY,
  routesBefore,
  sendBytes,
  startServer,
  startTcp,
  until,
  withRoutes,
} from '../support/routes-bench.mjs';

const codeOf = ({status, body}) => [status, body.error?.code];
const PAGE = 'https://app.example.com';

/** Who needs each route: a file of the client side, or the tests that say what hosts may rely on. */
const USERS = {
  'GET channels.history': 'src/session/message-source.ts',
  'GET channels.members': 'test/node/broker-files.test.mjs',
  'GET chat.getThreadMessages': 'src/session/message-source.ts',
  'GET chat.syncMessages': 'src/session/chat-api.ts',
  'GET groups.history': 'src/session/message-source.ts',
  'GET groups.members': 'test/node/broker-files.test.mjs',
  'GET im.history': 'src/session/message-source.ts',
  'GET im.members': 'test/node/broker-files.test.mjs',
  'GET me': 'test/node/broker-pass-through.test.mjs',
  'GET rooms.get': 'src/session/chat-api.ts',
  'GET rooms.info': 'src/session/room-finder.ts',
  'GET settings.public': 'src/session/workspace-rules.ts',
  'GET spotlight': 'src/session/room-people.ts',
  'GET subscriptions.get': 'src/session/chat-api.ts',
  'GET users.autocomplete': 'test/node/broker-files.test.mjs',
  'GET users.presence': 'test/node/broker-files.test.mjs',
  'POST chat.delete': 'src/session/message-deeds.ts',
  'POST chat.react': 'src/session/message-deeds.ts',
  'POST chat.sendMessage': 'src/session/chat-api.ts',
  'POST chat.update': 'src/session/message-deeds.ts',
  'POST im.create': 'src/session/room-finder.ts',
  'POST im.delete': 'src/elements/floating/desk-rooms.ts',
  'POST rooms.hide': 'src/elements/floating/desk-rooms.ts',
  'POST rooms.media/:id': 'src/session/file-upload.ts',
  'POST rooms.mediaConfirm/:id/:id': 'src/session/file-upload.ts',
  'POST rooms.open': 'src/elements/floating/desk-rooms.ts',
  'POST rooms.upload/:id': 'src/session/file-upload.ts',
  'POST subscriptions.read': 'src/session/chat-api.ts',
  'GET avatar/:name': 'src/elements/native/file-access.ts',
  'GET avatar/room/:name': 'test/node/broker-files.test.mjs',
  'GET avatar/uid/:name': 'src/protocol/attachment-files.ts',
  'GET file-upload/:id/:name': 'src/protocol/attachment-files.ts',
};

describe('the list of routes', () => {
  it('has a user for each, and each that somebody uses', () => {
    assert.deepEqual([...ALLOWED_ROUTES].sort(), Object.keys(USERS).sort());
  });

  for (const [route, file] of Object.entries(USERS)) {
    it(`has ${route} for ${file}`, async () => {
      const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
      const [first] = route.split(' ')[1].split('/');
      // `${what}.get` and `${kind}.history` are written as such there.
      const word = /^(rooms|subscriptions)\.get$/.test(first) ? '.get`' : first;
      assert.ok(text.includes(word), word);
    });
  }

  it('lets nobody but the caller’s own login in, but for two', () => {
    const open = ALLOWED_ROUTES.filter((route) => {
      const [method, path] = route.split(' ');
      return passageOf(method, path.replace(/:\w+/g, 'x')).isOpen;
    });
    assert.deepEqual(open, [
      'GET settings.public',
      'GET avatar/:name',
      'GET avatar/room/:name',
      'GET avatar/uid/:name',
    ]);
  });
});

describe('the guard of paths', () => {
  const segment = fc.oneof(
    fc.string({unit: 'binary'}),
    fc.string({unit: fc.constantFrom(...'./\\%2eEfF5cC@:?#;\0\r\n ax')}),
  );
  const anyPath = fc.oneof(
    segment,
    segment.map((text) => `avatar/${text}`),
    segment.map((text) => `file-upload/id/${text}`),
    segment.map((text) => `rooms.upload/${text}`),
  );

  it('lets nothing through that a server could take for another place', () => {
    fc.assert(
      fc.property(fc.constantFrom('GET', 'POST'), anyPath, (method, route) => {
        const passage = passageOf(method, route);
        if (!passage) return;
        const {path} = passage;
        const {origin, pathname, search, hash} = new URL(path, 'http://workspace.invalid');
        assert.deepEqual([origin, pathname], ['http://workspace.invalid', path]);
        assert.equal(search + hash, '');
        assert.match(path, /^\/(api\/v1|avatar|file-upload)\/[\w.!~*'()%/-]+$/);
        const twice = decodeURIComponent(path);
        for (const each of [path, twice]) {
          assert.ok(
            each.split('/').every((part) => part !== '.' && part !== '..'),
            each,
          );
          assert.ok(!each.includes('\\') && !/%(2f|5c)/i.test(each), each);
        }
        assert.equal(twice.split('/').length, path.split('/').length);
      }),
      {numRuns: 5000},
    );
  });

  it('keeps every name of a file as it is', () => {
    const name = fc.string({unit: 'grapheme', minLength: 1}).filter((text) => !/[%/\\]/.test(text));
    fc.assert(
      fc.property(name, (text) => {
        const raw = encodeURIComponent(text);
        const plain = plainSegment(raw);
        if (/^\.{1,2}$|[\u0000-\u001f\u007f]/.test(text)) assert.equal(plain, undefined);
        else assert.equal(decodeURIComponent(plain), text);
      }),
    );
  });

  for (const raw of [
    '',
    '.',
    '..',
    '%2e',
    '%2E%2e',
    '.%2e',
    '%252e%252e',
    'a%2fb',
    'a%5Cb',
    'a%252fb',
    '%00',
    '%0d%0a',
    '%zz',
    '%c0%ae',
  ])
    it(`refuses ${JSON.stringify(raw)}`, () => assert.equal(plainSegment(raw), undefined));
});

describe('the pass-through', () => {
  const bench = withRoutes({chat: {bypassRateLimit: false}});

  it("asks the workspace with the caller's own login", async () => {
    const {status, body, headers} = await bench.ask('GET', '/v1/rc/me', {headers: bench.own});
    assert.equal(status, 200);
    assert.equal(body.username, 'alice');
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('hands on query and body', async () => {
    const rid = bench.chat.room('general')._id;
    const message = {_id: 'abcdefghijklmnopq', rid, msg: 'Grüße '.repeat(800)};
    const options = {headers: bench.own, body: {message}};
    const sent = await bench.ask('POST', '/v1/rc/chat.sendMessage', options);
    assert.equal(sent.body.message.msg, message.msg);
    const path = `/v1/rc/channels.history?roomId=${rid}&count=1`;
    const {body} = await bench.ask('GET', path, {headers: bench.own});
    assert.deepEqual(
      body.messages.map(({_id}) => _id),
      ['abcdefghijklmnopq'],
    );
  });

  it('lets a page take a chat out of the list, and put it back', async () => {
    const body = {roomId: bench.chat.room('general')._id};
    for (const route of ['rooms.hide', 'rooms.open']) {
      const {status} = await bench.ask('POST', `/v1/rc/${route}`, {headers: bench.own, body});
      assert.equal(status, 200, route);
    }
  });

  it('lets a page delete a chat only where the operator allows it', async () => {
    const post = (route, body) => bench.ask('POST', `/v1/rc/${route}`, {headers: bench.own, body});
    const {room} = (await post('im.create', {username: 'bob'})).body;
    const asked = bench.seen.length;
    const refused = await post('im.delete', {roomId: room._id});
    assert.deepEqual(codeOf(refused), [403, 'route-not-allowed']);
    assert.equal(bench.seen.length, asked);
    bench.context.settings.chats = {delete: true};
    await post('im.delete', {roomId: room._id});
    assert.equal(bench.seen.at(-1).url, '/api/v1/im.delete');
  });

  it("hands on the workspace's refusals and its rate limit, and nothing else of its headers", async () => {
    const get = () => bench.ask('GET', '/v1/rc/rooms.get', {headers: bench.own});
    for (let i = 0; i < 10; i++) assert.equal((await get()).status, 200);
    const {status, body, headers} = await get();
    assert.equal(status, 429);
    assert.match(body.error, /error-too-many-requests/);
    assert.equal(headers.get('x-ratelimit-remaining'), '0');
    assert.equal(headers.get('x-frame-options'), null);
  });

  it('hands on that a login works no longer', async () => {
    bench.chat.revokeTokens('alice');
    const {status, body} = await bench.ask('GET', '/v1/rc/me', {headers: bench.own});
    assert.deepEqual([status, body.status], [401, 'error']);
  });

  it('sends what is needed, and nothing by which the broker knows the caller', async () => {
    const headers = {
      ...bench.own,
      accept: 'application/json',
      apikey: CANARY,
      cookie: `session=${CANARY}`,
      forwarded: 'for=10.0.0.1',
      origin: PAGE,
      'x-forwarded-for': '10.0.0.1',
      'x-2fa-code': '123456',
      'x-requested-with': 'pexip-chat-room',
    };
    await bench.ask('GET', '/v1/rc/me', {headers});
    const [{headers: sent}] = bench.seen;
    assert.deepEqual(Object.keys(sent).sort(), [
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'x-auth-token',
      'x-user-id',
    ]);
    assert.equal(sent['accept-encoding'], 'identity');
  });

  it('shows the workspace no secret of the broker, whatever is asked', async () => {
    const rid = bench.chat.room('general')._id;
    const post = (route, body) => bench.ask('POST', `/v1/rc/${route}`, {headers: bench.own, body});
    await bench.ask('GET', '/v1/rc/settings.public');
    await bench.ask('GET', '/v1/rc/avatar/bob', {headers: bench.own});
    await post('chat.sendMessage', {message: {rid, msg: 'x'}});
    await bench.ask('POST', '/v1/files/sign', {body: {path: '/file-upload/x/y'}});
    bench.accounts.set('bob', {alias: 'bob', userId: 'x', username: 'bob', own: true});
    await bench.ask('GET', '/v1/users?alias=bob');
    assert.equal(bench.seen.length, 4);
    assert.ok(!JSON.stringify(bench.seen).includes(CANARY));
  });

  it('is for who is signed in', async () => {
    const answer = await bench.ask('GET', '/v1/rc/me', {as: null, headers: bench.own});
    assert.deepEqual(codeOf(answer), [401, 'access-token-invalid']);
    assert.deepEqual(bench.seen, []);
  });

  it('has no login to lend: without one only settings and avatars are had', async () => {
    for (const route of ['me', 'rooms.get', 'file-upload/id/name']) {
      const answer = await bench.ask('GET', `/v1/rc/${route}`);
      assert.deepEqual(codeOf(answer), [401, 'session-missing'], route);
      const {'X-Auth-Token': token} = bench.own;
      const half = await bench.ask('GET', `/v1/rc/${route}`, {headers: {'X-Auth-Token': token}});
      assert.deepEqual(codeOf(half), [401, 'session-missing'], route);
    }
    assert.deepEqual(bench.seen, []);
    for (const route of ['settings.public', 'avatar/bob']) {
      assert.equal((await bench.ask('GET', `/v1/rc/${route}`)).status, 200, route);
    }
  });

  it('lets nobody be another one', async () => {
    const bob = bench.chat.issueToken('bob');
    bench.logins.set('bob', bob);
    for (const [userId, authToken] of [
      [bob.userId, bob.authToken],
      [bob.userId, bench.login.authToken],
      [`${bench.login.userId}, ${bob.userId}`, bob.authToken],
      [bench.login.userId.toUpperCase(), bob.authToken],
    ]) {
      for (const route of ['me', 'settings.public', 'avatar/bob']) {
        const headers = {'X-User-Id': userId, 'X-Auth-Token': authToken};
        const answer = await bench.ask('GET', `/v1/rc/${route}`, {headers});
        assert.deepEqual(codeOf(answer), [403, 'other-user']);
      }
    }
    bench.logins.delete('alice');
    const answer = await bench.ask('GET', '/v1/rc/me', {headers: bench.own});
    assert.deepEqual(codeOf(answer), [401, 'session-missing']);
    assert.deepEqual(bench.seen, []);
  });

  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'multipart/form-data; boundary=x',
    'x',
  ]) {
    it(`takes no message as ${type}`, async () => {
      const options = {headers: {...bench.own, 'content-type': type}, body: '{}'};
      const answer = await bench.ask('POST', '/v1/rc/chat.sendMessage', options);
      assert.equal(answer.status, 415);
      assert.deepEqual(bench.seen, []);
    });
  }

  it('takes messages up to four times the limit of other bodies', async () => {
    const send = (length, body) =>
      bench.ask('POST', '/v1/rc/chat.sendMessage', {
        headers: {...bench.own, 'content-type': 'application/json'},
        body: body ?? `{"x":"${'x'.repeat(length - 8)}"}`,
        duplex: 'half',
      });
    assert.equal((await send(4 * 16 * 1024)).status, 400);
    assert.deepEqual(codeOf(await send(4 * 16 * 1024 + 1)), [413, 'body-too-large']);
    assert.equal(bench.seen.length, 1);
    const stream = new Blob(['x'.repeat(4 * 16 * 1024 + 1)]).stream();
    assert.deepEqual(codeOf(await send(0, stream)), [413, 'body-too-large']);
  });
});

describe('the pass-through below a path', () => {
  const bench = withRoutes({prefix: '/chat/api'});

  it('asks for the same', async () => {
    const {body} = await bench.ask('GET', '/chat/api/v1/rc/me', {headers: bench.own});
    assert.equal(body.username, 'alice');
  });
});

describe('a workspace below a path', () => {
  it('is asked there', async (t) => {
    const asked = [];
    const upstream = await startServer(({url}, response) => {
      asked.push(url);
      response.end('{}');
    });
    t.after(upstream.close);
    const {ask: get, own} = await routesBefore(t, `${upstream.origin}/rocket`);
    await get('GET', '/v1/rc/me?a=b%20c', {headers: own});
    await get('GET', '/v1/rc/file-upload/id/a%20b?rc_token=x', {headers: own});
    assert.deepEqual(asked, ['/rocket/api/v1/me?a=b%20c', '/rocket/file-upload/id/a%20b']);
  });
});

describe('routes that lead elsewhere', () => {
  const bench = withRoutes();
  const REFUSED = /^HTTP\/1\.1 (400|403|404) /;

  for (const [method, route] of [
    ['GET', 'users.info'],
    ['POST', 'users.createToken'],
    ['POST', 'method.call/x'],
    ['POST', 'logout'],
    ['POST', 'rooms.get'],
    ['GET', 'chat.sendMessage'],
    ['HEAD', 'me'],
    ['DELETE', 'me'],
    ['PUT', 'me'],
    ['GET', ''],
    ['GET', 'me/'],
    ['GET', '/me'],
    ['GET', 'ME'],
    ['GET', 'm%65'],
    ['GET', 'me/../users.info'],
    ['GET', 'me%2f..%2fusers.info'],
    ['GET', 'me;users.info'],
    ['GET', '%2e%2e/%2e%2e/api/v1/users.list'],
    ['GET', '%2e%2e%2fusers.list'],
    ['GET', '..\\users.list'],
    ['GET', 'http://169.254.169.254/'],
    ['GET', 'http://[::ffff:127.0.0.1]/'],
    ['GET', '//evil.example/'],
    ['GET', '@evil.example/'],
    ['GET', ':80@evil.example'],
    ['GET', 'avatar/'],
    ['GET', 'avatar/http://169.254.169.254/'],
    ['GET', 'avatar///evil.example'],
    ['GET', 'avatar/..%2fhome'],
    ['GET', 'avatar/../home'],
    ['GET', 'avatar/%2e%2e/home'],
    ['GET', 'avatar/other/x'],
    ['GET', 'avatar/%252e%252e'],
    ['GET', 'rooms.upload/room'],
    ['POST', 'rooms.upload'],
    ['POST', 'rooms.upload/room/more'],
    ['POST', 'rooms.upload/..%2fusers.create'],
    ['POST', 'rooms.upload/../users.create'],
    ['POST', 'rooms.mediaConfirm/room'],
    ['POST', 'file-upload/id/name'],
    ['GET', 'file-upload/id'],
    ['GET', 'file-upload/id/a/b'],
    ['GET', 'file-upload/id/..'],
    ['GET', 'file-upload/id/..%2f..%2fapi%2fv1%2fme'],
    ['GET', 'file-upload/id/%5c..%5c'],
    ['GET', 'file-upload/id/%zz'],
    ['GET', 'file-upload/id/%00'],
    ['GET', 'home'],
  ]) {
    it(`are refused: ${method} ${route}`, async () => {
      const {userId, authToken} = bench.login;
      const head = [
        `${method} /v1/rc/${route} HTTP/1.1`,
        'host: broker',
        'authorization: Bearer alice',
        `x-user-id: ${userId}`,
        `x-auth-token: ${authToken}`,
        'connection: close',
      ];
      // As bytes: a client would tidy the path up.
      assert.match(await sendBytes(bench.origin, `${head.join('\r\n')}\r\n\r\n`), REFUSED);
      assert.deepEqual(bench.seen, []);
    });
  }

  it('are refused where the request names a server of its own', async () => {
    const canary = await startServer((_request, response) => response.end());
    let called = 0;
    canary.server.on('connection', () => (called += 1));
    for (const target of [`${canary.origin}/v1/rc/me`, `${canary.origin}/api/v1/me`]) {
      const head = `GET ${target} HTTP/1.1\r\nhost: ${new URL(canary.origin).host}\r\nauthorization: Bearer alice\r\nconnection: close\r\n\r\n`;
      assert.match(await sendBytes(bench.origin, head), REFUSED);
    }
    canary.close();
    assert.deepEqual([called, bench.seen], [0, []]);
  });
});

describe('what a workspace answers', () => {
  for (const status of [301, 302, 303, 307, 308, 304]) {
    it(`is not followed: ${status}`, async (t) => {
      const canary = await startServer((_request, response) => response.end('caught'));
      let called = 0;
      canary.server.on('connection', () => (called += 1));
      const upstream = await startServer((_request, response) =>
        response.writeHead(status, {location: `${canary.origin}/`}).end(),
      );
      t.after(() => [canary, upstream].forEach((each) => each.close()));
      const {ask: get, own} = await routesBefore(t, upstream.origin);
      for (const route of ['me', 'avatar/bob', 'file-upload/id/x']) {
        const answer = await get('GET', `/v1/rc/${route}`, {headers: own});
        assert.deepEqual(codeOf(answer), [502, 'workspace-refused']);
        assert.equal(answer.headers.get('location'), null);
      }
      assert.equal(called, 0);
    });
  }

  it('comes without the headers that are its own business', async (t) => {
    const upstream = await startServer((_request, response) =>
      response
        .writeHead(200, {
          'access-control-allow-origin': '*',
          'cache-control': 'public',
          'clear-site-data': '"*"',
          'content-type': 'text/html',
          link: '</x>; rel=preload',
          refresh: '0',
          'retry-after': '3',
          'service-worker-allowed': '/',
          'set-cookie': 'rc_token=x',
          'strict-transport-security': 'max-age=1',
          'x-ratelimit-limit': '10',
        })
        .end('<script>1</script>'),
    );
    t.after(upstream.close);
    const {ask: get, own} = await routesBefore(t, upstream.origin);
    const {headers, body} = await get('GET', '/v1/rc/me', {headers: own});
    assert.equal(body, '<script>1</script>');
    const names = [...headers.keys()].filter(
      (name) => !/^(date|connection|keep-alive)$/.test(name),
    );
    assert.deepEqual(names.sort(), [
      'cache-control',
      'content-security-policy',
      'content-type',
      'retry-after',
      'transfer-encoding',
      'x-content-type-options',
      'x-ratelimit-limit',
    ]);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox");
  });

  for (const [what, bytes] of Object.entries({
    'fewer bytes than it says': 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"half":',
    'half of its chunks': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{"half":\r\n',
  })) {
    it(`does not look whole with ${what}`, async (t) => {
      const upstream = await startTcp((socket) => socket.once('data', () => socket.end(bytes)));
      t.after(upstream.close);
      const {ask: get, own} = await routesBefore(t, upstream.origin);
      const answer = await get('GET', '/v1/rc/me', {headers: own}).then(
        ({status}) => status,
        ({name}) => name,
      );
      // Cut off, or told of; never 200.
      assert.ok(answer === 'TypeError' || answer === 502, String(answer));
    });
  }

  for (const [what, bytes] of Object.entries({
    'no HTTP': 'SSH-2.0-OpenSSH_9.2\r\n',
    'two lengths': 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}x',
    nothing: '',
  })) {
    it(`is not passed on if it is ${what}`, async (t) => {
      const upstream = await startTcp((socket) => socket.once('data', () => socket.end(bytes)));
      t.after(upstream.close);
      const {ask: get, own, failures} = await routesBefore(t, upstream.origin);
      const answer = await get('GET', '/v1/rc/me', {headers: own});
      assert.deepEqual(codeOf(answer), [502, 'workspace-unreachable']);
      assert.ok(!answer.body.error.message.includes('127.0.0.1'));
      assert.deepEqual(failures, []);
    });
  }

  it('is told to be missing where there is no workspace', async (t) => {
    // A port that no other test can have taken meanwhile.
    const {ask: get, own} = await routesBefore(t, 'http://127.0.0.1:1');
    const answer = await get('GET', '/v1/rc/me', {headers: own});
    assert.deepEqual(codeOf(answer), [502, 'workspace-unreachable']);
  });

  it('is told to be late', async (t) => {
    const upstream = await startTcp(() => {});
    t.after(upstream.close);
    const rocketChat = {timeout: 50};
    const {ask: get, own} = await routesBefore(t, upstream.origin, {rocketChat});
    const answer = await get('GET', '/v1/rc/me', {headers: own});
    assert.deepEqual(codeOf(answer), [504, 'workspace-unreachable']);
    await until(() => upstream.sockets.size === 0, 'the connection is given up');
  });

  it('is not waited for when the caller has gone', async (t) => {
    const upstream = await startTcp(() => {});
    t.after(upstream.close);
    const {origin, own, failures} = await routesBefore(t, upstream.origin);
    const asking = ask(`${origin}/v1/rc/me`, {headers: {authorization: 'Bearer alice', ...own}});
    asking.on('error', () => {}).end();
    await until(() => upstream.sockets.size === 1, 'it is asked');
    asking.destroy();
    await until(() => upstream.sockets.size === 0, 'the connection is given up');
    assert.deepEqual(failures, []);
  });

  it('is no longer read when the caller goes in the middle of it', async (t) => {
    const upstream = await startServer((_request, response) => {
      const more = () => response.write(Buffer.alloc(64 * 1024));
      response.on('drain', more);
      more();
    });
    t.after(upstream.close);
    const closed = new Promise((resolve) => {
      upstream.server.on('connection', (socket) => socket.on('close', resolve));
    });
    const {origin, own} = await routesBefore(t, upstream.origin);
    const asking = ask(`${origin}/v1/rc/file-upload/x/y`, {
      headers: {authorization: 'Bearer alice', ...own},
    });
    asking.on('error', () => {}).end();
    const [answer] = await once(asking, 'response');
    await once(answer, 'data');
    asking.destroy();
    await closed;
  });
});

describe('smuggled headers', () => {
  /** What comes of a request's lines at a workspace that writes all down. */
  const smuggle = async (t, lines, body = '') => {
    const bytes = [];
    const upstream = await startTcp((socket) =>
      socket.on('data', (chunk) => {
        bytes.push(chunk);
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      }),
    );
    t.after(upstream.close);
    const {origin, own} = await routesBefore(t, upstream.origin);
    const head = [
      ...lines.slice(0, 1),
      'host: broker',
      'authorization: Bearer alice',
      ...Object.entries(own).map((each) => each.join(': ')),
      ...lines.slice(1),
    ];
    const answer = await sendBytes(origin, `${head.join('\r\n')}\r\n\r\n${body}`);
    return {answer, sent: Buffer.concat(bytes).toString()};
  };
  const POST = 'POST /v1/rc/chat.sendMessage HTTP/1.1';
  const JSON_TYPE = 'content-type: application/json';

  for (const [what, lines] of Object.entries({
    'a length and chunks': ['content-length: 4', 'transfer-encoding: chunked'],
    'two lengths': ['content-length: 4', 'content-length: 5'],
    'chunks that are none': ['transfer-encoding: xchunked'],
    'a length that is none': ['content-length: +4'],
    'a line feed alone': ['x-y: a\nx-auth-token: b'],
  })) {
    it(`are refused: ${what}`, async (t) => {
      const {answer, sent} = await smuggle(
        t,
        [POST, JSON_TYPE, ...lines],
        '0\r\n\r\nGET /x HTTP/1.1\r\n\r\n',
      );
      assert.match(answer, /^HTTP\/1\.1 4\d\d /);
      assert.equal(sent, '');
    });
  }

  it('do not take the login away on the way up', async (t) => {
    const lines = ['GET /v1/rc/me HTTP/1.1', 'connection: close, x-auth-token, x-user-id'];
    const {sent} = await smuggle(t, lines);
    assert.match(sent, /x-auth-token: alice-token/);
    assert.match(sent, /connection: keep-alive/i);
  });

  it('bring no second request', async (t) => {
    const lines = ['GET /v1/rc/me HTTP/1.1', 'content-length: 40', 'connection: close'];
    const {sent} = await smuggle(t, lines, 'GET /api/v1/users.list HTTP/1.1\r\nx: y\r\n\r\n');
    assert.equal(sent.match(/HTTP\/1\.1/g).length, 1);
    assert.ok(!/content-length|users\.list/.test(sent));
  });

  it('come as one request where the body is in chunks', async (t) => {
    const lines = [POST, JSON_TYPE, 'transfer-encoding: chunked', 'connection: close'];
    const {sent, answer} = await smuggle(t, lines, '2\r\n{}\r\n0\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.equal(sent.match(/^POST /gm).length, 1);
    assert.equal(sent.match(/^(transfer-encoding|content-length): /gm).length, 1);
  });
});
