import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect} from 'node:net';
import {afterEach, before, beforeEach, describe, it} from 'node:test';

import {build} from 'esbuild';

import {startPexipInfinity, startWebApp3} from '../../dist/testing/index.js';
import {eventually} from '../support/eventually.mjs';
import {startListeningBroker, success} from '../support/listening-broker.mjs';

/** Pexip's own client of this interface, which checks each answer by its schema. */
const loadPexipClient = async () => {
  const {outputFiles} = await build({
    stdin: {
      contents: "export {requestToken, refreshToken, releaseToken} from '@pexip/infinity-api';",
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
};

let pexip;
let broker;
let infinity;
let webApp3;
before(async () => {
  pexip = await loadPexipClient();
});
beforeEach(async () => {
  broker = await startListeningBroker();
  infinity = await startPexipInfinity({
    broker: {origin: broker.origin, username: 'pexip', password: 'a password'},
  });
  webApp3 = await startWebApp3({plugin: null, infinity});
});
afterEach(async () => {
  await webApp3.close();
  await infinity.close();
  await broker.close();
});

const asking = (more = {}) => ({
  fetcher: fetch,
  host: webApp3.origin,
  params: {conferenceAlias: 'weekly/1'},
  ...more,
});
const withHeader = (name, value) => ({
  fetcher: (url, init) => fetch(url, {...init, headers: {...init?.headers, [name]: value}}),
});
const enter = (pin = '482913', body = {display_name: 'Alice', call_tag: 'ticket-1'}) =>
  pexip.requestToken(asking({...(pin && withHeader('pin', pin)), body}));
const people = () => infinity.people('meeting-1').map(({displayName}) => displayName);

describe('Pexip’s own client', () => {
  it('comes by the name of the ticket, stays, and leaves', async () => {
    broker.properties = () => success({remote_display_name: 'Alice Martin'});
    const {status, data} = await enter();
    assert.equal(status, 200);
    const {token, role, display_name, expires, conference_name} = data.result;
    assert.deepEqual([role, display_name, expires], ['HOST', 'Alice Martin', '120']);
    assert.equal(conference_name, 'meeting-1');
    const [{query}] = broker.asked('/service/configuration');
    assert.deepEqual([query.local_alias, query.call_tag], ['weekly/1', 'ticket-1']);
    assert.deepEqual(people(), ['Alice Martin']);

    const withToken = asking(withHeader('token', token));
    assert.equal((await pexip.refreshToken(withToken)).status, 200);
    assert.equal((await pexip.releaseToken({...withToken, body: {}})).status, 200);
    assert.deepEqual(people(), []);
    assert.equal((await pexip.refreshToken(withToken)).status, 403);
  });

  it('is asked for a PIN, and told whether guests need one', async () => {
    const {status, data} = await enter('');
    assert.equal(status, 403);
    const {pin, guest_pin} = data.result;
    assert.deepEqual([pin, guest_pin], ['required', 'none']);
    assert.equal((await enter('none')).data.result.role, 'GUEST');
    assert.deepEqual((await enter('111111')).data, {status: 'failed', result: 'Invalid PIN'});
  });

  it('finds no conference where the policy server rejects', async () => {
    broker.service = () => success(undefined, 'reject');
    const {status, data} = await enter();
    const result = 'Neither conference nor gateway found';
    assert.deepEqual([status, data], [404, {status: 'failed', result}]);
  });
});

describe('a page', () => {
  it('hears that it has been disconnected', async () => {
    const {token} = (await enter()).data.result;
    const path = '/api/client/v2/conferences/weekly%2F1/events';
    const stream = await fetch(`${webApp3.origin}${path}?token=${token}`);
    assert.match(stream.headers.get('content-type'), /^text\/event-stream/);
    infinity.endConference('meeting-1');
    assert.match(
      await stream.text(),
      /event: disconnect\ndata: \{"reason":"Conference terminated by another participant"\}\n\n$/,
    );
  });

  it('hears of everybody who is there, who comes, and who leaves', async () => {
    const {token, participant_uuid: uuid} = (await enter()).data.result;
    const path = '/api/client/v2/conferences/weekly%2F1/events';
    const stream = await fetch(`${webApp3.origin}${path}?token=${token}`);
    const bob = await infinity.join({alias: 'weekly/1', name: 'Bob', pin: 'none'});
    infinity.leave(bob.uuid);
    infinity.endConference('meeting-1');
    const events = (await stream.text()).split('\n\n').filter((text) => text.startsWith('event'));
    const told = events.map((text) => /^event: (.*)\ndata: (.*)$/.exec(text).slice(1));
    assert.deepEqual(
      told.map(([type, data]) => [type, JSON.parse(data)]),
      [
        ['participant_create', {uuid, display_name: 'Alice', role: 'chair'}],
        ['participant_create', {uuid: bob.uuid, display_name: 'Bob', role: 'guest'}],
        ['participant_delete', {uuid: bob.uuid}],
        ['participant_delete', {uuid}],
        ['disconnect', {reason: 'Conference terminated by another participant'}],
      ],
    );
  });

  it('that leaves hears nothing more, and others hear of it', async () => {
    const [one, other] = [await enter(), await enter()].map(({data}) => data.result.token);
    const path = '/api/client/v2/conferences/weekly%2F1/';
    const listen = (token) => fetch(`${webApp3.origin}${path}events?token=${token}`);
    const [mine, others] = [await listen(one), await listen(other)];
    const headers = {token: one};
    await fetch(`${webApp3.origin}${path}release_token`, {method: 'POST', headers});
    assert.doesNotMatch(await mine.text(), /participant_delete/);
    infinity.endConference('meeting-1');
    assert.match(await others.text(), /participant_delete[^]*participant_delete[^]*disconnect/);
  });

  it('that has closed is gone, one that listens again is not', async () => {
    const {token} = (await enter()).data.result;
    const url = `${webApp3.origin}/api/client/v2/conferences/weekly%2F1/events?token=${token}`;
    const first = new AbortController();
    await fetch(url, {signal: first.signal});
    const second = new AbortController();
    await fetch(url, {signal: second.signal});
    first.abort();
    second.abort();
    assert.deepEqual(people(), ['Alice']);
    await eventually(() => assert.deepEqual(people(), []));
  });

  it('of another meeting has no use for the token', async () => {
    const {token} = (await enter()).data.result;
    const url = `${webApp3.origin}/api/client/v2/conferences/other/release_token?token=${token}`;
    assert.equal((await fetch(url, {method: 'POST'})).status, 403);
    assert.deepEqual(people(), ['Alice']);
  });
});

it('an app without an Infinity has no such interface, and its page does not ask for it', async () => {
  webApp3.set({infinity: undefined});
  const url = `${webApp3.origin}/api/client/v2/conferences/weekly/request_token`;
  assert.equal((await fetch(url, {method: 'POST'})).status, 404);
  const page = async () => (await fetch(`${webApp3.origin}/webapp3/m/weekly`)).text();
  assert.doesNotMatch(await page(), /<meta name="node"/);
  webApp3.set({infinity});
  assert.match(await page(), /<meta name="node"/);
});

/** A client written by hand: what it sends is what stands here. */
const raw = async (lines, body = '') => {
  const {hostname, port} = new URL(webApp3.origin);
  const socket = connect(Number(port), hostname);
  const length = Buffer.byteLength(body);
  const head = [...lines, `content-length: ${length}`, 'connection: close', '', ''];
  socket.write(head.join('\r\n') + body);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk) => (answer += chunk));
  await once(socket, 'close');
  return answer;
};

describe('a client written by hand', () => {
  const POST = 'POST /api/client/v2/conferences/weekly/request_token HTTP/1.1';
  const HOST = 'host: simulator';

  for (const [what, body] of [
    ['no JSON', '{"display_name"'],
    ['no name', '{}'],
    ['a name that is none', '{"display_name": 7}'],
    ['too much', JSON.stringify({display_name: 'x'.repeat(20_000)})],
  ]) {
    it(`is refused with ${what}`, async () => {
      assert.match(await raw([POST, HOST], body), /^HTTP\/1\.1 400 /);
      assert.equal(broker.asked('/service/configuration').length, 0);
    });
  }

  it('is let in by its PIN in the header, as a name that is cut where it is too long', async () => {
    const body = JSON.stringify({display_name: 'ü'.repeat(300)});
    const answer = await raw([POST, HOST, 'PIN: 482913'], body);
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    assert.match(answer, /"role":"HOST"/);
    assert.deepEqual(people(), ['ü'.repeat(256)]);
  });

  it('is refused with an alias that is no text', async () => {
    const line = 'POST /api/client/v2/conferences/%ff/request_token HTTP/1.1';
    assert.match(await raw([line, HOST], '{"display_name": "A"}'), /^HTTP\/1\.1 404 /);
  });

  it('sees the login of the broker in no answer', async () => {
    const answer = await raw([POST, HOST, 'pin: 482913'], '{"display_name": "A"}');
    assert.doesNotMatch(answer, /password|authorization|Basic/i);
  });
});
