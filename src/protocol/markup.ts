/**
 * Reads the tree that Rocket.Chat's server makes of a message's text and stores as `md`.
 *
 * Source: the types of @rocket.chat/message-parser (MIT), definitions.d.ts of 0.31. What it does not
 * name, or what newer servers add, is shown as the text that is found in it.
 */
import {field} from './guards.js';
import {MarkupBudget} from './markup-budget.js';
import {inlines, plainText, textOf} from './markup-inline.js';
import type {Block, Emoji, Inline, ListItem} from './markup-types.js';

type Reader = (node: unknown, budget: MarkupBudget) => readonly Block[];

const value = (node: unknown): unknown => field(node, 'value');
const list = (node: unknown): readonly unknown[] => (Array.isArray(node) ? node : [node]);

const blocks = (nodes: unknown, budget: MarkupBudget): readonly Block[] =>
  budget.each(list(nodes), (each) => budget.node(() => block(each, budget)));

/** A line that has something in it; white space at its beginning is left of a quote. */
const paragraph = (children: readonly Inline[]): readonly Block[] =>
  children.length > 0 ? [{type: 'paragraph', children}] : [];

/** A text that followed a link in whose place nothing is shown, without the space between them. */
const trimmed = ([first, ...rest]: readonly Inline[]): readonly Inline[] => {
  if (first?.type !== 'text') return first ? [first, ...rest] : [];
  const text = first.text.trimStart();
  return text ? [{type: 'text', text}, ...rest] : trimmed(rest);
};

const lines: Reader = (node, budget) => {
  const before = budget.quotes;
  const children = inlines(value(node), budget);
  return paragraph(budget.quotes > before ? trimmed(children) : children);
};

const nested =
  (type: 'quote' | 'spoiler'): Reader =>
  (node, budget) => {
    const inside = blocks(value(node), budget);
    return inside.length > 0 ? [{type, blocks: inside}] : [];
  };

const code: Reader = (node, budget) => {
  const text = budget
    .each(list(value(node)), (each) => [plainText(value(each) ?? each, budget)])
    .join('\n');
  const language = field(node, 'language');
  const isName = typeof language === 'string' && /^[\w+#.-]{1,40}$/.test(language);
  return [{type: 'code', text, ...(isName && {language})}];
};

const listOf =
  (ordered: boolean): Reader =>
  (node, budget) => {
    const items = budget.each(list(value(node)), (each): readonly ListItem[] => {
      const number = field(each, 'number');
      const children = inlines(value(each) ?? each, budget);
      const isNumbered = ordered && Number.isSafeInteger(number);
      return [{children, ...(isNumbered && {number: number as number})}];
    });
    return items.length > 0 ? [{type: 'list', ordered, items}] : [];
  };

const tasks: Reader = (node, budget) => {
  const items = budget.each(list(value(node)), (each) => [
    {done: field(each, 'status') === true, children: inlines(value(each) ?? each, budget)},
  ]);
  return items.length > 0 ? [{type: 'tasks', items}] : [];
};

const heading: Reader = (node, budget) => {
  const level = field(node, 'level');
  const children = inlines(value(node), budget);
  if (level !== 1 && level !== 2 && level !== 3 && level !== 4) return paragraph(children);
  return children.length > 0 ? [{type: 'heading', level, children}] : [];
};

const isEmoji = (each: Inline): each is Emoji => each.type === 'emoji';

const bigEmoji: Reader = (node, budget) => {
  const children = inlines(value(node), budget);
  const isBig = children.length > 0 && children.length <= 3 && children.every(isEmoji);
  return isBig ? [{type: 'big-emoji', children}] : paragraph(children);
};

const NODES: Readonly<Record<string, Reader>> = {
  PARAGRAPH: lines,
  HEADING: heading,
  CODE: code,
  QUOTE: nested('quote'),
  BLOCKQUOTE: nested('quote'),
  SPOILER_BLOCK: nested('spoiler'),
  ORDERED_LIST: listOf(true),
  UNORDERED_LIST: listOf(false),
  LIST_ITEM: (node, budget) => [
    {type: 'list', ordered: false, items: [{children: inlines(value(node), budget)}]},
  ],
  TASKS: tasks,
  BIG_EMOJI: bigEmoji,
  KATEX: (node, budget) => [{type: 'math', text: plainText(value(node), budget)}],
  LINE_BREAK: () => [{type: 'line-break'}],
};

/** Anything else is a line: a part of one without a paragraph around it, or something unknown. */
const block: Reader = (node, budget) => {
  const type = field(node, 'type');
  const read = typeof type === 'string' && Object.hasOwn(NODES, type) ? NODES[type] : undefined;
  return read ? read(node, budget) : paragraph(inlines(node, budget));
};

/**
 * Reads the tree of a message, as far as `MARKUP_LIMITS` go; a last block `cut` says that there is
 * more. Never throws, whatever it is given.
 *
 * A link whose label is white space is what Rocket.Chat puts before an answer, `[ ](https://…?msg=…)`:
 * nothing is shown in its place, as the quoted message itself comes as an attachment. Any other link
 * without label shows its address.
 *
 * @param md the field `md` of a message or of an attachment
 * @param base the workspace's address; without it links to paths are text
 * @returns `undefined` if there is no tree: the message's text is all there is then
 */
export const parseMarkup = (md: unknown, base?: string): readonly Block[] | undefined => {
  if (!Array.isArray(md)) return;
  const budget = new MarkupBudget(base);
  const read = blocks(md, budget);
  const first = budget.quotes > 0 ? read.findIndex(({type}) => type !== 'line-break') : 0;
  const shown = first > 0 ? read.slice(first) : read;
  return budget.cut ? [...shown, {type: 'cut'}] : shown;
};

/** What would be read of a message aloud in one line: its text without looks, addresses and breaks. */
export const plainMarkup = (blocks: readonly Block[]): string =>
  blocks
    .map((each) => {
      if ('blocks' in each) return plainMarkup(each.blocks);
      if ('items' in each) return each.items.map(({children}) => textOf(children)).join(' ');
      if ('children' in each) return textOf(each.children);
      return 'text' in each ? each.text : '';
    })
    .filter(Boolean)
    .join(' ');
