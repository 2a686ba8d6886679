/** The files of a message, each told apart by the names of its fields: `image_url`, `audio_url`, … */
import type {FileAttachment, GoneAttachment, ImageAttachment, Source} from './attachment-types.js';
import {nameIn, textIn, treeIn} from './attachment-texts.js';
import {field, text} from './guards.js';
import {messageLink, workspacePath} from './message-link.js';
import {visibleName} from './visible-text.js';

const amount = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;

/**
 * Where a workspace has its files and pictures. Whatever else it has would be asked for as the user who
 * reads the message, and a slash in disguise leads out of a folder.
 */
const FOLDERS = /^\/(?:file-upload|avatar|ufs)\/(?![^?#]*%(?:2f|5c))/i;

/** Where a file is: in the workspace, or elsewhere in the web. */
const fileAddress = (value: unknown): string | undefined => {
  const path = workspacePath(value);
  if (path) return FOLDERS.test(path) ? path : undefined;
  const url = messageLink(value);
  return url?.startsWith('mailto:') ? undefined : url;
};

/** What a file is called by its address. */
const lastPart = (url: string): string => {
  const part = url.replace(/[?#].*$/s, '').replace(/^.*\//s, '');
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const sourceOf = (data: unknown, url: string, kind: string): Source => {
  const size = amount(field(data, `${kind}_size`)) ?? amount(field(data, 'size'));
  const mediaType = text(field(data, `${kind}_type`), 128);
  const description = textIn(data, 'description');
  const descriptionMd = treeIn(data, 'descriptionMd');
  return {
    title: nameIn(data, 'title') || visibleName(lastPart(url), 'file'),
    ...(description && {description}),
    ...(descriptionMd !== undefined && {descriptionMd}),
    url,
    ...(size !== undefined && {size}),
    ...(mediaType && /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) && {mediaType}),
  };
};

/** A picture, of the workspace or of elsewhere. */
export const imageOf = (data: unknown): ImageAttachment | undefined => {
  const url = fileAddress(field(data, 'image_url'));
  if (!url) return;
  const dimensions = field(data, 'image_dimensions');
  const width = amount(field(dimensions, 'width'));
  const height = amount(field(dimensions, 'height'));
  return {
    type: 'image',
    ...sourceOf(data, url, 'image'),
    ...(width && height && {width, height}),
  };
};

/** What can be played. */
export const mediaOf = (data: unknown): FileAttachment | undefined => {
  for (const media of ['audio', 'video'] as const) {
    const url = fileAddress(field(data, `${media}_url`));
    if (url) return {type: 'file', ...sourceOf(data, url, media)};
  }
  return;
};

/** Any other file of the workspace, and what is left of one. */
export const fileOf = (data: unknown): FileAttachment | GoneAttachment | undefined => {
  const type = field(data, 'type');
  if (type !== 'file' && type !== 'removed-file') return;
  const url = type === 'file' ? fileAddress(field(data, 'title_link')) : undefined;
  if (!url) return {type: 'gone', title: nameIn(data, 'title')};
  return {type: 'file', ...sourceOf(data, url, 'file')};
};
