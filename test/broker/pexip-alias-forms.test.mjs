/** Which alias of the broker's somebody means by what he dialled. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {isAlias} from '../../broker/dist/meetings/meeting-aliases.js';
import {aliasIn} from '../../broker/dist/pexip/alias-forms.js';
import {readServiceName} from '../../broker/dist/meetings/service-name.js';

const HEX = '0123456789abcdef0123456789abcdef';
const NUMBER = '1234567890';

describe('the alias', () => {
  for (const form of [
    HEX,
    HEX.toUpperCase(),
    ` ${HEX}\t`,
    `sip:${HEX}`,
    `SIP:${HEX}`,
    `sips:${HEX}@example.com`,
    `sip:${HEX}@example.com:5061`,
    `sip:${HEX}@192.0.2.1`,
    `sip:${HEX}@[2001:db8::1]:5060`,
    `sip:${HEX}@example.com;transport=tls;lr`,
    `sip:${HEX};isub=1@example.com`,
    `sip:${HEX}@example.com?subject=a@b`,
    `sip:${HEX}@example.com;tag=a@b`,
    `h323:${HEX}@example.com`,
    `h323:${HEX}`,
    `${HEX}@example.com`,
    `<sip:${HEX}@example.com>`,
    `<${HEX}>`,
    `Anna <sip:${HEX}@example.com>`,
    `"Anna" <sip:${HEX}@example.com>;tag=1928301774`,
    `"Anna \\"the <host>\\"" <sips:${HEX}@example.com;transport=tls>`,
    `"" <sip:${HEX}@example.com>`,
    `Änne Müller <sip:${HEX}@example.com>`,
    `sip:${HEX.replace('a', '%61')}@example.com`,
    `sip:${HEX.replaceAll('a', '%61').replaceAll('0', '%30')}`,
    `sip:%20${HEX}%20@example.com`,
  ])
    it(`is in ${JSON.stringify(form)}`, () => assert.equal(aliasIn(form), HEX));

  for (const form of [
    NUMBER,
    `tel:${NUMBER}`,
    'tel:123-456-7890',
    'TEL:(123)456.7890;phone-context=example.com',
    `<tel:${NUMBER}>`,
    `sip:${NUMBER}@example.com;user=phone`,
    `h323:${NUMBER}@192.0.2.1`,
  ])
    it(`of ten digits is in ${JSON.stringify(form)}`, () => assert.equal(aliasIn(form), NUMBER));

  for (const form of [
    undefined,
    null,
    7,
    1234567890,
    {},
    [HEX],
    '',
    ' ',
    'meet.anna',
    'meet.anna@example.com',
    HEX.slice(1),
    `${HEX}0`,
    `0${NUMBER.slice(1)}`,
    `+${NUMBER}`,
    `tel:+${NUMBER}`,
    `sip:123-456-7890@example.com`,
    `${NUMBER}1`,
    `sip:sip:${HEX}@example.com`,
    `sip://${HEX}@example.com`,
    `https://pexip.example.com/webapp3/m/${HEX}`,
    `mailto:${HEX}@example.com`,
    `sip:${HEX}:password@example.com`,
    `sip:anna@${HEX}`,
    `sip:@${HEX}`,
    `${HEX}@example.com@example.org`,
    `sip:${HEX}%40example.com`,
    `sip:${HEX.slice(0, -1)}%`,
    `sip:${HEX.slice(0, -2)}%zz`,
    `sip:${HEX.replace('a', '%2561')}`,
    `sip:${HEX}%00`,
    `<sip:${HEX}@example.com`,
    `sip:${HEX}@example.com>`,
    `<<sip:${HEX}>>`,
    `"Anna <sip:${HEX}@example.com>`,
    `<sip:anna@example.com> <sip:${HEX}@example.com>`,
    `${HEX} ${HEX}`,
    `${HEX}\n${HEX}`,
    '１２３４５６７８９０',
    `${HEX}${' '.repeat(1_100)}`,
    `sip:${HEX}@${'x'.repeat(10_000)}`,
  ])
    it(`is not in ${JSON.stringify(form)?.slice(0, 80)}`, () =>
      assert.equal(aliasIn(form), undefined));

  const alias = fc.oneof(
    fc.array(fc.constantFrom(...'0123456789abcdef'), {minLength: 32, maxLength: 32}),
    fc
      .tuple(
        fc.constantFrom(...'123456789'),
        fc.array(fc.constantFrom(...'0123456789'), {minLength: 9, maxLength: 9}),
      )
      .map(([first, rest]) => [first, ...rest]),
  );
  const written = alias.chain((letters) =>
    fc.record({
      alias: fc.constant(letters.join('')),
      user: fc
        .array(fc.constantFrom('as is', 'capital', 'encoded'), {
          minLength: letters.length,
          maxLength: letters.length,
        })
        .map((ways) =>
          letters
            .map((letter, at) => {
              if (ways[at] === 'capital') return letter.toUpperCase();
              return ways[at] === 'encoded' ? `%${letter.charCodeAt(0).toString(16)}` : letter;
            })
            .join(''),
        ),
      scheme: fc.constantFrom('', 'sip:', 'sips:', 'h323:', 'tel:', 'SiP:'),
      host: fc.constantFrom('', '@example.com', '@192.0.2.1:5060', '@[2001:db8::1]'),
      more: fc.constantFrom('', ';transport=tcp', '?a=b', ';x=y@z?b=c', ';a=%zz'),
      name: fc.constantFrom(undefined, '', 'Anna ', '"A <b> \\" c" '),
      space: fc.constantFrom('', ' ', '\t  '),
    }),
  );

  it('is found in every way of writing it', () => {
    fc.assert(
      fc.property(written, ({alias: wanted, user, scheme, host, more, name, space}) => {
        const address = `${scheme}${user}${host}${more}`;
        const form = name === undefined ? address : `${name}<${address}>`;
        assert.equal(aliasIn(space + form + space), wanted);
      }),
      {numRuns: 5_000},
    );
  });

  it('is an alias or nothing, whatever was dialled, and stays what it is', () => {
    const part = fc.constantFrom(
      ...['sip:', 'tel:', 'h323:', '<', '>', '"', '\\', '@', ';', '?', '%', '%61', ' ', '\0', '\n'],
      ...[HEX, NUMBER, HEX.toUpperCase(), 'a', '7', 'é', '\ud800', ':', '//'],
    );
    const text = fc.oneof(
      fc.array(part, {maxLength: 12}).map((parts) => parts.join('')),
      fc.string({unit: 'binary', maxLength: 2_000}),
      fc.anything(),
    );
    fc.assert(
      fc.property(text, (given) => {
        const found = aliasIn(given);
        if (found === undefined) return;
        assert.ok(isAlias(found), found);
        assert.equal(aliasIn(found), found);
      }),
      {numRuns: 20_000},
    );
  });

  it('takes no longer for a text that was made to take long', () => {
    for (const unit of ['"\\"', '<', '>', '"', 'sip:', ';', '@', '%', '<">'])
      assert.equal(aliasIn(unit.repeat(1_024 / unit.length)), undefined);
  });
});

describe('the name of a conference', () => {
  const ID = 'aB3-_fghijklmnopqrstuv0123456789abcdef';
  const UUID = '2f1c1a2e-3b4c-4d5e-8f60-718293a4b5c6';

  it('is the meeting’s id, for a breakout room with its UUID', () => {
    assert.deepEqual(readServiceName(ID), {id: ID});
    assert.deepEqual(readServiceName(`${ID}_breakout_${UUID}`), {id: ID, breakout: UUID});
    assert.deepEqual(readServiceName(`${ID}_breakout_${UUID.toUpperCase()}`), {
      id: ID,
      breakout: UUID,
    });
  });

  for (const name of [
    undefined,
    '',
    'Meeting room 5',
    ID.slice(1),
    `${ID}0`,
    `${ID}_breakout_`,
    `${ID}_breakout_${UUID}x`,
    `x_breakout_${UUID}`,
    ` ${ID}`,
    `${ID}\n`,
  ])
    it(`is not ${JSON.stringify(name)}`, () => assert.equal(readServiceName(name), undefined));
});
