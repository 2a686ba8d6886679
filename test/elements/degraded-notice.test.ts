import {expect} from '@open-wc/testing';

import type {ErrorCode} from '../../src/errors.js';
import {strings as ar} from '../../src/elements/strings/ar.js';
import {embedEnglish} from '../../src/elements/strings/embed-en.js';
import {degradedNotice} from '../../src/elements/views/degraded-notice.js';
import {ARABIC, ENGLISH} from '../support/around-place.js';

const NOTICES = {
  chatDegraded: ['embed-silent', 'room-unconfirmed', 'disconnected'],
  chatNotAllowed: [
    'commands-disabled',
    'events-disabled',
    'framing-forbidden',
    'origin-not-allowed',
  ],
  chatOtherUser: ['other-user'],
  chatForbidden: ['room-forbidden'],
  chatNotFound: ['room-not-found'],
  chatNotSignedIn: ['broker-failed', 'credentials-failed', 'sign-in-required', 'token-rejected'],
} as const satisfies Readonly<Record<keyof typeof embedEnglish, readonly ErrorCode[]>>;

describe('the notice above a conversation that does not work', () => {
  for (const words of Object.keys(NOTICES) as (keyof typeof NOTICES)[]) {
    it(`is "${embedEnglish[words]}" for ${NOTICES[words].join(', ')}`, () => {
      for (const code of NOTICES[words]) {
        expect(degradedNotice(code, ENGLISH), code).to.equal(embedEnglish[words]);
        expect(degradedNotice(code, ARABIC), code).to.equal(ar[words]);
      }
    });
  }

  it('says that it may not be up to date where no reason is known', () => {
    expect(degradedNotice(undefined, ENGLISH)).to.equal(embedEnglish.chatDegraded);
  });
});
