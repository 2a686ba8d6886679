import {expect} from '@open-wc/testing';

import {otherTarget} from '../../src/elements/native/link-target.js';

describe('otherTarget', () => {
  it('is where a link leads whose label names another address', () => {
    for (const label of [
      'https://bank.example',
      'bank.example',
      'www.bank.example/login',
      'HTTPS://BANK.EXAMPLE/login?x=evil.example',
      'Your bank: bank.example',
      'https://bank.example/evil.example',
      'https://bank.example#evil.example',
      'evil.example or bank.example',
      'bank。example',
      'bank.evil.example',
      'joe@bank.example',
      'https://evil.example/?next=https://bank.example https://bank.example',
      'eviӏ.example',
    ])
      expect(otherTarget(label, 'https://evil.example/'), label).to.equal('evil.example');
    expect(otherTarget('bank.example', 'https://evil.example:8443/')).to.equal('evil.example:8443');
    expect(otherTarget('joe@bank.example', 'mailto:joe@evil.example')).to.equal('joe@evil.example');
    expect(otherTarget('https://bank.example', 'mailto:x@evil.example')).to.equal('x@evil.example');
  });

  it('shows a name of another script as it is written in ASCII', () => {
    expect(otherTarget('bücher.example', 'https://xn--bcher-kva.example/')).to.equal(
      'xn--bcher-kva.example',
    );
  });

  it('is none where the label says the same, or no address at all', () => {
    for (const label of [
      'evil.example',
      'https://evil.example/',
      'www.evil.example/index.html?a=b.html',
      'EVIL.example#x',
      'See evil.example',
      'Click here',
      'Version 1.2, i.e. 3.5',
      '',
    ])
      expect(otherTarget(label, 'https://www.evil.example/index.html'), label).to.equal(undefined);
    expect(otherTarget('joe@x.example', 'mailto:Joe@x.example?subject=x')).to.equal(undefined);
    expect(otherTarget('Write to Joe', 'mailto:joe@x.example')).to.equal(undefined);
  });

  it('takes no longer for a hostile label', () => {
    // So long that what takes the square of it would take minutes, whatever the machine has to do besides.
    for (const part of ['a', 'a.', '.', 'a-', '://', 'a.b '])
      expect(otherTarget(part.repeat(200_000), 'https://x.example/')).to.satisfy(
        (target: unknown) => target === undefined || target === 'x.example',
      );
  });
});
