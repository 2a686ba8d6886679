import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {emailAddress, identityOf, personName, subject} from '../../broker/dist/callers/claims.js';

describe('what is read of claims', () => {
  it('is a sub only without anything that ends a line or a text', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 140}), (given) => {
        const fit =
          given.length >= 1 &&
          given.length <= 128 &&
          given === given.trim() &&
          given.isWellFormed() &&
          [...given].every((each) => !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(each));
        assert.equal(subject(given), fit ? given : undefined);
      }),
      {numRuns: 10_000},
    );
  });

  it('is never a sub of another type', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        (given) => typeof given === 'string' || subject(given) === undefined,
      ),
    );
  });

  it('is a name on one line of at most 128 characters', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 2_000}), (given) => {
        const name = personName(given);
        assert.ok(
          name === undefined || ([...name].length <= 128 && !/[\n\r\u2028\u0000]/.test(name)),
        );
      }),
    );
    assert.equal(personName(' Anna\r\nEk '), 'Anna  Ek');
    assert.equal(personName('\n'), undefined);
    assert.equal(personName({}), undefined);
  });

  it('leaves out an address that is none, and trusts one for `true` alone', () => {
    for (const email of [
      '',
      'a',
      'a@',
      '@b',
      'a@b@c',
      'a b@c',
      'a@b\n',
      7,
      ['a@b'],
      `${'a'.repeat(254)}@b`,
    ])
      assert.equal(emailAddress(email), undefined, String(email));
    for (const email_verified of ['true', 1, {}, null, undefined, false])
      assert.equal(
        identityOf({sub: 'a', email: 'a@b.c', email_verified}, 'jwt').emailVerified,
        false,
      );
    assert.equal('emailVerified' in identityOf({sub: 'a', email_verified: true}, 'jwt'), false);
  });
});
