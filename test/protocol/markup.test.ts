import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {parseMarkup, plainMarkup} from '../../src/protocol/markup.js';
import {MARKUP_LIMITS, type Block} from '../../src/protocol/markup-types.js';
import {anything, belowProto, HOSTILE_RUNS, keepingPrototypes, ODD_VALUES} from './hostile.js';
import {tree, walk} from './markup-arbitraries.js';

type Node = Readonly<Record<string, unknown>>;

const plain = (value: unknown): Node => ({type: 'PLAIN_TEXT', value});
const line = (...value: unknown[]): Node => ({type: 'PARAGRAPH', value});
const link = (src: unknown, ...label: unknown[]): Node => ({
  type: 'LINK',
  value: {src: plain(src), label},
});
const text = (value: string): {type: 'text'; text: string} => ({type: 'text', text: value});
const paragraph = (...children: unknown[]): unknown => ({type: 'paragraph', children});
/** How one paragraph with these parts is read. */
const read = (...value: unknown[]): unknown => parseMarkup([line(...value)]);
const QUOTED = 'https://chat.example.com/channel/general?msg=m-1';

describe('parseMarkup', () => {
  it('reads the looks of text, one in another', () => {
    expect(
      read(
        plain('a '),
        {type: 'BOLD', value: [plain('b'), {type: 'ITALIC', value: [plain('c')]}]},
        {type: 'STRIKE', value: [plain('d')]},
        {type: 'SPOILER', value: [plain('e')]},
        {type: 'INLINE_CODE', value: plain('f')},
        {type: 'INLINE_KATEX', value: 'g'},
      ),
    ).to.deep.equal([
      paragraph(
        text('a '),
        {type: 'bold', children: [text('b'), {type: 'italic', children: [text('c')]}]},
        {type: 'strike', children: [text('d')]},
        {type: 'spoiler', children: [text('e')]},
        {type: 'code', text: 'f'},
        {type: 'math', text: 'g'},
      ),
    ]);
  });

  it('reads mentions, emoji, colors and points in time', () => {
    expect(
      read(
        {type: 'MENTION_USER', value: plain('alice')},
        {type: 'MENTION_CHANNEL', value: plain('general')},
        {type: 'EMOJI', value: plain('smile'), shortCode: 'smile'},
        {type: 'EMOJI', value: plain(':)'), shortCode: 'slight_smile'},
        {type: 'EMOJI', unicode: '👩‍💻'},
        {type: 'COLOR', value: {r: 1, g: 2, b: 3, a: 255}},
        {type: 'TIMESTAMP', value: {timestamp: '1700000000', format: 'R'}},
      ),
    ).to.deep.equal([
      paragraph(
        {type: 'user', username: 'alice'},
        {type: 'channel', name: 'general'},
        {type: 'emoji', shortcode: 'smile', text: ':smile:'},
        {type: 'emoji', shortcode: 'slight_smile', text: ':)'},
        {type: 'emoji', text: '👩‍💻'},
        {type: 'color', red: 1, green: 2, blue: 3, alpha: 255},
        {type: 'timestamp', time: 1_700_000_000_000, format: 'R'},
      ),
    ]);
  });

  it('reads headings, code, quotes, hidden parts, lists and tasks', () => {
    const code = (value: string): Node => ({type: 'CODE_LINE', value: plain(value)});
    const item = (value: string, number?: number): Node => ({
      type: 'LIST_ITEM',
      value: [plain(value)],
      ...(number !== undefined && {number}),
    });
    expect(
      parseMarkup([
        {type: 'HEADING', level: 2, value: [plain('Title')]},
        {type: 'LINE_BREAK'},
        {type: 'CODE', language: 'c++', value: [code('a'), code(''), code('  b')]},
        {type: 'QUOTE', value: [line(plain('q'))]},
        {type: 'SPOILER_BLOCK', value: [line(plain('s'))]},
        {type: 'UNORDERED_LIST', value: [item('x')]},
        {type: 'ORDERED_LIST', value: [item('y', 3), item('z')]},
        {type: 'TASKS', value: [{type: 'TASK', status: true, value: [plain('t')]}]},
        {type: 'KATEX', value: 'x^2'},
      ]),
    ).to.deep.equal([
      {type: 'heading', level: 2, children: [text('Title')]},
      {type: 'line-break'},
      {type: 'code', language: 'c++', text: 'a\n\n  b'},
      {type: 'quote', blocks: [paragraph(text('q'))]},
      {type: 'spoiler', blocks: [paragraph(text('s'))]},
      {type: 'list', ordered: false, items: [{children: [text('x')]}]},
      {
        type: 'list',
        ordered: true,
        items: [{number: 3, children: [text('y')]}, {children: [text('z')]}],
      },
      {type: 'tasks', items: [{done: true, children: [text('t')]}]},
      {type: 'math', text: 'x^2'},
    ]);
  });

  it('reads up to three emoji alone as large ones, and more in a line', () => {
    const emoji = {type: 'EMOJI', unicode: '😀'};
    const big = (...value: unknown[]): unknown => parseMarkup([{type: 'BIG_EMOJI', value}]);
    const shown = {type: 'emoji', text: '😀'};
    expect(big(emoji, emoji)).to.deep.equal([{type: 'big-emoji', children: [shown, shown]}]);
    expect(big(emoji, plain('a'))).to.deep.equal([paragraph(shown, text('a'))]);
    expect(big(...Array(4).fill(emoji))).to.deep.equal([paragraph(...Array(4).fill(shown))]);
  });

  it('links what may be followed, and shows of the rest the label', () => {
    expect(read(link('//example.com', plain('a')))).to.deep.equal([
      paragraph({type: 'link', href: 'https://example.com/', children: [text('a')]}),
    ]);
    for (const src of ['javascript:alert(1)', 'data:text/html,x', '/channel/x', 'x', '', 7, null])
      expect(read(link(src, plain('a')))).to.deep.equal([paragraph(text('a'))]);
  });

  it('takes paths below the address of the workspace, where it is told', () => {
    const [block] = parseMarkup([line(link('/x', plain('a')))], 'https://chat.example.com/') ?? [];
    expect(block).to.deep.equal(
      paragraph({type: 'link', href: 'https://chat.example.com/x', children: [text('a')]}),
    );
  });

  it('shows nothing in place of a link to a quoted message, nor of what is left around it', () => {
    const quote = link(QUOTED, plain(' '));
    expect(read(quote, plain(' Yes'))).to.deep.equal([paragraph(text('Yes'))]);
    expect(read(quote, plain(' '), quote, plain(' Yes'))).to.deep.equal([paragraph(text('Yes'))]);
    expect(parseMarkup([line(quote), {type: 'LINE_BREAK'}, line(plain('Yes'))])).to.deep.equal([
      paragraph(text('Yes')),
    ]);
    expect(read(link(QUOTED, plain('See')))).to.have.nested.property(
      '[0].children[0].href',
      QUOTED,
    );
  });

  it('shows the address of any other link without a label', () => {
    const href = 'https://example.com/';
    expect(read(link(href, plain(' ')))).to.deep.equal([
      paragraph({type: 'link', href, children: [text(href)]}),
    ]);
    expect(read(link('javascript:x', plain(' ')))).to.deep.equal([paragraph(text('javascript:x'))]);
  });

  it('has no link in a link', () => {
    const inner = link('https://inner.example', plain('b'));
    const image = {
      type: 'IMAGE',
      value: {src: plain('https://i.example/x.png'), label: plain('c')},
    };
    expect(
      read(link('https://outer.example', plain('a'), {type: 'BOLD', value: [inner, image]})),
    ).to.deep.equal([
      paragraph({
        type: 'link',
        href: 'https://outer.example/',
        children: [text('a'), {type: 'bold', children: [text('b'), text('c')]}],
      }),
    ]);
  });

  it('takes pictures of the web alone', () => {
    const image = (src: string): Node => ({
      type: 'IMAGE',
      value: {src: plain(src), label: plain('a')},
    });
    expect(read(image('https://i.example/x.png'))).to.deep.equal([
      paragraph({type: 'image', href: 'https://i.example/x.png', label: 'a'}),
    ]);
    for (const src of [
      'data:image/svg+xml,x',
      '/file-upload/x',
      'mailto:a@b.example',
      'javascript:x',
    ])
      expect(read(image(src))).to.deep.equal([paragraph(text('a'))]);
  });

  it('shows the text that it finds in what it does not know, or in what is not as it should be', () => {
    const unknown = {type: 'TABLE', value: [{type: 'ROW', value: [plain('a'), {value: 'b'}]}]};
    expect(parseMarkup([unknown])).to.deep.equal([paragraph(text('a'), text('b'))]);
    expect(read({type: 'NEW', fallback: plain('c')})).to.deep.equal([paragraph(text('c'))]);
    const odd = {timestamp: '9'.repeat(13), format: 'R'};
    expect(read({type: 'TIMESTAMP', value: odd, fallback: plain('<t:9>')})).to.deep.equal([
      paragraph(text('<t:9>')),
    ]);
    expect(read({type: 'COLOR', value: {r: 256}, fallback: plain('d')})).to.deep.equal([
      paragraph(text('d')),
    ]);
    expect(parseMarkup([{type: 'HEADING', level: 9, value: [plain('e')]}])).to.deep.equal([
      paragraph(text('e')),
    ]);
    expect(parseMarkup([plain('f'), 'g', [plain('h')]])).to.deep.equal(
      ['f', 'g', 'h'].map((each) => paragraph(text(each))),
    );
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(parseMarkup([{type: name, value: [plain('i')]}])).to.deep.equal([
        paragraph(text('i')),
      ]);
  });

  it('makes texts harmless to look at', () => {
    expect(read(plain('exe.\u202egpj\0'))).to.deep.equal([paragraph(text('exe.gpj'))]);
    expect(read({type: 'MENTION_USER', value: plain('al\u202eice')})).to.deep.equal([
      paragraph({type: 'user', username: 'alice'}),
    ]);
  });

  it('is no tree unless it is a list', () => {
    for (const odd of ODD_VALUES)
      if (!Array.isArray(odd)) expect(parseMarkup(odd)).to.equal(undefined);
    expect(parseMarkup([])).to.deep.equal([]);
    expect(keepingPrototypes(() => parseMarkup([belowProto(line(plain('x')))]))).to.deep.equal([]);
  });

  const isCut = (md: unknown): Block[] => {
    const blocks = parseMarkup(md) ?? [];
    expect(blocks.at(-1)).to.deep.equal({type: 'cut'});
    return blocks.slice(0, -1);
  };

  it('says that there is more than it reads', () => {
    const [most] = isCut([line(plain('x'.repeat(1e6)))]);
    expect(most).to.deep.equal(paragraph(text('x'.repeat(MARKUP_LIMITS.characters))));
    expect(isCut(Array.from({length: 1e5}, () => line(plain('x')))).length).to.be.lessThan(1e4);
    expect(isCut([line(...Array(1e5).fill(plain('')))])).to.deep.equal([]);
    const deep = JSON.parse(
      `${'{"type":"QUOTE","value":['.repeat(5e3)}${']}'.repeat(5e3)}`,
    ) as unknown;
    expect(isCut([deep, line(plain('after'))]).at(-1)).to.deep.equal(paragraph(text('after')));
    isCut([line({type: 'BOLD', value: new Array(1e9)})]);
    isCut(new Array(1e9));
    const most20k = [line(plain('x'.repeat(MARKUP_LIMITS.characters)))];
    expect(parseMarkup(most20k)).to.have.length(1);
  });

  it('ends where a tree holds itself', () => {
    const self: Record<string, unknown> = {type: 'NEW'};
    self['value'] = self['fallback'] = self;
    isCut([self]);
    const list: unknown[] = [];
    list.push(list, list, list);
    isCut(list);
    const quote: Record<string, unknown> = {type: 'QUOTE'};
    quote['value'] = [quote, quote, line(plain('x')), quote];
    isCut([quote]);
  });

  it('never throws, and holds its promises for any tree', () => {
    let links = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof({weight: 5, arbitrary: tree()}, anything())), (md) => {
        const blocks = keepingPrototypes(() => parseMarkup(md, 'https://chat.example.com/')) ?? [];
        let characters = 0;
        let nodes = 0;
        walk(blocks, (part, parents) => {
          nodes++;
          expect(parents.length).to.be.lessThan(MARKUP_LIMITS.depth);
          if ('href' in part) {
            links++;
            expect(part.href).to.match(/^(?:https?:\/\/|mailto:)/);
          }
          if (part.type === 'link') {
            expect(parents).not.to.include('link');
            expect(part.children).to.not.have.length(0);
          }
          if (part.type === 'cut') expect(part).to.equal(blocks.at(-1));
          for (const name of ['text', 'username', 'name', 'label', 'shortcode'] as const) {
            const shown = (part as unknown as Record<string, unknown>)[name];
            if (shown === undefined) continue;
            expect(shown).to.be.a('string');

            expect(shown).not.to.match(/[\0-\x08\u202a-\u202e]/);
            characters += name === 'shortcode' ? 0 : (shown as string).length;
          }
        });
        expect(nodes).to.be.at.most(MARKUP_LIMITS.nodes + 1);
        // Colons around the names of emoji come on top, and what a link without a label shows.
        expect(characters).to.be.at.most(MARKUP_LIMITS.characters + 2 * nodes + 100 * nodes);
        expect(plainMarkup(blocks)).to.be.a('string');
      }),
      {...HOSTILE_RUNS, numRuns: 3000},
    );
    expect(links).to.be.greaterThan(50);
  });
});

describe('plainMarkup', () => {
  it('is what would be read aloud, in one line', () => {
    const md = [
      {type: 'HEADING', level: 1, value: [plain('Title')]},
      {type: 'LINE_BREAK'},
      line(
        plain('Hi '),
        {type: 'MENTION_USER', value: plain('al')},
        link('https://x.example', plain(' x')),
      ),
      {type: 'UNORDERED_LIST', value: [{value: [plain('a')]}, {value: [plain('b')]}]},
      {type: 'QUOTE', value: [line({type: 'MENTION_CHANNEL', value: plain('c')})]},
    ];
    expect(plainMarkup(parseMarkup(md)!)).to.equal('Title Hi @al x a b #c');
  });
});
