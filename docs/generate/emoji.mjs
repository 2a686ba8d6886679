// Writes src/elements/native/emoji/emoji-data.ts from emojibase-data. With --check nothing is written,
// and a file that is not what the data says is an error.
import {readFile, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';

import {format, resolveConfig} from 'prettier';

const require = createRequire(import.meta.url);
const TARGET = new URL('../../src/elements/native/emoji/emoji-data.ts', import.meta.url);
const JOINER = 0x200d;
const EMOJI_STYLE = 0xfe0f;
const REGION_A = 0x1f1e6;

const points = (unicode) => [...unicode].map((each) => each.codePointAt(0));

/** Without the mark that asks for colours where an emoji has them anyway, as people type it. */
const plain = (unicode) => unicode.replace(/^(\p{Emoji_Presentation})\ufe0f$/u, '$1');

const byPoints = ([, a], [, b]) => {
  const [one, other] = [points(a), points(b)];
  const place = one.findIndex((point, i) => point !== other[i]);
  return place < 0 ? one.length - other.length : one[place] - (other[place] ?? -1);
};

/** The letters of a flag all of whose names follow from them (`flag_de`, `de`). */
const regionOf = ([names, unicode]) => {
  const letters = points(unicode).map((point) => point - REGION_A);
  if (letters.length !== 2 || letters.some((letter) => letter < 0 || letter > 25)) return undefined;
  const region = letters.map((letter) => String.fromCharCode(97 + letter)).join('');
  return names.length === 2 && names[0] === `flag_${region}` && names[1] === region
    ? region
    : undefined;
};

/**
 * The names and signs of all emoji, as emoji.ts reads them: lines of names; for each line how far its
 * first code point is from the one of the line before (base 36, empty for 1), and the others behind
 * it; the flags. Of nine ways that were tried this was the smallest under brotli.
 *
 * @param {Record<string, string | string[]>} shortcodes by hexcode
 * @param {{hexcode: string, unicode: string}[]} emoji
 */
export const encode = (shortcodes, emoji) => {
  const all = emoji
    .filter(({hexcode}) => shortcodes[hexcode])
    .map(({hexcode, unicode}) => [[shortcodes[hexcode]].flat(), plain(unicode)])
    .sort(byPoints);
  const others = all.filter((each) => !regionOf(each));
  let last = 0;
  const codes = others.map(([, unicode]) => {
    const [first, ...rest] = points(unicode);
    const step = first - last;
    last = first;
    const tail = rest.map((point) =>
      point === JOINER ? '~' : point === EMOJI_STYLE ? '^' : `.${point.toString(36)}`,
    );
    return (step === 1 ? '' : step.toString(36)) + tail.join('');
  });
  return {
    names: others.map(([names]) => names.join(' ')).join('\n'),
    codes: codes.join(' '),
    flags: all.map(regionOf).filter(Boolean).join(''),
  };
};

/** The file as it has to be. */
export const emojiFile = async () => {
  const {version} = require('emojibase-data/package.json');
  const {names, codes, flags} = encode(
    require('emojibase-data/en/shortcodes/joypixels.json'),
    require('emojibase-data/en/compact.json'),
  );
  const text = `// Written by \`node docs/generate/emoji.mjs\`, which says how to read it; don't edit it.
/*! Names of emoji from emojibase-data ${version}, MIT, (c) Miles Johnson. */

/** JoyPixels' names, which are Rocket.Chat's, a line for each emoji. */
export const NAMES = ${JSON.stringify(names)};

/** The code points of each line. */
export const CODES = ${JSON.stringify(codes)};

/** The two letters of each flag that has no other name. */
export const FLAGS = ${JSON.stringify(flags)};
`;
  const filepath = TARGET.pathname;
  return format(text, {...(await resolveConfig(filepath)), filepath});
};

if (import.meta.filename === process.argv[1]) {
  const wanted = await emojiFile();
  if (!process.argv.includes('--check')) await writeFile(TARGET, wanted);
  else if ((await readFile(TARGET, 'utf8')) !== wanted) {
    console.error('emoji-data.ts is not what the data says. Run `node docs/generate/emoji.mjs`.');
    process.exitCode = 1;
  }
}
