/** Who may ask at the routes for Pexip Infinity. */
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import {once} from 'node:events';
import {syncBuiltinESMExports} from 'node:module';
import {connect} from 'node:net';
import {describe, it} from 'node:test';

import {Refusals} from '../../broker/dist/http/refusals.js';
import {basicAuth, loginTest} from '../../broker/dist/pexip/basic-auth.js';
import {brokerApp, fakeClock, fakeStore, listen, readableLog} from '../support/broker-fakes.mjs';
import {storeGone} from '../support/memory-store.mjs';

const LOGIN = {username: 'pexip', password: 'a password of Infinity: 16'};
const basic = (text, encoding = 'utf8') =>
  `Basic ${Buffer.from(text, encoding).toString('base64')}`;
const RIGHT = basic(`${LOGIN.username}:${LOGIN.password}`);

const guarded = async (t, {login = LOGIN, limit = 1_000, log, store, now = fakeClock()} = {}) => {
  const app = await brokerApp(t, {log, trustProxy: false});
  let served = 0;
  await app.register(async (scope) => {
    const counting = store ?? fakeStore(now);
    const refusals = new Refusals({store: counting, log: app.log, kind: 'pexip', limit, now});
    await scope.register(basicAuth(login, refusals));
    scope.get('/guarded', async () => ({served: ++served}));
    scope.post('/guarded/events', async () => ({served: ++served}));
  });
  app.get('/open', async () => ({open: true}));
  const ask = async (
    authorization,
    {from = '192.0.2.1', url = '/guarded', method = 'GET'} = {},
  ) => {
    const headers = authorization === undefined ? {} : {authorization};
    const answer = await app.inject({method, url, headers, remoteAddress: from});
    return {status: answer.statusCode, headers: answer.headers, body: answer.json()};
  };
  return {app, ask, now, served: () => served};
};

const refused = ({status, body}) => `${status} ${body.error?.code}`;
const NO = '401 pexip-login-invalid';

describe('the login of Pexip Infinity', () => {
  it('opens every route of its scope, and no other one needs it', async (t) => {
    const {ask} = await guarded(t);
    assert.equal((await ask(RIGHT)).status, 200);
    assert.equal((await ask(RIGHT, {method: 'POST', url: '/guarded/events'})).status, 200);
    assert.equal(refused(await ask(undefined, {method: 'POST', url: '/guarded/events'})), NO);
    assert.equal((await ask(undefined, {url: '/open'})).status, 200);
  });

  it('is asked for in the way that RFC 7617 says', async (t) => {
    const {ask} = await guarded(t);
    const {headers, body} = await ask(undefined);
    assert.equal(headers['www-authenticate'], 'Basic realm="pexip-chat-room", charset="UTF-8"');
    assert.match(headers['content-type'], /^application\/json/);
    assert.match(body.error.message, /pexip\.username and pexip\.password/);
  });

  for (const [what, login] of [
    ['colons in the password', {username: 'pexip', password: ':a:password::with colons:'}],
    ['letters beyond ASCII', {username: 'pêxip', password: 'pässwörd, 密码, пароль, 🔑'}],
    ['spaces at its ends', {username: 'pexip', password: '  a password with spaces  '}],
    ['a very long password', {username: 'pexip', password: 'x'.repeat(2_000)}],
  ])
    it(`may have ${what}`, async (t) => {
      const {ask} = await guarded(t, {login});
      const text = `${login.username}:${login.password}`;
      assert.equal((await ask(basic(text))).status, 200);
      assert.equal(refused(await ask(basic(`${text}.`))), NO);
      assert.equal(refused(await ask(basic(text.replace(':', '')))), NO);
      assert.equal(refused(await ask(basic(text.slice(0, -1)))), NO);
    });

  it('counts however its accents are composed, in UTF-8 only', async (t) => {
    const login = {username: 'pexip', password: 'café crème brûlée'.normalize('NFC')};
    const {ask} = await guarded(t, {login});
    for (const form of ['NFC', 'NFD'])
      assert.equal((await ask(basic(`pexip:${login.password}`.normalize(form)))).status, 200);
    assert.equal(refused(await ask(basic(`pexip:${login.password}`, 'latin1'))), NO);
  });

  for (const scheme of ['Basic', 'basic', 'BASIC', 'bAsIc'])
    it(`may be of the scheme ${scheme}`, async (t) => {
      const {ask} = await guarded(t);
      assert.equal((await ask(RIGHT.replace('Basic', scheme))).status, 200);
    });

  const [, right] = RIGHT.split(' ');
  for (const [what, header] of [
    ['nothing', undefined],
    ['an empty text', ''],
    ['the scheme alone', 'Basic'],
    ['the scheme and a space', 'Basic '],
    ['no space', `Basic${right}`],
    ['a tab', `Basic\t${right}`],
    ['no scheme', right],
    ['another scheme', `Bearer ${right}`],
    ['a longer scheme', `XBasic ${right}`],
    ['no base64', 'Basic pexip:a password of Infinity: 16'],
    ['base64url', basic('pexip:???>>>~~~').replaceAll('/', '_')],
    ['more behind it', `${RIGHT} x`],
    ['a second one behind a comma', `${RIGHT}, ${RIGHT}`],
    ['parameters', `Basic username="pexip", response="${right}"`],
    ['a colon alone', basic(':')],
    ['no colon', basic('pexip')],
    ['a name alone', basic('pexip:')],
    ['a password alone', basic(`:${LOGIN.password}`)],
    ['a name of another case', basic(`Pexip:${LOGIN.password}`)],
    ['a wrong password', basic('pexip:another password of 16')],
    ['name and password changed over', basic(`${LOGIN.password}:${LOGIN.username}`)],
    ['a NUL at its end', basic(`pexip:${LOGIN.password}\0`)],
    [
      'bytes that are no UTF-8',
      `Basic ${Buffer.from([0xff, 0xfe, 0x3a, 0xff]).toString('base64')}`,
    ],
    ['10 kB', `Basic ${'A'.repeat(10_000)}`],
    ['the right one and 10 kB', basic(`pexip:${LOGIN.password}${' '.repeat(7_500)}`)],
  ])
    it(`is not ${what}`, async (t) => {
      const {ask, served} = await guarded(t);
      assert.equal(refused(await ask(header)), NO);
      assert.equal(served(), 0);
    });

  for (const [what, headers] of [
    ['twice the right one', [RIGHT, RIGHT]],
    ['a right and a wrong one', [RIGHT, basic('pexip:wrong')]],
    ['a wrong and a right one', [basic('pexip:wrong'), RIGHT]],
  ])
    it(`is not in two headers: ${what}`, async (t) => {
      const {app} = await guarded(t);
      const {port} = new URL(await listen(app));
      const socket = connect(Number(port), '127.0.0.1');
      const lines = headers.map((header) => `authorization: ${header}\r\n`).join('');
      socket.end(`GET /guarded HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${lines}\r\n`);
      let said = '';
      socket.setEncoding('utf8').on('data', (text) => (said += text));
      await once(socket, 'close');
      assert.match(said, /^HTTP\/1\.1 401 /);
    });
});

describe('wrong logins', () => {
  it('are answered 429 with a time, when their address has sent too many in a minute', async (t) => {
    const {ask, now} = await guarded(t, {limit: 3});
    const wrong = basic('pexip:wrong');
    for (let at = 0; at < 3; at++) assert.equal(refused(await ask(wrong)), NO);
    now.forward(20_500);
    const answer = await ask(wrong);
    assert.equal(refused(answer), '429 rate-limited');
    assert.equal(answer.headers['retry-after'], '40');
    assert.equal(refused(await ask(wrong, {from: '192.0.2.2'})), NO);
    now.forward(60_000);
    assert.equal(refused(await ask(wrong)), NO);
  });

  it('keep the right one out for no moment, from the same address', async (t) => {
    const {ask} = await guarded(t, {limit: 3});
    for (let at = 0; at < 50; at++) {
      assert.ok([401, 429].includes((await ask(basic(`pexip:${at}`))).status));
      assert.equal((await ask(RIGHT)).status, 200);
    }
  });

  it('are none of who waits to be asked for his: he is asked each time, whatever came before', async (t) => {
    const store = fakeStore(fakeClock());
    const {ask} = await guarded(t, {limit: 3, store});
    const challenge = 'Basic realm="pexip-chat-room", charset="UTF-8"';
    const asked = async () => {
      const answer = await ask(undefined);
      assert.equal(refused(answer), NO);
      assert.equal(answer.headers['www-authenticate'], challenge);
    };
    for (let at = 0; at < 10; at++) await asked();
    assert.deepEqual(store.calls, []);
    for (let at = 0; at < 10; at++) await ask(basic('pexip:wrong'));
    await asked();
  });

  it('cost a right one no call of the store, and each other few', async (t) => {
    const store = fakeStore(fakeClock());
    const {ask} = await guarded(t, {limit: 3, store});
    for (let at = 0; at < 10; at++) await ask(RIGHT);
    assert.deepEqual(store.calls, []);
    for (let at = 0; at < 10; at++) await ask(basic('pexip:wrong'));
    assert.deepEqual(store.calls, Array(4).fill('refused:pexip:192.0.2.1'));
  });

  it('stay refused where they cannot be counted', async (t) => {
    const store = {count: () => Promise.reject(storeGone())};
    const {ask} = await guarded(t, {store, limit: 1});
    for (let at = 0; at < 3; at++) assert.equal(refused(await ask(basic('pexip:wrong'))), NO);
    assert.equal((await ask(RIGHT)).status, 200);
  });

  it('are in the log with their reason, and nothing of them', async (t) => {
    const log = readableLog();
    const {ask} = await guarded(t, {log});
    const wrong = basic('canary-user:canary-password');
    await ask(wrong);
    await ask(`Bearer ${wrong}`);
    await ask(undefined);
    const text = log.text();
    for (const reason of ['user name or password is wrong', 'not Basic', 'has no Authorization'])
      assert.ok(text.includes(reason), text);
    for (const secret of ['canary', wrong.split(' ')[1], LOGIN.password, RIGHT.split(' ')[1]])
      assert.ok(!text.includes(secret), text);
  });
});

describe('the comparison', () => {
  it('is of two digests to their end, whatever is given, and there is no other one', (t) => {
    const {mock} = t.mock.method(crypto, 'timingSafeEqual');
    syncBuiltinESMExports();
    t.after(() => {
      mock.restore();
      syncBuiltinESMExports();
    });
    const reasonAgainst = loginTest(LOGIN);
    const {password} = LOGIN;
    const known = [
      `pexip:${password}`,
      `pexip:${password.slice(0, -1)}`,
      `nobody:${password}`,
      'pexip:x',
      '',
    ].map((text) => {
      mock.resetCalls();
      const headers = {authorization: basic(text || ':')};
      const reason = reasonAgainst({headers, rawHeaders: ['Authorization', headers.authorization]});
      const lengths = mock.calls.flatMap(({arguments: both}) => both.map(({length}) => length));
      assert.deepEqual(lengths, [32, 32], text);
      return reason;
    });
    mock.resetCalls();
    const headers = {authorization: `Basic ${'A'.repeat(10_000)}`};
    const reason = reasonAgainst({headers, rawHeaders: ['Authorization', headers.authorization]});
    assert.equal(reason, 'its Authorization is too long');
    assert.equal(mock.calls.length, 0);
    const wrong = 'the user name or password is wrong';
    assert.deepEqual(known, [undefined, wrong, wrong, wrong, wrong]);
  });
});
