import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import {isDefinite} from '../../src/session/refusal.js';

describe('isDefinite', () => {
  for (const code of ['other-user', 'sign-in-required', 'token-rejected'] as const)
    it(`takes ${code} for the last word`, () => {
      expect(isDefinite(new PexipChatError(code, 'No.', {cause: new Error('why')}))).to.be.true;
    });

  it("takes the page's auth by its word where it gives no credentials", () => {
    expect(isDefinite(new PexipChatError('credentials-failed', 'None.'))).to.be.true;
  });

  it("does not where the page's auth has failed, as it may have had no network", () => {
    const cause = new TypeError('Failed to fetch');
    expect(isDefinite(new PexipChatError('credentials-failed', 'Failed.', {cause}))).to.be.false;
  });

  it('takes no failure of a broker, of a part, or of a connection for one', () => {
    for (const code of ['broker-failed', 'part-failed', 'disconnected'] as const)
      expect(isDefinite(new PexipChatError(code, 'Away.')), code).to.be.false;
    for (const other of [
      new Error('sign-in-required'),
      undefined,
      'other-user',
      {code: 'other-user'},
    ])
      expect(isDefinite(other)).to.be.false;
  });
});
