import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {violationsIn} from './support/axe.mjs';
import {startDemo} from './support/demo.mjs';
import {openDemo, paneIs} from './support/demo-page.mjs';

const statusIs = (page, text) =>
  page.until((wanted) => document.getElementById('meeting-status').textContent === wanted, text);
const peopleAre = (page, ...people) =>
  page.until((wanted) => {
    const items = [...document.querySelectorAll('#meeting-people li')];
    return items.map(({textContent}) => textContent).join('\n') === wanted;
  }, people.join('\n'));
const logged = (page, type, text) =>
  page.until(
    (name, part) =>
      [...document.querySelectorAll('#log > *')].some(
        ({textContent}) => textContent.startsWith(name) && textContent.includes(part),
      ),
    type,
    text,
  );
const shows = (text) => document.body.innerText.includes(text);

for (const name of BROWSERS) {
  describe(`an instant meeting of the demo in ${name}`, {timeout: 300_000}, () => {
    let browser;
    let demo;
    let alice;
    before(async () => {
      browser = await openBrowser(name);
    });
    after(() => browser?.close());
    beforeEach(async () => {
      alice = undefined;
      demo = await startDemo();
      alice = await openDemo(browser, demo.started);
    });
    afterEach(async () => {
      await demo?.stop();
      await alice?.page.close();
    });

    /** Starts a meeting and joins it; resolves with the link for others. */
    const begin = async () => {
      const {page, meeting} = alice;
      await logged(page, 'rc-room-opened', demo.started.room);
      await page.click('Start a meeting');
      await statusIs(page, 'Nobody has come yet');
      await peopleAre(page, 'Nobody');
      const link = await page.evaluate(() => document.getElementById('meeting-link').value);
      const {pathname} = new URL(link);
      await meeting.until((path) => location.pathname === path, pathname);
      await meeting.click('Join');
      await meeting.see('Open Chat');
      return link;
    };

    test('lets its maker in as host by the ticket, and says who is there', async () => {
      const {page} = alice;
      const link = await begin();
      assert.equal(new URL(link).searchParams.has('callTag'), false, 'the ticket is for one alone');
      await statusIs(page, 'Live');
      await peopleAre(page, 'Alice, host');

      const bob = await browser.open(link);
      await bob.fill('Your name', 'Bob');
      await bob.click('Join');
      await peopleAre(page, 'Alice, host', 'Bob');
      await alice.meeting.until(shows, 'Bob');
      await bob.close();
      await peopleAre(page, 'Alice, host');
    });

    test('has a discussion of its own, which is there when it has ended', async () => {
      const {page, meeting, chat, openChat} = alice;
      const link = await begin();
      await logged(page, 'rc-room-opened', 'Conference Call Chat History - ');
      await openChat();
      await chat.fill('Message', 'The dose stays as it is.');
      await chat.press('Enter');
      await chat.until(shows, 'The dose stays as it is.');

      await page.click('End the meeting');
      await statusIs(page, 'Ended: nobody can join any more');
      await meeting.click('Leave');
      await meeting.click('Rejoin');
      await meeting.until(shows, 'Conference not found');
      const late = await browser.open(link);
      await late.click('Join');
      await late.until(shows, 'Conference not found');
      await late.close();
      await chat.until(shows, 'The dose stays as it is.');
      await paneIs(page, 'open');

      await page.click('Back to the room');
      await meeting.see('Join');
      await chat.until(shows, 'All set.');
    });

    test('goes on when its page is reloaded, and not when it has ended', async () => {
      const {page, meeting} = alice;
      const link = await begin();
      await statusIs(page, 'Live');
      const reload = () => page.evaluate(() => void setTimeout(() => location.reload()));
      await page.evaluate(() => void (globalThis.isOld = true));
      await reload();
      await page.until(() => !globalThis.isOld && !!document.getElementById('meeting-link')?.value);
      assert.equal(await page.evaluate(() => document.getElementById('meeting-link').value), link);
      await meeting.click('Join');
      await peopleAre(page, 'Alice, host');
      await page.click('End the meeting');
      await statusIs(page, 'Ended: nobody can join any more');
      await page.evaluate(() => void (globalThis.isOld = true));
      await reload();
      await page.until(() => !globalThis.isOld && !!document.getElementById('start-meeting'));
      await logged(page, 'rc-room-opened', demo.started.room);
      assert.equal(
        await page.evaluate(() => document.getElementById('start-meeting').hidden),
        false,
      );
    });

    test('has its discussion when it was scheduled, too, by the link that Rocket.Chat opens', async () => {
      const {page, meeting, chat, openChat} = alice;
      const {broker, hostToken} = demo.started;
      const ask = async (path, body) => {
        const headers = {
          authorization: `Bearer ${hostToken.alice}`,
          'content-type': 'application/json',
        };
        const init = {method: 'POST', headers, body: JSON.stringify(body)};
        const answer = await fetch(`${broker}/v1/${path}`, init);
        assert.ok(answer.ok, await answer.clone().text());
        return answer.json();
      };
      const inHours = (count) => new Date(Date.now() + count * 3_600_000).toISOString();
      const plan = {title: 'Follow-up', people: ['bob'], startsAt: inHours(1), endsAt: inHours(2)};
      const {alias, startsAt} = await ask('meetings', plan);
      const {rocketChatUrl} = await ask('invitations', {alias});
      const path = new URL(rocketChatUrl).searchParams.get('path');
      const callUrl = new URL(path, rocketChatUrl).searchParams.get('callUrl');
      await logged(page, 'rc-room-opened', demo.started.room);
      await page.evaluate((url) => {
        document.querySelector('pexip-chat-room').setAttribute('url', url);
        document.querySelector('rc-chat-pane').setAttribute('room', 'auto');
      }, callUrl);
      await meeting.until((wanted) => location.search.includes(wanted), alias);
      await meeting.click('Join');
      await meeting.until(shows, 'A guest leaves it empty.');
      await meeting.click('Join');
      await meeting.see('Open Chat');
      const named = startsAt.slice(0, 16).replace('T', ' ');
      await logged(page, 'rc-room-opened', `Conference Call Chat History - ${named}`);
      await openChat();
      await chat.until(shows, 'Video meeting');
    });

    test('breaks no rule of axe and of its Content Security Policy, and writes no error', async () => {
      const {page} = alice;
      await begin();
      await statusIs(page, 'Live');
      assert.deepEqual(await violationsIn(page), []);
      await page.click('End the meeting');
      await statusIs(page, 'Ended: nobody can join any more');
      const focused = await page.evaluate(() => document.activeElement.textContent);
      assert.equal(focused, 'Back to the room');
      assert.deepEqual(await violationsIn(page), []);
      assert.deepEqual(await page.problems(), []);
    });
  });
}
