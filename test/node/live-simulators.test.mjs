import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {connect} from 'node:net';
import {after, before, describe, it, mock} from 'node:test';

import {liveSimulators} from '../support/live-simulators.mjs';

// As a browser has it: names below .localhost are on this machine, and paths on the page's server.
const PAGE = 'http://localhost';
const local = (url) => url.replace(/\/\/[^:/]+:/, '//127.0.0.1:');
const portOf = (origin) => Number(new URL(origin).port);

describe('what tests in a browser can start', () => {
  const running = [];
  let server, tests;
  before(async () => {
    const live = liveSimulators({
      pageOrigin: PAGE,
      embeddable: {Iframe_Restrict_Access: false, Site_Name: 'Clinic'},
      running,
    });
    server = createServer(async ({url}, response) => {
      const {pathname: path, searchParams} = new URL(url, PAGE);
      const answer = await live.serve({path, query: Object.fromEntries(searchParams)});
      response.writeHead(answer ? 200 : 404).end(answer?.body);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${server.address().port}`;
    const {fetch} = globalThis;
    mock.method(globalThis, 'fetch', (url, init) =>
      fetch(url.startsWith('/') ? base + url : local(url), init),
    );
    tests = await import(`data:text/javascript,${encodeURIComponent(live.code)}`);
  });
  after(async () => {
    mock.restoreAll();
    await Promise.all(running.map((simulator) => simulator.close()));
    server.close();
    server.closeAllConnections();
  });

  const open = async (origin) => {
    const socket = connect(portOf(origin), '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  };

  it('a workspace behind a proxy, with settings and users', async () => {
    const settings = {Discussion_enabled: false};
    const options = {users: [{username: 'dora', password: 'secret'}], rooms: []};
    const {origin, direct, counters} = await tests.startProxied(settings, options);
    assert.match(origin, /^http:\/\/proxied\.localhost:\d+$/);
    assert.match(direct, /^http:\/\/chat\.localhost:\d+$/);
    assert.deepEqual(await counters(), {now: 0, ever: 0, bytes: 0});

    const names = 'Site_Name,Discussion_enabled';
    const answer = await fetch(`${origin}/api/v1/settings.public?_id=${names}`);
    const values = Object.fromEntries(
      (await answer.json()).settings.map(({_id, value}) => [_id, value]),
    );
    assert.equal(values.Site_Name, 'Clinic');
    assert.equal(values.Discussion_enabled, false);
    const body = JSON.stringify({user: 'dora', password: 'secret'});
    const headers = {'content-type': 'application/json'};
    const login = await fetch(`${origin}/api/v1/login`, {method: 'POST', body, headers});
    assert.equal(login.status, 200);

    const {now, ever, bytes} = await counters();
    assert.ok(now >= 1 && ever >= now && bytes > 500);
  });

  it('faults of that proxy, with their parameters', async () => {
    const {origin, direct, fault} = await tests.startProxied();
    const cut = await open(origin);
    await fault('cutAfter', {bytes: 12, times: 1});
    cut.write('GET / HTTP/1.1\r\nHost: chat\r\n\r\n');
    const received = [];
    cut.on('data', (data) => received.push(data));
    const [error] = await once(cut, 'error');
    assert.equal(error.code, 'ECONNRESET');
    assert.equal(String(Buffer.concat(received)), 'HTTP/1.1 200');

    const reset = await open(origin);
    const ended = once(reset, 'error');
    await fault('reset');
    assert.equal((await ended)[0].code, 'ECONNRESET');

    await fault('refuse');
    await assert.rejects(open(origin), {code: 'ECONNREFUSED'});
    assert.equal((await fetch(direct)).status, 200);
    await fault('listenAgain');
    for (const [name, params] of [
      ['slow', {latency: 1}],
      ['chop', {size: 100}],
      ['stall', {direction: 'down'}],
      ['flow'],
      ['loseReplies', {on: false}],
      ['drop'],
    ]) {
      await fault(name, params);
    }
    assert.equal((await fetch(origin)).status, 200);
  });

  it('no fault that the proxy does not have', async () => {
    const {fault} = await tests.startProxied();
    await assert.rejects(fault('close'), /No fault close/);
    await assert.rejects(fault('constructor'), /No fault constructor/);
  });

  it('a broker for the tests, which finds the workspace though its proxy is closed', async () => {
    const {origin, fault} = await tests.startProxied();
    await fault('refuse');
    const broker = await tests.startBrokerFor(origin, {leaseTime: 60_000});
    assert.match(broker, /^http:\/\/broker\.localhost:\d+$/);
    const config = await fetch(`${broker}/v1/config`, {headers: {origin: PAGE}});
    assert.equal(config.headers.get('access-control-allow-origin'), PAGE);
    assert.equal((await config.json()).server, origin);

    const who = JSON.stringify({username: 'alice', expiresIn: 60});
    const token = await fetch(`${broker}/__broker/access-token`, {method: 'POST', body: who});
    const headers = {
      authorization: `Bearer ${await token.json()}`,
      'content-type': 'application/json',
    };
    const asked = {method: 'POST', body: '{}', headers};
    const {leaseExpiresAt, username} = await (
      await fetch(`${broker}/v1/chat/session`, asked)
    ).json();
    assert.equal(username, 'alice');
    assert.ok(Date.parse(leaseExpiresAt) <= Date.now() + 60_000);
  });

  it('no broker for a workspace that is not there', async () => {
    await assert.rejects(tests.startBrokerFor('http://chat.localhost:1'), /Nothing runs/);
  });
});
