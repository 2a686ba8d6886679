import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {
  invitationFor,
  invitationTemplate,
} from '../../broker/dist/shared/src/protocol/invitation.js';
import {loadSource} from '../node/support/load-source.mjs';

const {
  invitationAlias,
  invitationIcon,
  invitationNode,
  invitationPath,
  invitationTitle,
  workspaceHost,
} = await loadSource('src/protocol/invitation-place.ts');

/** "Enabling scheduled meetings" of Pexip's page on Rocket.Chat, to the letter. */
const DOCUMENTED =
  'https://go.rocket.chat/conference?host=rc.pexample.com&path=conference%2F{{numeric_alias}}%3FcallUrl%3Dhttps%253A%252F%252F{{addin_server_domain}}%252Fmybrandingpath%252Fconference%253Fconference%253D{{numeric_alias}}%26callProvider%3DPexip';
const DOCUMENTED_ROW = `<tr>
<td class="left-column">
<img src="https://[your link to Rocket.Chat icon]" width="42" height="42" alt="Rocket.Chat">
</td>
<td class="center-column">
<p>
<span class="pexip-heading">
From a Rocket.Chat client:
</span>
<br>
<a href="https://go.rocket.chat/conference?host=rc.pexample.com&path=conference%2F{{numeric_alias}}%3FcallUrl%3Dhttps%253A%252F%252F{{addin_server_domain}}%252Fmybrandingpath%252Fconference%253Fconference%253D{{numeric_alias}}%26callProvider%3DPexip">
<span class="pexip-info">
go.rocket.chat{{alias}}
</span>
</a>
</p>
</td>
<td class="pexip-cell"/>
</tr>`;

const WORKSPACE = 'rc.pexample.com';
const PLACE = {workspace: WORKSPACE, node: 'https://pexip.example.com'};

/** What becomes of a link, as its readers decode it: go.rocket.chat once, Rocket.Chat's client again. */
const followed = (link) => {
  const first = new URL(link);
  const [host, path] = ['host', 'path'].map((name) => first.searchParams.get(name));
  const second = new URL(path, `https://${host}/`);
  const call = new URL(second.searchParams.get('callUrl'));
  return {
    opens: first.origin + first.pathname,
    host,
    page: decodeURIComponent(second.pathname),
    provider: second.searchParams.get('callProvider'),
    call: call.origin + call.pathname,
    conference: call.searchParams.get('conference'),
    names: [[...first.searchParams.keys()], [...second.searchParams.keys()]].flat(),
    others: [...call.searchParams.keys()].length + second.hash.length + call.hash.length,
  };
};

const anyAlias = fc
  .oneof(
    fc.string({unit: 'binary', minLength: 1, maxLength: 60}),
    fc.string({unit: fc.constantFrom(...`ab{}%&?#/\\"'<>+.:@= `), minLength: 1, maxLength: 20}),
    fc.constantFrom('{{numeric_alias}}', 'a%2Fb', '"><script>', "x' onerror='y", '&path=', '10'),
  )
  .filter((alias) => invitationAlias(alias) !== undefined);

describe('the template of an invitation', () => {
  it('is byte for byte what the document has, with a branding path', () => {
    const {rocketChatUrl, webAppUrl, html} = invitationTemplate({
      workspace: WORKSPACE,
      path: 'mybrandingpath',
    });
    assert.equal(rocketChatUrl, DOCUMENTED);
    assert.equal(webAppUrl, 'https://{{addin_server_domain}}/mybrandingpath/m/{{numeric_alias}}');
    assert.equal(html, DOCUMENTED_ROW);
  });

  it('leaves the path out where there is none, and has the default one in the link of Web App 3', () => {
    const {rocketChatUrl, webAppUrl, html} = invitationTemplate({workspace: WORKSPACE});
    assert.equal(rocketChatUrl, DOCUMENTED.replace('%252Fmybrandingpath', ''));
    assert.equal(webAppUrl, 'https://{{addin_server_domain}}/webapp/m/{{numeric_alias}}');
    assert.equal(html, DOCUMENTED_ROW.replace('%252Fmybrandingpath', ''));
  });

  it('has the icon that is given, as text of an attribute', () => {
    const icon = invitationIcon('https://static.example.com/i.png?a=1&b="');
    const {html} = invitationTemplate({workspace: WORKSPACE, icon});
    assert.match(html, /^<img src="https:\/\/static\.example\.com\/i\.png\?a=1&amp;b=%22" /m);
  });
});

describe('the invitation into a meeting', () => {
  it('has the links of the document, for a single-use alias and for a personal one', () => {
    for (const alias of ['4821903377', 'meet.alice']) {
      const filled = (text) =>
        text
          .replaceAll('{{numeric_alias}}', alias)
          .replaceAll('{{alias}}', alias)
          .replaceAll('{{addin_server_domain}}', 'pexip.example.com');
      const branded = invitationFor({...PLACE, path: 'mybrandingpath'}, alias);
      assert.equal(branded.rocketChatUrl, filled(DOCUMENTED));
      assert.equal(branded.webAppUrl, `https://pexip.example.com/mybrandingpath/m/${alias}`);
      const icon = `https://${WORKSPACE}/assets/touchicon_180.png`;
      const row = filled(DOCUMENTED_ROW).replace('https://[your link to Rocket.Chat icon]', icon);
      assert.equal(branded.html, row);
      const plain = invitationFor(PLACE, alias);
      assert.equal(plain.rocketChatUrl, filled(DOCUMENTED).replace('%252Fmybrandingpath', ''));
      assert.equal(plain.webAppUrl, `https://pexip.example.com/webapp/m/${alias}`);
    }
  });

  it('is decoded to what it was made of, whatever the alias is', () => {
    fc.assert(
      fc.property(anyAlias, fc.constantFrom(undefined, 'brand', 'a/b-c'), (alias, path) => {
        const {rocketChatUrl, webAppUrl} = invitationFor({...PLACE, path}, alias);
        assert.deepEqual(followed(rocketChatUrl), {
          opens: 'https://go.rocket.chat/conference',
          host: WORKSPACE,
          page: `/conference/${alias}`,
          provider: 'Pexip',
          call: `https://pexip.example.com${path ? `/${path}` : ''}/conference`,
          conference: alias,
          names: ['host', 'path', 'callUrl', 'callProvider'],
          others: 1,
        });
        const page = new URL(webAppUrl);
        assert.equal(page.origin, 'https://pexip.example.com');
        const [, ...steps] = page.pathname.split('/');
        assert.equal(decodeURIComponent(steps.at(-1)), alias);
        assert.deepEqual(steps.slice(0, -1), [...(path ?? 'webapp').split('/'), 'm']);
        assert.equal(page.search + page.hash, '');
        // No placeholder of Pexip's comes from outside, and nothing ends an attribute or a line.
        for (const link of [rocketChatUrl, webAppUrl]) assert.match(link, /^[\w:/.?&=%~@-]+$/);
      }),
      {numRuns: 5_000},
    );
  });

  it('keeps in its HTML every alias a text, in a row that nothing is added to', () => {
    const marks = (html) => html.match(/<[^>]*>|[<>]/g).map((tag) => tag.replace(/="[^"]*"/g, ''));
    const expected = marks(invitationFor(PLACE, 'plain').html);
    const entities = {'&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'"};
    fc.assert(
      fc.property(anyAlias, (alias) => {
        const {html} = invitationFor(PLACE, alias);
        assert.deepEqual(marks(html), expected);
        const [, shown] = /\ngo\.rocket\.chat([^]*?)\n<\/span>/.exec(html);
        assert.equal(
          shown.replace(/&(?:amp|lt|gt|quot|#39);/g, (each) => entities[each]),
          alias,
        );
      }),
      {numRuns: 5_000},
    );
  });
});

describe('what an invitation is made of', () => {
  it('is a workspace with or without its scheme, port and path', () => {
    for (const [given, host] of [
      ['rc.pexample.com', WORKSPACE],
      ['https://rc.pexample.com', WORKSPACE],
      ['https://RC.pexample.com/', WORKSPACE],
      ['rc.pexample.com:8443', 'rc.pexample.com:8443'],
      ['https://example.com/chat/', 'example.com/chat'],
      ['http://localhost:3000', 'localhost:3000'],
      ['https://[::1]:3000', '[::1]:3000'],
    ])
      assert.equal(workspaceHost(given), host, given);
  });

  for (const given of [
    '',
    'http://chat.example.com',
    'https://a:b@chat.example.com',
    'javascript:alert(1)',
    'javascript://%0aalert(1)',
    'chat.example.com?x=1',
    'chat.example.com#',
    'chat.example.com\nhost',
    'chat example.com',
    '{{addin_server_domain}}',
    "a'b.example.com",
    'https://',
    'x'.repeat(2000),
    7,
    null,
    undefined,
    {},
  ])
    it(`is no workspace: ${String(JSON.stringify(given)).slice(0, 40)}`, () => {
      assert.equal(workspaceHost(given), undefined);
    });

  it('is an origin of a node, and nothing else', () => {
    assert.equal(invitationNode('https://pexip.example.com/'), 'https://pexip.example.com');
    assert.equal(
      invitationNode('https://pexip.example.com:8443'),
      'https://pexip.example.com:8443',
    );
    for (const given of [
      'pexip.example.com',
      'http://pexip.example.com',
      'https://pexip.example.com/webapp3',
      'https://pexip.example.com/?a',
      'https://{{addin_server_domain}}',
      undefined,
    ])
      assert.equal(invitationNode(given), undefined, given);
  });

  it('is a branding path without a slash at its ends', () => {
    for (const given of ['brand', '/brand', 'brand/', '/brand/'])
      assert.equal(invitationPath(given), 'brand');
    for (const given of ['', '/', '..', 'a//b', 'a b', 'a%2Fb', '{{path}}', '//brand', 3])
      assert.equal(invitationPath(given), undefined, String(given));
  });

  it('is an alias that can be seen and is a place', () => {
    for (const given of ['a', 'meet.alice', 'alice@example.com', 'Zoë', '00', 'x'.repeat(256)])
      assert.equal(invitationAlias(given), given);
    for (const given of [
      '',
      '.',
      '..',
      '....',
      ' a',
      'a\n',
      'a\r\nb',
      'a\u202eb',
      'a\u200bb',
      'a\u2028b',
      'a\0b',
      '\ud800',
      'x'.repeat(257),
      12,
      ['a'],
      undefined,
    ])
      assert.equal(invitationAlias(given), undefined, JSON.stringify(given));
  });

  it('is a title of one line', () => {
    assert.equal(invitationTitle(' a\r\nb\u2028\0c '), 'a b c');
    assert.equal(invitationTitle('x'.repeat(300)).length, 256);
    assert.ok(invitationTitle('😀'.repeat(300)).isWellFormed());
    for (const given of ['', ' \n', '\ud800', 7]) assert.equal(invitationTitle(given), undefined);
  });
});
