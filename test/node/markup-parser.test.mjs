/**
 * What the parser of Rocket.Chat's server, @rocket.chat/message-parser, makes of texts, read by ours: so
 * that we don't only agree with ourselves about the shape of a tree.
 */
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {before, describe, it} from 'node:test';

import {build} from 'esbuild';

import {repository} from './support/copy.mjs';

const {parse} = createRequire(import.meta.url)('@rocket.chat/message-parser');
const OPTIONS = {
  colors: true,
  emoticons: true,
  katex: {dollarSyntax: true, parenthesisSyntax: true},
};

/** Our parsers as one module. */
const bundled = async () => {
  const {outputFiles} = await build({
    stdin: {
      contents: `
        export {parseMarkup, plainMarkup} from './src/protocol/markup.ts';
        export {textMarkup} from './src/protocol/markup-text.ts';`,
      resolveDir: repository,
    },
    bundle: true,
    format: 'esm',
    write: false,
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`
  );
};

const text = (value) => ({type: 'text', text: value});
const paragraph = (...children) => ({type: 'paragraph', children});
const QUOTE = '[ ](https://chat.example.com/channel/general?msg=m-1)';

/** Texts as people write them, and what is to be shown of each. */
const SAMPLES = [
  ['Hello', [paragraph(text('Hello'))]],
  ['a\n\nb', [paragraph(text('a')), {type: 'line-break'}, paragraph(text('b'))]],
  [
    '*a* _b_ ~c~ `d` **e _f_**',
    [
      paragraph(
        {type: 'bold', children: [text('a')]},
        text(' '),
        {type: 'italic', children: [text('b')]},
        text(' '),
        {type: 'strike', children: [text('c')]},
        text(' '),
        {type: 'code', text: 'd'},
        text(' '),
        {type: 'bold', children: [text('e '), {type: 'italic', children: [text('f')]}]},
      ),
    ],
  ],
  ['# Title', [{type: 'heading', level: 1, children: [text('Title')]}]],
  ['```js\nlet a;\n\n  b\n```', [{type: 'code', language: 'js', text: 'let a;\n\n  b'}]],
  ['> q\n> r', [{type: 'quote', blocks: [paragraph(text('q')), paragraph(text('r'))]}]],
  [
    '- a\n- b',
    [{type: 'list', ordered: false, items: [{children: [text('a')]}, {children: [text('b')]}]}],
  ],
  ['3. a', [{type: 'list', ordered: true, items: [{number: 3, children: [text('a')]}]}]],
  [
    '- [ ] a\n- [x] b',
    [
      {
        type: 'tasks',
        items: [
          {done: false, children: [text('a')]},
          {done: true, children: [text('b')]},
        ],
      },
    ],
  ],
  [
    '@alice #general :smile: :)',
    [
      paragraph(
        {type: 'user', username: 'alice'},
        text(' '),
        {type: 'channel', name: 'general'},
        text(' '),
        {type: 'emoji', shortcode: 'smile', text: ':smile:'},
        text(' '),
        {type: 'emoji', shortcode: 'slight_smile', text: ':)'},
      ),
    ],
  ],
  ['😀😀', [{type: 'big-emoji', children: [1, 2].map(() => ({type: 'emoji', text: '😀'}))}]],
  [
    'www.rocket.chat joe@rocket.chat',
    [
      paragraph(
        {type: 'link', href: 'https://www.rocket.chat/', children: [text('www.rocket.chat')]},
        text(' '),
        {type: 'link', href: 'mailto:joe@rocket.chat', children: [text('joe@rocket.chat')]},
      ),
    ],
  ],
  [
    '[a *b*](https://rocket.chat)',
    [
      paragraph({
        type: 'link',
        href: 'https://rocket.chat/',
        children: [text('a '), {type: 'bold', children: [text('b')]}],
      }),
    ],
  ],
  ['[a](javascript:alert(1))', [paragraph(text('a'))]],
  ['[a](data:text/html,x)', [paragraph(text('a'))]],
  [
    '![cat](https://i.example.com/x.png)',
    [paragraph({type: 'image', href: 'https://i.example.com/x.png', label: 'cat'})],
  ],
  ['||a||', [paragraph({type: 'spoiler', children: [text('a')]})]],
  ['<t:1700000000:R>', [paragraph({type: 'timestamp', time: 1_700_000_000_000, format: 'R'})]],
  ['color:#0102ff', [paragraph({type: 'color', red: 1, green: 2, blue: 255, alpha: 255})]],
  ['$x^2$', [paragraph({type: 'math', text: 'x^2'})]],
  [`${QUOTE} Yes`, [paragraph(text('Yes'))]],
  [`${QUOTE}\nYes`, [paragraph(text('Yes'))]],
  [`${QUOTE} ${QUOTE}\n\nYes`, [paragraph(text('Yes'))]],
  [QUOTE, []],
  ['<img src=x onerror=alert(1)>', [paragraph(text('<img src=x onerror=alert(1)>'))]],
];

describe("the tree of Rocket.Chat's own parser", () => {
  let ours;

  before(async () => {
    ours = await bundled();
  });

  for (const [written, shown] of SAMPLES)
    it(`is shown as it was meant: ${JSON.stringify(written)}`, () => {
      const md = JSON.parse(JSON.stringify(parse(written, OPTIONS)));
      assert.deepEqual(ours.parseMarkup(md), shown);
    });

  it('has the same words as the text without it, where there is no markup', () => {
    for (const written of [
      'Hello',
      'a\nb',
      'שלום',
      'See joe@rocket.chat, thanks',
      `${QUOTE} Yes`,
    ]) {
      const tree = ours.plainMarkup(ours.parseMarkup(parse(written, OPTIONS)));
      assert.equal(tree, ours.plainMarkup(ours.textMarkup(written)));
    }
  });

  it('is bounded, of a long text too', () => {
    const blocks = ours.parseMarkup(parse('word *bold* @alice\n'.repeat(2000), OPTIONS));
    assert.deepEqual(blocks.at(-1), {type: 'cut'});
    assert.ok(blocks.length < 2001);
  });
});
