/**
 * What is attached to a message: files, quoted messages, and what integrations add. Texts have been
 * through `visibleText` and `visibleName`; they, names and addresses come from somebody else all the same.
 *
 * Source: `MessageAttachment` of Rocket.Chat's core typings, packages/core-typings/src/IMessage.
 */

/** So many attachments of a message are read. */
export const MOST_ATTACHMENTS = 20;

/** What people call a file, and what they wrote beside it. */
interface Described {
  /** Its name, never empty. */
  readonly title: string;
  readonly description?: string;
  /** The tree of `description`, for `parseMarkup`. */
  readonly descriptionMd?: unknown;
}

/** A file of the workspace, or one elsewhere. */
export interface Source extends Described {
  /** A path of the workspace (`/file-upload/…`), or an https or http address elsewhere. */
  readonly url: string;
  /** In bytes. */
  readonly size?: number;
  /** Its media type, such as `image/png`; what the sender's browser said. */
  readonly mediaType?: string;
}

/** A picture. */
export interface ImageAttachment extends Source {
  readonly type: 'image';
  /** In CSS pixels; both or none. */
  readonly width?: number;
  readonly height?: number;
}

/** Any other file. */
export interface FileAttachment extends Source {
  readonly type: 'file';
}

/** A file that was deleted, or that nothing leads to. */
export interface GoneAttachment {
  readonly type: 'gone';
  /** What it was called; may be empty. */
  readonly title: string;
}

/** Another message that this one answers or shows. */
export interface QuoteAttachment {
  readonly type: 'quote';
  /** Whose it is: a username, or a name by the workspace's setting. May be empty. */
  readonly author: string;
  readonly text: string;
  /** The tree of `text`, for `parseMarkup`. */
  readonly md?: unknown;
  /** When it was written: epoch ms. */
  readonly time?: number;
  /** Where it stands: an address of the workspace. */
  readonly link: string;
  /** The id of the message, where `link` says it. */
  readonly messageId?: string;
  /** The room that it stands in, such as `channel/general`, where `link` says it. */
  readonly room?: string;
  readonly attachments: readonly Attachment[];
}

/** What an integration adds, and a pinned message. */
export interface OtherAttachment {
  readonly type: 'other';
  /** Any of the texts may be empty, but not all where there are no fields and no attachments. */
  readonly title: string;
  readonly text: string;
  readonly md?: unknown;
  readonly author: string;
  readonly link?: string;
  readonly fields: readonly {readonly title: string; readonly value: string}[];
  /** Its picture first, if it has one. */
  readonly attachments: readonly Attachment[];
}

/** What is attached to a message. */
export type Attachment =
  ImageAttachment | FileAttachment | GoneAttachment | QuoteAttachment | OtherAttachment;
