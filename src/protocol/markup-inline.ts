import {field} from './guards.js';
import type {MarkupBudget} from './markup-budget.js';
import type {Inline, TimeFormat} from './markup-types.js';
import {isQuoteLink, messageLink} from './message-link.js';

type Reader = (node: unknown, budget: MarkupBudget) => readonly Inline[];

const FORMATS: readonly unknown[] = ['t', 'T', 'd', 'D', 'f', 'F', 'R'] satisfies TimeFormat[];
const COLORS = ['r', 'g', 'b', 'a'] as const;

const value = (node: unknown): unknown => field(node, 'value');

/** The text of a node that holds nothing but text, or of what stands in its place. */
export const plainText = (node: unknown, budget: MarkupBudget): string =>
  textOf(inlines(node, budget));

/** What would be read of `children` without their looks. */
export const textOf = (children: readonly Inline[]): string =>
  children
    .map((each) => {
      if ('text' in each) return each.text;
      if ('children' in each) return textOf(each.children);
      if (each.type === 'user') return `@${each.username}`;
      if (each.type === 'channel') return `#${each.name}`;
      return each.type === 'image' ? each.label : '';
    })
    .join('');

const styled =
  (type: 'bold' | 'italic' | 'strike' | 'spoiler'): Reader =>
  (node, budget) => {
    const children = inlines(value(node), budget);
    return children.length > 0 ? [{type, children}] : [];
  };

const asText =
  (type: 'code' | 'math'): Reader =>
  (node, budget) => {
    const text = plainText(value(node), budget);
    return text ? [{type, text}] : [];
  };

/** Links within a link: only their labels count. */
const unlinked = (children: readonly Inline[]): readonly Inline[] =>
  children.flatMap((each) => {
    if (each.type === 'link') return unlinked(each.children);
    if (each.type === 'image') return each.label ? [{type: 'text' as const, text: each.label}] : [];
    return 'children' in each ? [{...each, children: unlinked(each.children)}] : [each];
  });

const link: Reader = (node, budget) => {
  const src = value(field(value(node), 'src'));
  const label = unlinked(inlines(field(value(node), 'label'), budget));
  const href = messageLink(src, budget.base);
  const isEmpty = !textOf(label).trim();
  if (isEmpty && isQuoteLink(src)) return budget.foundQuote();
  const children = isEmpty && typeof src === 'string' ? budget.text(src) : label;
  if (!href || children.length === 0) return children;
  return [{type: 'link', href, children}];
};

const image: Reader = (node, budget) => {
  const src = value(field(value(node), 'src'));
  const label = plainText(field(value(node), 'label'), budget);
  // A picture with an address of the workspace would be asked for with the user's cookies.
  const href = messageLink(src);
  if (href && !href.startsWith('mailto:')) return [{type: 'image', href, label}];
  return budget.text(label || (typeof src === 'string' ? src : ''));
};

const emoji: Reader = (node, budget) => {
  const unicode = field(node, 'unicode');
  if (typeof unicode === 'string')
    return budget.text(unicode).map(({text}) => ({type: 'emoji', text}));
  const name = field(node, 'shortCode');
  const written = plainText(value(node), budget);
  if (typeof name !== 'string' || !/^[^\s:]{1,100}$/.test(name)) return budget.text(written);
  // The parser leaves the colons out; `:)` stays as it was written.
  return [
    {type: 'emoji', shortcode: name, text: written && written !== name ? written : `:${name}:`},
  ];
};

const color: Reader = (node, budget) => {
  const [red, green, blue, alpha] = COLORS.map((each) => field(value(node), each));
  const isColor = [red, green, blue, alpha].every(
    (each) => Number.isInteger(each) && (each as number) >= 0 && (each as number) <= 255,
  );
  if (!isColor) return found(node, budget);
  return [{type: 'color', red, green, blue, alpha} as Inline];
};

const timestamp: Reader = (node, budget) => {
  const seconds = field(value(node), 'timestamp');
  const format = field(value(node), 'format');
  const time = typeof seconds === 'string' && /^-?\d{1,12}$/.test(seconds) ? 1000 * +seconds : NaN;
  // Not beyond what a Date can hold.
  if (!(Math.abs(time) <= 864e13) || !FORMATS.includes(format)) return found(node, budget);
  return [{type: 'timestamp', time, format: format as TimeFormat}];
};

const NODES: Readonly<Record<string, Reader>> = {
  PLAIN_TEXT: (node, budget) => inlines(value(node), budget),
  BOLD: styled('bold'),
  ITALIC: styled('italic'),
  STRIKE: styled('strike'),
  SPOILER: styled('spoiler'),
  INLINE_CODE: asText('code'),
  INLINE_KATEX: asText('math'),
  LINE_BREAK: (_, budget) => budget.text('\n'),
  LINK: link,
  IMAGE: image,
  EMOJI: emoji,
  COLOR: color,
  TIMESTAMP: timestamp,
  MENTION_USER: (node, budget) => {
    const username = plainText(value(node), budget);
    return username ? [{type: 'user', username}] : [];
  },
  MENTION_CHANNEL: (node, budget) => {
    const name = plainText(value(node), budget);
    return name ? [{type: 'channel', name}] : [];
  },
};

const isNothing = (node: unknown): boolean =>
  typeof node !== 'string' && (typeof node !== 'object' || node === null);

/** What can be read of a node that is unknown, or is not as it should be. */
const found: Reader = (node, budget) => {
  const inside = inlines(value(node), budget);
  return inside.length > 0 ? inside : inlines(field(node, 'fallback'), budget);
};

const read: Reader = (node, budget) => {
  if (typeof node === 'string') return budget.text(node);
  if (Array.isArray(node)) return budget.each(node, (each) => inlines(each, budget));
  const type = field(node, 'type');
  const known = typeof type === 'string' && Object.hasOwn(NODES, type) ? NODES[type] : undefined;
  return (known ?? found)(node, budget);
};

/** The parts of a line: of a node, of a list of nodes, or of a text. Other data has none. */
export const inlines: Reader = (node, budget) =>
  budget.node(() => (isNothing(node) ? [] : read(node, budget)));
