import assert from 'node:assert/strict';
import {connect} from 'node:net';
import {text} from 'node:stream/consumers';
import {describe, it} from 'node:test';
import {gzipSync} from 'node:zlib';

import fc from 'fast-check';

import {jsonBodies} from '../../broker/dist/http/body.js';
import {DEEPEST, isShallow, MOST_KEYS} from '../../broker/dist/http/json-shape.js';
import {brokerApp, listen} from '../support/broker-fakes.mjs';

const LIMIT = 65_536;

/** An app whose route answers what it was sent. */
const echoing = async (t) => {
  const app = await brokerApp(t, {bodyLimit: LIMIT});
  const seen = [];
  const echo = async ({body}) => {
    seen.push(body);
    return {body};
  };
  app.route({method: ['POST', 'DELETE', 'GET'], url: '/echo', handler: echo});
  const send = async (payload, headers = {}, {method = 'POST', url = '/echo'} = {}) => {
    const answer = await app.inject({
      method,
      url,
      headers: {'content-type': 'application/json', ...headers},
      ...(payload !== undefined && {payload}),
    });
    return {status: answer.statusCode, ...answer.json()};
  };
  return {app, seen, send};
};

const refused = ({status, error}) => `${status} ${error?.code}`;

describe('the body of a request', () => {
  it('is one JSON object', async (t) => {
    const {send} = await echoing(t);
    assert.deepEqual(await send('{"a": [1, {"b": null}]}'), {
      status: 200,
      body: {a: [1, {b: null}]},
    });
    for (const type of [
      'application/json; charset=utf-8',
      'Application/JSON',
      'application/json;charset=UTF-8',
    ])
      assert.equal((await send('{}', {'content-type': type})).status, 200, type);
  });

  it('is {} if there is none', async (t) => {
    const {app, send} = await echoing(t);
    for (const method of ['POST', 'DELETE']) {
      const answer = await app.inject({method, url: '/echo'});
      assert.deepEqual(answer.json(), {body: {}}, method);
    }
    assert.deepEqual(await send(undefined), {status: 200, body: {}});
    assert.deepEqual(await send(''), {status: 200, body: {}});
  });

  it('is nothing else than an object', async (t) => {
    const {send, seen} = await echoing(t);
    for (const payload of ['[]', '[{"a": 1}]', 'null', '1', '"{}"', 'true'])
      assert.equal(refused(await send(payload)), '400 invalid-argument', payload);
    for (const payload of [
      '{',
      '{"a"}',
      "{'a': 1}",
      '{"a": 1}{"a": 1}',
      'a=1',
      '\ufeff',
      '{"a":NaN}',
      ' ',
      '{"a":"\u0000"}',
    ])
      assert.equal(refused(await send(payload)), '400 invalid-json', JSON.stringify(payload));
    assert.equal(refused(await send(Buffer.from('{"a": "\xff"}', 'latin1'))), '400 invalid-json');
    assert.deepEqual(seen, []);
  });

  it('is never a form, a text, or another type that a page could send unasked', async (t) => {
    const {send, seen, app} = await echoing(t);
    const types = [
      'text/plain',
      'text/plain; application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'application/vnd.api+json',
      'text/json',
      'application/xml',
      'application/json, text/plain',
      'application',
      '',
      'json',
    ];
    for (const type of types)
      assert.equal(
        refused(await send('{"a": 1}', {'content-type': type})),
        '415 content-type-refused',
        type,
      );
    const {port} = new URL(await listen(app));
    const socket = connect(Number(port), '127.0.0.1');
    socket.end('POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 8\r\n\r\n{"a": 1}');
    assert.match(await text(socket), /^HTTP\/1.1 415 .*content-type-refused/s);
    assert.deepEqual(seen, []);
  });

  it('is never packed', async (t) => {
    const {send, seen} = await echoing(t);
    const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));
    for (const encoding of ['gzip', 'br', 'deflate', 'x-gzip', 'identity, gzip', 'gzip, gzip', ''])
      assert.equal(
        refused(await send(bomb, {'content-encoding': encoding})),
        '415 content-type-refused',
        encoding,
      );
    assert.deepEqual(seen, []);
    assert.equal((await send('{}', {'content-encoding': 'identity'})).status, 200);
  });

  it('is not longer than the limit, whether it says so or not', async (t) => {
    const {app, send, seen} = await echoing(t);
    const sized = (bytes) => JSON.stringify({a: 'x'.repeat(bytes - 8)});
    assert.equal((await send(sized(LIMIT))).status, 200);
    seen.length = 0;
    assert.equal(refused(await send(sized(LIMIT + 1))), '413 body-too-large');
    assert.equal(refused(await send(sized(1_000_000))), '413 body-too-large');
    const {port} = new URL(await listen(app));
    const socket = connect(Number(port), '127.0.0.1');
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
    socket.write(
      'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
    );
    socket.write(chunk.repeat(3));
    assert.match(await text(socket), /^HTTP\/1.1 413 .*body-too-large/s);
    assert.deepEqual(seen, []);
  });

  it('has no key that would reach a prototype', async (t) => {
    const {send, seen} = await echoing(t);
    for (const payload of [
      '{"__proto__": {"admin": true}}',
      '{"a": [{"__proto__": null}]}',
      '{"\\u005f_proto__": {"admin": true}}',
      '{"__proto__" : 1}',
      '{"constructor": {"prototype": {"admin": true}}}',
      '{"a": {"\\u0063onstructor": {"prototype": {}}}}',
    ])
      assert.equal(refused(await send(payload)), '400 invalid-json', payload);
    assert.deepEqual(seen, []);
    assert.equal({}.admin, undefined);
    assert.equal((await send('{"constructor": 1, "a": "__proto__"}')).status, 200);
  });

  it('means one thing where a key comes twice: the last', async (t) => {
    const {send} = await echoing(t);
    const {body} = await send('{"user_id": "anna", "user_id": "admin", "user\\u005fid": "bo"}');
    assert.deepEqual(body, {user_id: 'bo'});
  });

  it('is neither deeper than 32 levels nor of more than 2,000 keys', async (t) => {
    const {send, seen} = await echoing(t);
    const nested = (depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    assert.equal((await send(nested(32))).status, 200);
    const keys = (count) =>
      JSON.stringify(Object.fromEntries(Array.from({length: count}, (_, at) => [`k${at}`, 1])));
    assert.equal((await send(keys(2_000))).status, 200);
    seen.length = 0;
    for (const payload of [
      nested(33),
      nested(10_000),
      `{"a":${'['.repeat(10_000)}`,
      `{"a":${'['.repeat(33)}${']'.repeat(33)}}`,
      keys(2_001),
    ])
      assert.equal(refused(await send(payload)), '400 body-too-deep');
    assert.deepEqual(seen, []);
  });
});

describe('a scope that hands bodies on', () => {
  it('gets them as they come, and none where there is none', async (t) => {
    const app = await brokerApp(t);
    await app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
      scope.post('/on', async ({body}) => ({got: body === undefined ? null : await text(body)}));
    });
    const bare = await app.inject({method: 'POST', url: '/on'});
    assert.deepEqual(bare.json(), {got: null});
    const full = await app.inject({method: 'POST', url: '/on', payload: {a: 1}});
    assert.deepEqual(full.json(), {got: '{"a":1}'});
    const payload = `--x\r\n${'y'.repeat(100_000)}\r\n--x--\r\n`;
    const headers = {'content-type': 'multipart/form-data; boundary=x'};
    const upload = await app.inject({method: 'POST', url: '/on', payload, headers});
    assert.deepEqual(upload.json(), {got: payload});
  });
});

describe('the check of depth and keys', () => {
  const bytes = (given) => new TextEncoder().encode(given);
  const shapeOf = (value) => {
    if (typeof value !== 'object' || value === null) return {depth: 0, keys: 0};
    const inner = Object.values(value).map(shapeOf);
    return {
      depth: 1 + Math.max(0, ...inner.map(({depth}) => depth)),
      keys: inner.reduce((sum, {keys}) => sum + keys, Array.isArray(value) ? 0 : inner.length),
    };
  };

  it('says of every JSON text what its value says', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({maxDepth: 6, stringUnit: 'binary'}),
        fc.nat(2 * DEEPEST),
        fc.constantFrom(0, 2),
        (value, wraps, indent) => {
          let wrapped = value;
          for (let at = 0; at < wraps; at++) wrapped = at % 2 ? [wrapped] : {'}]"\\': wrapped};
          const {depth, keys} = shapeOf(wrapped);
          const shallow = isShallow(bytes(JSON.stringify(wrapped, null, indent)));
          assert.equal(shallow, depth <= DEEPEST && keys <= MOST_KEYS);
        },
      ),
      {numRuns: 10_000},
    );
  });

  it('ends at any bytes, and lets nothing pass that parses to something deeper', () => {
    const piece = fc.constantFrom(
      '[',
      '{',
      ']',
      '}',
      '"',
      '\\',
      ':',
      ',',
      '1',
      'a',
      ' ',
      '\u00e9',
      '{"a":',
      '["]",',
    );
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 200}), (pieces) => {
        const given = pieces.join('');
        const shallow = isShallow(bytes(given));
        let value;
        try {
          value = JSON.parse(given);
        } catch {
          return;
        }
        assert.equal(shallow, shapeOf(value).depth <= DEEPEST);
      }),
      {numRuns: 10_000},
    );
    fc.assert(
      fc.property(
        fc.uint8Array({maxLength: 500}),
        (given) => typeof isShallow(given) === 'boolean',
      ),
    );
  });

  it('takes a text of a million brackets without recursion', () => {
    assert.equal(isShallow(Buffer.alloc(1_000_000, '[')), false);
    assert.equal(isShallow(Buffer.alloc(1_000_000, '"[",')), true);
    assert.equal(isShallow(Buffer.alloc(1_000_000, ']')), true);
  });
});

describe('the reading of bodies', () => {
  it('leaves the rest of an application alone in whose server it is mounted', async (t) => {
    const {default: Fastify} = await import('fastify');
    const host = Fastify();
    t.after(() => host.close());
    host.post('/host', async ({body}) => ({body}));
    await host.register(async (scope) => {
      await scope.register(jsonBodies(100));
      scope.post('/broker', async ({body}) => ({body}));
    });
    const answer = await host.inject({
      method: 'POST',
      url: '/host',
      payload: 'x',
      headers: {'content-type': 'text/plain'},
    });
    assert.deepEqual(answer.json(), {body: 'x'});
    const other = await host.inject({
      method: 'POST',
      url: '/broker',
      payload: 'x',
      headers: {'content-type': 'text/plain'},
    });
    assert.equal(other.statusCode, 415);
  });
});
