import {html, nothing, type TemplateResult} from 'lit';

import type {RoomMessage} from '../../protocol/room-message.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import type {MessageContext} from './context.js';
import {nativeWords} from './native-words.js';

/** The way to the discussion that a message tells of; of which kind of room that is, it does not tell. */
export const discussionButton = (
  {discussion}: RoomMessage,
  {actions}: MessageContext,
  language: Language,
): TemplateResult | typeof nothing => {
  if (!discussion || !actions) return nothing;
  const words = nativeWords(language);
  return html`<button
    type="button"
    class="thread-button"
    @click=${() => actions.openRoom(discussion.roomId)}
  >
    <strong>${words.nativeDiscussionOpen}</strong>
    <small>${plural(language.tag, words.nativeDiscussion, discussion.count)}</small>
  </button>`;
};
