import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {Memo} from '../../broker/dist/store/memo.js';
import {createSeal} from '../../broker/dist/store/secrets.js';

const SECRET = 'a secret of more than 32 bytes, as it is asked for';
const PURPOSE = 'token of u1';
const seal = createSeal(SECRET);
/** Remembers nothing of what `seal` has opened. */
const anew = () => createSeal(SECRET);

describe('what the seal closes', () => {
  for (const [what, plain] of [
    ['a token', 'eFgHiJ0123456789'],
    ['nothing', ''],
    ['other alphabets', 'Grüße 😀\0\n'],
    ['a long text', 'x'.repeat(100_000)],
  ]) {
    it(`opens again: ${what}`, () => {
      const sealed = seal.close(PURPOSE, plain);
      assert.equal(seal.open(PURPOSE, sealed), plain);
      assert.equal(seal.open(PURPOSE, sealed), plain);
      assert.equal(anew().open(PURPOSE, sealed), plain);
    });
  }

  it('has its version, and letters that go everywhere', () => {
    assert.match(seal.close(PURPOSE, 'plain'), /^v1\.[\w-]+$/);
  });

  it('is never the same text twice', () => {
    const texts = Array.from({length: 1_000}, () => seal.close(PURPOSE, 'plain'));
    assert.equal(new Set(texts).size, texts.length);
    // Nor does any begin as another: that is the nonce.
    assert.equal(new Set(texts.map((text) => text.slice(3, 19))).size, texts.length);
  });

  it('shows nothing of the text or the purpose', () => {
    const sealed = seal.close('my-purpose', 'my-plain-text');
    const bytes = Buffer.from(sealed.slice(3), 'base64url').toString('latin1');
    for (const word of ['my-purpose', 'my-plain-text']) assert.ok(!bytes.includes(word));
  });
});

describe('what the seal does not open', () => {
  const sealed = seal.close(PURPOSE, 'plain');
  const refused = (text, purpose = PURPOSE, by = anew()) =>
    assert.equal(by.open(purpose, text), undefined, text);

  it('what was closed for another purpose, also where it has opened it for the right one', () => {
    const by = anew();
    for (const purpose of ['token of u2', '', `${PURPOSE} `, 'token of u1\0']) {
      refused(sealed, purpose);
      assert.equal(by.open(PURPOSE, sealed), 'plain');
      refused(sealed, purpose, by);
    }
  });

  it('what was closed with another secret', () => {
    refused(sealed, PURPOSE, createSeal(`${SECRET}!`));
  });

  it('a text with any one bit flipped', () => {
    const data = Buffer.from(sealed.slice(3), 'base64url');
    for (let bit = 0; bit < data.length * 8; bit += 1) {
      const flipped = Buffer.from(data);
      flipped[bit >> 3] ^= 1 << (bit & 7);
      refused(`v1.${flipped.toString('base64url')}`);
    }
  });

  it('a text with any one character changed, also where it has opened the right one', () => {
    const by = anew();
    assert.equal(by.open(PURPOSE, sealed), 'plain');
    for (let index = 0; index < sealed.length; index += 1) {
      for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ') {
        if (other === sealed[index]) continue;
        refused(sealed.slice(0, index) + other + sealed.slice(index + 1), PURPOSE, by);
      }
    }
  });

  it('a text that is cut off anywhere, or goes on', () => {
    for (let length = 0; length < sealed.length; length += 1) refused(sealed.slice(0, length));
    for (const more of ['A', 'AAAA', '=', ' ', '\n', '.', '\0']) refused(sealed + more);
  });

  it('what is no sealed text', () => {
    for (const text of ['', 'v1.', 'v2.AAAA', 'plain', 'v1.😀', `v1.v1.${sealed}`, ` ${sealed}`]) {
      refused(text);
    }
  });
});

describe('keys of the seal', () => {
  it('have 32 bytes, are the same for one use and secret, and no other', () => {
    assert.equal(seal.key('links').length, 32);
    assert.deepEqual(seal.key('links'), anew().key('links'));
    const keys = [seal.key('links'), seal.key('cookies'), createSeal(`${SECRET}!`).key('links')];
    assert.equal(new Set(keys.map((key) => key.toString('hex'))).size, 3);
  });
});

describe('what the seal remembers', () => {
  it('has a bound, and what is used again stays', () => {
    const memo = new Memo(100);
    memo.set('used', 1);
    for (let index = 0; index < 10_000; index += 1) {
      memo.set(`once ${index}`, index);
      assert.ok(memo.size <= 100);
      assert.equal(memo.get('used'), 1);
    }
    assert.equal(memo.get('once 1'), undefined);
    assert.equal(memo.get('once 9999'), 9_999);
  });
});
