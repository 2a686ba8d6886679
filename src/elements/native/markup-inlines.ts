import {html, nothing} from 'lit';

import {textOf} from '../../protocol/markup-inline.js';
import type {Emoji, Inline} from '../../protocol/markup-types.js';
import {otherTarget} from './link-target.js';
import type {MarkupContext} from './markup-context.js';
import {remoteImage, spoiler} from './markup-reveal.js';
import {timeText} from './markup-time.js';

/** Names that mean everybody, or everybody who is there. */
const EVERYBODY = ['all', 'here'];

type Of<Type extends Inline['type']> = Extract<Inline, {type: Type}>;

const hex = (value: number): string => value.toString(16).padStart(2, '0');

const color = ({red, green, blue, alpha}: Of<'color'>): unknown => {
  const code = `#${[red, green, blue, ...(alpha < 255 ? [alpha] : [])].map(hex).join('')}`;
  // By the property, as a policy of the page may refuse the attribute.
  return html`<span class="swatch" .style=${`background-color: ${code}`}></span
    ><bdi class="color">${code}</bdi>`;
};

/** An emoji; pictures of the workspace's own are shown by their names. */
export const emojiView = ({shortcode, text}: Emoji, {emoji}: MarkupContext): unknown =>
  html`<span class="emoji" title=${shortcode ? `:${shortcode}:` : nothing}
    >${(shortcode && emoji?.(shortcode)) ?? text}</span
  >`;

const link = ({href, children}: Of<'link'>, context: MarkupContext): unknown => {
  const target = otherTarget(textOf(children), href);
  return html`<a href=${href} target="_blank" rel="noopener noreferrer"
      ><bdi>${inlinesView(children, context)}</bdi></a
    >${target ? html` <bdi class="target" dir="ltr">(${target})</bdi>` : nothing}`;
};

const user = (username: string, {me, person}: MarkupContext): unknown => {
  const everybody = EVERYBODY.includes(username);
  const name = everybody ? undefined : person?.(username).name;
  // Who it is cannot be taken from a name alone.
  const title = name ? `@${username}` : nothing;
  const text = `@${name ?? username}`;
  return everybody || username === me
    ? html`<mark class="mention" title=${title}><bdi>${text}</bdi></mark>`
    : html`<bdi class="mention" title=${title}>${text}</bdi>`;
};

const channel = (name: string, {openRoom}: MarkupContext): unknown =>
  openRoom
    ? html`<button type="button" class="mention" @click=${() => openRoom(name)}>
        <bdi>#${name}</bdi>
      </button>`
    : html`<bdi class="mention">#${name}</bdi>`;

const inlineView = (each: Inline, context: MarkupContext): unknown => {
  switch (each.type) {
    case 'text':
      return each.text;
    case 'bold':
      return html`<strong>${inlinesView(each.children, context)}</strong>`;
    case 'italic':
      return html`<em>${inlinesView(each.children, context)}</em>`;
    case 'strike':
      return html`<s>${inlinesView(each.children, context)}</s>`;
    case 'spoiler':
      return spoiler(
        textOf(each.children),
        html`<span class="revealed" hidden>${inlinesView(each.children, context)}</span>`,
        context.strings,
      );
    case 'code':
    case 'math':
      return html`<code dir=${each.type === 'code' ? 'auto' : 'ltr'}>${each.text}</code>`;
    case 'link':
      return link(each, context);
    case 'user':
      return user(each.username, context);
    case 'channel':
      return channel(each.name, context);
    case 'emoji':
      return emojiView(each, context);
    case 'image':
      return remoteImage(each.href, each.label, context.strings);
    case 'color':
      return color(each);
    case 'timestamp':
      return html`<time
        datetime=${new Date(each.time).toISOString()}
        title=${timeText(context.tag, each.time, 'F', Date.now())}
        >${timeText(context.tag, each.time, each.format, Date.now())}</time
      >`;
  }
};

/** The parts of a line. */
export const inlinesView = (children: readonly Inline[], context: MarkupContext): unknown =>
  children.map((each) => inlineView(each, context));
