import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {parseSecureUrl} from '../../src/protocol/secure-url.js';
import {HOSTILE_RUNS} from './hostile.js';

/** The address, or why it was refused: plain texts, so that a failure can be printed. */
const hrefOf = (value: string): string => {
  const url = parseSecureUrl(value);
  return typeof url === 'string' ? url : url.href;
};

describe('parseSecureUrl', () => {
  it('passes an absolute https address', () => {
    expect(hrefOf('https://node.example.com')).to.equal('https://node.example.com/');
    expect(hrefOf('HTTPS://Node.Example.com:8443/a?b#c')).to.equal(
      'https://node.example.com:8443/a?b#c',
    );
    expect(hrefOf('https://[::1]')).to.equal('https://[::1]/');
    expect(hrefOf('https://bücher.example')).to.equal('https://xn--bcher-kva.example/');
  });

  it('passes http on loopback: localhost, names below it, 127.0.0.0/8, [::1]', () => {
    for (const host of [
      'localhost',
      'LOCALHOST',
      'pexip.localhost',
      'a.b.localhost',
      '127.0.0.1',
      '127.255.0.9',
      '127.1',
      '0x7f.0.0.1',
      '2130706433',
      '[::1]',
      '[0:0:0:0:0:0:0:1]',
    ]) {
      expect(parseSecureUrl(`http://${host}:8080/`), host).to.be.instanceOf(URL);
    }
  });

  it('refuses http elsewhere, however much it looks like loopback', () => {
    for (const host of [
      'example.com',
      'localhost.example.com',
      'notlocalhost',
      'localhost-evil',
      '127.0.0.1.example.com',
      '127.0.0.1.nip.io',
      '128.0.0.1',
      '0.0.0.0',
      '[::]',
      '[::2]',
      '[::ffff:127.0.0.1]',
      '10.0.0.1',
      '192.168.0.1',
    ]) {
      expect(hrefOf(`http://${host}/`), host).to.equal('insecure');
    }
  });

  it('refuses every other scheme', () => {
    for (const value of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'javascript://example.com/%0aalert(1)',
      'data:text/html,<script>alert(1)</script>',
      'blob:https://example.com/0-0',
      'about:blank',
      'about:srcdoc',
      'file:///etc/passwd',
      'ftp://example.com',
      'ws://example.com',
      'wss://example.com',
      'vbscript:x',
      'httpsx://example.com',
    ]) {
      expect(hrefOf(value), value).to.equal('insecure');
    }
  });

  it('refuses what is no full address', () => {
    for (const value of [
      '',
      'example.com',
      '//evil.example',
      '///evil.example',
      '/path',
      '?query',
      '#hash',
      'https:evil.example',
      'https:/evil.example',
      'https:',
      'https://',
      'https:///',
      'https://?x',
      'https://#x',
      'https://a b',
      'https://example.com:99999',
      'https://example.com:port',
      'https://[::1',
      'https://exa%00mple.com',
      'https://exa%2fmple.com',
    ]) {
      expect(hrefOf(value), value).to.equal('malformed');
    }
  });

  it('refuses characters that the parser of the browser would drop or turn', () => {
    for (const value of [
      '\x01javascript:alert(1)',
      ' javascript:alert(1)',
      'java\tscript:alert(1)',
      'java\nscript:alert(1)',
      ' https://example.com',
      'https://example.com ',
      'https://exam\tple.com',
      'https://exam\r\nple.com',
      'https://example.com/\0',
      'https://example.com/a b',
      'https://example.com\x7f',
      'https://good.example\\@evil.example',
      'https:\\\\evil.example',
      'https:/\\evil.example',
    ]) {
      expect(hrefOf(value), JSON.stringify(value)).to.equal('malformed');
    }
  });

  it('refuses a user name or password, which may pass for the host', () => {
    for (const value of [
      'https://good.example@evil.example',
      'https://good.example:443@evil.example',
      'https://user:secret@example.com',
      'https://:secret@example.com',
      'https://a@b@example.com',
      'http://localhost@evil.example',
      'http://localhost:80@evil.example',
    ]) {
      expect(hrefOf(value), value).to.equal('credentials');
    }
  });

  it('never throws, and passes nothing but https, or http on loopback, without credentials', () => {
    const start = fc.constantFrom('', 'http:', 'https:', 'https://', 'http://', 'HTTPS://', '//');
    const host = fc.constantFrom('', 'localhost', '127.0.0.1', 'a.example', 'a@b', '[::1]', 'é');
    const rest = fc.oneof(fc.string(), fc.string({unit: 'binary'}), fc.webPath());
    const value = fc.tuple(start, host, rest).map((parts) => parts.join(''));
    let passed = 0;
    fc.assert(
      fc.property(value, (each) => {
        const url = parseSecureUrl(each);
        if (typeof url === 'string') {
          expect(['malformed', 'insecure', 'credentials']).to.include(url);
          return;
        }
        passed++;
        expect(`${url.username}${url.password}`).to.equal('');
        expect(each).not.to.match(/[\0-\x20\x7f\\]/);
        if (url.protocol === 'https:') return;
        expect(url.protocol).to.equal('http:');
        expect(url.hostname).to.match(/^(?:.*\.)?localhost$|^127\.|^\[::1\]$/);
      }),
      HOSTILE_RUNS,
    );
    expect(passed).to.be.greaterThan(500);
  });

  it('passes every ordinary https address as the browser reads it, and again as it was read', () => {
    const url = fc.webUrl({
      validSchemes: ['https'],
      withFragments: true,
      withQueryParameters: true,
    });
    fc.assert(
      fc.property(url, (value) => {
        const {href} = new URL(value);
        expect(hrefOf(value)).to.equal(href);
        expect(hrefOf(href)).to.equal(href);
      }),
      {numRuns: 1000},
    );
  });
});
