/** Reads what is attached to a message; attachment-types.ts says what that may be. */
import {fileOf, imageOf, mediaOf} from './attachment-files.js';
import {nameIn, textIn, treeIn} from './attachment-texts.js';
import {MOST_ATTACHMENTS} from './attachment-types.js';
import type {Attachment, OtherAttachment, QuoteAttachment} from './attachment-types.js';
import {parseTime} from './ddp.js';
import {field} from './guards.js';
import {list} from './list.js';
import {linkedRoom, messageLink} from './message-link.js';

/**
 * At most so many attachments of a message are read, of each that has some itself, and levels of
 * these; and fields of one.
 */
export const ATTACHMENT_LIMITS = {
  message: MOST_ATTACHMENTS,
  inner: 5,
  depth: 3,
  fields: 20,
} as const;

const present = <T>(value: T | undefined): value is T => value !== undefined;

/** Its own attachments, as deep as is read. */
const innerOf = (data: unknown, depth: number): readonly Attachment[] =>
  depth < ATTACHMENT_LIMITS.depth
    ? list(field(data, 'attachments'))
        .slice(0, ATTACHMENT_LIMITS.inner)
        .map((each) => attachmentOf(each, depth + 1))
        .filter(present)
    : [];

const quoteOf = (data: unknown, depth: number): QuoteAttachment | undefined => {
  const link = messageLink(field(data, 'message_link'));
  if (!link || link.startsWith('mailto:')) return;
  const md = treeIn(data, 'md');
  const time = parseTime(field(data, 'ts'));
  const messageId = new URL(link).searchParams.get('msg');
  const room = linkedRoom(link);
  return {
    type: 'quote',
    author: nameIn(data, 'author_name'),
    text: textIn(data, 'text'),
    ...(md !== undefined && {md}),
    ...(time !== undefined && {time}),
    link,
    ...(messageId && {messageId}),
    ...(room && {room}),
    attachments: innerOf(data, depth),
  };
};

const fieldsOf = (data: unknown): OtherAttachment['fields'] =>
  list(field(data, 'fields'))
    .slice(0, ATTACHMENT_LIMITS.fields)
    .map((each) => ({title: nameIn(each, 'title'), value: textIn(each, 'value')}))
    .filter(({title, value}) => title || value);

/** What an integration wrote, or a pinned message; `undefined` where there is nothing to show. */
const otherOf = (data: unknown, depth: number): OtherAttachment | undefined => {
  const link = messageLink(field(data, 'title_link'));
  const md = treeIn(data, 'md');
  const texts = ['pretext', 'text', 'footer'].map((name) => textIn(data, name));
  const image = imageOf(data);
  const other: OtherAttachment = {
    type: 'other',
    title: nameIn(data, 'title'),
    text: texts.filter(Boolean).join('\n'),
    ...(md !== undefined && {md}),
    author: nameIn(data, 'author_name'),
    ...(link && {link}),
    fields: fieldsOf(data),
    attachments: [...(image ? [image] : []), ...innerOf(data, depth)],
  };
  const {title, text, author, fields, attachments} = other;
  return title || text || md || author || fields.length + attachments.length > 0
    ? other
    : undefined;
};

/** A picture of an integration with nothing written beside it. */
const onlyImage = (data: unknown): Attachment | undefined => {
  const isWritten = ['text', 'pretext', 'author_name', 'fields', 'attachments', 'title_link'].some(
    (name) => field(data, name),
  );
  return isWritten ? undefined : imageOf(data);
};

const attachmentOf = (data: unknown, depth: number): Attachment | undefined => {
  const isFile = field(data, 'type') === 'file';
  return (
    quoteOf(data, depth) ??
    (isFile ? imageOf(data) : onlyImage(data)) ??
    mediaOf(data) ??
    fileOf(data) ??
    otherOf(data, depth)
  );
};

/** Reads the attachments of a message; those that are none, or have nothing to show, are left out. */
export const parseAttachments = (data: unknown): readonly Attachment[] =>
  list(data)
    .slice(0, ATTACHMENT_LIMITS.message)
    .map((each) => attachmentOf(each, 0))
    .filter(present);
