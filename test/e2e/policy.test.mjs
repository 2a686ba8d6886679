import assert from 'node:assert/strict';
import {after, afterEach, before, describe, test} from 'node:test';

import {BROWSERS, openBrowser} from '../support/e2e-browser.mjs';
import {buttonIs} from './support/demo-page.mjs';
import {startOwnPage} from './support/own-page.mjs';
import {headerOf, printedHashes} from './support/recipes.mjs';
import {
  dialOut,
  FILES,
  FIRST,
  loadedLater,
  NEEDED,
  notedBy,
  OWN_SCRIPTS,
  OWN_SOURCE,
  problemsOf,
  strictPage,
  untilLoaded,
} from './support/strict-page.mjs';

const CSP = 'Content-Security-Policy';
const NONCE = 'c2VydmVy';
const FRAMES = ({node, server}) => ({
  'https://pexip.example.com': node,
  'https://chat.example.com': server,
  'wss://chat.example.com': server.replace('http', 'ws'),
});

const byOrigin = (own) =>
  headerOf('By origin', {...FRAMES(own), 'https://static.example.com': own.scripts});
const byNonce = (own) => headerOf('By nonce', {...FRAMES(own), '{random}': NONCE});
const byHash = (own, hashes = printedHashes()) =>
  headerOf('By hash', {
    ...FRAMES(own),
    '{hashes of dist/sri.json}': hashes,
    '{hashes of your own scripts}': OWN_SOURCE,
  });
const withTypes = (headers, names) => ({
  [CSP]: headers[CSP].replace('trusted-types pexip-chat-room', `trusted-types ${names}`),
});
const permissions = ({node}) => headerOf('Permissions-Policy', {'https://pexip.example.com': node});

/** What works, each with the headers of the page and what the page has of its own. */
const RECIPES = {
  'a list of origins': (own) => [byOrigin(own), {scripts: own.scripts}],
  "nonce and 'strict-dynamic'": (own) => [byNonce(own), {nonce: NONCE}],
  "a nonce without 'strict-dynamic'": (own) => [
    {[CSP]: byNonce(own)[CSP].replace(" 'strict-dynamic'", '')},
    {nonce: NONCE},
  ],
  'the hashes of every file': (own) => [byHash(own), {defer: true}],
  'a policy of its own that is named lit-html': (own) => [
    withTypes(byOrigin(own), 'pexip-chat-room lit-html'),
    {ownPolicy: 'lit-html'},
  ],
  'the Permissions-Policy beside it': (own) => [
    {...byOrigin(own), ...permissions(own)},
    {scripts: own.scripts},
  ],
};

/** What forbids the files that are loaded later, each with the directive that a browser names. */
const FORBIDDEN = {
  "trusted-types 'none'": (own) => [withTypes(byOrigin(own), "'none'"), /^trusted-types /],
  'trusted-types without ours': (own) => [withTypes(byOrigin(own), 'my-own'), /^trusted-types /],
  'the hash of the first file only': (own) => [byHash(own, `'${FILES[FIRST]}'`), /^script-src/],
};

for (const name of BROWSERS) {
  describe(`a strict policy in ${name}`, {timeout: 900_000}, () => {
    let browser;
    let own;
    let page;
    before(async () => {
      browser = await openBrowser(name);
      own = await startOwnPage({
        scriptHeaders: headerOf('Scripts from another origin'),
        ownScripts: OWN_SCRIPTS,
      });
    });
    after(async () => {
      try {
        await own?.stop();
      } finally {
        await browser?.close();
      }
    });
    afterEach(async () => {
      await page?.close();
      page = undefined;
    });

    const open = async (headers, options) => {
      page = await browser.open(own.serve(strictPage(own, options), headers));
      return {meeting: page.inFrame(own.node), chat: page.inFrame(own.server)};
    };
    const join = async (meeting) => {
      await meeting.click('Join');
      await meeting.see('Open Chat');
    };
    const openChat = async (meeting) => {
      await meeting.click('Open Chat');
      await page.until(() => document.querySelector('pexip-chat-room').chat);
      await buttonIs(meeting, 'Close Chat', {pressed: true, badge: false});
    };

    const isDefined = () =>
      page.evaluate(() => !!(globalThis.PexipChatRoom || customElements.get('pexip-chat-room')));

    for (const [what, recipe] of Object.entries(RECIPES)) {
      test(`is broken by nothing while meeting and chat work, with ${what}`, async () => {
        const {meeting, chat} = await open(...recipe(own));
        await chat.until(() => document.documentElement.dataset.screen === 'room');
        await join(meeting);
        await openChat(meeting);
        own.writeAs('bob', `Hello under ${what}`);
        await chat.until((text) => document.body.innerText.includes(text), `Hello under ${what}`);
        assert.equal(
          await page.evaluate(() => document.querySelector('rc-chat-pane').state),
          'ready',
        );
        assert.equal(await dialOut(page), 'carol');
        await untilLoaded(page);
        assert.deepEqual(await loadedLater(page), NEEDED.toSorted());
        assert.deepEqual(await problemsOf(page), []);
      });
    }

    for (const [what, recipe] of Object.entries(FORBIDDEN)) {
      test(`costs the later files only, said by part-failed, with ${what}`, async () => {
        const [headers, directive] = recipe(own);
        const {meeting} = await open(headers, {defer: true});
        await join(meeting);
        await page.until(() => document.querySelector('rc-chat-pane').state === 'failed');
        await openChat(meeting);
        assert.equal(await dialOut(page), 'part-failed');
        const codes = await page.evaluate(() => globalThis.codes);
        assert.deepEqual([...new Set(codes)], ['part-failed']);
        const noted = await notedBy(page);
        const violations = noted.filter((text) => text.includes(' blocked '));
        const warnings = noted.filter((text) => text.startsWith('[pexip-chat-room '));
        const all = noted.join('\n');
        assert.ok(violations.length && violations.every((text) => directive.test(text)), all);
        assert.ok(warnings.length && warnings.every((text) => text.includes('part-failed')), all);
        assert.equal(violations.length + warnings.length, noted.length, all);
      });
    }

    test('runs no script of another origin without Access-Control-Allow-Origin, which is no violation', async () => {
      const scripts = own.scripts.replace('static.', 'bare.');
      await open(byOrigin({...own, scripts}), {scripts});
      assert.equal(await isDefined(), false);
      assert.deepEqual(await notedBy(page), []);
    });

    test('runs no script that it does not name, and the browser names it', async () => {
      await open(byOrigin({...own, scripts: 'https://static.example.com'}), {scripts: own.scripts});
      assert.equal(await isDefined(), false);
      // A browser that looks ahead may say it twice.
      const [violation, ...others] = new Set(await notedBy(page));
      assert.match(violation, /^script-src/);
      assert.ok(violation.endsWith(`blocked ${own.scripts}/pexip-chat-room/${FIRST}`), violation);
      assert.deepEqual(others, []);
    });

    test('names a Trusted Types policy that passes the addresses of our later files and nothing else', async () => {
      const {meeting} = await open(byOrigin(own));
      await page.until(() => document.querySelector('rc-chat-pane').state === 'ready');
      await join(meeting);
      await dialOut(page);
      await untilLoaded(page);
      const passes = (...addresses) =>
        page.evaluate(
          (...asked) => {
            const policy = globalThis.policies['pexip-chat-room'];
            return asked.map((address) => {
              try {
                return String(policy.createScriptURL(address));
              } catch (error) {
                return error.name;
              }
            });
          },
          ...addresses,
        );
      const base = `${own.origin}/pexip-chat-room/`;
      const ours = NEEDED.map((file) => base + file);
      assert.deepEqual(await passes(...ours), ours);
      const [file] = NEEDED;
      const others = [
        `${base}evil.min.js`,
        `${base}pexip-chat-room.evil.min.js`,
        base + FIRST,
        `${own.origin}/${file}`,
        `${base}other/${file}`,
        `${base}../${file}`,
        `${own.scripts}/pexip-chat-room/${file}`,
        `${base}${file}?x`,
        `${base}${file}#x`,
        `${base}${file} `,
        base + file.toUpperCase(),
        file,
        '',
        'data:text/javascript,alert(1)',
        'javascript:alert(1)',
        `blob:${base}${file}`,
      ];
      assert.deepEqual(
        await passes(...others),
        others.map(() => 'TypeError'),
      );
    });
  });
}
