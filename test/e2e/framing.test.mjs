import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'node:test';

import {BROWSERS} from '../support/e2e-browser.mjs';
import {startProxy} from './support/proxy.mjs';
import {headerOf, nginxHeaderOf} from './support/recipes.mjs';
import {notedBy, OWN_SCRIPTS, problemsOf, strictPage} from './support/strict-page.mjs';
import {withOwnPage} from './support/with-own-page.mjs';

const CSP = 'Content-Security-Policy';
/** For a room that will hear no plugin. */
const IMPATIENT = {room: 'plugin-timeout="3000"'};

/** What is asked for only by a page that a browser has let into its frame. */
const isShown = ({asked}) => asked.some((path) => path.endsWith('/main.js'));

/** The camera of the document: `granted`, or the name of what went wrong. */
const askForCamera = async () => {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({video: true});
    for (const track of stream.getTracks()) track.stop();
    return 'granted';
  } catch (error) {
    return error.name;
  }
};

for (const name of BROWSERS) {
  describe(`frames in ${name}`, {timeout: 900_000}, () => {
    let proxies = [];
    const context = withOwnPage(name, {ownScripts: OWN_SCRIPTS});
    afterEach(async () => {
      await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
    });

    /** Puts proxies that add the headers of the document before node and workspace. */
    const setup = async ({node, workspace} = {}) => {
      const app = {'https://app.example.com': context.own.origin};
      const headers = [
        node ?? headerOf('The node', app),
        workspace ?? nginxHeaderOf('The workspace', app),
      ];
      proxies = await Promise.all([
        startProxy('pexip.localhost', context.own.node, headers[0]),
        startProxy('chat.localhost', context.own.server, headers[1]),
      ]);
      return proxies;
    };
    const open = async (address) => {
      context.page = await context.browser.open(address);
      return context.page.inFrame(proxies[0].origin);
    };
    const addressOf = ([node, workspace], {headers = {}, room = ''} = {}) =>
      context.own.serve(strictPage({node: node.origin, server: workspace.origin}, {room}), headers);
    const roomIs = (state) =>
      context.page.until(
        (wanted) => document.querySelector('pexip-chat-room').state === wanted,
        state,
      );
    /** Waits for the codes, as the state comes before the error that says why. */
    const codesAre = async (...expected) => {
      await context.page.until((count) => globalThis.codes.length >= count, expected.length);
      assert.deepEqual(await context.page.evaluate(() => globalThis.codes), expected);
    };

    test('show node and workspace that allow the page by frame-ancestors, and nothing is blocked', async () => {
      const [node, workspace] = await setup();
      const meeting = await open(addressOf([node, workspace]));
      await meeting.click('Join');
      await roomIs('connected');
      await context.page.until(() => document.querySelector('rc-chat-pane').state === 'ready');
      assert.ok(isShown(node) && isShown(workspace));
      assert.deepEqual(await problemsOf(context.page), []);
    });

    test('show neither to a page of another origin, which says plugin-timeout', async () => {
      const [node, workspace] = await setup();
      const address = addressOf([node, workspace], IMPATIENT);
      await open(address.replace(context.own.origin, context.own.scripts));
      await roomIs('unbridged');
      await Promise.all([node.reached, workspace.reached]);
      assert.ok(!isShown(node) && !isShown(workspace));
      await codesAre('plugin-timeout');
    });

    test("show the meeting without its plugin when the node's frame-ancestors have no 'self'", async () => {
      const [node, workspace] = await setup({
        node: {[CSP]: `frame-ancestors ${context.own.origin}`},
      });
      const meeting = await open(addressOf([node, workspace], IMPATIENT));
      await meeting.see('Join');
      await roomIs('unbridged');
      assert.ok(!node.asked.some((path) => path.endsWith('/external-chat/index.js')));
      await codesAre('plugin-timeout');
    });

    test("are blocked by name when the page's frame-src has not the node, which says plugin-timeout", async () => {
      const [node, workspace] = await setup();
      const policy = `frame-src ${workspace.origin}`;
      await open(addressOf([node, workspace], {...IMPATIENT, headers: {[CSP]: policy}}));
      await roomIs('unbridged');
      assert.deepEqual(node.asked, []);
      await codesAre('plugin-timeout');
      const noted = await notedBy(context.page);
      const violations = noted.filter((text) => text.includes(' blocked '));
      assert.equal(violations.length, 1, noted.join('\n'));
      assert.ok(violations[0].startsWith(`frame-src blocked ${node.origin}`), violations[0]);
    });

    test("may use the camera when the page's Permissions-Policy names the node", async () => {
      const [node, workspace] = await setup();
      const headers = headerOf('Permissions-Policy', {'https://pexip.example.com': node.origin});
      const meeting = await open(addressOf([node, workspace], {headers}));
      await meeting.see('Join');
      // The tests' WebKit has no camera, not even a false one, which is another error than a refusal.
      assert.match(await meeting.evaluate(askForCamera), /^(?:granted|OverconstrainedError)$/);
      assert.deepEqual(await problemsOf(context.page), []);
    });

    test('may not use the camera when it does not, in browsers that read this header', async () => {
      const [node, workspace] = await setup();
      const headers = {'Permissions-Policy': 'camera=(self)'};
      const meeting = await open(addressOf([node, workspace], {headers}));
      await meeting.see('Join');
      const reads = await context.page.evaluate(() => 'featurePolicy' in document);
      assert.equal(reads, name === 'chromium');
      const outcome = await meeting.evaluate(askForCamera);
      assert.equal(outcome === 'NotAllowedError', reads, outcome);
    });
  });
}
