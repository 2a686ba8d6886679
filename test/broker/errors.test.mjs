import assert from 'node:assert/strict';
import {connect} from 'node:net';
import {text} from 'node:stream/consumers';
import {describe, it} from 'node:test';

import Fastify from 'fastify';

import {BrokerError} from '../../broker/dist/errors.js';
import {cors} from '../../broker/dist/http/cors.js';
import {errorAnswers} from '../../broker/dist/http/errors.js';
import {KnownRoutes} from '../../broker/dist/http/known-routes.js';
import {loggedError} from '../../broker/dist/logged-error.js';
import {brokerApp, listen, readableLog} from '../support/broker-fakes.mjs';

/** An app with a route that fails as it is told. */
const failing = async (t, failure, options) => {
  const app = await brokerApp(t, options);
  app.get('/fail', async () => {
    throw failure();
  });
  app.delete('/fail', async () => ({}));
  app.get('/v1/chat/session/:lease', async ({params}) => params);
  app.route({method: ['GET', 'POST'], url: '/v1/rc/*', handler: async () => ({})});
  const ask = async (url = '/fail', method = 'GET') => {
    const answer = await app.inject({url, method});
    return {status: answer.statusCode, headers: answer.headers, body: answer.json()};
  };
  return {app, ask};
};

describe('an error of the broker', () => {
  it('is answered as it is: status, code, message, position, headers', async (t) => {
    const {ask} = await failing(
      t,
      () =>
        new BrokerError(429, 'sign-in-queued', 'You are third. Ask again in 6 s.', {
          position: 3,
          headers: {'retry-after': '6'},
        }),
    );
    const {status, headers, body} = await ask();
    assert.equal(status, 429);
    assert.deepEqual(body, {
      error: {code: 'sign-in-queued', message: 'You are third. Ask again in 6 s.', position: 3},
    });
    assert.equal(headers['retry-after'], '6');
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['content-type'], 'application/json; charset=utf-8');
  });

  it('tells its cause to the log alone', async (t) => {
    const log = readableLog();
    const cause = Object.assign(new Error('upstream said no', {cause: new Error('deeper')}), {
      payload: 'CANARY',
      code: 'E_UP',
    });
    const failure = () => new BrokerError(502, 'workspace-refused', 'Refused.', {cause});
    const {ask} = await failing(t, failure, {log});
    const {body} = await ask();
    assert.deepEqual(body, {error: {code: 'workspace-refused', message: 'Refused.'}});
    const [line, ...more] = log.lines.map((each) => JSON.parse(each));
    assert.deepEqual(more, []);
    assert.match(line.err.message, /upstream said no/);
    assert.equal(line.err.code, 'E_UP');
    assert.match(log.text(), /deeper/);
    assert.doesNotMatch(log.text(), /CANARY/);
  });

  it('that is the fault of the caller, and says all, is no line in the log', async (t) => {
    const log = readableLog();
    const {ask} = await failing(t, () => new BrokerError(404, 'file-gone', 'Gone.'), {log});
    await ask();
    assert.deepEqual(log.lines, []);
  });
});

describe('any other error', () => {
  it('shows nothing of itself but the id of its line in the log', async (t) => {
    for (const failure of [
      () => new Error('CANARY at /srv/secret'),
      () =>
        Object.assign(new Error('CANARY'), {
          statusCode: 418,
          code: 'CANARY',
          headers: {'x-canary': 'CANARY'},
        }),
      () => Object.assign(new Error('CANARY'), {code: '__proto__'}),
      () => 'CANARY',
      () => undefined,
      () => null,
      () => ({error: 'CANARY'}),
    ]) {
      const log = readableLog();
      const {ask} = await failing(t, failure, {log});
      const {status, headers, body} = await ask();
      assert.equal(status, 500);
      assert.equal(body.error.code, 'internal');
      assert.doesNotMatch(JSON.stringify({body, headers}), /CANARY/i);
      const [, id] = /this id: (\S+)$/.exec(body.error.message);
      const lines = log.lines.map((each) => JSON.parse(each));
      assert.equal(lines.length, 1);
      assert.equal(lines[0].reqId, id);
      assert.equal(lines[0].level, 50);
    }
  });

  it('does not repeat an id that somebody else chose and that is none', async (t) => {
    const options = {genReqId: () => 'a\r\nCANARY <b>'};
    const {ask} = await failing(t, () => new Error('x'), options);
    assert.doesNotMatch(JSON.stringify((await ask()).body), /CANARY/);
  });
});

describe('a request that has no route', () => {
  it('is answered 404 without a word of its address', async (t) => {
    const {ask} = await failing(t);
    for (const url of ['/CANARY', '/fail/', '/FAIL', '/v1/rc', '/__proto__', '/?CANARY']) {
      const {status, body} = await ask(url);
      assert.equal(`${status} ${body.error.code}`, '404 not-found', url);
      assert.doesNotMatch(JSON.stringify(body), /CANARY/);
    }
  });

  it('is answered 405 with `Allow` where the path has others', async (t) => {
    const {ask} = await failing(t);
    for (const [method, url, allow] of [
      ['POST', '/fail', 'DELETE, GET, HEAD'],
      ['PUT', '/fail?x=1', 'DELETE, GET, HEAD'],
      ['DELETE', '/v1/chat/session/abc', 'GET, HEAD'],
      ['PATCH', '/v1/rc/chat.sendMessage', 'GET, HEAD, POST'],
      ['OPTIONS', '/fail', 'DELETE, GET, HEAD'],
    ]) {
      const {status, headers, body} = await ask(url, method);
      assert.equal(`${status} ${body.error.code}`, '405 method-not-allowed', `${method} ${url}`);
      assert.equal(headers.allow, allow);
    }
  });

  it('is answered in the same way if its address is malformed', async (t) => {
    const log = readableLog();
    const {ask} = await failing(t, undefined, {log});
    for (const url of ['/%', '/%c3%28', '/v1/rc/%zz', '/fail/%00%'])
      assert.equal((await ask(url)).body.error.code, 'invalid-argument', url);
    const long = await ask(`/v1/chat/session/${'x'.repeat(5_000)}`);
    assert.equal(`${long.status} ${long.body.error.code}`, '404 not-found');
    assert.doesNotMatch(log.text(), /\n[^{]/);
  });
});

describe('a broker that is mounted', () => {
  it('answers so below its own path, and the rest of the server as before', async (t) => {
    const host = Fastify();
    t.after(() => host.close());
    host.get('/own', async () => ({}));
    const broker = async (app) => {
      await app.register(errorAnswers);
      await app.register(cors([]));
      await app.register(async (inner) => inner.get('/v1/:id', async () => ({})));
    };
    await host.register(broker, {prefix: '/chat'});
    const ask = async (method, url) => {
      const answer = await host.inject({method, url});
      return {status: answer.statusCode, error: answer.json().error, allow: answer.headers.allow};
    };
    assert.equal((await ask('GET', '/chat/v1/a')).status, 200);
    assert.equal((await ask('GET', '/chat/nothing')).error.code, 'not-found');
    const other = await ask('POST', '/chat/v1/a');
    assert.equal(`${other.error.code} ${other.allow}`, 'method-not-allowed GET, HEAD');
    assert.equal((await ask('GET', '/nothing')).error, 'Not Found');
    assert.equal((await ask('POST', '/own')).error, 'Not Found');
  });

  it('answers so in a scope of its own without a path, too', async (t) => {
    const host = Fastify();
    t.after(() => host.close());
    await host.register(async (app) => {
      await app.register(errorAnswers);
      await app.register(async (inner) => inner.get('/v1/:id', async () => ({})));
    });
    assert.equal((await host.inject('/nothing')).json().error.code, 'not-found');
    const other = await host.inject({method: 'DELETE', url: '/v1/a'});
    assert.equal(other.headers.allow, 'GET, HEAD');
  });
});

describe('what is no HTTP request', () => {
  it('is answered in the same shape, and the connection closed', async (t) => {
    const {app} = await failing(t);
    const {port} = new URL(await listen(app));
    const send = async (bytes) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.end(bytes);
      return text(socket);
    };
    const answer = await send('HELLO\r\n\r\n');
    assert.match(answer, /^HTTP\/1.1 400 Bad Request\r\n/);
    const {error} = JSON.parse(answer.split('\r\n\r\n')[1]);
    assert.equal(error.code, 'invalid-argument');
    assert.match(await send('GET / HTTP/1.1\r\nhost: x\r\nx: a\u0000b\r\n\r\n'), / 400 /);
    assert.match(
      await send(
        'POST /fail HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
      ),
      / 400 /,
    );
    const still = await app.inject('/v1/chat/session/a');
    assert.equal(still.statusCode, 200);
  });

  it('is not waited for longer than the server says', async (t) => {
    const {app} = await failing(t, undefined, {
      requestTimeout: 50,
      http: {connectionsCheckingInterval: 20},
    });
    const {port} = new URL(await listen(app));
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('POST /fail HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n');
    assert.match(await text(socket), /^HTTP\/1.1 408 .*too slowly/s);
  });
});

describe('the list of routes', () => {
  it('knows a path with parameters and a rest, and what is closed to pages', () => {
    const routes = new KnownRoutes();
    routes.add({method: 'GET', url: '/a/:id'});
    routes.add({method: ['POST', 'GET'], url: '/a/:id'});
    routes.add({method: 'GET', url: '/b/*', config: {cors: false}});
    assert.deepEqual(routes.methods('/a/1'), ['GET', 'POST']);
    assert.deepEqual(routes.methods('/a/1?x#y'), ['GET', 'POST']);
    for (const none of ['/a', '/a/', '/a/1/2', 'a/1', '', '/b'])
      assert.deepEqual(routes.methods(none), [], none);
    assert.equal(routes.isClosed('/b/c/d'), true);
    assert.equal(routes.isClosed('/a/1'), false);
    assert.equal(routes.isClosed('/nothing'), false);
  });
});

describe('a caller who goes in the middle of his request', () => {
  it('is no failure of the broker', async (t) => {
    const log = readableLog();
    const {app} = await failing(t, undefined, {log});
    const failed = new Promise((done) =>
      app.addHook('onError', async (_request, _reply, error) => done(error)),
    );
    app.post('/body', async () => ({}));
    const {port} = new URL(await listen(app));
    log.lines.length = 0;
    const socket = connect(Number(port), '127.0.0.1');
    const head = 'POST /body HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    socket.write(`${head}content-length: 100\r\n\r\n{`, () => socket.resetAndDestroy());
    await failed;
    // The answer is given after that; a whole request later it is.
    await app.inject('/v1/chat/session/a');
    assert.deepEqual(log.lines, []);
  });
});

describe('what is logged of an error', () => {
  it('ends, even where causes go round', () => {
    const error = new Error('a');
    error.cause = error;
    assert.match(JSON.stringify(loggedError(error)), /"cause"/);
  });

  it('is one line, whatever somebody put into it', async (t) => {
    const log = readableLog();
    const message = 'a\r\n{"level":60,"msg":"forged"}\u2028\u0000';
    const {ask} = await failing(t, () => new Error(message), {log});
    await ask();
    assert.equal(
      log
        .text()
        .trimEnd()
        .split(/[\r\n]/).length,
      1,
    );
    assert.equal(JSON.parse(log.text()).level, 50);
  });
});
