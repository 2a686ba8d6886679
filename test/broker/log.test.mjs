import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {createConnection} from 'node:net';
import {describe, it} from 'node:test';

import {fastify} from 'fastify';

import {requestLogOptions} from '../../broker/dist/http/request-log.js';
import {fatalLine, loggerOptions, secretsOf} from '../../broker/dist/log.js';
import {loggedPath, redact} from '../../broker/dist/log-redaction.js';
import {BrokerError} from '../../broker/dist/errors.js';
import {readSettings} from '../../broker/dist/config/read-settings.js';
import {leastSettings, randomSecret} from './support/settings.mjs';

/** A server with the broker's logger, and the lines that it has written. */
const logging = ({level = 'info', secrets = []} = {}) => {
  const written = [];
  const stream = {write: (line) => written.push(line)};
  const app = fastify({logger: {...loggerOptions(level, secrets), stream}, ...requestLogOptions()});
  return {app, log: app.log, written, lines: () => written.map((line) => JSON.parse(line))};
};

const base64url = () => `k7Q${randomBytes(32).toString('base64url')}`;
const hex = () => randomBytes(24).toString('hex');
const jwt = () =>
  [{alg: 'HS256'}, {sub: 'alice'}]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(base64url())
    .join('.');

describe('the log of the broker', () => {
  it('is a line of JSON each, with the time and the level in words', () => {
    const {log, written, lines} = logging();
    log.info({of: 'us'}, 'started');
    assert.ok(written[0].endsWith('}\n'));
    const [{time, ...line}] = lines();
    assert.deepEqual(line, {level: 'info', of: 'us', msg: 'started'});
    assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000);
  });

  it('has one line for a request: method, path, status, ms, and an id of our own', async () => {
    const {app, lines} = logging();
    app.get('/v1/config', async () => ({}));
    for (let count = 0; count < 2; count += 1)
      await app.inject({
        url: '/v1/config?access_token=geheim',
        headers: {
          authorization: 'Bearer geheim',
          cookie: 'sid=geheim',
          'request-id': 'geheim',
          'x-request-id': 'geheim',
        },
      });
    const [first, second, ...others] = lines();
    assert.deepEqual(others, []);
    const {time: _time, requestId, duration, ...line} = first;
    assert.deepEqual(line, {
      level: 'info',
      req: {method: 'GET', path: '/v1/config'},
      res: {status: 200},
      msg: 'request',
    });
    assert.equal(typeof duration, 'number');
    assert.match(requestId, /^[\w-]{12}$/);
    assert.notEqual(requestId, second.requestId);
    assert.ok(!JSON.stringify(lines()).includes('geheim'));
  });

  it('has one for a path that is not there, without its query', async () => {
    const {app, lines} = logging();
    await app.inject({method: 'POST', url: '/nothing?token=geheim', payload: {token: 'geheim'}});
    assert.deepEqual(
      lines().map(({req, res}) => [req, res]),
      [[{method: 'POST', path: '/nothing'}, {status: 404}]],
    );
  });

  it('has one for a caller who goes before the answer is complete', async () => {
    const {app, lines, written} = logging();
    app.get('/v1/calls/events', (_request, reply) => {
      reply.hijack();
      reply.raw.writeHead(200).write('data: x\n\n');
    });
    await app.listen({port: 0, host: '127.0.0.1'});
    written.length = 0;
    const socket = createConnection(app.server.address().port, '127.0.0.1');
    socket.write('GET /v1/calls/events HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    socket.destroy();
    const patience = Date.now() + 30_000;
    while (!written.length && Date.now() < patience)
      await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(
      lines().map(({req, aborted}) => [req.path, aborted]),
      [['/v1/calls/events', true]],
    );
    await app.close();
  });

  it('hides in paths what opens something by itself', () => {
    assert.equal(loggedPath('/v1/chat/session/b3JkZXI'), '/v1/chat/session/…');
    assert.equal(loggedPath('/chat/v1/chat/session/x?y'), '/chat/v1/chat/session/…');
    assert.equal(loggedPath('/v1/chat/session'), '/v1/chat/session');
    assert.equal(loggedPath('/v1/files/sign'), '/v1/files/sign');
    assert.equal(loggedPath('/v1/files/abc/def.pdf'), '/v1/files/…');
    assert.equal(loggedPath('/v1/meetings/1234567890/end'), '/v1/meetings/…/end');
    for (const odd of ['/V1/Meetings', '/v1/meetings/', '/v1/%6deetings', '/x'])
      assert.equal(loggedPath(`${odd}/1234567890`), `${odd}/…`);
    assert.equal(loggedPath('/v1/other/12345678901/x'), '/v1/other/12345678901/x');
    assert.equal(
      loggedPath('/policy/v1/registrations/anna@example.com/x?y'),
      '/policy/v1/registrations/…',
    );
    assert.equal(
      loggedPath('/policy/v1/participant/avatar/1234567890'),
      '/policy/v1/participant/avatar/…',
    );
    assert.equal(loggedPath('/policy/v1/registrations'), '/policy/v1/registrations');
    assert.equal(loggedPath(`/v1/other/${base64url()}/x`), '/v1/other/…/x');
    assert.equal(loggedPath(`/v1/other/${jwt()}`), '/v1/other/…');
    assert.equal(loggedPath('/v1/rc/chat.syncMessages?roomId=x'), '/v1/rc/chat.syncMessages');
    assert.equal(loggedPath('/v1/rc/channels.history#x'), '/v1/rc/channels.history');
    assert.ok(loggedPath(`/${'a/'.repeat(5000)}`).length <= 300);
  });

  for (const text of [
    'a\r\n{"level":"fatal"}',
    'a\u2028b\u2029c',
    '\u001b[31mred\u0007',
    '\u0085\u009b31m',
    '\u202egnp.exe',
    '"},{"level":"fatal","x":"',
    '\ud800',
  ])
    it(`has ${JSON.stringify(text)} within its line, escaped`, () => {
      const {log, written, lines} = logging();
      log.warn({text, req: {method: text, url: text}}, text);
      log.error(new Error(text));
      assert.equal(written.length, 2);
      for (const line of written) {
        assert.equal(line.indexOf('\n'), line.length - 1);
        assert.doesNotMatch(line.slice(0, -1), /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]/);
      }
      assert.deepEqual(
        lines().map(({level}) => level),
        ['warn', 'error'],
      );
    });

  it('is silent where the operator wants that', () => {
    const {log, written} = logging({level: 'silent'});
    log.error('x');
    assert.deepEqual(written, []);
  });
});

describe('an error in the log', () => {
  it('has type, code, message, stack and what caused it', () => {
    const {log, lines} = logging();
    const inner = Object.assign(new TypeError('refused'), {code: 'ECONNREFUSED'});
    const several = new AggregateError([inner, new Error('other')], 'no address answers');
    log.error(
      new BrokerError(502, 'workspace-unreachable', 'The workspace is away.', {cause: several}),
    );
    const [{err, msg}] = lines();
    assert.equal(msg, 'The workspace is away.');
    assert.equal(err.type, 'BrokerError');
    assert.equal(err.code, 'workspace-unreachable');
    assert.match(err.stack, /log\.test\.mjs/);
    assert.equal(err.cause.message, 'no address answers');
    assert.deepEqual(
      err.cause.errors.map(({type, code}) => [type, code]),
      [
        ['TypeError', 'ECONNREFUSED'],
        ['Error', undefined],
      ],
    );
    assert.deepEqual(Object.keys(err).sort(), ['cause', 'code', 'message', 'stack', 'type']);
  });

  it('may be anything that was thrown', () => {
    const {log, lines} = logging();
    const circle = new Error('circle');
    circle.cause = circle;
    const nasty = new Error('x');
    Object.defineProperty(nasty, 'cause', {
      get: () => {
        throw new Error('no');
      },
    });
    for (const err of [circle, nasty, 'text', 7, null, {a: 1}, Symbol('s'), () => {}])
      log.error({err}, 'thrown');
    assert.equal(lines().length, 8);
    assert.equal(lines()[1].err.message, 'an error that cannot be read');
    assert.equal(lines()[2].err.message, 'text');
  });

  const canaries = {base64url, hex, jwt, base64: () => `aB3${randomBytes(36).toString('base64')}`};
  for (const [kind, make] of Object.entries(canaries))
    it(`has no secret (${kind}) in any field, however it came there`, () => {
      const {log, written} = logging({level: 'debug'});
      const used = [];
      const secret = () => used[used.push(make()) - 1];
      const nested = () => Object.assign(new Error(`refused ${secret()}`), {code: secret()});
      const make1 = (message) => {
        const error = new Error(message, {cause: nested()});
        error.name = secret();
        error.code = secret();
        error.headers = {authorization: `Bearer ${secret()}`, 'x-auth-token': secret()};
        error.request = {headers: {cookie: secret()}, body: secret()};
        error.config = {apikey: secret()};
        error.cause.cause = secret();
        error.cause.options = {auth: secret()};
        return error;
      };
      const messages = [
        `Bearer ${secret()}`,
        `authorization: Basic ${secret()}`,
        `cookie: sid=${secret()}; other=${secret()}`,
        `{"authToken":"${secret()}","password": "${secret()}"}`,
        JSON.stringify({body: JSON.stringify({secret: secret(), token: secret()})}),
        `GET https://chat.example.com/x?resumeToken=${secret()}&a=b`,
        `https://user:${secret()}@example.com/`,
        `token=${secret()}`,
        `x-auth-token: ${secret()}`,
        `connect ${secret()} failed`,
      ];
      for (const message of messages) {
        log.error(make1(message));
        log.error({err: make1(message)});
        log.error({err: make1(message)}, message);
        log.error({error: make1(message)}, '%s', message);
        log.error(new AggregateError([make1(message)], message));
        log.info(message);
        written.push(fatalLine(make1(message), 'ended'));
      }
      assert.equal(written.length, messages.length * 7);
      const text = written.join('');
      written.forEach((line) => JSON.parse(line));
      for (const canary of used)
        for (const part of [canary, JSON.stringify(canary).slice(1, -1), canary.slice(0, 30)])
          assert.ok(
            !text.includes(part),
            `${part} in ${text.split('\n').find((l) => l.includes(part))}`,
          );
    });

  it('and any line has none of the secrets of the settings, though they look like words', () => {
    const phrase = 'correct horse battery staple "quoted" \\ tail';
    const settings = readSettings({
      ...leastSettings(),
      secret: phrase,
      store: {redis: 'redis://:correcthorse@redis.example.com'},
      jwt: [{issuer: 'app', secret: 'jolly tangerine umbrella parade 11'}],
      pexip: {
        node: 'https://pexip.example.com',
        username: 'pexip',
        password: 'quiet marble lantern orchard',
      },
    });
    const secrets = secretsOf(settings);
    assert.equal(secrets.length, 6);
    const {log, written} = logging({secrets});
    for (const secret of secrets) {
      log.info({some: {place: secret}, alias: secret}, `with ${secret}`);
      log.error(new Error(secret));
      written.push(fatalLine(new Error(secret), secret, secrets));
    }
    written.forEach((line) => JSON.parse(line));
    for (const secret of secrets)
      assert.ok(!written.join('').includes(JSON.stringify(secret).slice(1, -1)), secret);
  });

  it('has fields named like secrets hidden, whatever is in them', () => {
    const {log, written, lines} = logging();
    log.info({
      authToken: 'abc',
      headers: {authorization: 'abc', 'set-cookie': ['abc', 'abc'], 'x-auth-token': 'a"bc'},
      lease: 'abc',
      password: 'abc',
      token: 7,
      kept: 'yes',
    });
    assert.ok(!/abc|a\\"bc/.test(written[0]), written[0]);
    assert.equal(lines()[0].kept, 'yes');
  });

  it('keeps what helps: words, places in files, ids, aliases', () => {
    for (const text of [
      'connect ECONNREFUSED 127.0.0.1:6379',
      'at Object.<anonymous> (file:///opt/pexip-chat-room-broker/node_modules/x/dist/sessions/chat-sessions.js:12:3)',
      'GET https://chat.example.com/api/v1/users.info answered 400',
      'The account hsu2XjB7Fgy5sKzqP of alice.smith@example.com was not found',
      'SQLITE_CONSTRAINT_UNIQUE',
    ])
      assert.equal(redact(text), text);
    const {log, lines} = logging();
    const alias = base64url();
    log.info({audit: {what: 'token-made', alias, detail: {surface: 'live'}}}, 'audit');
    assert.equal(lines()[0].audit.alias, alias);
  });

  it('does not take long, however long the text', () => {
    const {log, written} = logging();
    const start = process.cpuUsage();
    for (const letter of ['a', '"', '\\', '=', ' ', 'A1a', 'cookie:', 'token', '://', 'https://a?'])
      log.error(new Error(letter.repeat(20_000)));
    const {user} = process.cpuUsage(start);
    assert.equal(written.length, 10);
    assert.ok(user < 10_000_000, `${user} µs`);
  });
});

describe('a random secret', () => {
  it('is taken for one in free text, always', () => {
    for (let round = 0; round < 500; round += 1)
      for (const secret of [base64url(), jwt(), hex(), randomSecret()])
        assert.ok(!redact(`with ${secret}.`).includes(secret), secret);
  });
});
