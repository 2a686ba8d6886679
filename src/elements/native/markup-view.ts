import {html, nothing, type TemplateResult} from 'lit';

import {plainMarkup} from '../../protocol/markup.js';
import type {Block, ListItem} from '../../protocol/markup-types.js';
import type {MarkupContext} from './markup-context.js';
import {emojiView, inlinesView} from './markup-inlines.js';
import {spoiler} from './markup-reveal.js';

const blocksView = (blocks: readonly Block[], context: MarkupContext): unknown =>
  blocks.map((each) => blockView(each, context));

const item = ({number, children}: ListItem, context: MarkupContext): unknown =>
  html`<li value=${number ?? nothing}>${inlinesView(children, context)}</li>`;

const blockView = (block: Block, context: MarkupContext): unknown => {
  switch (block.type) {
    case 'paragraph':
      return html`<p dir="auto">${inlinesView(block.children, context)}</p>`;
    case 'heading':
      // No heading to the page: its outline is not for whoever writes a message.
      return html`<p dir="auto" class="heading level-${block.level}">
        <strong>${inlinesView(block.children, context)}</strong>
      </p>`;
    case 'big-emoji':
      return html`<p class="big-emoji">
        ${block.children.map((each) => emojiView(each, context))}
      </p>`;
    case 'code':
      return html`<pre dir="ltr"><code>${block.text}</code></pre>`;
    case 'math':
      return html`<pre dir="ltr" class="math"><code>${block.text}</code></pre>`;
    case 'quote':
      return html`<blockquote>${blocksView(block.blocks, context)}</blockquote>`;
    case 'spoiler':
      return html`<div class="spoiler">
        ${spoiler(
          plainMarkup(block.blocks),
          html`<div class="revealed" hidden>${blocksView(block.blocks, context)}</div>`,
          context.strings,
        )}
      </div>`;
    case 'list':
      return block.ordered
        ? html`<ol dir="auto">
            ${block.items.map((each) => item(each, context))}
          </ol>`
        : html`<ul dir="auto">
            ${block.items.map((each) => item(each, context))}
          </ul>`;
    case 'tasks':
      // The role by its name, as Safari takes it from a list without bullets.
      return html`<ul class="tasks" role="list" dir="auto">
        ${block.items.map(
          ({done, children}) =>
            html`<li>
              <label
                ><input type="checkbox" disabled .checked=${done} />
                <span>${inlinesView(children, context)}</span></label
              >
            </li>`,
        )}
      </ul>`;
    case 'line-break':
      return html`<br />`;
    case 'cut':
      return html`<p class="cut" dir="auto">${context.strings.markupCut}</p>`;
  }
};

/** The text of a message, of its tree alone: nothing in it ever becomes HTML. */
export const markupView = (blocks: readonly Block[], context: MarkupContext): TemplateResult =>
  html`<div class="markup">${blocksView(blocks, context)}</div>`;
