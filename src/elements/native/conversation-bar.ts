import {html, nothing, type TemplateResult} from 'lit';

import type {PresenceStatus} from '../../session/room-activity.js';
import type {ConversationContent} from './conversation-content.js';
import {nativeWords} from './native-words.js';
import {signs} from './signs.js';

const STATUS_WORDS = {
  online: 'nativeOnline',
  away: 'nativeAway',
  busy: 'nativeBusy',
  offline: 'nativeOffline',
} as const satisfies Record<PresenceStatus, string>;

/**
 * The bar above the messages: the room's name, what it is about, and the way to Rocket.Chat.
 *
 * @param name of the room, for people to read
 * @param status of the other person of a direct message
 */
export const conversationBar = (
  {language, link, traits}: ConversationContent,
  name: string,
  status: PresenceStatus | undefined,
): TemplateResult => {
  const words = nativeWords(language);
  const topic = traits?.topic;
  return html`<header class="bar" part="header room-header">
    <div class="title">
      <h2><bdi lang="">${name}</bdi></h2>
      ${
        status
          ? html`<p class="presence ${status}">${words[STATUS_WORDS[status]]}</p>`
          : topic
            ? html`<p title=${topic}><bdi lang="">${topic}</bdi></p>`
            : nothing
      }
    </div>
    ${
      link
        ? html`<a
            part="header-button"
            class="bar-button"
            href=${link}
            target="_blank"
            rel="noopener noreferrer"
            aria-label=${words.nativeOpenOutside}
            title=${words.nativeOpenOutside}
            >${signs.outside}</a
          >`
        : nothing
    }
  </header>`;
};
