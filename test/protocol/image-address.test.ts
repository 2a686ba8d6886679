import {expect} from '@open-wc/testing';

import {imageAddress} from '../../src/protocol/image-address.js';
import {ODD_VALUES} from './hostile.js';

describe('the picture that a page gives of somebody', () => {
  const PIXEL = 'R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

  it('is one over https', () => {
    const address = 'https://cdn.example.com/bob.png?size=2#x';
    expect(imageAddress(address)).to.equal(address);
    expect(imageAddress('HTTPS://CDN.example.com')).to.equal('https://cdn.example.com/');
    expect(imageAddress('https://cdn.example.com/a"onerror=x')).to.equal(
      'https://cdn.example.com/a%22onerror=x',
    );
  });

  it('is one within its address, of a kind that is no program', () => {
    for (const type of ['png', 'jpeg', 'gif', 'webp']) {
      const address = `data:image/${type};base64,${PIXEL}`;
      expect(imageAddress(address)).to.equal(address);
    }
  });

  for (const address of [
    'http://cdn.example.com/bob.png',
    'http://localhost/bob.png',
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'https\n://cdn.example.com/',
    ' https://cdn.example.com/',
    'https://cdn.example.com/a b',
    'https://bob:secret@cdn.example.com/',
    'https://',
    '//cdn.example.com/bob.png',
    '/bob.png',
    'bob.png',
    'blob:https://example.com/7c8',
    'file:///etc/passwd',
    'ftp://cdn.example.com/bob.png',
    'vbscript:x',
    'data:',
    'data:,x',
    'data:text/html;base64,PGI+',
    'data:image/svg+xml;base64,PHN2Zz4=',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'data:image/png,raw',
    'data:image/png;base64,',
    `data:image/png;charset=x;base64,${PIXEL}`,
    `data:image/png;base64,${PIXEL}"onerror="alert(1)`,
    `data:image/png;base64,${PIXEL}\n`,
    `DATA:image/png;base64,${PIXEL}`,
    `data:image/PNG/x;base64,${PIXEL}`,
    '',
  ]) {
    it(`is none at ${JSON.stringify(address.slice(0, 50))}`, () => {
      expect(imageAddress(address)).to.equal(undefined);
    });
  }

  it('is none that is too long, or no text', () => {
    expect(imageAddress(`https://cdn.example.com/${'x'.repeat(2_048)}`)).to.equal(undefined);
    expect(imageAddress(`data:image/png;base64,${'A'.repeat(65_536)}`)).to.equal(undefined);
    for (const odd of ODD_VALUES) expect(imageAddress(odd)).to.equal(undefined);
    expect(imageAddress({toString: () => 'https://cdn.example.com/'})).to.equal(undefined);
    expect(imageAddress(new URL('https://cdn.example.com/'))).to.equal(undefined);
  });
});
