import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {completionAt, replacement} from '../../src/session/completion.js';
import {HOSTILE_RUNS} from '../protocol/hostile.js';

/** What is completed where the caret stands at `|`. */
const at = (marked: string) => {
  const caret = marked.indexOf('|');
  return completionAt(marked.replace('|', ''), caret);
};

/** The text once `choice` is chosen, with the caret at `|`. */
const chosen = (marked: string, choice: string): string => {
  const found = at(marked);
  if (!found) throw new Error(`Nothing to complete in ${marked}`);
  const whole = marked.replace('|', '');
  const {from, to, text} = replacement(whole, found, choice);
  return `${whole.slice(0, from)}${text}|${whole.slice(to)}`;
};

describe('completionAt', () => {
  it('finds a user from the mark on', () => {
    expect(at('@|')).to.deep.equal({kind: 'user', from: 0, to: 1, query: ''});
    expect(at('hello @ali|')).to.deep.equal({kind: 'user', from: 6, to: 10, query: 'ali'});
    for (const query of ['bob.smith-2_x', 'أحمد', 'Zoë', '山田', 'क्षि'])
      expect(at(`@${query}|`), query).to.include({kind: 'user', query});
  });

  it('finds a room from one letter on, and an emoji from two', () => {
    expect(at('see #gen|')).to.deep.equal({kind: 'room', from: 4, to: 8, query: 'gen'});
    expect(at(':smi|')).to.deep.equal({kind: 'emoji', from: 0, to: 4, query: 'smi'});
    expect(at(':+1|')).to.include({kind: 'emoji', query: '+1'});
    for (const text of ['#|', '# Title|', ':|', ':D|', ':-)|', ':-D|', ':p|', '::|'])
      expect(at(text), text).to.equal(undefined);
  });

  it('finds a name after a space, a line, a bracket or a quotation mark', () => {
    for (const before of [' ', '\n', '\t', '(', '[', '"', '«', '“', '¿'])
      expect(at(`x${before}@ali|`), before).to.include({kind: 'user', from: 2});
  });

  it('offers nothing in addresses, URLs, times, code, and the like', () => {
    for (const text of [
      'alice@example|',
      'mailto:alice|',
      'https://example.com/@alice|',
      'https://example.com/#part|',
      'https:|',
      'https://exam|',
      'a:bcd|',
      '10:30|',
      'std::vec|',
      'C#sharp|',
      '`@alice|',
      '@@ali|',
      '@alice |',
      '@ali\n|',
      '@ali(|',
      'plain words|',
      '|',
      '|@ali',
    ])
      expect(at(text), text).to.equal(undefined);
  });

  it('takes the rest of a name behind the caret, but no word behind a bare mark', () => {
    expect(at('@al|ice!')).to.deep.equal({kind: 'user', from: 0, to: 6, query: 'al'});
    expect(at('@|alice')).to.deep.equal({kind: 'user', from: 0, to: 1, query: ''});
  });

  it('looks back and ahead no further than a name can be long', () => {
    const long = 'x'.repeat(64);
    expect(at(`@${long}|`)?.query).to.equal(long);
    expect(at(`@${long}x|`)).to.equal(undefined);
    expect(at(`@x|${long.repeat(9)}`)?.to).to.equal(66);
  });

  it('never throws, and gives a place within the text', () => {
    const texts = fc.string({
      unit: fc.constantFrom('@', '#', ':', ' ', 'a', '1', '.', '+', '/', '\n', 'é', '😀'),
      maxLength: 90,
    });
    let found = 0;
    fc.assert(
      fc.property(texts, fc.nat(), (text, place) => {
        const caret = place % (text.length + 1);
        const completion = completionAt(text, caret);
        if (!completion) return;
        found++;
        const {from, to, query} = completion;
        expect(from).to.be.within(0, caret - 1);
        expect(to).to.be.within(caret, text.length);
        expect('@#:').to.include(text.charAt(from));
        expect(text.slice(from + 1, caret)).to.equal(query);
      }),
      HOSTILE_RUNS,
    );
    expect(found).to.be.greaterThan(100);
  });

  it('takes no time in a long text', () => {
    const text = '@'.repeat(1_000_000);
    for (let i = 0; i < 1_000; i++) completionAt(text, text.length - i);
  });
});

describe('replacement', () => {
  it('puts the choice in the place of the name, with one space behind it', () => {
    expect(chosen('hi @al|', '@alice')).to.equal('hi @alice |');
    expect(chosen('@al|ice', '@alice')).to.equal('@alice |');
    expect(chosen('@al| and you', '@alice')).to.equal('@alice |and you');
    expect(chosen('@al|\nyou', '@alice')).to.equal('@alice |\nyou');
    expect(chosen('(:smi|)', '😄')).to.equal('(😄 |)');
  });
});
