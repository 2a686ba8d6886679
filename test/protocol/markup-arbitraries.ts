import fc from 'fast-check';

import type {Block, Inline} from '../../src/protocol/markup-types.js';
import {anything} from './hostile.js';

/** Every type that the parser of Rocket.Chat's server names, and some that it does not. */
const TYPES = [
  ...[
    'PARAGRAPH',
    'HEADING',
    'CODE',
    'CODE_LINE',
    'QUOTE',
    'BLOCKQUOTE',
    'SPOILER_BLOCK',
    'SPOILER',
  ],
  ...[
    'ORDERED_LIST',
    'UNORDERED_LIST',
    'LIST_ITEM',
    'TASKS',
    'TASK',
    'BIG_EMOJI',
    'EMOJI',
    'KATEX',
  ],
  ...[
    'PLAIN_TEXT',
    'BOLD',
    'ITALIC',
    'STRIKE',
    'INLINE_CODE',
    'INLINE_KATEX',
    'LINE_BREAK',
    'LINK',
  ],
  ...[
    'IMAGE',
    'MENTION_USER',
    'MENTION_CHANNEL',
    'COLOR',
    'TIMESTAMP',
    'TABLE',
    '__proto__',
    'toString',
  ],
];

/** Addresses, among them some that must not be followed. */
const HREFS = [
  'https://example.com/a',
  '//www.example.com',
  'mailto:joe@example.com',
  'javascript:alert(1)',
  'data:text/html,x',
  '/channel/general',
  'https://chat.example.com/channel/x?msg=m-1',
  'https://user:pw@example.com',
  ' \u202e',
];

const TEXTS = [
  'Hello',
  ' ',
  '',
  '\u202e',
  '\0',
  '<img src=x onerror=alert(1)>',
  '\ud83d',
  'x'.repeat(9e3),
];

/** Trees as the server could make them, and as nobody should. */
export const tree = (): fc.Arbitrary<unknown> =>
  fc.letrec<{node: unknown; value: unknown}>((tie) => ({
    node: fc.record(
      {
        type: fc.constantFrom<unknown>(...TYPES, undefined, 7),
        value: tie('value'),
        level: fc.integer({min: -1, max: 6}),
        language: fc.constantFrom('js', 'c++', '"><b>', ''),
        number: fc.oneof(fc.integer(), fc.double()),
        status: fc.boolean(),
        unicode: fc.constantFrom('😀', '', '\0'),
        shortCode: fc.constantFrom('smile', '', ':', 'a b', '__proto__'),
        fallback: tie('value'),
      },
      {requiredKeys: ['type', 'value']},
    ),
    value: fc.oneof(
      {depthSize: 'medium', withCrossShrink: true},
      fc.constantFrom(...TEXTS, ...HREFS),
      fc.array(tie('node'), {maxLength: 6}),
      tie('node'),
      fc.record({src: tie('node'), label: tie('value')}),
      fc.record({src: fc.record({value: fc.constantFrom(...HREFS)}), label: tie('value')}),
      fc.record({
        timestamp: fc.constantFrom('1700000000', '-1', '9'.repeat(13)),
        format: tie('value'),
      }),
      fc.record({r: fc.nat(300), g: fc.nat(300), b: fc.nat(300), a: fc.nat(300)}),
      anything(),
    ),
  })).node;

/** Every part of lines in `blocks`, at any depth, and every block. */
export const walk = (
  blocks: readonly Block[],
  seen: (part: Block | Inline, parents: readonly string[]) => void,
  parents: readonly string[] = [],
): void => {
  const inlines = (children: readonly Inline[], above: readonly string[]): void =>
    children.forEach((each) => {
      seen(each, above);
      if ('children' in each) inlines(each.children, [...above, each.type]);
    });
  for (const each of blocks) {
    seen(each, parents);
    const above = [...parents, each.type];
    if ('blocks' in each) walk(each.blocks, seen, above);
    else if ('items' in each) for (const {children} of each.items) inlines(children, above);
    else if ('children' in each) inlines(each.children, above);
  }
};
