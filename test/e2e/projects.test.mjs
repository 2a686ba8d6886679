import assert from 'node:assert/strict';
import {after, afterEach, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {eventually} from '../support/eventually.mjs';
import {startProject} from './support/project.mjs';

const CHAT = 'consultation';

/** The lines that the page has written of what it heard. */
const lines = (open) =>
  open.evaluate(() => [...document.querySelectorAll('li')].map(({textContent}) => textContent));
const lineIs = (open, line) =>
  open.until(
    (wanted) =>
      [...document.querySelectorAll('li')].some(({textContent}) => textContent === wanted),
    line,
  );
/** Waits until the widget shows a text, in whatever shadow tree. */
const widgetShows = (open, text) =>
  open.until((wanted) => {
    const textOf = (root) =>
      [...root.childNodes]
        .map((node) => {
          if (node.nodeType === Node.TEXT_NODE) return node.data;
          if (node.checkVisibility && !node.checkVisibility()) return '';
          return (node.shadowRoot ? textOf(node.shadowRoot) : '') + textOf(node);
        })
        .join('');
    const widget = document.querySelector('pexip-chat-widget');
    return !!widget && textOf(widget.shadowRoot).includes(wanted);
  }, text);
const widgetIsGone = (open) => open.until(() => !document.querySelector('pexip-chat-widget'));

for (const project of ['react', 'html'])
  describe(`a project in ${project} that has installed the package`, {timeout: 600_000}, () => {
    let served;
    before(async () => {
      served = await startProject(project);
      served.workspace.createRoom({type: 'd', members: ['alice', 'bob']});
    });
    after(() => served?.stop());

    for (const name of BROWSERS)
      describe(`in ${name}`, () => {
        let browser;
        let open;
        before(async () => {
          browser = await openBrowser(name);
        });
        after(() => browser?.close());
        afterEach(() => open?.close());

        test("shows the user's chats, tells of messages, and leaves nothing when it goes", async () => {
          open = await browser.open(served.address);
          await lineIs(open, 'chat of alice and bob');
          const shown = await open.evaluate(() => {
            const widget = document.querySelector('pexip-chat-widget');
            return {html: widget.outerHTML, chats: widget.getChats().length};
          });
          assert.ok(shown.chats > 1);
          // A token is a property, which nobody can read in the page.
          assert.match(shown.html, /broker="http/);
          assert.doesNotMatch(shown.html, /eyJ|access-?token/i);

          await open.click('Open');
          await widgetShows(open, CHAT);
          served.workspace.post('bob', CHAT, 'Are you there?');
          await lineIs(open, 'bob: Are you there?');

          assert.ok((await served.broker.leases('alice')) > 0);
          const goes = project === 'react' ? 'Mount or unmount' : 'Sign out';
          await open.click(goes);
          await widgetIsGone(open);
          await eventually(async () => assert.equal(await served.broker.leases('alice'), 0));
          served.workspace.post('bob', CHAT, 'Gone?');
          // Another page of hers is told of what comes later: by then this one would have been, too.
          const later = await browser.open(served.address);
          await lineIs(later, 'chat of alice and bob');
          served.workspace.post('bob', CHAT, 'Later');
          await lineIs(later, 'bob: Later');
          await later.click(goes);
          await widgetIsGone(later);
          await eventually(async () => assert.equal(await served.broker.leases('alice'), 0));
          await later.close();
          assert.ok(!(await lines(open)).includes('bob: Gone?'));
          assert.deepEqual(await open.problems(), []);
        });

        if (project === 'react')
          test('takes a widget away by itself that was signed out, and makes another one', async () => {
            open = await browser.open(served.address);
            await lineIs(open, 'chat of alice and bob');
            await open.click('Sign out of chat');
            await lineIs(open, 'logged out');
            await eventually(async () => assert.equal(await served.broker.leases('alice'), 0));
            const left = await open.evaluate(() => {
              const {isConnected, shadowRoot} = document.querySelector('pexip-chat-widget');
              return {isConnected, shown: shadowRoot.querySelectorAll('button, dialog').length};
            });
            assert.deepEqual(left, {isConnected: true, shown: 0});
            await open.click('Mount or unmount');
            await widgetIsGone(open);
            await open.click('Mount or unmount');
            await open.until(() => document.querySelector('pexip-chat-widget')?.isAuthenticated());
            await open.click('Mount or unmount');
            await widgetIsGone(open);
            await eventually(async () => assert.equal(await served.broker.leases('alice'), 0));
            assert.deepEqual(await open.problems(), []);
          });

        if (project === 'react')
          test('sets what React sets anew as properties', async () => {
            open = await browser.open(served.address);
            await lineIs(open, 'chat of alice and bob');
            const seen = () => {
              const {hidden, className, layout} = document.querySelector('pexip-chat-widget');
              return {hidden, className, layout};
            };
            const layout = {launcher: {background: 'rebeccapurple'}};
            assert.deepEqual(await open.evaluate(seen), {hidden: false, className: 'loud', layout});
            await open.click('Hide or show');
            assert.deepEqual(await open.evaluate(seen), {hidden: true, className: 'quiet', layout});
            await open.click('Hide or show');
            assert.deepEqual(await open.evaluate(seen), {hidden: false, className: 'loud', layout});
            // A page that is only closed may leave its lease to run out, which the next test would count.
            await open.click('Mount or unmount');
            await eventually(async () => assert.equal(await served.broker.leases('alice'), 0));
          });
      });
  });
