import {html, nothing, type TemplateResult} from 'lit';

import type {Conversation} from '../../session/conversation.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import {nativeWords} from './native-words.js';
import {signs} from './signs.js';

/** What is said of the messages that are not there. */
export const listStatus = (
  conversation: Conversation,
  language: Language,
): TemplateResult | string => {
  const words = nativeWords(language);
  const {older, opened} = conversation.getState();
  if (older === 'failed')
    return html`${words.nativeOlderFailed}
      <button type="button" @click=${() => void conversation.loadOlder()}>
        ${words.nativeAgain}
      </button>`;
  if (!opened) return words.nativeLoading;
  if (older === 'loading') return words.nativeOlderLoading;
  return older === 'none' && !conversation.size ? words.nativeEmpty : '';
};

/**
 * The way to the newest message, where it is not in sight.
 *
 * @param missed how many have come since it was
 */
export const newestButton = (
  away: boolean,
  missed: number,
  language: Language,
  go: () => void,
): TemplateResult | typeof nothing => {
  const {nativeNewest, nativeNewMessages} = nativeWords(language);
  const text = missed > 0 ? plural(language.tag, nativeNewMessages, missed) : '';
  return away
    ? html`<button
        type="button"
        class="newest"
        part="newest"
        aria-label=${text || nativeNewest}
        @click=${go}
      >
        ${text} ${signs.down}
      </button>`
    : nothing;
};
