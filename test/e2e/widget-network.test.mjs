import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {startWidgetPage} from './support/widget-page.mjs';

const FIRST = '<script src="/pexip-chat-room/pexip-chat-room.min.js"></script>';
const page = (body) => `<!doctype html><html lang="en"><title>Harbour Bank</title>${FIRST}${body}`;

/** Two seconds, beside which what the page itself takes counts little. */
const ROUND_TRIP = 2_000;

/** In the page: waits until it has loaded and was idle twice, and what it asked for by then has arrived. */
const idle = async () => {
  if (document.readyState !== 'complete')
    await new Promise((resolve) => addEventListener('load', resolve));
  // WebKit does not tell when a page is idle.
  const soon = () =>
    new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(() => resolve()));
  for (let times = 0; times < 2; times++) {
    await soon();
    await fetch('/last');
  }
  return true;
};

/** In the page: how many buttons the widget has. */
const buttons = () =>
  document.querySelector('pexip-chat-widget').shadowRoot.querySelectorAll('button').length;
/** In the page: presses the button. */
const press = () =>
  document.querySelector('pexip-chat-widget').shadowRoot.querySelector('[part=launcher]').click();
/** In the page: whether the list has Bob's chat; with `choose` it is chosen. */
const listed = (choose) => {
  const {shadowRoot} = document.querySelector('pexip-chat-widget');
  const chats = [...shadowRoot.querySelectorAll('[part=window] li button')];
  const chat = chats.find((each) => each.checkVisibility() && each.innerText.includes('Bob'));
  if (choose) chat.click();
  return !!chat;
};

const framesIn = (open) =>
  open.evaluate(() => {
    const count = (root) =>
      [...root.querySelectorAll('*')].reduce(
        (sum, {localName, shadowRoot}) =>
          sum + (localName === 'iframe' ? 1 : 0) + (shadowRoot ? count(shadowRoot) : 0),
        0,
      );
    return count(document);
  });

/** Waits for something on this side, for half a minute. */
const until = async (condition) => {
  const end = Date.now() + 30_000;
  while (!condition()) {
    assert.ok(Date.now() < end, `This did not come: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

for (const name of BROWSERS) {
  describe(`the network of a widget in ${name}`, {timeout: 240_000}, () => {
    let browser;
    let own;
    let open;
    before(async () => {
      browser = await openBrowser(name);
    });
    after(() => browser?.close());
    beforeEach(async () => {
      open = undefined;
      own = await startWidgetPage();
    });
    afterEach(async () => {
      await open?.close();
      await own?.stop();
    });

    test('is silent without credentials, but for the script and its launcher', async () => {
      own.serve(page(`<pexip-chat-widget open broker="${own.broker}"></pexip-chat-widget>`));
      open = await browser.open(own.address);
      await open.evaluate(idle);
      await open.evaluate(() => {
        document.querySelector('pexip-chat-widget').openWidget();
        return window.PexipChatRoom.getChats();
      });
      await open.evaluate(idle);
      assert.deepEqual(own.asked, ['first', 'hashes', 'launcher']);
      assert.deepEqual(own.brokerAsked(), []);
      assert.equal(own.rocketChat.socketsEver(), 0);
      assert.equal(await open.evaluate(buttons), 0);
    });

    const withToken = (attributes = '') =>
      page(`<pexip-chat-widget${attributes} broker="${own.broker}"></pexip-chat-widget>
        <script>document.querySelector('pexip-chat-widget').accessToken = '%TOKEN%';</script>
        <img src="/slow.gif" alt="">`);

    /** Opens the page of a widget that is signed in. */
    const openSignedIn = async (attributes) => {
      own.serve(withToken(attributes));
      const opening = browser.open(own.address);
      await until(() => own.asked.includes('launcher'));
      own.finishLoading();
      open = await opening;
      await open.until(() => document.querySelector('pexip-chat-widget').getChats().length);
      await until(() => own.brokerAsked().some((line) => line.includes('/v1/calls/events')));
    };

    test('is silent until the page is idle; then one socket, one call stream, no frame', async () => {
      own.serve(withToken());
      const opening = browser.open(own.address);
      await until(() => own.asked.includes('launcher'));
      // Longer than a page is idle within.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      assert.deepEqual(own.asked, ['first', 'hashes', 'launcher']);
      assert.deepEqual(own.brokerAsked(), []);
      own.finishLoading();
      open = await opening;
      await open.until(() => document.querySelector('pexip-chat-widget').getChats().length);
      const streams = () => own.brokerAsked().filter((line) => line.includes('/v1/calls/events'));
      await until(() => streams().length);
      await open.evaluate(idle);
      assert.equal(streams().filter((line) => !line.startsWith('OPTIONS')).length, 1);
      assert.equal(own.rocketChat.socketsEver(), 1);
      assert.equal(await framesIn(open), 0);
      for (const part of ['window', 'lit', 'native', 'embed'])
        assert.ok(!own.asked.includes(part), part);
    });

    test('is one socket and one call stream for two widgets of the user on a page', async () => {
      const element = `<pexip-chat-widget broker="${own.broker}"></pexip-chat-widget>`;
      own.serve(
        page(`${element}${element}<script>
          for (const widget of document.querySelectorAll('pexip-chat-widget'))
            widget.accessToken = '%TOKEN%';
        </script><img src="/slow.gif" alt="">`),
      );
      const opening = browser.open(own.address);
      await until(() => own.asked.includes('launcher'));
      own.finishLoading();
      open = await opening;
      await open.until(() =>
        [...document.querySelectorAll('pexip-chat-widget')].every(
          (widget) => widget.getChats().length,
        ),
      );
      const streams = () => own.brokerAsked().filter((line) => line.includes('/v1/calls/events'));
      await until(() => streams().length);
      await open.evaluate(idle);
      assert.equal(streams().filter((line) => !line.startsWith('OPTIONS')).length, 1);
      assert.equal(own.rocketChat.socketsEver(), 1);
    });

    /** How many round trips pass from what is done in the page until it is so. */
    const roundTrips = async (act, so) => {
      own.away(ROUND_TRIP);
      const start = performance.now();
      await act();
      await so();
      const passed = (performance.now() - start) / ROUND_TRIP;
      own.away(0);
      return passed;
    };
    // Whatever the page itself takes is less than one.
    const isWithinTwo = (passed) => assert.ok(passed < 3, `${passed} round trips`);

    test('has the list two round trips after the click at the latest, by the same socket', async () => {
      await openSignedIn();
      await open.evaluate(idle);
      const before = own.asked.length;
      const told = own.brokerAsked().length;
      isWithinTwo(
        await roundTrips(
          () => open.evaluate(press),
          () => open.until(listed),
        ),
      );
      assert.deepEqual(own.asked.slice(before).sort(), ['lit', 'native', 'window']);
      assert.equal(own.rocketChat.socketsEver(), 1);
      assert.equal(await framesIn(open), 0);
      assert.deepEqual(
        own
          .brokerAsked()
          .slice(told)
          .filter((line) => !line.includes('/v1/chat/session')),
        [],
      );
    });

    test('has the messages of a chat two round trips after it is chosen, by the same socket', async () => {
      await openSignedIn();
      await open.evaluate(press);
      await open.until(listed);
      await open.evaluate(idle);
      isWithinTwo(
        await roundTrips(
          () => open.evaluate(listed, true),
          () =>
            open.until(() => {
              const {shadowRoot} = document.querySelector('pexip-chat-widget');
              const pane = shadowRoot.querySelector('rc-chat-pane');
              return pane?.shadowRoot?.querySelector('[part~=message]')?.checkVisibility();
            }),
        ),
      );
      assert.equal(own.rocketChat.socketsEver(), 1);
    });

    test('asks for the frame of a chat as soon as it is chosen', async () => {
      await openSignedIn(' view="embed"');
      await open.evaluate(press);
      await open.until(listed);
      await open.evaluate(idle);
      const framed = () => own.rocketChat.requests().some(({line}) => line.includes('/direct/'));
      assert.ok(!framed());
      const passed = await roundTrips(
        () => open.evaluate(listed, true),
        () => until(framed),
      );
      assert.ok(passed < 1.4, `${passed} round trips`);
    });
  });
}
