import type {TemplateResult} from 'lit';

import {parseMarkup} from '../../protocol/markup.js';
import {textMarkup} from '../../protocol/markup-text.js';
import type {Block} from '../../protocol/markup-types.js';
import {markupEnglish} from '../strings/markup-en.js';
import type {Language} from '../strings/strings.js';
import type {MessageContext} from './context.js';
import {markupView} from './markup-view.js';

const blocks = new WeakMap<object, readonly Block[]>();

/** What a message's text is made of, read once. */
export const blocksOf = (
  source: {readonly text: string; readonly md?: unknown},
  base: string,
): readonly Block[] => {
  const {text, md} = source;
  const key = Array.isArray(md) ? md : source;
  let read = blocks.get(key);
  if (!read) blocks.set(key, (read = parseMarkup(md, base) ?? textMarkup(text)));
  return read;
};

/** The text of something, drawn. */
export const textView = (
  source: {readonly text: string; readonly md?: unknown},
  {me, base, person, tools, actions}: MessageContext,
  {tag, strings}: Language,
): TemplateResult =>
  markupView(blocksOf(source, base), {
    me,
    person,
    tag,
    emoji: tools.emoji,
    strings: {...markupEnglish, ...strings},
    ...(actions && {openRoom: (name: string) => actions.openRoom(`channel/${name}`)}),
  });
