import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {startRocketChat, startWebApp3} from '../../dist/testing/index.js';
import {pluginFor} from './support/doctor-servers.mjs';

const MANIFEST = '/webapp3/branding/manifest.json';

describe('the Web App 3 simulator', () => {
  it('sends the headers of its operator with everything', async (t) => {
    const headers = {'content-security-policy': "frame-ancestors 'self'"};
    const node = await startWebApp3({plugin: pluginFor(), headers});
    t.after(() => node.close());
    for (const path of [
      '/webapp3/m/x',
      MANIFEST,
      '/webapp3/branding/plugins/external-chat/index.js',
    ]) {
      const answer = await fetch(node.origin + path);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-security-policy'), "frame-ancestors 'self'");
    }
    node.set({headers: {}});
    assert.equal(
      (await fetch(node.origin + MANIFEST)).headers.get('content-security-policy'),
      null,
    );
  });

  it('has an error page in the place of everything when it is told to', async (t) => {
    const node = await startWebApp3({plugin: pluginFor(), errorPage: {status: 502, body: 'Bad'}});
    t.after(() => node.close());
    const answer = await fetch(node.origin + MANIFEST);
    assert.equal(answer.status, 502);
    assert.match(answer.headers.get('content-type'), /^text\/html/);
    assert.equal(await answer.text(), 'Bad');
    node.set({errorPage: undefined});
    assert.equal((await fetch(node.origin + MANIFEST)).status, 200);
  });
});

describe('the Rocket.Chat simulator', () => {
  it('tells everybody the numbers of its version', async (t) => {
    const server = await startRocketChat({serverVersion: '7.3'});
    t.after(() => server.close());
    const {version, success} = await (await fetch(`${server.origin}/api/info`)).json();
    assert.deepEqual({version, success}, {version: '7.3', success: true});
  });

  it('tells who holds which permission to whoever is signed in, and to nobody else', async (t) => {
    const permissions = {'api-bypass-rate-limit': ['bot']};
    const server = await startRocketChat({permissions});
    t.after(() => server.close());
    const list = `${server.origin}/api/v1/permissions.listAll`;
    assert.equal((await fetch(list)).status, 401);
    const {username, password, userId} = server.users[0];
    const login = await fetch(`${server.origin}/api/v1/login`, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify({user: username, password}),
    });
    const {authToken} = (await login.json()).data;
    const headers = {'x-user-id': userId, 'x-auth-token': authToken};
    const {update, remove} = await (await fetch(list, {headers})).json();
    assert.deepEqual(remove, []);
    const own = update.find(({_id}) => _id === 'api-bypass-rate-limit');
    assert.deepEqual(own.roles, ['bot']);
  });
});
