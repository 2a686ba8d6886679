import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {
  isQuoteLink,
  linkedRoom,
  linkTarget,
  messageLink,
  workspacePath,
} from '../../src/protocol/message-link.js';
import {anything, HOSTILE_RUNS, ODD_VALUES} from './hostile.js';

const BASE = 'https://chat.example.com/team/';

describe('messageLink', () => {
  it('takes https, http and mailto, as URL writes them', () => {
    for (const [given, read] of [
      ['https://example.com', 'https://example.com/'],
      ['HTTP://Example.com:8080/a?b#c', 'http://example.com:8080/a?b#c'],
      ['https://example.com/ü?q=ß', 'https://example.com/%C3%BC?q=%C3%9F'],
      ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
      ['mailto:joe@example.com?subject=x', 'mailto:joe@example.com?subject=x'],
      ['//www.example.com', 'https://www.example.com/'],
    ])
      expect(messageLink(given)).to.equal(read);
  });

  it('takes a path below the address of the workspace, and none without one', () => {
    expect(messageLink('/channel/general?msg=x', BASE)).to.equal(
      'https://chat.example.com/team/channel/general?msg=x',
    );
    expect(messageLink('/channel/general', 'https://chat.example.com')).to.equal(
      'https://chat.example.com/channel/general',
    );
    expect(messageLink('/channel/general')).to.equal(undefined);
    for (const path of ['channel/general', '?msg=x', '#x', '', '/../admin', '/a/%2E%2e/b', '/.'])
      expect(messageLink(path, BASE)).to.equal(undefined);
  });

  it('refuses every other scheme, in any disguise', () => {
    for (const href of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      '\x01javascript:alert(1)',
      'java\tscript:alert(1)',
      'java\nscript:alert(1)',
      'javascript\u200b:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'blob:https://example.com/x',
      'file:///etc/passwd',
      'filesystem:https://example.com/x',
      'tel:+15551234',
      'ftp://example.com',
      'about:blank',
      'ws://example.com',
      'view-source:https://example.com',
      'intent://x#Intent;end',
      'https:example.com',
      'http:\\\\example.com',
    ])
      for (const base of [undefined, BASE]) expect(messageLink(href, base)).to.equal(undefined);
  });

  it('refuses what leads elsewhere than it seems', () => {
    for (const href of [
      'https://bank.example@evil.example',
      'https://user:secret@example.com/',
      'https://:@x:y@example.com',
      'https://bank.example\\@evil.example',
      'https://example.com/a b',
      'https://example.com/\u202egnp.exe',
      'https://example.com/\u2066x',
      'https://exam\u200dple.com/',
      'https://example.com/\ud800',
      'https://[::1',
      'https://',
      '///example.com/\\',
      `https://example.com/${'x'.repeat(2048)}`,
      `https://example.com/${'ü'.repeat(1000)}`,
    ])
      expect(messageLink(href, BASE)).to.equal(undefined);
  });

  it('never throws, and gives nothing but whole addresses of the three', () => {
    for (const value of ODD_VALUES) expect(messageLink(value, BASE)).to.equal(undefined);
    const href = fc
      .tuple(
        fc.constantFrom(
          '',
          '/',
          '//',
          'https://',
          'http:',
          'mailto:',
          'javascript:',
          'data:',
          '\\',
        ),
        fc.oneof(fc.webUrl(), fc.string({unit: 'binary'}), fc.domain(), fc.constant('a@b@c')),
      )
      .map((parts) => parts.join(''));
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(href, anything()), fc.constantFrom(undefined, BASE), (given, base) => {
        const link = messageLink(given, base);
        if (link === undefined) return;
        read++;
        const {protocol, username, password, href: again} = new URL(link);
        expect(['https:', 'http:', 'mailto:']).to.include(protocol);
        expect(username + password).to.equal('');
        expect(again).to.equal(link);
        expect(link).to.match(/^[\x21-\x7e]{1,2048}$/);
        if ((given as string).startsWith('/') && !(given as string).startsWith('//'))
          expect(link.startsWith(BASE)).to.equal(true);
        expect(linkTarget(link)).to.be.a('string');
      }),
      HOSTILE_RUNS,
    );
    expect(read).to.be.greaterThan(500);
  });
});

describe('workspacePath', () => {
  it('is a path from one slash on, as it was written', () => {
    for (const path of ['/file-upload/a1/x%20y.png', '/', '/avatar/a.b?x=1'])
      expect(workspacePath(path)).to.equal(path);
  });

  it('is no other host, and leads out of nothing', () => {
    for (const path of [
      '//x',
      '/\\x',
      '/a/../b',
      '/a/..',
      '/..?x',
      '/%2e%2e/x',
      '/.%2E#',
      '/./',
      'x',
    ])
      expect(workspacePath(path)).to.equal(undefined);
    for (const value of ODD_VALUES) expect(workspacePath(value)).to.equal(undefined);
  });
});

describe('a link to a quoted message', () => {
  it('names a message', () => {
    expect(isQuoteLink('https://x.example/channel/general?msg=abc')).to.equal(true);
    expect(isQuoteLink('https://x.example/group/a?layout=embedded&msg=abc')).to.equal(true);
    for (const href of [
      'https://x.example/?msg=',
      'https://x.example/?amsg=x',
      'https://x/#?msg=x',
      1,
    ])
      expect(isQuoteLink(href)).to.equal(false);
  });
});

describe('linkTarget', () => {
  it('is the host, in ASCII and with its port, or the mail address', () => {
    expect(linkTarget('https://xn--bcher-kva.example:8443/x')).to.equal(
      'xn--bcher-kva.example:8443',
    );
    expect(linkTarget('mailto:joe@example.com?subject=x')).to.equal('joe@example.com');
  });
});

describe('linkedRoom', () => {
  it('is the room of a link to a message, by name or id, wherever the workspace is', () => {
    for (const [href, room] of [
      ['https://x.example/channel/general?msg=abc', 'channel/general'],
      ['https://x.example/team/group/%C3%BCber%20us/?msg=abc', 'group/über us'],
      ['https://x.example/direct/id1id2#x', 'direct/id1id2'],
    ] as const)
      expect(linkedRoom(href)).to.equal(room);
  });

  it('is none of any other link', () => {
    for (const href of [
      'https://x.example/?msg=abc',
      'https://x.example/channel/',
      'https://x.example/channel/general/thread/x',
      'https://x.example/group/%E0%A4?msg=abc',
      'https://x.example/live/x?y=/channel/general',
      'mailto:channel/general',
    ])
      expect(linkedRoom(href)).to.equal(undefined);
  });
});
