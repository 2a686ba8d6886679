import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {PAGE, withBroker} from '../support/broker-bench.mjs';

const SESSION = '/v1/chat/session';
const codeOf = ({status, body}) => [status, body.error?.code];

describe('what a page of another origin may do', () => {
  const bench = withBroker();
  const from = (origin, method = 'GET', path = '/v1/config', headers = {}) =>
    bench.ask(method, path, {as: null, headers: {origin, ...headers}});

  it('is to ask and to read what it needs, if its origin is listed', async () => {
    const {status, headers} = await from(PAGE);
    assert.equal(status, 200);
    assert.equal(headers.get('access-control-allow-origin'), PAGE);
    assert.equal(headers.get('access-control-allow-credentials'), 'true');
    assert.equal(headers.get('vary'), 'Origin');
    const exposed = headers.get('access-control-expose-headers').toLowerCase().split(', ');
    for (const name of ['retry-after', 'x-ratelimit-remaining', 'x-ratelimit-reset']) {
      assert.ok(exposed.includes(name), name);
    }
  });

  it('is told in a refusal, too', async () => {
    const answer = await from(PAGE, 'POST', SESSION);
    assert.deepEqual(codeOf(answer), [401, 'access-token-invalid']);
    assert.equal(answer.headers.get('access-control-allow-origin'), PAGE);
  });

  it('is told to a preflight', async () => {
    const {status, headers} = await from(PAGE, 'OPTIONS', SESSION, {
      'access-control-request-method': 'DELETE',
      'access-control-request-headers': 'authorization,x-requested-with',
    });
    assert.equal(status, 204);
    assert.equal(headers.get('access-control-allow-origin'), PAGE);
    assert.match(headers.get('access-control-allow-methods'), /\bDELETE\b/);
    for (const name of ['authorization', 'content-type', 'x-requested-with', 'x-auth-token']) {
      assert.ok(headers.get('access-control-allow-headers').split(', ').includes(name), name);
    }
  });

  for (const origin of [
    'null',
    'https://app.example.com.evil.example',
    'https://evil-app.example.com',
    'http://app.example.com',
    'https://app.example.com:8443',
    'https://APP.example.com',
  ]) {
    it(`is nothing at ${origin}`, async () => {
      const answer = await from(origin);
      assert.deepEqual(codeOf(answer), [403, 'origin-not-allowed']);
      assert.equal(answer.headers.get('access-control-allow-origin'), null);
      assert.equal(answer.headers.get('vary'), 'Origin');
      assert.equal((await from(origin, 'OPTIONS', SESSION)).status, 403);
    });
  }

  it('is not the business of a caller that is no page', async () => {
    const {status, headers} = await bench.ask('GET', '/v1/config', {as: null});
    assert.equal(status, 200);
    assert.equal(headers.get('access-control-allow-origin'), null);
  });
});

describe('the routes', () => {
  const bench = withBroker({config: {node: 'https://pexip.example.com', path: 'webapp3'}});

  it('tell everybody where things are', async () => {
    const {body} = await bench.ask('GET', '/v1/config', {as: null});
    const server = bench.watched.origin;
    const features = ['chat-session', 'diagnose', 'files', 'meetings', 'pass-through', 'users'];
    assert.deepEqual(body, {
      server,
      node: 'https://pexip.example.com',
      path: 'webapp3',
      features,
    });
  });

  it('say what is not there, and what a route does not do', async () => {
    assert.deepEqual(codeOf(await bench.ask('GET', '/v1/other')), [404, 'not-found']);
    const answer = await bench.ask('GET', SESSION);
    assert.deepEqual(codeOf(answer), [405, 'method-not-allowed']);
    assert.equal(answer.headers.get('allow'), 'DELETE, POST');
  });

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
    it(`refuse a body of the type ${type}`, async () => {
      for (const path of [SESSION, '/v1/rc/chat.sendMessage']) {
        const options = {body: '{}', headers: {'content-type': type}};
        assert.deepEqual(codeOf(await bench.ask('POST', path, options)), [
          415,
          'content-type-refused',
        ]);
      }
    });
  }

  it('refuse what is no JSON, or too much of it', async () => {
    assert.deepEqual(codeOf(await bench.session('{"surfaces":')), [400, 'invalid-json']);
    const much = {lease: 'x'.repeat(128 * 1024)};
    assert.deepEqual(codeOf(await bench.session(much)), [413, 'body-too-large']);
  });

  it('take JSON with a character set', async () => {
    const headers = {'content-type': 'application/json; charset=utf-8'};
    assert.equal((await bench.ask('POST', SESSION, {body: '{}', headers})).status, 200);
  });
});

describe('the pass-through', () => {
  const bench = withBroker({chat: {bypassRateLimit: false}});
  const login = () => bench.login();

  it("asks the workspace with the caller's own login", async () => {
    const headers = await login();
    const {status, body} = await bench.ask('GET', '/v1/rc/me', {headers});
    assert.equal(status, 200);
    assert.equal(body.username, 'alice');
  });

  it('has no login to lend, whoever asks', async () => {
    await bench.session();
    const lines = await bench.heard(async () => {
      const answer = await bench.ask('GET', '/v1/rc/me');
      assert.deepEqual(codeOf(answer), [401, 'session-missing']);
    });
    assert.deepEqual(lines, []);
  });

  it('wants a session of the caller’s own', async () => {
    const {userId, authToken} = bench.chat.issueToken('alice');
    const alices = {'X-User-Id': userId, 'X-Auth-Token': authToken};
    const bobs = await bench.login('bob');
    const lines = await bench.heard(async () => {
      const without = await bench.ask('GET', '/v1/rc/me', {headers: alices});
      assert.deepEqual(codeOf(without), [401, 'session-missing']);
      const others = await bench.ask('GET', '/v1/rc/me', {as: 'bob', headers: alices});
      assert.deepEqual(codeOf(others), [403, 'other-user']);
    });
    assert.deepEqual(lines, []);
    assert.equal((await bench.ask('GET', '/v1/rc/me', {as: 'bob', headers: bobs})).status, 200);
  });

  it('hands on the refusal of a token that the workspace does not take', async () => {
    const headers = {...(await login()), 'X-Auth-Token': 'guess'};
    const {status, body} = await bench.ask('GET', '/v1/rc/me', {headers});
    assert.equal(status, 401);
    assert.deepEqual(body.status, 'error');
  });

  it('hands on query and body', async () => {
    const headers = await login();
    const rid = bench.chat.room('general')._id;
    const message = {_id: 'abcdefghijklmnopq', rid, msg: 'Grüße'};
    const sent = await bench.ask('POST', '/v1/rc/chat.sendMessage', {headers, body: {message}});
    assert.equal(sent.body.message.msg, 'Grüße');
    assert.equal(bench.chat.messages('general').at(-1)._id, 'abcdefghijklmnopq');
    const path = `/v1/rc/channels.history?roomId=${rid}&count=1`;
    const {body} = await bench.ask('GET', path, {headers});
    assert.deepEqual(
      body.messages.map(({_id}) => _id),
      ['abcdefghijklmnopq'],
    );
  });

  it("hands on the workspace's refusals and its rate limit, and nothing else of its headers", async () => {
    const headers = await login();
    for (let i = 0; i < 10; i++) {
      assert.equal((await bench.ask('GET', '/v1/rc/rooms.get', {headers})).status, 200);
    }
    const {status, body, headers: answered} = await bench.ask('GET', '/v1/rc/rooms.get', {headers});
    assert.equal(status, 429);
    assert.match(body.error, /error-too-many-requests/);
    assert.equal(answered.get('x-ratelimit-remaining'), '0');
    assert.equal(answered.get('x-frame-options'), 'DENY', 'the broker’s own');
  });

  it('sends the workspace nothing by which the broker knows the caller', async () => {
    const seen = [];
    bench.watched.server.prependListener('request', ({headers}) => seen.push(headers));
    const cookie = bench.broker.cookie('alice');
    const own = await login();
    seen.length = 0;
    await bench.ask('GET', '/v1/rc/me', {headers: {...own, cookie, origin: PAGE}});
    assert.equal(seen.length, 1);
    assert.equal(seen[0]['x-auth-token'], own['X-Auth-Token']);
    const names = Object.keys(seen[0]);
    assert.ok(names.includes('x-auth-token'));
    for (const name of ['authorization', 'cookie', 'origin']) assert.ok(!names.includes(name));
  });

  for (const [method, route] of [
    ['GET', 'users.info'],
    ['POST', 'users.createToken'],
    ['POST', 'rooms.get'],
    ['GET', 'chat.sendMessage'],
    ['DELETE', 'me'],
    ['GET', ''],
    ['GET', 'me/../users.info'],
    ['GET', 'me%2f..%2fusers.info'],
    ['GET', '%2e%2e/%2e%2e/api/v1/users.list'],
    ['GET', 'ME'],
  ]) {
    it(`refuses ${method} ${route}`, async () => {
      const headers = await login();
      const lines = await bench.heard(async () => {
        const {status, body} = await bench.ask(method, `/v1/rc/${route}`, {headers});
        assert.ok([403, 404].includes(status));
        assert.match(body.error.code, /^(route-not-allowed|not-found)$/);
      });
      assert.deepEqual(lines, []);
    });
  }

  it('says that the workspace cannot be reached', async () => {
    const headers = await login();
    await bench.chat.close();
    bench.watched.close();
    const answer = await bench.ask('GET', '/v1/rc/me', {headers});
    assert.deepEqual(codeOf(answer), [502, 'workspace-unreachable']);
  });
});

describe('a broker that fails', () => {
  const bench = withBroker();

  it('does so with a status and headers, for so many requests', async () => {
    bench.broker.fail(503, 2, {headers: {'retry-after': '3'}});
    const first = await bench.session();
    assert.deepEqual(codeOf(first), [503, 'simulated']);
    assert.equal(first.headers.get('retry-after'), '3');
    assert.equal((await bench.session()).status, 503);
    assert.equal((await bench.session()).status, 200);
    assert.equal(bench.broker.sessions(), 3);
  });

  it('does so until it is told to work again', async () => {
    bench.broker.fail(500);
    assert.equal((await bench.session()).status, 500);
    assert.equal((await bench.session()).status, 500);
    bench.broker.fail(null);
    assert.equal((await bench.session()).status, 200);
  });

  it('does so for some routes only', async () => {
    bench.broker.fail(500, Infinity, {below: '/v1/rc/'});
    assert.equal((await bench.session()).status, 200);
    assert.equal((await bench.ask('GET', '/v1/rc/me')).status, 500);
  });

  it('says what it is to say', async () => {
    bench.broker.fail(500, 1, {message: 'Not you.'});
    assert.equal((await bench.session()).body.error.message, 'Not you.');
    bench.broker.fail(500, 1);
    assert.equal((await bench.session()).body.error.message, 'Asked for by a test.');
  });

  it('answers with a web page', async () => {
    bench.broker.fail('html');
    const {status, headers, body} = await bench.session();
    assert.equal(status, 502);
    assert.match(headers.get('content-type'), /^text\/html/);
    assert.match(body, /^<h1>/);
  });

  it('answers with half of its JSON', async () => {
    bench.broker.fail('truncated');
    await assert.rejects(bench.session(), SyntaxError);
  });

  it('answers with nothing', async () => {
    bench.broker.fail(204);
    assert.equal((await bench.session()).status, 204);
  });

  it('never answers', async () => {
    bench.broker.fail('hang', 1, {below: '/v1/chat/'});
    const hanging = bench.session().then(
      () => 'answered',
      () => 'cut off',
    );
    // The next one is answered, and that one still is not.
    while (bench.broker.sessions() < 1) await bench.ask('GET', '/v1/config');
    assert.equal((await bench.session()).status, 200);
    await bench.broker.close();
    assert.equal(await hanging, 'cut off');
  });

  it('lets preflights through', async () => {
    bench.broker.fail(500, 1);
    const headers = {origin: PAGE, 'access-control-request-method': 'POST'};
    const {status} = await bench.ask('OPTIONS', SESSION, {as: null, headers});
    assert.equal(status, 204);
    assert.equal((await bench.session()).status, 500);
  });
});

describe('the remote', () => {
  const bench = withBroker({remoteControl: true});
  const command = async (name, params = {}) => {
    const init = {method: 'POST', body: JSON.stringify(params), headers: {origin: 'null'}};
    const response = await fetch(`${bench.broker.origin}/__broker/${name}`, init);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    return {status: response.status, body: await response.json()};
  };

  it('does the same for a page of any origin', async () => {
    const {body: token} = await command('access-token', {username: 'bob', expiresIn: 60});
    const headers = {authorization: `Bearer ${token}`};
    const answer = await bench.ask('POST', SESSION, {as: null, body: {}, headers});
    assert.equal(answer.body.username, 'bob');
    assert.deepEqual((await command('mints')).body, [{username: 'bob', surface: 'live'}]);
    assert.equal((await command('sessions')).body, 1);
    const [{surface, authToken}] = (await command('tokens', {username: 'bob'})).body;
    assert.deepEqual([surface, authToken], ['live', answer.body.surfaces.live.authToken]);
    await command('replace-tokens', {username: 'bob'});
    const other = await bench.ask('POST', SESSION, {as: null, body: {}, headers});
    assert.notEqual(other.body.surfaces.live.authToken, authToken);
    assert.equal((await command('leases', {username: 'bob'})).body, 2);
    assert.equal((await command('requests')).body.length, 2);
    assert.match((await command('cookie', {username: 'bob'})).body, /^host_session=./);
  });

  it('queues, fails, and answers as somebody else', async () => {
    await command('queue', {positions: 1, retryAfterSeconds: 1});
    assert.equal((await bench.session()).status, 429);
    await command('fail', {fault: 500, count: 1});
    assert.equal((await bench.session()).status, 500);
    await command('fail', {fault: 503});
    assert.equal((await bench.session()).status, 503);
    await command('fail', {fault: null});
    await command('queue', {positions: 0, retryAfterSeconds: 0});
    await command('answer-as', {username: 'bob'});
    assert.equal((await bench.session()).body.username, 'bob');
    await command('answer-as', {username: null});
    assert.equal((await bench.session()).body.username, 'alice');
  });

  it('says what it does not know', async () => {
    assert.equal((await command('other')).status, 404);
    assert.equal((await command('leases')).status, 400);
  });
});

describe('a broker without remote control', () => {
  const bench = withBroker();

  it('has no remote', async () => {
    const answer = await bench.ask('POST', '/__broker/access-token', {as: null, body: '{}'});
    assert.deepEqual(codeOf(answer), [404, 'not-found']);
  });
});
