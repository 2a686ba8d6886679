import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {readFile} from 'node:fs/promises';
import {after, before, describe, test} from 'node:test';

import {startBroker, startRocketChat} from '../../dist/testing/index.js';
import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';

const EMBEDDABLE = {
  Iframe_Restrict_Access: false,
  Iframe_Integration_send_enable: true,
  Iframe_Integration_receive_enable: true,
};

/** A page with a pane that signs Alice in by a broker, and an empty page to go to. */
const startPages = async () => {
  const rocketChat = await startRocketChat({publicHost: 'chat.localhost', settings: EMBEDDABLE});
  const places = {};
  const server = createServer(async ({url}, response) => {
    const script = /^\/dist\/([\w.-]+\.js)$/.exec(url)?.[1];
    if (script) {
      response.setHeader('content-type', 'text/javascript');
      return response.end(await readFile(`dist/${script}`));
    }
    if (url === '/access-token') return response.end(places.broker.accessToken('alice'));
    response.setHeader('content-type', 'text/html');
    response.setHeader('cache-control', 'no-store');
    if (url !== '/chat') return response.end('<!doctype html><title>Elsewhere</title>Elsewhere');
    return response.end(`<!doctype html><title>Chat</title>
<script src="/dist/pexip-chat-room.min.js"></script>
<rc-chat-pane broker="${places.broker.origin}" room="#consultation"></rc-chat-pane>
<script>
  // Keeps the page out of the page cache, from which it could come back with its lease.
  addEventListener('unload', () => undefined);
  document.querySelector('rc-chat-pane').accessToken = async () =>
    (await fetch('/access-token')).text();
</script>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://localhost:${server.address().port}`;
  const broker = await startBroker({
    workspace: rocketChat,
    origins: [origin],
    publicHost: 'broker.localhost',
  });
  places.broker = broker;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await Promise.all([broker.close(), rocketChat.close()]);
  };
  return {origin, broker, stop};
};

// WebKit ends a page before the preflight of its last request is answered: there the lease lapses.
for (const name of BROWSERS.filter((each) => each !== 'webkit')) {
  describe(`a page with a broker in ${name}`, {timeout: 300_000}, () => {
    let browser;
    let pages;
    before(async () => {
      pages = await startPages();
      browser = await openBrowser(name);
    });
    after(async () => {
      await browser?.close();
      await pages?.stop();
    });

    test('lets its lease go when it is left for another page', async () => {
      const {origin, broker} = pages;
      const page = await browser.open(`${origin}/chat`);
      await page.until(() => document.querySelector('rc-chat-pane').state === 'ready');
      assert.equal(await broker.leases('alice'), 1);
      await page.evaluate(() => {
        location.href = '/elsewhere';
      });
      await page.until(() => document.title === 'Elsewhere');
      await page.until(async (url) => (await fetch(url)).ok, `${origin}/elsewhere`);
      for (const end = Date.now() + 60_000; (await broker.leases('alice')) && Date.now() < end;)
        await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(await broker.leases('alice'), 0);
      await page.close();
    });
  });
}
