import assert from 'node:assert/strict';
import {describe, test} from 'node:test';

import {BROWSERS} from '../support/e2e-browser.mjs';
import {buttonIs} from './support/demo-page.mjs';
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
import {withOwnPage} from './support/with-own-page.mjs';

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
    const context = withOwnPage(name, {
      scriptHeaders: headerOf('Scripts from another origin'),
      ownScripts: OWN_SCRIPTS,
    });

    const open = async (headers, options) => {
      context.page = await context.browser.open(
        context.own.serve(strictPage(context.own, options), headers),
      );
      return {
        meeting: context.page.inFrame(context.own.node),
        chat: context.page.inFrame(context.own.server),
      };
    };
    const join = async (meeting) => {
      await meeting.click('Join');
      await meeting.see('Open Chat');
    };
    const openChat = async (meeting) => {
      await meeting.click('Open Chat');
      await context.page.until(() => document.querySelector('pexip-chat-room').chat);
      await buttonIs(meeting, 'Close Chat', {pressed: true, badge: false});
    };

    const isDefined = () =>
      context.page.evaluate(
        () => !!(globalThis.PexipChatRoom || customElements.get('pexip-chat-room')),
      );

    for (const [what, recipe] of Object.entries(RECIPES)) {
      test(`is broken by nothing while meeting and chat work, with ${what}`, async () => {
        const {meeting, chat} = await open(...recipe(context.own));
        await chat.until(() => document.documentElement.dataset.screen === 'room');
        await join(meeting);
        await openChat(meeting);
        context.own.writeAs('bob', `Hello under ${what}`);
        await chat.until((text) => document.body.innerText.includes(text), `Hello under ${what}`);
        await context.page.until(() => document.querySelector('rc-chat-pane').state === 'ready');
        assert.equal(await dialOut(context.page), 'carol');
        await untilLoaded(context.page);
        assert.deepEqual(await loadedLater(context.page), NEEDED.toSorted());
        assert.deepEqual(await problemsOf(context.page), []);
      });
    }

    for (const [what, recipe] of Object.entries(FORBIDDEN)) {
      test(`costs the later files only, said by part-failed, with ${what}`, async () => {
        const [headers, directive] = recipe(context.own);
        const {meeting} = await open(headers, {defer: true});
        await join(meeting);
        await context.page.until(() => document.querySelector('rc-chat-pane').state === 'failed');
        await openChat(meeting);
        assert.equal(await dialOut(context.page), 'part-failed');
        const codes = await context.page.evaluate(() => globalThis.codes);
        assert.deepEqual([...new Set(codes)], ['part-failed']);
        const noted = await notedBy(context.page);
        const violations = noted.filter((text) => text.includes(' blocked '));
        const warnings = noted.filter((text) => text.startsWith('[pexip-chat-room '));
        const all = noted.join('\n');
        assert.ok(violations.length && violations.every((text) => directive.test(text)), all);
        assert.ok(warnings.length && warnings.every((text) => text.includes('part-failed')), all);
        assert.equal(violations.length + warnings.length, noted.length, all);
      });
    }

    test('runs no script of another origin without Access-Control-Allow-Origin, which is no violation', async () => {
      const scripts = context.own.scripts.replace('static.', 'bare.');
      await open(byOrigin({...context.own, scripts}), {scripts});
      assert.equal(await isDefined(), false);
      assert.deepEqual(await notedBy(context.page), []);
    });

    test('runs no script that it does not name, and the browser names it', async () => {
      await open(byOrigin({...context.own, scripts: 'https://static.example.com'}), {
        scripts: context.own.scripts,
      });
      assert.equal(await isDefined(), false);
      // A browser that looks ahead may say it twice.
      const [violation, ...others] = new Set(await notedBy(context.page));
      assert.match(violation, /^script-src/);
      assert.ok(
        violation.endsWith(`blocked ${context.own.scripts}/pexip-chat-room/${FIRST}`),
        violation,
      );
      assert.deepEqual(others, []);
    });

    test('names a Trusted Types policy that passes the addresses of our later files and nothing else', async () => {
      const {meeting} = await open(byOrigin(context.own));
      await context.page.until(() => document.querySelector('rc-chat-pane').state === 'ready');
      await join(meeting);
      await dialOut(context.page);
      await untilLoaded(context.page);
      const passes = (...addresses) =>
        context.page.evaluate(
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
      const base = `${context.own.origin}/pexip-chat-room/`;
      const ours = NEEDED.map((file) => base + file);
      assert.deepEqual(await passes(...ours), ours);
      const [file] = NEEDED;
      const others = [
        `${base}evil.min.js`,
        `${base}pexip-chat-room.evil.min.js`,
        base + FIRST,
        `${context.own.origin}/${file}`,
        `${base}other/${file}`,
        `${base}../${file}`,
        `${context.own.scripts}/pexip-chat-room/${file}`,
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
