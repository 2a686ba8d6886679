import assert from 'node:assert/strict';
import {describe, test} from 'node:test';

import {BROWSERS} from '../support/e2e-browser.mjs';
import {headerOf} from './support/recipes.mjs';
import {nativePage, notedBy, OWN_SCRIPTS, problemsOf} from './support/strict-page.mjs';
import {withOwnPage} from './support/with-own-page.mjs';

const CSP = 'Content-Security-Policy';

const recipe = ({node, server, scripts}) =>
  headerOf('The native view', {
    'https://pexip.example.com': node,
    'wss://chat.example.com': server.replace('http', 'ws'),
    'https://chat.example.com': server,
    'https://static.example.com': scripts,
  });

for (const name of BROWSERS) {
  describe(`a strict policy for the native view in ${name}`, {timeout: 600_000}, () => {
    const context = withOwnPage(name, {
      scriptHeaders: headerOf('Scripts from another origin'),
      ownScripts: OWN_SCRIPTS,
    });

    /** On the workspace's own site, so that its pictures are asked for by their addresses. */
    const open = async (headers, options = {}) => {
      const address = context.own.serve(
        nativePage(context.own, {scripts: context.own.scripts, ...options}),
        headers,
      );
      context.page = await context.browser.open(address.replace('localhost', 'chat.localhost'));
    };
    const shows = (text) =>
      context.page.until(
        (wanted) => document.querySelector('rc-chat-pane').shadowRoot.textContent.includes(wanted),
        text,
      );

    test('is broken by nothing while the conversation is read and written in, with pictures', async () => {
      await open(recipe(context.own));
      await context.page.until(() => document.querySelector('rc-chat-pane').state === 'ready');
      context.own.writeAs('bob', 'Hello under *a policy* :tada:');
      await shows('Hello under a policy 🎉');
      await context.page.evaluate(() => document.querySelector('rc-chat-pane').send('Hello Bob'));
      await shows('Hello Bob');
      await context.page.until(() =>
        [
          ...document.querySelector('rc-chat-pane').shadowRoot.querySelectorAll('.avatar > img'),
        ].some(({naturalWidth}) => naturalWidth > 0),
      );
      assert.deepEqual(await problemsOf(context.page), []);
    });

    const costs = async (headers, options) => {
      await open(headers, options);
      await context.page.until(() => document.querySelector('rc-chat-pane').state === 'failed');
      assert.deepEqual(await context.page.evaluate(() => globalThis.codes), ['part-failed']);
      const noted = await notedBy(context.page);
      assert.ok(
        noted.some((text) => text.includes('part-failed')),
        noted.join('\n'),
      );
    };

    test('costs the conversation, said by part-failed, where it does not name lit-html', async () => {
      const headers = recipe(context.own);
      await costs({[CSP]: headers[CSP].replace(' lit-html', '')});
    });

    test('costs the conversation, said by part-failed, where the page owns a policy of that name', async () => {
      await costs(recipe(context.own), {ownPolicy: 'lit-html'});
    });
  });
}
