import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {signIn} from '../../broker/dist/callers/fastify-identity.js';
import {cors} from '../../broker/dist/http/cors.js';
import {safeHeaders} from '../../broker/dist/http/headers.js';
import {BrokerError} from '../../broker/dist/errors.js';
import {brokerApp} from '../support/broker-fakes.mjs';

const PAGE = 'https://app.example.com';
const LISTED = [PAGE, 'https://app.example.com:8443', 'http://localhost:3000'];

/** Everything about CORS that an answer has. */
const corsOf = ({headers}) =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => name.startsWith('access-control-') || name === 'vary',
    ),
  );

const ALLOWED = {
  'access-control-allow-origin': PAGE,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers':
    'Date, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset',
  vary: 'Origin',
};

const pages = async (t) => {
  const app = await brokerApp(t);
  const served = [];
  await app.register(safeHeaders);
  await app.register(cors(LISTED));
  const serve = async ({url}) => {
    served.push(url);
    return {};
  };
  app.get('/v1/config', serve);
  app.post('/v1/chat/session', serve);
  app.get('/healthz', {config: {cors: false}}, serve);
  app.post('/events', {config: {cors: false}}, serve);
  app.get('/v1/files/:link', {config: {cors: false}}, serve);
  await app.register(async (scope) => {
    const refuse = async () => {
      throw new BrokerError(401, 'access-token-invalid', 'No.');
    };
    await scope.register(signIn({identify: refuse}));
    scope.get('/v1/mine', serve);
  });
  const get = (url, headers, method = 'GET') => app.inject({method, url, headers});
  return {get, served};
};

const preflight = (origin, more) => ({
  ...(origin !== undefined && {origin}),
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization, content-type',
  ...more,
});

describe('a page of a listed origin', () => {
  it('gets exactly the headers that let it read the answer', async (t) => {
    const {get} = await pages(t);
    const answer = await get('/v1/config', {origin: PAGE});
    assert.equal(answer.statusCode, 200);
    assert.deepEqual(corsOf(answer), ALLOWED);
    for (const origin of LISTED) {
      const {headers} = await get('/v1/config', {origin});
      assert.equal(headers['access-control-allow-origin'], origin);
    }
  });

  it('can read refusals, too', async (t) => {
    const {get} = await pages(t);
    for (const [url, status] of [
      ['/v1/mine', 401],
      ['/v1/nothing', 404],
      ['/v1/chat/session', 405],
    ]) {
      const answer = await get(url, {origin: PAGE});
      assert.equal(answer.statusCode, status);
      assert.deepEqual(corsOf(answer), ALLOWED);
    }
  });

  it('gets exactly the methods and headers it may use from a preflight, unproved', async (t) => {
    const {get, served} = await pages(t);
    for (const url of ['/v1/chat/session', '/v1/mine', '/v1/config']) {
      const answer = await get(url, preflight(PAGE), 'OPTIONS');
      assert.equal(answer.statusCode, 204);
      assert.equal(answer.body, '');
      assert.deepEqual(corsOf(answer), {
        ...ALLOWED,
        'access-control-allow-methods': 'GET, POST, DELETE',
        'access-control-allow-headers':
          'authorization, content-type, x-requested-with, x-user-id, x-auth-token',
        'access-control-max-age': '600',
      });
    }
    assert.deepEqual(served, []);
  });
});

describe('a page of any other origin', () => {
  const ODD = [
    'null',
    '',
    '*',
    'https://app.example.com.evil.com',
    'https://evil-app.example.com',
    'https://evil.com/app.example.com',
    'https://sub.app.example.com',
    'https://app.example.co',
    'https://app.example.com:444',
    'https://app.example.com:443',
    'http://app.example.com',
    'HTTPS://APP.EXAMPLE.COM',
    'https://App.example.com',
    'https://app.example.com/',
    'https://app.example.com ',
    ' https://app.example.com, https://evil.com',
    'https://app.example.com\u0430',
    'https://appxexample.com',
    'https://user@app.example.com',
    'file://',
    '__proto__',
  ];
  const isSame = (origin) => LISTED.includes(origin.trim());

  it('is refused before anything is done, without a word of CORS', async (t) => {
    const {get, served} = await pages(t);
    for (const origin of ODD.filter((each) => !isSame(each))) {
      for (const [method, headers] of [
        ['GET', {origin}],
        ['OPTIONS', preflight(origin)],
      ]) {
        const answer = await get('/v1/config', headers, method);
        assert.equal(answer.statusCode, 403, origin);
        assert.equal(answer.json().error.code, 'origin-not-allowed');
        assert.deepEqual(corsOf(answer), {vary: 'Origin'}, origin);
        assert.doesNotMatch(answer.body, /evil/);
      }
    }
    assert.deepEqual(served, []);
  });

  it('is refused whatever its name', async (t) => {
    const {get, served} = await pages(t);
    const near = fc.constantFrom(...LISTED).chain((origin) =>
      fc
        .record({
          at: fc.nat(origin.length),
          cut: fc.nat(2),
          put: fc.stringMatching(/^[!-~]{0,3}$/),
        })
        .map(({at, cut, put}) => origin.slice(0, at) + put + origin.slice(at + cut)),
    );
    await fc.assert(
      fc.asyncProperty(near, async (origin) => {
        fc.pre(!LISTED.includes(origin));
        assert.equal((await get('/v1/config', {origin})).statusCode, 403);
      }),
      {numRuns: 500},
    );
    assert.deepEqual(served, []);
  });
});

describe('a request without an origin', () => {
  it('gets no headers of CORS, and its route', async (t) => {
    const {get} = await pages(t);
    const answer = await get('/v1/config', {});
    assert.equal(answer.statusCode, 200);
    assert.deepEqual(corsOf(answer), {vary: 'Origin'});
  });

  it('is no preflight', async (t) => {
    const {get} = await pages(t);
    assert.equal((await get('/v1/config', preflight(undefined), 'OPTIONS')).statusCode, 405);
    assert.equal((await get('/v1/config', {origin: PAGE}, 'OPTIONS')).statusCode, 405);
  });
});

describe('a route that is not for pages of other origins', () => {
  it('is open to any origin, and lets none read its answer', async (t) => {
    const {get} = await pages(t);
    for (const origin of [undefined, PAGE, 'https://evil.com', 'null']) {
      for (const url of ['/healthz', '/v1/files/abc']) {
        const answer = await get(url, origin === undefined ? {} : {origin});
        assert.equal(answer.statusCode, 200);
        assert.deepEqual(corsOf(answer), {});
      }
    }
  });

  it('lets nobody ask with headers of his own', async (t) => {
    const {get} = await pages(t);
    for (const url of ['/healthz', '/events?x', '/v1/files/abc']) {
      const answer = await get(url, preflight(PAGE), 'OPTIONS');
      assert.equal(answer.statusCode, 405);
      assert.deepEqual(corsOf(answer), {});
    }
  });
});

describe('every answer', () => {
  it('keeps a browser from taking it for a page', async (t) => {
    const {get} = await pages(t);
    for (const url of ['/v1/config', '/v1/nothing', '/v1/mine']) {
      const {headers} = await get(url, {});
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['x-frame-options'], 'DENY');
      assert.equal(headers['content-security-policy'], "default-src 'none';frame-ancestors 'none'");
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
      assert.equal(headers['cache-control'], 'no-store');
      assert.equal(headers['x-powered-by'], undefined);
    }
    const link = await get('/v1/files/abc', {});
    assert.equal(link.headers['cross-origin-resource-policy'], 'cross-origin');
  });
});
