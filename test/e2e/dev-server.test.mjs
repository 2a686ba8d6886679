import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {after, before, describe, test} from 'node:test';

import {startWebApp3} from '../../dist/testing/index.js';
import {copyOfRepository} from '../node/support/copy.mjs';
import {SOURCES, startDevServer} from '../support/dev-server.mjs';
import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';

/** Serves a page with a meeting, and its script. */
const startPage = async () => {
  let node = '';
  const answer = async ({url}, response) => {
    if (url === '/room.js') {
      const script = await readFile('dist/pexip-chat-room.min.js');
      return response.writeHead(200, {'content-type': 'text/javascript'}).end(script);
    }
    return response
      .writeHead(200, {'content-type': 'text/html; charset=utf-8'})
      .end(
        `<!doctype html><title>A page</title><script src="/room.js"></script>` +
          `<pexip-chat-room node="${node}" room="consultation" join></pexip-chat-room>`,
      );
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${server.address().port}`,
    setNode: (origin) => (node = origin),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

for (const name of BROWSERS) {
  describe(`the development server in ${name}`, {timeout: 300_000}, () => {
    let browser;
    let page;
    let devServer;
    let webApp3;
    before(async () => {
      browser = await openBrowser(name, {anyCertificate: true});
      page = await startPage();
      devServer = await startDevServer(copyOfRepository(...SOURCES), {origins: page.origin});
      await devServer.ready();
      const {body} = await devServer.get('/branding/manifest.json');
      // The node has no plugin of its own: what runs is the development server's.
      webApp3 = await startWebApp3({plugin: null, manifest: JSON.parse(body)});
      page.setNode(webApp3.origin);
    });
    after(async () => {
      page?.close();
      await Promise.all([devServer?.stop(), webApp3?.close()]);
      await browser?.close();
    });

    const isConnected = (view) =>
      view.until(() => {
        const {state, features} = document.querySelector('pexip-chat-room');
        return state === 'connected' && features.includes('dial-out');
      });

    test('gives Web App 3 the plugin by its manifest, and after an edit and a reload the new one', async () => {
      const view = await browser.open(page.origin);
      // Dial-out is there for a page of a listed origin alone.
      await isConnected(view);
      await view.inFrame(webApp3.origin).click('Open Chat');
      await view.until(() => document.querySelector('pexip-chat-room').chat);

      await devServer.edit('plugin/src/chat-button.ts', (code) => {
        assert.match(code, /name: 'Chat'/);
        return code.replace("name: 'Chat'", "name: 'the talk'");
      });
      await view.evaluate(() => {
        globalThis.old = true;
        setTimeout(() => location.reload());
      });
      await view.until(() => !globalThis.old && document.querySelector('pexip-chat-room'));
      await isConnected(view);
      await view.inFrame(webApp3.origin).see('Open the talk');
      await view.close();
    });
  });
}
