import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {buttonIs} from './support/demo-page.mjs';
import {startOwnPage} from './support/own-page.mjs';
import {pageWith, SIGN_IN} from './support/readme.mjs';

/** A page that notes what its room tells, from the first markup on. */
const htmlOf = ({node, server}, {chat, patience}) =>
  pageWith(`
<script src="/pexip-chat-room/pexip-chat-room.min.js"></script>
<script>
  window.told = [];
  const types = ['pexip-ready', 'pexip-connected', 'pexip-disconnected',
    'pexip-chat-toggle-request', 'pexip-chat-toggled', 'pexip-error'];
  for (const type of types) document.addEventListener(type, () => told.push(type));
</script>
<pexip-chat-room node="${node}" room="consultation" ${chat ? 'chat' : ''}
  plugin-timeout="${patience}">
  <rc-chat-pane server="${server}" room="#consultation"></rc-chat-pane>
</pexip-chat-room>
${SIGN_IN}`);

/**
 * What is there when the page is loaded again, and what its room tells from then on, until it is
 * ready. `held`: no plugin is heard before. Nothing of the meeting outlives the page, so that it is
 * the same each time but for the state without a plugin, which the page comes to again.
 */
const STATES = {
  loading: {held: true, before: [], after: ['pexip-ready']},
  unbridged: {held: true, before: ['pexip-error'], after: ['pexip-error', 'pexip-ready']},
  ready: {before: ['pexip-ready'], after: ['pexip-ready']},
  connected: {before: ['pexip-ready', 'pexip-connected'], after: ['pexip-ready']},
  disconnected: {
    before: ['pexip-ready', 'pexip-connected', 'pexip-disconnected'],
    after: ['pexip-ready'],
  },
};

const stateIs = (page, state) =>
  page.until((wanted) => document.querySelector('pexip-chat-room').state === wanted, state);

/** Waits until as much was told. An error comes later than its state: its text is loaded first. */
const toldIs = async (page, expected) => {
  await page.until((count) => globalThis.told.length >= count, expected.length);
  assert.deepEqual(await page.evaluate(() => globalThis.told), expected);
};

/** Waits until the conversation is there, shown or not, with so many unread. */
const paneIs = (page, {shown, count}) =>
  page.until(
    (wantShown, wantCount) => {
      const pane = document.querySelector('rc-chat-pane');
      const seen = pane.checkVisibility({visibilityProperty: true, opacityProperty: true});
      const {state, active, unread} = pane;
      return (
        state === 'ready' &&
        seen === wantShown &&
        active === wantShown &&
        unread.count === wantCount
      );
    },
    shown,
    count,
  );

/** Dials, and notes how it ends. */
const dial = (page, destination) =>
  page.evaluate((to) => {
    globalThis.dialled = undefined;
    const room = document.querySelector('pexip-chat-room');
    room.dialOut({role: 'GUEST', destination: to, protocol: 'sip'}).then(
      ({displayName}) => (globalThis.dialled = displayName),
      ({code}) => (globalThis.dialled = code),
    );
  }, destination);

for (const name of BROWSERS) {
  describe(`a page that is loaded again in ${name}`, {timeout: 1_200_000}, () => {
    let browser;
    let own;
    let page;
    before(async () => {
      browser = await openBrowser(name);
    });
    after(() => browser?.close());
    beforeEach(async () => {
      page = undefined;
      own = await startOwnPage();
    });
    afterEach(async () => {
      own?.releasePlugin();
      await page?.close();
      await own?.stop();
    });

    for (const [state, course] of Object.entries(STATES)) {
      for (const chat of [false, true]) {
        const circumstances = `chat ${chat ? 'open' : 'closed'}, something unread`;
        test(`while ${state}, ${circumstances}, has button, badge and pane as before`, async () => {
          if (course.held) own.holdPlugin();
          // A plugin that is held back is not to be given up by the clock while the conversation comes.
          const patience = state === 'unbridged' ? 1 : 600_000;
          page = await browser.open(own.serve(htmlOf(own, {chat, patience})));
          const meeting = page.inFrame(own.node);
          if (state === 'connected' || state === 'disconnected') {
            await meeting.click('Join');
            await stateIs(page, 'connected');
          }
          if (state === 'disconnected') await meeting.click('Leave');
          await stateIs(page, state);
          await paneIs(page, {shown: chat, count: 0});
          own.writeAs('bob', 'Good morning');
          await paneIs(page, {shown: chat, count: 1});
          await toldIs(page, course.before);
          if (state === 'connected') {
            await dial(page, 'never@example.com');
            await meeting.until(() => document.body.innerText.includes('Ringing'));
          }

          if (course.held) own.holdPlugin();
          await page.evaluate(() => {
            globalThis.old = true;
            setTimeout(() => location.reload());
          });
          await page.until(() => !globalThis.old && document.querySelector('rc-chat-pane'));
          await stateIs(page, course.held ? state : 'ready');
          if (course.held) await toldIs(page, course.after.slice(0, -1));
          own.releasePlugin();
          await stateIs(page, 'ready');
          await toldIs(page, course.after);

          await paneIs(page, {shown: chat, count: 1});
          await meeting.click('Join');
          const name = chat ? 'Close Chat' : 'Open Chat';
          await buttonIs(meeting, name, {pressed: chat, badge: !chat});
          await stateIs(page, 'connected');
          await toldIs(page, [...course.after, 'pexip-connected']);
          await paneIs(page, {shown: chat, count: 1});
          await dial(page, 'carol@example.com');
          await page.until(() => globalThis.dialled === 'carol');
        });
      }
    }
  });
}
