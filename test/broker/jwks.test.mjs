import assert from 'node:assert/strict';
import {before, describe, it} from 'node:test';

import {exportJWK, exportSPKI, generateKeyPair, importJWK} from 'jose';

import {AccessTokens, trustOf} from '../../broker/dist/callers/access-token.js';
import {RemoteKeys} from '../../broker/dist/callers/remote-keys.js';
import {fakeClock, hostServer, openDispatcher} from '../support/broker-fakes.mjs';
import {AUDIENCE, byKey, claims, handMade, ISSUER, seconds} from '../support/broker-tokens.mjs';

const INVALID = {status: 401, code: 'access-token-invalid'};
const BUSY = {status: 503, code: 'broker-busy'};

const pair = () => generateKeyPair('RS256', {extractable: true});
let one;
let two;
before(async () => {
  [one, two] = await Promise.all([pair(), pair()]);
});

const published = async (key, kid) => ({...(await exportJWK(key)), kid, alg: 'RS256', use: 'sig'});

/** An issuer whose answer can be changed. */
const issuer = async (t) => {
  const state = {keys: [await published(one.publicKey, 'one')], answer: undefined};
  const host = await hostServer(t, (request, response) => {
    if (state.answer) return state.answer(response, request);
    response.writeHead(200, {'content-type': 'application/json'});
    response.end(JSON.stringify({keys: state.keys}));
  });
  return Object.assign(state, {asked: host.asked, url: `${host.origin}/keys`});
};

const trusting = (t, {url}, algorithms = ['RS256']) => {
  const trust = trustOf(
    {issuer: ISSUER, audience: AUDIENCE, jwksUrl: url, algorithms},
    openDispatcher(t),
  );
  return new AccessTokens([trust]);
};

/** The same with a clock of the test's own for what is kept after a failure. */
const withClock = (t, {url}) => {
  const now = fakeClock();
  const keys = new RemoteKeys(url, openDispatcher(t), now);
  const trust = {issuer: ISSUER, audience: AUDIENCE, algorithms: ['RS256'], keys, by: 'jwt'};
  return {now, tokens: new AccessTokens([trust])};
};

describe('an access token by a published key', () => {
  it('is checked with one request for all of them', async (t) => {
    const host = await issuer(t);
    const tokens = trusting(t, host);
    const token = await byKey(one.privateKey);
    const all = await Promise.all(Array.from({length: 100}, () => tokens.verify(token)));
    assert.ok(all.every(({sub, by}) => sub === 'anna' && by === 'jwt'));
    assert.equal(host.asked.length, 1);
    assert.equal(host.asked[0].headers.authorization, undefined);
  });

  it('is refused if it is signed otherwise', async (t) => {
    const host = await issuer(t);
    const tokens = trusting(t, host);
    const pem = await exportSPKI(one.publicKey);
    const {n} = await exportJWK(one.publicKey);
    const odd = {
      'HS256 with the public key as PEM': handMade({alg: 'HS256', kid: 'one'}, claims(), pem),
      'HS256 with its modulus': handMade(
        {alg: 'HS256', kid: 'one'},
        claims(),
        Buffer.from(n, 'base64url'),
      ),
      'alg none': handMade({alg: 'none', kid: 'one'}, claims()).replace(/[^.]+$/, ''),
      'RS256 by a MAC': handMade({alg: 'RS256', kid: 'one'}, claims(), pem),
      'another key under the same kid': await byKey(two.privateKey),
      'another iss': await byKey(one.privateKey, {iss: 'https://evil.example.com'}),
      'another aud': await byKey(one.privateKey, {aud: 'x'}),
      'no exp': await byKey(one.privateKey, {exp: undefined}),
      'nbf in the future': await byKey(one.privateKey, {nbf: seconds() + 60}),
      'kid as a path': await byKey(one.privateKey, {}, {kid: '../../etc/passwd'}),
    };
    for (const [what, token] of Object.entries(odd))
      await assert.rejects(tokens.verify(token), INVALID, what);
    await assert.rejects(tokens.verify(await byKey(one.privateKey, {exp: seconds() - 10})), {
      code: 'access-token-expired',
    });
  });

  it('counts by the listed algorithms only, even where its key could do others', async (t) => {
    const host = await issuer(t);
    host.keys = [{...(await exportJWK(one.publicKey)), kid: 'one'}];
    const jwk = await exportJWK(one.privateKey);
    const token = await byKey(await importJWK(jwk, 'PS256'), {}, {alg: 'PS256'});
    await assert.rejects(trusting(t, host).verify(token), INVALID);
    assert.equal((await trusting(t, host, ['RS256', 'PS256']).verify(token)).sub, 'anna');
  });

  it('never takes its key from its own header', async (t) => {
    const host = await issuer(t);
    const evil = await hostServer(t, (_, response) => response.end('{}'));
    const jwk = await published(two.publicKey, 'one');
    const header = {jwk, jku: `${evil.origin}/keys`, x5u: `${evil.origin}/cert`};
    const token = await byKey(two.privateKey, {}, header);
    await assert.rejects(trusting(t, host).verify(token), INVALID);
    assert.equal(evil.asked.length, 0);
  });

  it('is never checked by a shared secret among the published keys', async (t) => {
    const host = await issuer(t);
    host.keys = [{kty: 'oct', kid: 'one', k: Buffer.from('secret').toString('base64url')}];
    const tokens = trusting(t, host);
    await assert.rejects(
      tokens.verify(handMade({alg: 'HS256', kid: 'one'}, claims(), 'secret')),
      INVALID,
    );
    await assert.rejects(tokens.verify(await byKey(one.privateKey)), INVALID);
  });
});

describe('the keys of an issuer', () => {
  it('are asked for once by a flood of tokens with made-up keys', async (t) => {
    const host = await issuer(t);
    const tokens = trusting(t, host);
    for (let at = 0; at < 200; at++) {
      const token = handMade({alg: 'RS256', kid: `made-up-${at}`}, claims());
      await assert.rejects(tokens.verify(token), INVALID);
    }
    assert.equal(host.asked.length, 1);
    assert.equal((await tokens.verify(await byKey(one.privateKey))).sub, 'anna');
  });

  it('that cannot be had leave the caller unjudged', async (t) => {
    const host = await issuer(t);
    const canary = await hostServer(t, (_, response) => response.end('{"keys": []}'));
    const token = await byKey(one.privateKey);
    const odd = {
      'a failure': (response) => response.writeHead(500).end(),
      'a page': (response) => response.end('<html>'),
      'no key set': (response) => response.end('{"keys": {}}'),
      'a set of nothing': (response) => response.end('{"keys": [null]}'),
      'too much': (response) => response.end(`{"keys": [], "x": "${'x'.repeat(1_100_000)}"}`),
      'a redirect': (response) => response.writeHead(302, {location: canary.origin}).end(),
      'a broken connection': (response) => response.destroy(),
    };
    for (const [what, answer] of Object.entries(odd)) {
      host.answer = answer;
      await assert.rejects(trusting(t, host).verify(token), BUSY, what);
    }
    assert.equal(canary.asked.length, 0);
    const nowhere = trusting(t, {url: 'http://127.0.0.1:1/keys'});
    await assert.rejects(nowhere.verify(token), BUSY);
  });

  it('are asked for once in 5 s while they cannot be had, and then count', async (t) => {
    const host = await issuer(t);
    const {now, tokens} = withClock(t, host);
    const token = await byKey(one.privateKey);
    host.answer = (response) => response.writeHead(500).end();
    for (let at = 0; at < 50; at++) await assert.rejects(tokens.verify(token), BUSY);
    assert.equal(host.asked.length, 1);
    host.answer = undefined;
    now.forward(5_000);
    assert.equal((await tokens.verify(token)).sub, 'anna');
    assert.equal(host.asked.length, 2);
  });

  it('still count while the issuer is away, and its new keys when it is back', async (t) => {
    t.mock.timers.enable({apis: ['Date'], now: Date.now()});
    const host = await issuer(t);
    const {now, tokens} = withClock(t, host);
    const forward = (ms) => {
      now.forward(ms);
      t.mock.timers.tick(ms);
    };
    const token = async (key, header) => byKey(key, {exp: seconds() + 300}, header);
    await tokens.verify(await token(one.privateKey));
    host.answer = (response) => response.end('{"message": "under repair"}');
    forward(700_000);
    assert.equal((await tokens.verify(await token(one.privateKey))).sub, 'anna');
    assert.equal(host.asked.length, 2);
    // It may be right: nobody can tell before the issuer is back.
    await assert.rejects(tokens.verify(await token(two.privateKey, {kid: 'two'})), BUSY);
    host.answer = undefined;
    host.keys.push(await published(two.publicKey, 'two'));
    forward(31_000);
    assert.equal((await tokens.verify(await token(two.privateKey, {kid: 'two'}))).sub, 'anna');
    assert.equal(host.asked.length, 3);
  });

  it('end an hour after they were last seen', async (t) => {
    t.mock.timers.enable({apis: ['Date'], now: Date.now()});
    const host = await issuer(t);
    const {now, tokens} = withClock(t, host);
    await tokens.verify(await byKey(one.privateKey));
    host.answer = (response) => response.writeHead(503).end();
    now.forward(3_700_000);
    t.mock.timers.tick(3_700_000);
    await assert.rejects(tokens.verify(await byKey(one.privateKey)), BUSY);
  });

  it('may be changed for others: the old one ends within ten minutes', async (t) => {
    t.mock.timers.enable({apis: ['Date'], now: Date.now()});
    const host = await issuer(t);
    const {now, tokens} = withClock(t, host);
    await tokens.verify(await byKey(one.privateKey));
    host.keys = [await published(two.publicKey, 'two')];
    now.forward(600_001);
    t.mock.timers.tick(600_001);
    await assert.rejects(tokens.verify(await byKey(one.privateKey)), INVALID);
  });
});
