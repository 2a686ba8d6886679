import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {emojiOf, findEmoji} from '../../src/elements/native/emoji/emoji.js';

const names = (prefix: string, most = 5) => findEmoji(prefix, most).map(({shortcode}) => shortcode);

describe('emojiOf', () => {
  it('knows the names that Rocket.Chat writes, with and without colons', () => {
    for (const [name, unicode] of [
      [':smile:', '😄'],
      ['smile', '😄'],
      [':+1:', '👍'],
      [':thumbsup:', '👍'],
      [':heart:', '❤️'],
      [':one:', '1️⃣'],
      [':hash:', '#️⃣'],
      [':flag_de:', '🇩🇪'],
      [':de:', '🇩🇪'],
      [':flag_cd:', '🇨🇩'],
      [':congo:', '🇨🇩'],
      [':man_technologist:', '👨‍💻'],
      [':rainbow_flag:', '🏳️‍🌈'],
      [':ROCKET:', '🚀'],
    ] as const)
      expect(emojiOf(name), name).to.equal(unicode);
  });

  it('gives people a skin, and nothing else', () => {
    expect(emojiOf('thumbsup_tone1')).to.equal('👍🏻');
    expect(emojiOf('+1_tone5')).to.equal('👍🏿');
    expect(emojiOf('man_technologist_tone3')).to.equal('👨🏽‍💻');
    expect(emojiOf('man_tone2_beard')).to.equal('🧔🏼‍♂️');
    expect(emojiOf('detective_tone4')).to.equal('🕵🏾');
    expect(emojiOf('thumbsup_medium_dark_skin_tone')).to.equal('👍🏾');
    for (const name of ['rocket_tone1', 'thumbsup_tone6', 'thumbsup_tone1_tone2', 'x_tone1'])
      expect(emojiOf(name), name).to.equal(undefined);
  });

  it("knows no workspace's own emoji, and no names of objects", () => {
    for (const name of [':party_parrot:', '', ':', '::', ':::', 'constructor', '__proto__', '\n'])
      expect(emojiOf(name), name).to.equal(undefined);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (name) => void emojiOf(name)));
  });
});

describe('findEmoji', () => {
  it('puts beginnings before middles, and short names before long ones', () => {
    expect(names('smi', 4)).to.deep.equal(['smile', 'smirk', 'smiley', 'smile_cat']);
    const cats = names('cat', 20);
    expect(cats[0]).to.equal('cat');
    expect(cats.indexOf('cat2')).to.be.lessThan(cats.indexOf('smile_cat'));
  });

  it('has each emoji once, by the first of its names that fits', () => {
    const found = findEmoji('thumb', 20);
    expect(found.filter(({unicode}) => unicode === '👍')).to.have.lengthOf(1);
  });

  it('finds them in other case and with accents, and no more than asked for', () => {
    expect(names('SMÍ', 1)).to.deep.equal(['smile']);
    expect(names('a', 7)).to.have.lengthOf(7);
    expect(names('zzzz')).to.deep.equal([]);
    expect(names('a', 0)).to.deep.equal([]);
  });

  it('gives names that emojiOf knows', () => {
    fc.assert(
      fc.property(fc.string({maxLength: 3}), (prefix) => {
        for (const {shortcode, unicode} of findEmoji(prefix, 50))
          expect(emojiOf(`:${shortcode}:`)).to.equal(unicode);
      }),
    );
  });
});
