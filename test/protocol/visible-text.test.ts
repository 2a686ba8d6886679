import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {cutText, visibleName, visibleText} from '../../src/protocol/visible-text.js';
import {HOSTILE_RUNS} from './hostile.js';

const OVERRIDES = '\u202a\u202b\u202c\u202d\u202e';
const INVISIBLE =
  '\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\u00ad\u034f\u115f\u3164\uffa0\u180e';

/** Text of all that these functions are about, and of what is not. */
const odd = (): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...OVERRIDES, ...INVISIBLE, '\u2066', '\u2067', '\u2068', '\u2069'),
        fc.constantFrom('\0', '\x1b', '\x85', '\r', '\n', '\t', '\u2028', '\u2029', '\u2800', ' '),
        fc.constantFrom('a', 'ש', '👩‍💻', '❤️', '\ud83d', '\udc00', '\u{e0041}', '\u{e0100}'),
        fc.string({unit: 'binary', maxLength: 4}),
      ),
      {maxLength: 40},
    )
    .map((parts) => parts.join(''));

describe('visibleText', () => {
  it('leaves text as it is, with its lines, tabs and emoji', () => {
    for (const text of [
      '',
      'Hello\n\tthere',
      'שלום عليكم',
      'می‌خواهم',
      '👩‍💻 ❤️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 葛󠄀',
      '<b>&amp;</b>',
      'a\u200eb\u200fc\u061cd',
    ])
      expect(visibleText(text)).to.equal(text);
  });

  it('takes out what turns the text around it', () => {
    expect(visibleText('exe.\u202egpj')).to.equal('exe.gpj');
    expect(visibleText(`a${OVERRIDES}b`)).to.equal('ab');
  });

  it('ends isolates that were left open, and takes out ends of none', () => {
    expect(visibleText('\u2067a')).to.equal('\u2067a\u2069');
    expect(visibleText('\u2067a\u2069 \u2069b')).to.equal('\u2067a\u2069 b');
    expect(visibleText('\u2066'.repeat(1000))).to.equal('\u2066'.repeat(16) + '\u2069'.repeat(16));
  });

  it('takes out controls, and letters that only programs see', () => {
    expect(visibleText('a\0\x07\x1b[31m\x7f\x9bb')).to.equal('a[31mb');
    expect(visibleText('a\ufeff\u2063\u{e0068}\u{e0069}b')).to.equal('ab');
  });

  it('has one kind of line feed', () => {
    expect(visibleText('a\r\nb\rc\u2028d\u2029e')).to.equal('a\nb\nc\nd\ne');
  });

  it('holds for any text', () => {
    fc.assert(
      fc.property(odd(), (text) => {
        const shown = visibleText(text);

        expect(shown).not.to.match(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e]/u);
        let open = 0;
        for (const each of shown) {
          if (/[\u2066-\u2068]/.test(each)) open++;
          if (each === '\u2069') open--;
          expect(open).to.be.at.least(0);
        }
        expect(open).to.equal(0);
        expect(visibleText(shown)).to.equal(shown);
      }),
      HOSTILE_RUNS,
    );
  });
});

describe('visibleName', () => {
  it('leaves names as they are, in any script', () => {
    for (const name of [
      'Alice',
      'Zoë Müller-Lüdenscheidt',
      'שרה',
      '山田 太郎',
      'نور',
      '😀',
      'O’Neil',
    ])
      expect(visibleName(name, 'x')).to.equal(name);
  });

  it('is the username where nothing can be seen of the name, and empty where of neither', () => {
    for (const name of ['', ' ', INVISIBLE, OVERRIDES, '\u2800\u2800', '\0\n', '\ufe0f', '\u2068'])
      for (const instead of ['alice', INVISIBLE])
        expect(visibleName(name, instead)).to.equal(instead === 'alice' ? 'alice' : '');
  });

  it('makes the same of names that look the same', () => {
    for (const name of [
      'al\u200bice',
      '\u202ealice',
      ' alice\u00a0',
      'alice\ufe0f',
      'a\u00adlice\0',
    ])
      expect(visibleName(name, 'x')).to.equal('alice');
    expect(visibleName('a\n\n \u2800b', 'x')).to.equal('a b');
  });

  it('cuts it, but never in half of a character', () => {
    expect(visibleName('x'.repeat(1e6), '')).to.equal('x'.repeat(256));
    expect(visibleName(`${'x'.repeat(255)}😀`, '')).to.equal('x'.repeat(255));
  });

  it('holds for any name', () => {
    fc.assert(
      fc.property(odd(), odd(), (name, instead) => {
        const shown = visibleName(name, instead);
        expect(shown).not.to.match(/[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\u2028\u2029]/u);
        expect(shown).not.to.match(/^\s|\s$|\s\s/);
        expect(shown.length).to.be.at.most(256);
        expect(visibleName(shown, '')).to.equal(shown);
      }),
      HOSTILE_RUNS,
    );
  });
});

describe('cutText', () => {
  it('cuts what is too long, and not half of a character', () => {
    expect(cutText('abc', 3)).to.equal('abc');
    expect(cutText('abcd', 3)).to.equal('abc');
    expect(cutText('ab😀', 3)).to.equal('ab');
    expect(cutText('ab😀', 4)).to.equal('ab😀');
  });
});
