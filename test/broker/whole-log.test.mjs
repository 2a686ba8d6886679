/** What an operator finds in the log about requests that went wrong. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import Fastify from 'fastify';

import {createBroker, logOptions, readSettings} from '../../broker/dist/index.js';
import {client, ending, runBroker, startPlace, until} from '../support/whole-broker.mjs';

const SESSION = '/v1/chat/session';
const program = fileURLToPath(new URL('../support/own-broker.mjs', import.meta.url));
const CANARY = 'Zq7wPx2mKd93LsVb81TgYh';

const scene = async (t, settings) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd);
  const broker = await runBroker(atEnd, place, {program, settings});
  const ask = client(atEnd);
  /** The line of a refused or failed request, once it is written. */
  const lineOf = async (code) => {
    const found = () => broker.lines().find((line) => line.code === code);
    await until(() => found());
    return found();
  };
  return {...place, atEnd, broker, ask: (...args) => ask(broker.origin, ...args), lineOf};
};

describe("the log of a server of one's own", () => {
  /** A server as the page on the broker has it, whose log can be read. */
  const mounted = async (t) => {
    const atEnd = ending(t);
    const place = await startPlace(atEnd);
    const {settings: given, secrets, tokenFor} = place;
    const {secret, authToken, createTokenSecret, apiKey, jwtSecret} = secrets;
    const settings = readSettings({
      ...given,
      secret,
      rocketChat: {...given.rocketChat, authToken, createTokenSecret},
      jwt: [{...given.jwt[0], secret: jwtSecret}],
      apiKeys: [apiKey],
    });
    const written = [];
    const {logger, ...options} = logOptions(settings);
    const stream = {write: (line) => void written.push(line)};
    const app = Fastify({...options, logger: {...logger, stream}});
    const broker = await createBroker(settings, {
      log: app.log,
      signedIn: async (inner) => {
        inner.get('/v1/fails', async () => {
          throw Object.assign(new Error(`inner ${secret}`), {claims: {sub: CANARY}});
        });
      },
    });
    app.get('/own', async () => ({}));
    await app.register(broker.plugin, {prefix: '/chat'});
    const origin = await app.listen({host: '127.0.0.1', port: 0});
    atEnd(() => app.close());
    const ask = client(atEnd);
    return {
      secrets,
      tokenFor,
      text: () => written.join(''),
      lines: () => written.map((line) => JSON.parse(line)),
      ask: (method, path, more) => ask(origin, method, path, more),
    };
  };

  it('has the broker’s line for each request, and nothing by which anybody comes in', async (t) => {
    const {ask, lines, text, tokenFor, secrets} = await mounted(t);
    const token = await tokenFor('dora.b');
    const opened = await ask('POST', `/chat${SESSION}?access_token=${CANARY}`, {token, body: {}});
    assert.equal(opened.status, 200);
    const {lease, surfaces} = opened.body;
    const path = '/file-upload/Zq7wPx2mZq7wPx2mA/scan.pdf';
    const signed = await ask('POST', '/chat/v1/files/sign', {token, body: {path}});
    const link = new URL(signed.body.url).pathname;
    const ticket = link.split('/v1/files/')[1].split('/')[0];
    await ask('GET', `/chat${link}?x=${CANARY}`);
    await ask('GET', '/chat/v1/fails', {token});
    await ask('DELETE', `/chat${SESSION}/${lease}`, {token});
    await ask('GET', `/own?token=${CANARY}`);
    const requests = () => lines().filter(({msg}) => msg === 'request');
    await until(() => requests().length === 6);
    assert.deepEqual(
      requests().map(({req, res}) => `${req.method} ${req.path} ${res.status}`),
      [
        `POST /chat${SESSION} 200`,
        'POST /chat/v1/files/sign 200',
        'GET /chat/v1/files/… 410',
        'GET /chat/v1/fails 500',
        `DELETE /chat${SESSION}/… 204`,
        'GET /own 200',
      ],
    );
    assert.match(lines().find(({code}) => code === 'internal').err.stack, /whole-log\.test\.mjs/);
    const hidden = [token, lease, ticket, CANARY, surfaces.live.authToken];
    for (const secret of [...hidden, ...Object.values(secrets)])
      assert.ok(!text().includes(secret), text());
  });

  it('is as the page on the broker has it', () => {
    const page = readFileSync(new URL('../../docs/broker.md', import.meta.url), 'utf8');
    assert.match(page, /Fastify\(\{\.\.\.logOptions\(settings\), trustProxy/);
    assert.match(page, /createBroker\(settings, \{log: app\.log\}\)/);
  });
});

describe('the log of a broker that refuses or fails', {concurrency: true}, () => {
  for (const [what, change, reason] of [
    ['of another audience', {claims: {aud: 'elsewhere'}}, /claim aud: check_failed/],
    ['not valid yet', {claims: {nbf: 4e9}}, /claim nbf: check_failed/],
    ['of nobody known', {claims: {iss: 'https://nobody.example.com'}}, /its iss is not among/],
  ])
    it(`has the reason why a token is not accepted that is ${what}`, async (t) => {
      const {ask, broker, tokenFor, lineOf} = await scene(t);
      const token = await tokenFor('alice.b', change);
      assert.equal((await ask('POST', SESSION, {token, body: {}})).status, 401);
      const {level, msg, err, requestId} = await lineOf('access-token-invalid');
      assert.deepEqual([level, msg, err.type], ['info', 'A request was refused.', 'Error']);
      assert.match(err.message, reason);
      const own = () => broker.lines().filter((line) => line.requestId === requestId);
      await until(() => own().length > 1);
      assert.deepEqual(
        own().map((line) => line.msg),
        ['A request was refused.', 'request'],
      );
      for (const part of token.split('.')) assert.ok(!broker.output().includes(part));
    });

  it('has the cause that Rocket.Chat cannot be reached, down to the system’s own code', async (t) => {
    const {ask, gate, broker, secrets, tokenFor, lineOf} = await scene(t);
    await gate.leave();
    const token = await tokenFor('bob.b');
    assert.equal((await ask('POST', SESSION, {token, body: {}})).status, 502);
    const {level, msg, err} = await lineOf('workspace-unreachable');
    assert.deepEqual([level, msg], ['error', 'A request failed.']);
    const chain = JSON.stringify(err);
    assert.match(chain, /"code":"ECONNREFUSED"/);
    assert.match(chain, new RegExp(`connect ECONNREFUSED ${new URL(gate.origin).host}`));
    assert.match(err.stack, /\n\s+at /);
    for (const secret of [...Object.values(secrets), token])
      assert.ok(!broker.output().includes(secret));
  });

  it('has the stack of an error of its own, under the id that the caller was told, and no secret', async (t) => {
    const {ask, broker, tokenFor, lineOf} = await scene(t);
    const token = await tokenFor('carol.b');
    const {status, body} = await ask('GET', `/v1/fails?text=${CANARY}`, {token});
    assert.equal(status, 500);
    const {level, err, requestId} = await lineOf('internal');
    assert.equal(level, 'error');
    assert.ok(body.error.message.endsWith(requestId), body.error.message);
    assert.deepEqual([err.type, err.code, err.message], ['Error', 'E_INNER', 'inner works']);
    assert.match(err.stack, /own-broker\.mjs:\d+/);
    assert.equal(err.cause.message, 'read token=…');
    assert.ok(!broker.output().includes(CANARY), broker.output());
  });
});
