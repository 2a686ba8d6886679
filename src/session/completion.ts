/** What can be completed while somebody writes. */
export type CompletionKind = 'user' | 'room' | 'emoji';

/** The beginning of a name in a text that is being written. */
export interface Completion {
  readonly kind: CompletionKind;
  /** Where its mark (`@`, `#`, `:`) stands, in UTF-16 code units. */
  readonly from: number;
  /** Where the name ends; behind the caret if that stands within the name. */
  readonly to: number;
  /** What is written between mark and caret. */
  readonly query: string;
}

/** A text and the place of the caret in it. */
export interface Written {
  readonly text: string;
  readonly caret: number;
}

const KINDS: Readonly<Record<string, CompletionKind>> = {'@': 'user', '#': 'room', ':': 'emoji'};

/** How long a name is looked for, in code units; a longer one is none. */
const LONGEST = 64;

/**
 * What may stand before a mark: nothing, a space, an opening bracket or quotation mark. So an e-mail
 * address, a URL, `a:b`, a time like 10:30 and code in backticks offer nothing.
 */
const BEFORE = /^[\s\p{Ps}\p{Pi}"'¡¿]?$/u;

/**
 * What is asked for, by kind. A user by any letters, as it may be by the person's name. An emoji from
 * two characters on, as `:D` and `:p` are written far more often than looked for; `:+1:` is a name, too.
 */
const QUERY: Readonly<Record<CompletionKind, RegExp>> = {
  user: /^[\p{L}\p{M}\p{N}._-]*$/u,
  room: /^[\p{L}\p{M}\p{N}._-]+$/u,
  emoji: /^(?:[+-]\d|[\p{L}\p{N}][\p{L}\p{M}\p{N}_+-]+)$/u,
};

const NAME = /[\p{L}\p{M}\p{N}._+-]/u;

/** The name that is being written before `caret`, if there is one. */
export const completionAt = (text: string, caret: number): Completion | undefined => {
  const least = Math.max(0, caret - LONGEST - 1);
  let from = caret - 1;
  while (from >= least && !Object.hasOwn(KINDS, text.charAt(from))) {
    if (/\s/.test(text.charAt(from))) return undefined;
    from--;
  }
  const kind = from < least ? undefined : KINDS[text.charAt(from)];
  const query = text.slice(from + 1, caret);
  if (!kind || !BEFORE.test(text.slice(Math.max(0, from - 1), from)) || !QUERY[kind].test(query))
    return undefined;
  let to = caret;
  // A mark alone before a word begins a name; it does not take the word.
  if (query) while (to < caret + LONGEST && NAME.test(text.charAt(to))) to++;
  return {kind, from, to, query};
};

/** What to put in the place of a name once it is chosen: with one space behind it, where the caret goes. */
export const replacement = (
  text: string,
  {from, to}: Completion,
  choice: string,
): {readonly from: number; readonly to: number; readonly text: string} => ({
  from,
  to: text.charAt(to) === ' ' ? to + 1 : to,
  text: `${choice} `,
});
