import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {startWebApp3} from '../../dist/testing/index.js';

const PLUGIN = '/webapp3/branding/plugins/external-chat/';
const plugin = {html: () => '<title>the plugin</title>', script: async () => 'let thePlugin;'};

/** @type {import('../../demo/simulators/index.js').WebApp3Simulator} */
let webApp3;
before(async () => {
  webApp3 = await startWebApp3({plugin});
});
after(() => webApp3.close());

const promiseOf = () => {
  let resolve;
  const promise = new Promise((settle) => (resolve = settle));
  return {promise, resolve};
};

const get = (path, init) => fetch(webApp3.origin + path, init);
const manifest = async () => (await get('/webapp3/branding/manifest.json')).json();

for (const [path, base] of [
  ['/webapp3/m/weekly', '/webapp3/'],
  ['/webapp3/m/weekly?name=Alice&join=1', '/webapp3/'],
  ['/webapp3/m/weekly/express', '/webapp3/'],
  ['/webapp3/m/weekly/step-by-step?role=guest', '/webapp3/'],
  ['/webapp3/m/?conference=weekly', '/webapp3/'],
  ['/webapp/conference?conference=weekly', '/webapp/'],
  ['/acme-health/m/a%2Fb', '/acme-health/'],
]) {
  test(`serves the page for ${path}`, async () => {
    const response = await get(path);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /^text\/html/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.match(await response.text(), new RegExp(`<head><base href="${base}" />`));
  });
}

for (const path of [
  '/',
  '/webapp3/',
  '/webapp3/m/weekly/other',
  '/webapp3/m/weekly/express/more',
  '/webapp3/branding/',
  '/webapp3/branding/plugins/other/index.html',
  '/webapp3/index.html',
  '/a/b/m/weekly',
]) {
  test(`has nothing at ${path}`, async () => {
    assert.equal((await get(path)).status, 404);
  });
}

test('answers nothing but GET and HEAD', async () => {
  assert.equal((await get('/webapp3/m/weekly', {method: 'POST'})).status, 404);
});

test('serves what the page needs below the path in use', async () => {
  for (const name of ['main.js', 'style.css']) {
    assert.equal((await get(`/acme/${name}`)).status, 200);
  }
});

test('serves the plugin without CORS headers until told otherwise', async () => {
  const strict = await get(`${PLUGIN}index.js`);
  assert.equal(await strict.text(), 'let thePlugin;');
  assert.equal(strict.headers.get('access-control-allow-origin'), null);
  assert.equal(await (await get(`${PLUGIN}index.html`)).text(), '<title>the plugin</title>');

  webApp3.set({corsOnPluginFiles: true});
  const open = await get(`${PLUGIN}index.js`);
  assert.equal(open.headers.get('access-control-allow-origin'), '*');
});

test('lists the plugin without sandbox values until told otherwise', async () => {
  const entry = {id: 'external-chat', src: './plugins/external-chat/index.html'};
  assert.deepEqual((await manifest()).plugins, [entry]);

  webApp3.set({sandboxValues: ['allow-same-origin']});
  const [listed] = (await manifest()).plugins;
  assert.deepEqual(listed, {...entry, sandboxValues: ['allow-same-origin']});
});

test('lets members of the manifest be replaced', async () => {
  webApp3.set({manifest: {plugins: []}});
  assert.deepEqual((await manifest()).plugins, []);
});

test('answers 404 for a plugin that is missing', async () => {
  webApp3.set({plugin: null});
  assert.equal((await get(`${PLUGIN}index.html`)).status, 404);
  assert.equal((await get(`${PLUGIN}index.js`)).status, 404);
});

test('answers 500 when a plugin file cannot be had', async () => {
  webApp3.set({
    plugin: {
      ...plugin,
      html: () => {
        throw new Error('not built');
      },
    },
  });
  assert.equal((await get(`${PLUGIN}index.html`)).status, 500);
});

test('allows the remote control only when told so', async () => {
  const mark = /<meta name="remote-control"/;
  assert.doesNotMatch(await (await get('/webapp3/m/weekly')).text(), mark);
  webApp3.set({remoteControl: true});
  assert.match(await (await get('/webapp3/m/weekly')).text(), mark);
});

test('names its public host in the origin', async () => {
  const other = await startWebApp3({plugin, publicHost: 'pexip.localhost'});
  assert.match(other.origin, /^http:\/\/pexip\.localhost:\d+$/);
  await other.close();
});

test('rejects when the port is taken', async () => {
  const port = Number(new URL(webApp3.origin).port);
  await assert.rejects(startWebApp3({plugin, port}), {code: 'EADDRINUSE'});
});

test('ends open connections when it closes, and may be closed twice', async () => {
  const other = await startWebApp3({plugin});
  await fetch(`${other.origin}/webapp3/m/weekly`);
  await Promise.all([other.close(), other.close()]);
  await assert.rejects(fetch(`${other.origin}/webapp3/m/weekly`));
});

test('sends manifest and plugin once beforeBranding lets it, by branding path', async () => {
  const asked = [];
  const {promise: released, resolve: release} = promiseOf();
  const {promise: reached, resolve: reach} = promiseOf();
  webApp3.set({
    beforeBranding: (path, part) => {
      asked.push(`${path} ${part}`);
      if (path !== 'held') return undefined;
      reach();
      return released;
    },
  });
  let answered = false;
  const held = get('/held/branding/manifest.json').then((response) => {
    answered = true;
    return response.status;
  });
  await reached;
  await get('/webapp3/branding/manifest.json');
  await get(`${PLUGIN}index.html`);
  await get('/webapp3/m/weekly');
  assert.deepEqual(asked, ['held manifest', 'webapp3 manifest', 'webapp3 plugin']);
  assert.equal(answered, false);
  release();
  assert.equal(await held, 200);
  webApp3.set({beforeBranding: undefined});
});
