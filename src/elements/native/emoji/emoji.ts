import {CODES, FLAGS, NAMES} from './emoji-data.js';

/** An emoji and one of its names, without the colons. */
export interface Emoji {
  readonly shortcode: string;
  readonly unicode: string;
}

const JOINER = '\u200d';
const EMOJI_STYLE = '\ufe0f';
/** Before the first regional indicator by the code of `a`. */
const REGION = 0x1f1e6 - 97;
/** The first of the five skin tones. */
const TONE = 0x1f3fb;

/** The tones by JoyPixels' longer names. */
const TONES = ['light', 'medium_light', 'medium', 'medium_dark', 'dark'];
const TONED = /_tone([1-5])|_(light|medium_light|medium|medium_dark|dark)_skin_tone/g;

const letters = (region: string): string =>
  String.fromCodePoint(...[...region].map((letter) => REGION + letter.charCodeAt(0)));

/** What follows the first code point. */
const tail = (code: string): string =>
  code.replace(/~|\^|\.([\da-z]+)/g, (mark, point: string | undefined) =>
    point ? String.fromCodePoint(parseInt(point, 36)) : mark === '~' ? JOINER : EMOJI_STYLE,
  );

const read = (): ReadonlyMap<string, string> => {
  const signs = new Map<string, string>();
  const codes = CODES.split(' ');
  let last = 0;
  for (const [line, names] of NAMES.split('\n').entries()) {
    const [, step = '', rest = ''] = /^(-?[\da-z]*)(.*)$/.exec(codes[line] ?? '') ?? [];
    last += step ? parseInt(step, 36) : 1;
    for (const name of names.split(' ')) signs.set(name, String.fromCodePoint(last) + tail(rest));
  }
  for (const [region] of FLAGS.matchAll(/../g)) {
    signs.set(`flag_${region}`, letters(region));
    signs.set(region, letters(region));
  }
  return signs;
};

let known: ReadonlyMap<string, string> | undefined;
/** Read when the first one is asked for. */
const all = (): ReadonlyMap<string, string> => (known ??= read());

/** Gives the people of an emoji a skin; of two the same one. An emoji without people has none. */
const toned = (unicode: string, tone: number): string | undefined => {
  const [first = '', second] = [...unicode];
  if (!/\p{Emoji_Modifier_Base}/u.test(first)) return undefined;
  // A skin takes the place of the mark that asks for colours.
  const rest = unicode.slice(first.length + (second === EMOJI_STYLE ? 1 : 0));
  return first + String.fromCodePoint(TONE + tone) + rest;
};

/**
 * The emoji that Rocket.Chat's `:shortcode:` stands for, with or without its colons; undefined if there
 * is none, as for a workspace's own. Skin tones are `_tone1` to `_tone5`.
 */
export const emojiOf = (shortcode: string): string | undefined => {
  const name = shortcode.replace(/^:(.+):$/, '$1').toLowerCase();
  const found = all().get(name);
  const tones = found ? [] : [...name.matchAll(TONED)];
  const [tone] = tones;
  if (!tone || tones.length > 1) return found;
  const base = all().get(name.replace(TONED, ''));
  return base && toned(base, tone[1] ? Number(tone[1]) - 1 : TONES.indexOf(tone[2] ?? ''));
};

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Where a name has the query: at its start, at that of a later word, within one; -1 nowhere. */
const rank = (name: string, query: string): number => {
  if (name.startsWith(query)) return 0;
  if (name.includes(`_${query}`)) return 1;
  return name.includes(query) ? 2 : -1;
};

/**
 * Emoji whose names have `prefix` in them, each once: first those that begin with it, short names before
 * long ones.
 *
 * @param most how many at most
 */
export const findEmoji = (prefix: string, most: number): readonly Emoji[] => {
  const query = fold(prefix);
  const found = [...all()]
    .map(([shortcode, unicode]) => ({shortcode, unicode, rank: rank(shortcode, query)}))
    .filter((each) => each.rank >= 0)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.shortcode.length - b.shortcode.length ||
        (a.shortcode < b.shortcode ? -1 : 1),
    );
  const signs = new Set<string>();
  const first: Emoji[] = [];
  for (const {shortcode, unicode} of found) {
    if (first.length >= most) break;
    if (signs.has(unicode)) continue;
    signs.add(unicode);
    first.push({shortcode, unicode});
  }
  return first;
};
