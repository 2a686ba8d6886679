import {expect} from '@open-wc/testing';

import {kindOf} from '../../../src/elements/floating/given-kind.js';

describe('what was given', () => {
  const said: readonly [unknown, string][] = [
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'a boolean'],
    [7, 'a number'],
    ['', 'an empty text'],
    ['  ', 'a text of blanks'],
    ['x', 'a text of 1 character'],
    ['a token', 'a text of 7 characters'],
    [[], 'an array'],
    [{}, 'an object'],
    [() => 7, 'a function'],
    [Symbol('a token'), 'a symbol'],
  ];
  for (const [given, words] of said)
    it(`is ${words}, whatever it holds`, () => {
      expect(kindOf(given)).to.equal(words);
    });

  it('is an object where nobody can say more', () => {
    const {proxy, revoke} = Proxy.revocable([], {});
    revoke();
    expect(kindOf(proxy)).to.equal('an object');
  });
});
