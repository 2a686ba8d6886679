import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {after, afterEach, before, describe, it} from 'node:test';

import {startRocketChat} from '../../dist/testing/index.js';
import {SAMPLES, startSample} from '../support/samples.mjs';

const TIME = 300_000;

for (const language of SAMPLES) {
  describe(`the sample for auth in ${language}`, {timeout: TIME}, () => {
    const running = [];
    let chat;
    let alice;
    before(async () => {
      chat = await startRocketChat({bypassRateLimit: true});
      alice = chat.users.find(({username}) => username === 'alice');
    });
    after(() => chat.close());
    afterEach(() => Promise.all(running.splice(0).map((each) => each.stop())));

    /** Starts the sample, and makes a function that asks it as Alice's browser does. */
    const setupSample = async ({workspace = chat.origin, password = alice.password} = {}) => {
      const sample = await startSample(language, workspace, {name: 'alice', password});
      running.push(sample);
      return async ({method = 'POST', query = '', body, ...headers} = {}) => {
        const own = {cookie: sample.cookie, 'sec-fetch-site': 'same-origin'};
        const sent = Object.entries({...own, ...headers}).filter(([, value]) => value);
        const request = {method, headers: Object.fromEntries(sent), body};
        const answer = await fetch(sample.address + query, request);
        return {status: answer.status, headers: answer.headers, text: await answer.text()};
      };
    };

    /** A server in the place of the workspace. */
    const setupUpstream = async (handle) => {
      const asked = [];
      const server = createServer((request, response) => {
        asked.push(request.url);
        handle(request, response);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      running.push({
        stop: () =>
          new Promise((resolve) => {
            server.close(resolve);
            server.closeAllConnections();
          }),
      });
      return {workspace: `http://127.0.0.1:${server.address().port}`, asked};
    };

    it("answers the session's user with a token of Rocket.Chat that works", async () => {
      const ask = await setupSample();
      const {status, headers, text} = await ask();
      assert.equal(status, 200);
      assert.match(headers.get('content-type'), /^application\/json/);
      assert.equal(headers.get('cache-control'), 'no-store');
      const {userId, authToken, ...rest} = JSON.parse(text);
      assert.equal(userId, alice.userId);
      assert.deepEqual(rest, {username: 'alice'});
      const me = await fetch(`${chat.origin}/api/v1/me`, {
        headers: {'X-User-Id': userId, 'X-Auth-Token': authToken},
      });
      assert.equal((await me.json()).username, 'alice');
    });

    it('takes the user from the session, whatever the request says', async () => {
      const ask = await setupSample();
      const body = JSON.stringify({user: 'bob', username: 'bob', chatName: 'bob', userId: 'bob'});
      const answer = await ask({
        body,
        query: '?user=bob&chatName=bob',
        'content-type': 'application/json',
      });
      assert.equal(JSON.parse(answer.text).username, 'alice');
    });

    for (const [what, request] of Object.entries({
      'another site': {'sec-fetch-site': 'cross-site'},
      'another origin of the site': {'sec-fetch-site': 'same-site'},
      'an address that somebody typed': {'sec-fetch-site': 'none'},
      'no browser': {'sec-fetch-site': undefined},
      'a GET': {method: 'GET'},
      nobody: {cookie: undefined},
      'an unknown session': {cookie: 'session=unknown'},
    })) {
      it(`answers 401 to ${what}, says nothing else and asks nobody`, async () => {
        const {workspace, asked} = await setupUpstream((_, response) => response.end('{}'));
        const ask = await setupSample({workspace});
        const {status, headers, text} = await ask(request);
        assert.deepEqual([status, text], [401, '{}']);
        assert.equal(headers.get('cache-control'), 'no-store');
        assert.deepEqual(asked, []);
      });
    }

    it('answers 502 without a reason when Rocket.Chat refuses the password', async () => {
      const ask = await setupSample({password: 'wrong'});
      const {status, text, headers} = await ask();
      assert.deepEqual([status, text], [502, '{}']);
      assert.equal(headers.get('cache-control'), 'no-store');
    });

    for (const [what, handle] of Object.entries({
      'is not Rocket.Chat': (_, response) => response.end('<p>Welcome</p>'),
      'answers a text': (_, response) => response.end('"data"'),
      'answers without data': (_, response) => response.end('{"data": null}'),
      'fails halfway': (_, response) => response.writeHead(200, {'content-length': 9}).destroy(),
    })) {
      it(`answers 502 when the workspace ${what}`, async () => {
        const {workspace} = await setupUpstream(handle);
        const ask = await setupSample({workspace});
        const {status, text} = await ask();
        assert.deepEqual([status, text], [502, '{}']);
      });
    }

    it('follows no redirect with the password', async () => {
      const {workspace, asked} = await setupUpstream(({url}, response) => {
        if (url === '/elsewhere') response.end('{"data": {"userId": "u1", "authToken": "t1"}}');
        else response.writeHead(307, {location: '/elsewhere'}).end();
      });
      const ask = await setupSample({workspace});
      assert.equal((await ask()).status, 502);
      assert.deepEqual(asked, ['/api/v1/login']);
    });

    it('gives up on a workspace that never answers', async () => {
      const {workspace, asked} = await setupUpstream(() => {});
      const ask = await setupSample({workspace});
      assert.equal((await ask()).status, 502);
      assert.equal(asked.length, 1);
    });

    it('sends characters of every kind as they are', async () => {
      const password = 'a"b\\c\u0001\u00e9\u{1f511}';
      const received = [];
      const {workspace} = await setupUpstream(async (request, response) => {
        received.push(JSON.parse(Buffer.concat(await request.toArray())));
        response.end('{"data": {"userId": "u1", "authToken": "t1"}}');
      });
      const ask = await setupSample({workspace, password});
      assert.equal((await ask()).status, 200);
      assert.deepEqual(received, [{user: 'alice', password}]);
    });
  });
}
