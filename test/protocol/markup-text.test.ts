import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {plainMarkup} from '../../src/protocol/markup.js';
import {textMarkup} from '../../src/protocol/markup-text.js';
import {MARKUP_LIMITS} from '../../src/protocol/markup-types.js';
import {HOSTILE_RUNS} from './hostile.js';
import {walk} from './markup-arbitraries.js';

const text = (value: string): unknown => ({type: 'text', text: value});
const paragraph = (...children: unknown[]): unknown => ({type: 'paragraph', children});
const link = (label: string, href = label): unknown => ({
  type: 'link',
  href,
  children: [text(label)],
});
/** The addresses that a text links. */
const linked = (given: string): string[] => {
  const found: string[] = [];
  walk(textMarkup(given), (part) => {
    if (part.type === 'link') found.push(part.href);
  });
  return found;
};

describe('textMarkup', () => {
  it('keeps lines, and leaves markup and emoji as they were written', () => {
    expect(textMarkup('*Hi* :smile:\n\n<b>@all</b> [x](y)')).to.deep.equal([
      paragraph(text('*Hi* :smile:')),
      {type: 'line-break'},
      paragraph(text('<b>@all</b> [x](y)')),
    ]);
    expect(textMarkup('')).to.deep.equal([]);
  });

  it('links web and mail addresses, and leaves what surrounds them', () => {
    expect(textMarkup('See https://a.example/x?y=1#z, or mail joe.b+c@x.example.')).to.deep.equal([
      paragraph(
        text('See '),
        link('https://a.example/x?y=1#z'),
        text(', or mail '),
        link('joe.b+c@x.example', 'mailto:joe.b+c@x.example'),
        text('.'),
      ),
    ]);
    for (const [given, href] of [
      ['(https://a.example/x)', 'https://a.example/x'],
      ['https://a.example/x_(y)', 'https://a.example/x_(y)'],
      ['(see https://a.example/x_(y)).', 'https://a.example/x_(y)'],
      ['[x](https://a.example/x)!', 'https://a.example/x'],
      ['<https://a.example/x>', 'https://a.example/x'],
      ['"https://a.example/x"…', 'https://a.example/x'],
      ['*https://a.example/x*', 'https://a.example/x'],
      ['HTTP://a.example/x', 'http://a.example/x'],
      ['email:joe@x.example', 'mailto:joe@x.example'],
    ] as const)
      expect(linked(given)).to.deep.equal([href]);
  });

  it('links nothing else', () => {
    for (const given of [
      'javascript:alert(1)',
      'javascript://x.example/%0aalert(1)',
      'data:text/html,x',
      'www.example.com',
      'xhttps://a.example',
      'https://user:secret@a.example/',
      'https://',
      'joe@localhost',
      '@joe',
      'a@b@c',
      'tel:+1555',
    ])
      expect(linked(given)).to.deep.equal([]);
  });

  it('leaves out the links to quoted messages at the beginning', () => {
    const quote = '[ ](https://chat.example.com/channel/x?msg=m-1)';
    expect(textMarkup(`${quote} Yes`)).to.deep.equal([paragraph(text('Yes'))]);
    expect(textMarkup(`${quote} ${quote}\n\nYes`)).to.deep.equal([paragraph(text('Yes'))]);
    expect(plainMarkup(textMarkup('[ ](https://evil.example/) Yes'))).to.contain('evil');
    expect(plainMarkup(textMarkup(`Yes ${quote}`))).to.contain('msg=m-1');
  });

  it('makes the text harmless to look at', () => {
    expect(textMarkup('exe.\u202egpj\r\n\0x')).to.deep.equal([
      paragraph(text('exe.gpj')),
      paragraph(text('x')),
    ]);
  });

  it('says that there is more than it reads', () => {
    expect(textMarkup('x'.repeat(1e6))).to.deep.equal([
      paragraph(text('x'.repeat(MARKUP_LIMITS.characters))),
      {type: 'cut'},
    ]);
    expect(textMarkup('\n'.repeat(1e6)).length).to.be.at.most(MARKUP_LIMITS.nodes + 1);
    expect(textMarkup('x'.repeat(MARKUP_LIMITS.characters))).to.have.length(1);
  });

  it('takes no longer for a hostile text than for any other of its length', () => {
    const LENGTH = 1_000_000;
    const ofLength = (part: string): string => part.repeat(LENGTH / part.length);
    /** The best of ten, as others may have the machine meanwhile; one that is quick enough will do. */
    const time = (given: string, enough = 0): number => {
      let best = Infinity;
      for (let tries = 0; tries < 10 && best >= enough; tries++) {
        const start = performance.now();
        textMarkup(given);
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    const usual = time(ofLength('https://a.example/x joe@x.example and so on\n'));
    const most = 25 * Math.max(usual, 4);
    for (const part of [
      'a',
      'a.',
      'a@',
      'a@b.',
      '@',
      'http',
      'https://',
      '(',
      '[ ](',
      '.-%+',
      ')',
      'h',
    ])
      expect(time(ofLength(part), most), part).to.be.lessThan(most);
    const ending = `https://x${')'.repeat(LENGTH)}`;
    expect(time(ending, most)).to.be.lessThan(most);
  });

  it('loses nothing but what cannot be seen, and links nothing but the web and mail', () => {
    const part = fc.oneof(
      fc.constantFrom(
        'https://',
        'a.example',
        '@',
        '(',
        ')',
        '.',
        ' ',
        '\n',
        'mailto:',
        '[ ](',
        '"',
      ),
      fc.constantFrom('javascript:', '?msg=x', 'joe', '\\', '<', '>', '%', '-', '_'),
      fc.webUrl(),
      fc.emailAddress(),
      fc.string({unit: 'grapheme', maxLength: 6}),
    );
    fc.assert(
      fc.property(fc.array(part, {maxLength: 12}), (parts) => {
        const given = `x${parts.join('')}`;
        const blocks = textMarkup(given);
        const lines = blocks.map((each) => ('children' in each ? plainMarkup([each]) : ''));
        expect(lines.join('\n')).to.equal(given);
        for (const href of linked(given)) expect(href).to.match(/^(?:https?:\/\/|mailto:)[^\s]+$/);
      }),
      {...HOSTILE_RUNS, numRuns: 3000},
    );
  });
});
