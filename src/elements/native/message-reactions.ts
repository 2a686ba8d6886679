import {html, nothing, type TemplateResult} from 'lit';

import type {RoomMessage} from '../../protocol/room-message.js';
import {visibleName} from '../../protocol/visible-text.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import type {MessageContext} from './context.js';
import {namesText} from './native-time.js';
import {nativeWords} from './native-words.js';
import {personName} from './person-name.js';

/** So many kinds are shown at once. */
const MOST_SHOWN = 20;

/** Who has reacted how, each kind a button that adds one's own or takes it back. */
export const reactions = (
  message: RoomMessage,
  context: MessageContext,
  language: Language,
): TemplateResult | typeof nothing => {
  if (!message.reactions.length) return nothing;
  const {actions, me, person, rights, tools} = context;
  const {tag} = language;
  const words = nativeWords(language);
  const shown = message.reactions.slice(0, MOST_SHOWN);
  const more = message.reactions.length - shown.length + message.moreReactions;
  const chips = shown.map(({emoji, usernames, count}) => {
    const name = visibleName(emoji.replaceAll(':', ''), '');
    const number = new Intl.NumberFormat(tag).format(count);
    const mine = me !== undefined && usernames.includes(me);
    const names = usernames.map((each) => personName(each, person));
    const label = words.nativeReaction
      .replace('{emoji}', () => name.replaceAll('_', ' '))
      .replace('{count}', number)
      .replace('{names}', () => namesText(tag, words, names, count));
    return html`<button
      type="button"
      class="reaction"
      aria-pressed=${mine}
      aria-label=${label}
      title=${label}
      ?disabled=${!rights.write}
      @click=${() => actions?.react(message, emoji, !mine)}
    >
      <span>${tools.emoji(name) ?? `:${name}:`}</span>
      <span>${number}</span>
    </button>`;
  });
  return html`<div class="reactions">
    ${chips}
    ${more > 0 ? html`<small>${plural(tag, words.nativeMoreReactions, more)}</small>` : nothing}
  </div>`;
};
