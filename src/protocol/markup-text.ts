/**
 * A message of which there is no tree: one of the user's own that is still on its way, or any of an
 * old server. Lines stay lines, addresses are linked, and all else is as it was written.
 */
import {MarkupBudget} from './markup-budget.js';
import type {Block, Inline} from './markup-types.js';
import {isQuoteLink, messageLink} from './message-link.js';

// Neither half can begin inside of what it has just failed on, nor match the same text in two ways:
// the time they take grows with the text and no faster.
const ADDRESS =
  /\b[Hh][Tt]{2}[Pp][Ss]?:\/\/[^\s<>"`]+|(?<![\w.%+@/-])[\w%+-]+(?:\.[\w%+-]+)*@[\w-]+(?:\.[\w-]+)+/g;
/** What ends a sentence or an emphasis around a link rather than the link. */
const ENDINGS = '.,;:!?\'"*_~|…';
const QUOTE = /\s*\[\s*\]\(([^\s()]*)\)/y;

const count = (text: string, letter: string): number => text.split(letter).length - 1;

/** An address without what follows it; a bracket belongs to it if it was opened in it. */
const withoutEnding = (address: string): string => {
  let end = address.length;
  let unopened = count(address, ')') - count(address, '(');
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    if (last === ')' ? unopened <= 0 : last !== ']' && !ENDINGS.includes(last)) break;
    if (last === ')') unopened--;
  }
  return address.slice(0, end);
};

/** One line with its links. */
const inlinesOf = (line: string): readonly Inline[] => {
  const found: Inline[] = [];
  let from = 0;
  const text = (to: number): void => {
    if (to > from) found.push({type: 'text', text: line.slice(from, to)});
    from = to;
  };
  for (const {0: match, index} of line.matchAll(ADDRESS)) {
    const address = withoutEnding(match);
    const href = messageLink(address.includes('://') ? address : `mailto:${address}`);
    if (!href) continue;
    text(index);
    found.push({type: 'link', href, children: [{type: 'text', text: address}]});
    from += address.length;
  }
  text(line.length);
  return found;
};

/** Without the links to quoted messages that Rocket.Chat puts before an answer. */
const withoutQuotes = (text: string): string => {
  let from = 0;
  QUOTE.lastIndex = 0;
  for (let match = QUOTE.exec(text); match && isQuoteLink(match[1]); match = QUOTE.exec(text))
    from = QUOTE.lastIndex;
  return from > 0 ? text.slice(from).trimStart() : text;
};

/**
 * Makes of a plain text what `parseMarkup` makes of a tree: a paragraph for each line, https, http and
 * mail addresses linked, bounded in the same way. Markup in it stays as it was written, `:emoji:`, too.
 */
export const textMarkup = (text: string): readonly Block[] => {
  const budget = new MarkupBudget();
  const blocks = budget.each(withoutQuotes(budget.take(text)).split('\n'), (line) =>
    budget.node((): readonly Block[] => {
      const children = inlinesOf(line as string);
      return [children.length > 0 ? {type: 'paragraph', children} : {type: 'line-break'}];
    }),
  );
  const shown = text ? blocks : [];
  return budget.cut ? [...shown, {type: 'cut'}] : shown;
};
