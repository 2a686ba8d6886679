import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {after, afterEach, before, describe, test} from 'node:test';

import {startWebApp3} from '../../dist/testing/index.js';
import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {violationsIn} from './support/axe.mjs';

const JOINED = '/webapp3/m/consultation?name=Alice&join=1';

/** Serves a page that embeds the simulator, and is its remote control by `send`. */
const startEmbedder = async (simulator) => {
  const page = `<!doctype html><html lang="en"><title>Embedder</title>
<iframe src="${simulator}${JOINED}" title="meeting" width="800" height="700"></iframe><script>
addEventListener('message', ({data}) => {
  if (data.simulator === 'web-app3') globalThis.state = data.state;
});
globalThis.send = (command) => frames[0].postMessage({simulator: 'web-app3', id: '1', ...command}, '*');
</script>`;
  const server = createServer((_, response) => {
    response.writeHead(200, {'content-type': 'text/html'}).end(page);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://localhost:${server.address().port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const shows = (text) => document.body.innerText.includes(text);
const lacks = (text) => !document.body.innerText.includes(text);
const focused = () => document.activeElement.ariaLabel ?? document.activeElement.textContent;

for (const name of BROWSERS) {
  describe(`the Web App 3 simulator in ${name}`, {timeout: 600_000}, () => {
    let browser;
    let simulator;
    let embedder;
    let page;
    before(async () => {
      browser = await openBrowser(name, {scheme: 'dark'});
      simulator = await startWebApp3({
        plugin: null,
        publicHost: 'pexip.localhost',
        remoteControl: true,
      });
      embedder = await startEmbedder(simulator.origin);
    });
    after(async () => {
      embedder?.close();
      await simulator?.close();
      await browser?.close();
    });
    afterEach(async () => {
      await page?.close();
      page = undefined;
    });

    const openMeeting = async (query = '', size) => {
      page = await browser.open(simulator.origin + JOINED + query, size);
      await page.until(shows, 'You are the only one here');
      return page;
    };
    const openEmbedded = async () => {
      page = await browser.open(embedder.address);
      await page.until(() => globalThis.state?.phase === 'in-meeting');
      return page.inFrame(simulator.origin);
    };
    const send = (command) => page.evaluate((what) => globalThis.send(what), command);

    test('brings people into the meeting and the lobby, who are let in there', async () => {
      const meeting = await openMeeting();
      await meeting.click('Simulator');
      await meeting.click('Bring someone in');
      await meeting.until(shows, '2 participants');
      await meeting.click('Bring someone to the lobby');
      await meeting.until(shows, '2 participants, 1 in the lobby');
      await meeting.click('Simulator');
      await meeting.click('Admit Carol Díaz');
      await meeting.until(shows, '3 participants');
      await meeting.until(lacks, 'In the lobby');
    });

    test('lets someone raise a hand and present, and end it', async () => {
      const meeting = await openMeeting();
      await meeting.click('Simulator');
      await meeting.click('Let someone raise a hand');
      await meeting.until(shows, 'hand raised');
      await meeting.click('Let someone present');
      await meeting.until(shows, 'presenting');
      await meeting.click('Lower that hand');
      await meeting.until(lacks, 'hand raised');
      await meeting.click('Stop the presentation');
      await meeting.until(lacks, 'presenting');
    });

    test('has the focus go on to the next in the lobby, and then to the heading', async () => {
      const meeting = await openMeeting();
      await meeting.click('Simulator');
      await meeting.click('Bring someone to the lobby');
      await meeting.click('Bring someone to the lobby');
      await meeting.click('Simulator');
      await meeting.see('Admit Carol Díaz');
      await meeting.evaluate(() => document.querySelector('.admit').focus());
      await meeting.press('Enter');
      await meeting.until(shows, '2 participants, 1 in the lobby');
      assert.equal(await meeting.evaluate(focused), 'Admit Carol Díaz');
      await meeting.press('Enter');
      await meeting.until(shows, '3 participants');
      assert.equal(await meeting.evaluate(focused), 'consultation');
    });

    test('keeps the focus in the lobby while others come', async () => {
      const meeting = await openMeeting();
      await meeting.click('Simulator');
      await meeting.click('Bring someone to the lobby');
      await meeting.click('Bring someone to the lobby');
      await meeting.see('Admit Carol Díaz');
      await meeting.evaluate(() => {
        document.querySelectorAll('.admit')[1].focus();
        // By script, as a person's click would take the focus.
        document.querySelector('#bring-to-lobby').click();
      });
      await meeting.see('Admit Dan Okafor');
      assert.equal(await meeting.evaluate(focused), 'Admit Carol Díaz');
    });

    test('shows a guest who waits, but no button to admit anybody', async () => {
      const meeting = await openMeeting('&role=guest');
      await meeting.click('Simulator');
      await meeting.click('Bring someone to the lobby');
      await meeting.until(shows, 'In the lobby');
      await meeting.until(shows, 'Bob Meyer');
      assert.equal(await meeting.has('Admit Bob Meyer'), false);
    });

    test('offers what needs a meeting only in one', async () => {
      page = await browser.open(`${simulator.origin}/webapp3/m/consultation`);
      await page.click('Simulator');
      await page.see('Reload plugin');
      const enabled = () =>
        [...document.querySelectorAll('.simulator button:enabled')].map(({id}) => id);
      assert.deepEqual(await page.evaluate(enabled), ['reload-plugin']);
    });

    test('shows what is to be known of people, and names as text', async () => {
      const meeting = await openEmbedded();
      const everything = {presenting: true, handRaised: true, spotlight: true, muted: true};
      await send({
        command: 'bring-in',
        people: [
          {name: '<b>Bob</b>', role: 'chair', ...everything},
          {name: 'Carol', cameraMuted: true, microphoneMuted: true},
          {fields: {displayName: {wrong: true}, uuid: null, isPresenting: 'yes'}},
        ],
      });
      await meeting.until(shows, '4 participants');
      const notes = () =>
        [...document.querySelectorAll('#tiles li')].map((tile) =>
          [...tile.querySelectorAll('.label > span, .mark')].map(({textContent}) => textContent),
        );
      assert.deepEqual(await meeting.evaluate(notes), [
        ['Alice', '(you)', 'Host'],
        ['<b>Bob</b>', 'Host', 'presenting', 'hand raised', 'in the spotlight', 'muted by a host'],
        ['Carol', 'microphone off', 'camera off'],
        [''],
      ]);
    });

    test('shows the first hundred of ten thousand, and the meeting can be left', async () => {
      const meeting = await openEmbedded();
      await send({command: 'flood', count: 10_000, traits: {}});
      await meeting.until(shows, 'and 9,901 more');
      assert.equal(
        await meeting.evaluate(() => document.querySelectorAll('#tiles .tile').length),
        100,
      );
      await meeting.click('Leave');
      await meeting.until(shows, 'You left the meeting');
    });

    for (const size of [
      {width: 1100, height: 700},
      {width: 360, height: 640},
    ]) {
      test(`has nothing that axe finds wrong at ${size.width} px`, async () => {
        const meeting = await openMeeting('', size);
        await meeting.click('Simulator');
        for (const button of ['Bring someone in', 'Bring someone to the lobby']) {
          for (let times = 0; times < 6; times++) await meeting.click(button);
        }
        await meeting.click('Let someone raise a hand');
        await meeting.click('Let someone present');
        await meeting.until(shows, '7 participants, 6 in the lobby');
        assert.deepEqual(await violationsIn(meeting), []);
        await meeting.click('Simulator');
        assert.deepEqual(await violationsIn(meeting), []);
      });
    }
  });
}
