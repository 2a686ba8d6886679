import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import {syncBuiltinESMExports} from 'node:module';
import {describe, it, mock} from 'node:test';

import {
  isAlias,
  numericAlias,
  randomAlias,
  randomPin,
  twoPins,
} from '../../broker/dist/meetings/meeting-aliases.js';

/** Has `randomInt` give these numbers, one after the other. */
const drawing = (t, ...numbers) => {
  const mocked = mock.method(crypto, 'randomInt', () => numbers.shift());
  syncBuiltinESMExports();
  t.after(() => {
    mocked.mock.restore();
    syncBuiltinESMExports();
  });
  return mocked.mock;
};

describe('an alias', () => {
  it('is 32 hexadecimal digits, another one each time', () => {
    const drawn = Array.from({length: 1_000}, randomAlias);
    for (const alias of drawn) assert.match(alias, /^[\da-f]{32}$/);
    assert.equal(new Set(drawn).size, drawn.length);
  });

  it('in digits is ten of them, the first not 0', (t) => {
    for (let i = 0; i < 1_000; i++) assert.match(numericAlias(), /^[1-9]\d{9}$/);
    const draws = drawing(t, 1_000_000_000);
    assert.equal(numericAlias(), '1000000000');
    assert.deepEqual(draws.calls[0].arguments, [1_000_000_000, 10_000_000_000]);
  });

  it('is one that this broker could have made', () => {
    for (const alias of [randomAlias(), numericAlias()]) assert.ok(isAlias(alias), alias);
  });

  for (const text of [
    '',
    '0123456789',
    '123456789',
    '12345678901',
    'g'.repeat(32),
    'a'.repeat(31),
    'a'.repeat(33),
    'A'.repeat(32),
    `${'a'.repeat(32)}\n`,
    ` ${'a'.repeat(32)}`,
    `sip:${'a'.repeat(32)}`,
    '١٢٣٤٥٦٧٨٩٠',
    '__proto__',
  ])
    it(`is not ${JSON.stringify(text).slice(0, 20)}`, () => assert.ok(!isAlias(text)));
});

describe('a PIN', () => {
  it('has six digits, also where the number is small', (t) => {
    drawing(t, 7, 999_999);
    assert.deepEqual([randomPin(), randomPin()], ['000007', '999999']);
  });

  it('of guests is another one than that of hosts', (t) => {
    drawing(t, 42, 42, 42, 43);
    assert.deepEqual(twoPins(), {hostPin: '000042', guestPin: '000043'});
  });
});
