import {html, nothing, type TemplateResult} from 'lit';

import type {RoomMessage} from '../../protocol/room-message.js';
import type {Language} from '../strings/strings.js';
import type {DoingStrings} from '../strings/doing-en.js';
import type {MessageQuestion, MessageContext} from './context.js';
import {clockText} from './native-time.js';
import {doingWords} from './doing-words.js';
import {signs} from './signs.js';

/** Reactions that need no search. */
const QUICK = [
  ['thumbsup', '👍'],
  ['heart', '❤️'],
] as const;

/** Asked beside the message, as a dialog over the page would be the page's own affair. */
const ask = (words: DoingStrings, {ask}: MessageQuestion, remove: () => void): TemplateResult => {
  const answer = (yes: boolean): void => {
    ask(undefined);
    if (yes) remove();
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    answer(false);
  };
  return html`<div class="ask" role="group" aria-label=${words.doingDeleteAsk} @keydown=${escape}>
    <p>${words.doingDeleteAsk}</p>
    <button type="button" @click=${() => answer(true)}>${words.doingDelete}</button>
    <button type="button" @click=${() => answer(false)}>${words.doingCancel}</button>
  </div>`;
};

/** What can be done with a message; shown where the pointer or the focus is. */
export const messageActions = (
  message: RoomMessage,
  who: string,
  {actions, rights, thread, me}: MessageContext,
  language: Language,
  question: MessageQuestion,
): TemplateResult | typeof nothing => {
  const words = doingWords(language);
  const button = (label: string, sign: unknown, act: () => void): TemplateResult =>
    html`<button type="button" aria-label=${label} title=${label} @click=${act}>${sign}</button>`;
  if (!rights.write || !actions) return nothing;
  if (question.asks === 'delete') return ask(words, question, () => actions.remove(message));
  if (question.asks)
    return html`<rc-reaction-picker
      .language=${language}
      .onChoose=${(emoji: string | undefined) => {
        question.ask(undefined);
        if (emoji) actions.react(message, emoji, true);
      }}
    ></rc-reaction-picker>`;
  const label = words.doingActions
    .replace('{name}', () => who)
    .replace('{time}', clockText(language.tag, message.time));
  const mine = (emoji: string): boolean =>
    message.reactions.some(
      (each) => each.emoji === `:${emoji}:` && me !== undefined && each.usernames.includes(me),
    );
  return html`<div class="actions" role="group" aria-label=${label}>
    ${QUICK.map(
      ([emoji, character]) =>
        html`<button
          type="button"
          class="quick"
          aria-label="${words.doingReact} ${emoji}"
          aria-pressed=${mine(emoji)}
          @click=${() => actions.react(message, `:${emoji}:`, !mine(emoji))}
        >
          ${character}
        </button>`,
    )}
    ${button(words.doingReactMore, signs.smile, () => question.ask('react'))}
    ${thread ? nothing : button(words.doingReply, signs.thread, () => actions.openThread(message))}
    ${button(words.doingQuote, signs.quote, () => actions.quote(message, thread))}
    ${
      rights.edit(message)
        ? button(words.doingEdit, signs.edit, () => actions.edit(message, thread))
        : nothing
    }
    ${rights.remove(message) ? button(words.doingDelete, signs.remove, () => question.ask('delete')) : nothing}
  </div>`;
};
