import {field, text} from './guards.js';
import {cutText, visibleName, visibleText} from './visible-text.js';

/** Longest text of an attachment, in UTF-16 code units. */
const LONGEST = 20_000;

const written = (data: unknown, name: string): string => text(field(data, name), LONGEST + 1) ?? '';

/** A text of an attachment; empty if it has none. */
export const textIn = (data: unknown, name: string): string =>
  visibleText(cutText(written(data, name), LONGEST));

/** A name, or another text of one line; empty if there is none, or nothing to see of it. */
export const nameIn = (data: unknown, name: string): string => visibleName(written(data, name), '');

/** The tree of a text, still to be parsed. */
export const treeIn = (data: unknown, name: string): readonly unknown[] | undefined => {
  const md = field(data, name);
  return Array.isArray(md) ? md : undefined;
};
