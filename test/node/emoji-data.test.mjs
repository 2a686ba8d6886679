import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';

import {emojiFile, encode} from '../../docs/generate/emoji.mjs';

const FILE = new URL('../../src/elements/native/emoji/emoji-data.ts', import.meta.url);

test('the names of emoji are what the generator makes of the data, as committed', async () => {
  assert.equal(readFileSync(FILE, 'utf8'), await emojiFile());
});

test('the generator writes steps between code points, marks, and flags by their letters', () => {
  const shortcodes = {
    '1F601': ['grin', 'beam'],
    '1F600': 'grinning',
    '1F468-200D-1F4BB': 'man_technologist',
    2764: 'heart',
    '1F1E9-1F1EA': ['flag_de', 'de'],
    '1F1E8-1F1E9': ['flag_cd', 'congo'],
  };
  const unicode = (...points) => String.fromCodePoint(...points);
  const emoji = [
    {hexcode: '1F601', unicode: unicode(0x1f601)},
    // Colours need no mark here, and do below.
    {hexcode: '1F600', unicode: unicode(0x1f600, 0xfe0f)},
    {hexcode: '2764', unicode: unicode(0x2764, 0xfe0f)},
    {hexcode: '1F468-200D-1F4BB', unicode: unicode(0x1f468, 0x200d, 0x1f4bb)},
    {hexcode: '1F1E9-1F1EA', unicode: unicode(0x1f1e9, 0x1f1ea)},
    {hexcode: '1F1E8-1F1E9', unicode: unicode(0x1f1e8, 0x1f1e9)},
    {hexcode: '1F999', unicode: unicode(0x1f999)},
  ];
  const step = (from, to) => (to - from).toString(36);
  assert.deepEqual(encode(shortcodes, emoji), {
    names: 'heart\nflag_cd congo\nman_technologist\ngrinning\ngrin beam',
    codes: [
      `${step(0, 0x2764)}^`,
      `${step(0x2764, 0x1f1e8)}.${(0x1f1e9).toString(36)}`,
      `${step(0x1f1e8, 0x1f468)}~.${(0x1f4bb).toString(36)}`,
      step(0x1f468, 0x1f600),
      '',
    ].join(' '),
    flags: 'de',
  });
});
