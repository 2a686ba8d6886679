import {html, nothing, type TemplateResult} from 'lit';

import type {
  Attachment,
  FileAttachment,
  ImageAttachment,
  OtherAttachment,
  QuoteAttachment,
} from '../../protocol/attachment-types.js';
import type {RoomMessage} from '../../protocol/room-message.js';
import {parseAttachments} from '../../protocol/attachment.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import {sizeText} from './composer-words.js';
import type {MessageContext} from './context.js';
import {momentText} from './native-time.js';
import {filesWords} from './files-words.js';
import {signs} from './signs.js';

const quoteView = (
  quote: QuoteAttachment,
  context: MessageContext,
  language: Language,
): TemplateResult => {
  const {author, messageId, room, time, attachments} = quote;
  return html`<blockquote class="quoted">
    <p class="head">
      <bdi class="author">${author}</bdi>
      ${
        time === undefined
          ? nothing
          : messageId
            ? html`<button
                type="button"
                class="link"
                @click=${() => context.actions?.goTo(messageId, room)}
              >
                <time>${momentText(language.tag, time)}</time>
              </button>`
            : html`<time>${momentText(language.tag, time)}</time>`
      }
    </p>
    <div dir="auto">${context.tools.text(quote, context, language)}</div>
    ${attachments.map((each) => attachmentView(each, context, language))}
  </blockquote>`;
};

const otherView = (
  other: OtherAttachment,
  context: MessageContext,
  language: Language,
): TemplateResult => {
  const {title, link, author, fields, attachments} = other;
  return html`<div class="attached" dir="auto">
    ${author ? html`<p><bdi>${author}</bdi></p>` : nothing}
    ${
      title
        ? html`<p>
            <strong
              >${
                link
                  ? html`<a href=${link} target="_blank" rel="noopener noreferrer">${title}</a>`
                  : title
              }</strong
            >
          </p>`
        : nothing
    }
    ${other.text || other.md ? context.tools.text(other, context, language) : nothing}
    ${
      fields.length
        ? html`<dl>
            ${fields.map(
              (each) =>
                html`<dt>${each.title}</dt>
                  <dd>${each.value}</dd>`,
            )}
          </dl>`
        : nothing
    }
    ${attachments.map((each) => attachmentView(each, context, language))}
  </div>`;
};

const fileView = (
  file: FileAttachment | ImageAttachment,
  context: MessageContext,
  language: Language,
): TemplateResult => {
  const {title, size, description} = file;
  const {tag} = language;
  return html`<rc-file .file=${file} .context=${context} .language=${language}></rc-file> ${
      description
        ? html`<div dir="auto">
            ${context.tools.text({text: description, md: file.descriptionMd}, context, language)}
          </div>`
        : nothing
    }
    ${
      file.type === 'file' && size !== undefined && !title
        ? html`<small>${sizeText(tag, size)}</small>`
        : nothing
    }`;
};

const attachmentView = (
  attachment: Attachment,
  context: MessageContext,
  language: Language,
): TemplateResult => {
  switch (attachment.type) {
    case 'quote':
      return quoteView(attachment, context, language);
    case 'other':
      return otherView(attachment, context, language);
    case 'gone':
      return html`<p class="remark">
        ${signs.file} <bdi>${attachment.title}</bdi> ${filesWords(language).filesGone}
      </p>`;
    default:
      return fileView(attachment, context, language);
  }
};

const read = new WeakMap<object, readonly Attachment[]>();

/** What is attached to a message, read once, and how much more there is. */
export const attachmentsView = (
  {attachments, moreAttachments}: RoomMessage,
  context: MessageContext,
  language: Language,
): TemplateResult => {
  let list = read.get(attachments);
  if (!list) read.set(attachments, (list = parseAttachments(attachments)));
  const {filesMoreAttachments} = filesWords(language);
  return html`${list.map((each) => attachmentView(each, context, language))}
  ${
    moreAttachments > 0
      ? html`<p class="remark">${plural(language.tag, filesMoreAttachments, moreAttachments)}</p>`
      : nothing
  }`;
};
