import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {cookieValues} from '../../broker/dist/callers/cookie-header.js';
import {RemoteCookies} from '../../broker/dist/callers/cookie.js';
import {fakeClock, hostServer, openDispatcher} from '../support/broker-fakes.mjs';

describe('a cookie that the application is asked about', () => {
  const json = (response, status, body) =>
    response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body));
  const asking = async (t, answer) => {
    const host = await hostServer(t, answer);
    const now = fakeClock();
    const {check} = new RemoteCookies('sid', `${host.origin}/me`, openDispatcher(t), now);
    return {host, now, check};
  };

  it('is sent alone, and the answer is read like claims', async (t) => {
    const user = {
      sub: 'anna',
      name: 'Anna',
      email: 'a@example.com',
      email_verified: true,
      admin: 1,
    };
    const {host, check} = await asking(t, (_, response) => json(response, 200, user));
    assert.deepEqual(await check('v1', 'other=1; sid=v1'), {
      sub: 'anna',
      name: 'Anna',
      email: 'a@example.com',
      emailVerified: true,
      by: 'cookie',
    });
    assert.equal(host.asked[0].headers.cookie, 'sid=v1');
    assert.equal(host.asked[0].headers.authorization, undefined);
  });

  it('is asked about once in 10 s for a yes, each time for a no, once for many at a time', async (t) => {
    let status = 401;
    const {host, now, check} = await asking(t, (_, response) =>
      json(response, status, {sub: 'anna'}),
    );
    assert.equal(await check('v1'), undefined);
    status = 200;
    const all = await Promise.all(Array.from({length: 50}, () => check('v1')));
    assert.ok(all.every(({sub}) => sub === 'anna'));
    assert.equal(host.asked.length, 2);
    now.forward(9_999);
    await check('v1');
    assert.equal(host.asked.length, 2);
    await check('v2');
    assert.equal(host.asked.length, 3);
    now.forward(2);
    await check('v1');
    assert.equal(host.asked.length, 4);
  });

  it('is for nobody at 401, 403 and 404', async (t) => {
    let status;
    const {check} = await asking(t, (_, response) => json(response, status, {sub: 'anna'}));
    for (status of [401, 403, 404]) assert.equal(await check('v1'), undefined);
  });

  it('is not judged by an answer that says nothing', async (t) => {
    let answer;
    const {host, check} = await asking(t, (request, response) => answer(response, request));
    const canary = await hostServer(t, (_, response) => json(response, 200, {sub: 'admin'}));
    const odd = {
      'a redirect': (response) => response.writeHead(302, {location: canary.origin}).end(),
      'a failure': (response) => json(response, 500, {sub: 'anna'}),
      'no content': (response) => response.writeHead(204).end(),
      'a page': (response) => response.end('<html>'),
      'a list': (response) => json(response, 200, [{sub: 'anna'}]),
      null: (response) => json(response, 200, null),
      'an inherited sub': (response) => response.end('{"__proto__": {"sub": "anna"}}'),
      'sub as object': (response) => json(response, 200, {sub: {$ne: null}}),
      'too much': (response) => json(response, 200, {sub: 'anna', more: 'x'.repeat(20_000)}),
      'a broken connection': (response) => response.destroy(),
    };
    for (const [what, each] of Object.entries(odd)) {
      answer = each;
      await assert.rejects(check('v1'), {status: 503, code: 'broker-busy'}, what);
    }
    assert.equal(host.asked.length, Object.keys(odd).length);
    assert.equal(canary.asked.length, 0);
    answer = (response) => json(response, 200, {sub: 'anna'});
    assert.equal((await check('v1')).sub, 'anna');
  });
});

describe('the values of a cookie', () => {
  const NAME = fc.stringMatching(/^[a-z]{1,8}$/);
  const VALUE = fc.stringMatching(/^[!-:<-~]{1,30}$/);

  it('are found among any others, exactly as they were set', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(NAME, VALUE)), VALUE, fc.nat(), (others, value, at) => {
        const pairs = others.filter(([name]) => name !== 'sid').map((pair) => pair.join('='));
        pairs.splice(at % (pairs.length + 1), 0, `sid=${value}`);
        assert.deepEqual(cookieValues(pairs.join('; '), 'sid'), [value]);
      }),
    );
  });

  it('are never found in a text without the name, and never throw', () => {
    fc.assert(
      fc.property(fc.string({maxLength: 300}), (header) => {
        const values = cookieValues(header, 'sid');
        assert.ok(
          values.every((value) => header.includes(value) && !/[;\s\u0000-\u001f]/.test(value)),
        );
        assert.deepEqual(cookieValues(header.replaceAll('sid', ''), 'sid'), []);
      }),
    );
  });
});
