/** What the workspace may answer, and what becomes of those who wait for it, over HTTP. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {client, ending, patiently, runBroker, startPlace, until} from '../support/whole-broker.mjs';

const SESSION = '/v1/chat/session';
const MADE = 'POST users.createToken';
const BOTH = {surfaces: ['embed', 'live']};
const PAGE = {'content-type': 'text/html'};
const JSON_TYPE = {'content-type': 'application/json'};

const scene = async (t, settings = {}) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd);
  const broker = await runBroker(atEnd, place, {settings});
  const send = client(atEnd);
  return {
    ...place,
    broker,
    open: async (sub, body = {surfaces: ['live']}) =>
      send(broker.origin, 'POST', SESSION, {token: await place.tokenFor(sub), body}),
    patient: async (sub, told) =>
      patiently(send, broker.origin, await place.tokenFor(sub), {surfaces: ['live']}, told),
  };
};

describe('a token that the workspace no longer takes', {concurrency: true}, () => {
  it('is replaced once, however many pages say so at once, and all go on with the new one', async (t) => {
    const {gate, simulator, open} = await scene(t);
    const first = (await open('alice.b', BOTH)).body;
    const pages = await Promise.all(Array.from({length: 100}, () => open('alice.b', BOTH)));
    simulator.revokeTokens('alice.b');
    const before = gate.count(MADE);
    const answers = await Promise.all(
      pages.map(({body: {lease}}) => open('alice.b', {...BOTH, lease, rejected: ['live']})),
    );
    assert.deepEqual([...new Set(answers.map(({status}) => status))], [200]);
    const [{live}, ...others] = answers.map(({body}) => body.surfaces);
    assert.notEqual(live.authToken, first.surfaces.live.authToken);
    assert.ok(others.every((each) => each.live.authToken === live.authToken));
    assert.deepEqual(
      answers.map(({body}) => body.lease),
      pages.map(({body}) => body.lease),
    );
    assert.equal(gate.count(MADE), before + 1);
    assert.ok(await gate.takes({userId: first.userId, ...live}));
  });
});

describe('a workspace that answers what nobody expects', {concurrency: true}, () => {
  const odd = {
    'a page of a proxy': [502, 'workspace-unreachable', {status: 502, headers: PAGE, body: '<h1>'}],
    'an error': [502, 'workspace-unreachable', {status: 500, headers: JSON_TYPE, body: '{}'}],
    'half of an answer': [503, 'workspace-refused', {headers: JSON_TYPE, body: '{"data":{"us'}],
    'nothing at all': [503, 'workspace-refused', {status: 204}],
    'a redirect': [503, 'workspace-refused', {status: 302, headers: {location: '/'}}],
    'ten megabytes': [503, 'workspace-refused', {headers: JSON_TYPE, body: ' '.repeat(10 ** 7)}],
    "another's token": [
      503,
      'workspace-refused',
      {
        headers: JSON_TYPE,
        body: '{"success":true,"data":{"userId":"another","authToken":"Zq7wPx2mZq7wPx2mZq7w"}}',
      },
    ],
  };

  it('is told apart from one that is away, gives nobody a session, and is asked again', async (t) => {
    const {gate, open} = await scene(t);
    for (const [index, [what, [status, code, answer]]] of Object.entries(odd).entries()) {
      gate.reply(MADE, answer);
      const calls = gate.count(MADE);
      const refused = await open(`user-${index}`);
      assert.deepEqual([refused.status, refused.body.error.code], [status, code], what);
      assert.doesNotMatch(refused.text, /Zq7wPx2m|<h1>/);
      // What makes something is sent once.
      assert.equal(gate.count(MADE), calls + 1, what);
      gate.reply(MADE);
      assert.equal((await open(`user-${index}`)).status, 200, what);
    }
  });

  it('and is waited for no longer than its time limit', async (t) => {
    const {gate, open} = await scene(t, {rocketChat: {timeout: '1s'}});
    const held = gate.hold(MADE);
    const start = performance.now();
    const {status, body} = await open('hung');
    assert.deepEqual([status, body.error.code], [502, 'workspace-unreachable']);
    assert.ok(performance.now() - start < 10_000);
    held.open();
    await until(async () => (await open('hung')).status === 200);
  });
});

describe('a workspace that takes no more calls', {concurrency: true}, () => {
  for (const [what, said, most] of [
    ['in seconds', '2', 3],
    ['as nonsense', 'soon', 60],
    ['as an absurd number', '999999999', 60],
    ['not at all', undefined, 60],
  ]) {
    it(`has the user told to wait, with his place: where it says for how long ${what}`, async (t) => {
      const {gate, open, patient} = await scene(t, {rocketChat: {window: '3s'}});
      const headers = {...JSON_TYPE, ...(said && {'retry-after': said})};
      gate.reply(MADE, {status: 429, headers, body: '{"success":false}'});
      const {status, headers: got, body} = await open('limited');
      assert.deepEqual([status, body.error.code], [429, 'sign-in-queued']);
      assert.equal(body.error.position, 1);
      const wait = Number(got['retry-after']);
      assert.ok(Number.isInteger(wait) && wait >= 1 && wait <= most, `${wait}`);
      gate.reply(MADE);
      assert.equal((await patient('limited')).status, 200);
      assert.equal(gate.count('POST users.create'), 1);
    });
  }
});
