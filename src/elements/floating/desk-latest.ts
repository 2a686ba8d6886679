import {isByPerson, parseChatMessage, type ChatMessage} from '../../protocol/chat-message.js';
import {field, LIMITS, text} from '../../protocol/guards.js';
import {list} from '../../protocol/list.js';
import {cutText, visibleName, visibleText} from '../../protocol/visible-text.js';
import type {LiveFact} from '../../session/live-state.js';
import type {LiveSession} from '../../session/live-session.js';

/** The longest preview, in UTF-16 code units; a window shows less of it. */
const LONGEST = 200;
/** So much of a message is looked at. */
const MOST = 1_000;

/** Rocket.Chat's markup that a list can do without: quoted messages, labels of links, looks of words and lines. */
const withoutLooks = (text: string): string =>
  text
    .replace(/\[ ?\]\(\S*?\)/g, '')
    .replace(/\[([^\]\n]+)\]\(\S*?\)/g, '$1')
    .replace(/^(?:#{1,4}|>) +|^```.*$/gm, '')
    .replace(/(?<![\w*_~`])([*_~`]{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_~`])/g, '$2');

/**
 * What a list of chats shows of a message: its text in one line, or the name of its file. Nothing of an
 * encrypted one, whose text is none.
 */
export const previewOf = ({kind, raw, text: written}: ChatMessage): string => {
  if (kind) return '';
  const line = visibleText(withoutLooks(cutText(written, MOST)))
    .replace(/\s+/g, ' ')
    .trim();
  if (line) return cutText(line, LONGEST);
  const [attachment] = list(field(raw, 'attachments'));
  const file = text(field(field(raw, 'file'), 'name'), LIMITS.name);
  return visibleName(file || (text(field(attachment, 'title'), LIMITS.name) ?? ''), '');
};

/** The latest message of each chat, as the list of rooms tells it and as they come. */
export class LatestMessages {
  readonly #session: LiveSession;
  readonly #latest = new Map<string, ChatMessage>();
  /** What the list tells is looked at once. */
  readonly #parsed = new WeakMap<object, ChatMessage | undefined>();
  readonly #previews = new WeakMap<ChatMessage, string>();

  constructor(session: LiveSession) {
    this.#session = session;
  }

  /** Undefined where there is none, and where the workspace does not tell. */
  of(roomId: string): ChatMessage | undefined {
    const told = this.#told(roomId);
    const seen = this.#latest.get(roomId);
    const latest = !seen || (told && told.time > seen.time) ? told : seen;
    return latest && isByPerson(latest) ? latest : undefined;
  }

  /** What the list of chats shows of it; empty where there is none. */
  preview(roomId: string): string {
    const message = this.of(roomId);
    if (!message) return '';
    const known = this.#previews.get(message) ?? previewOf(message);
    this.#previews.set(message, known);
    return known;
  }

  hear(fact: LiveFact): void {
    if (fact.type === 'put') {
      const {message} = fact;
      const {roomId, time} = message;
      // Answers in threads are not among a room's messages.
      if (message.threadId && field(message.raw, 'tshow') !== true) return;
      if (time >= (this.#latest.get(roomId)?.time ?? 0)) this.#latest.set(roomId, message);
    } else if (fact.type === 'message-changed' && fact.detail.change === 'deleted') {
      const {id, roomId} = fact.detail;
      if (this.#latest.get(roomId)?.id === id) this.#latest.delete(roomId);
    } else if (fact.type === 'rooms') {
      // A room that was deleted may come again, and have its id.
      for (const roomId of this.#latest.keys())
        if (!this.#session.directory.membership(roomId)) this.#latest.delete(roomId);
    }
  }

  #told(roomId: string): ChatMessage | undefined {
    const raw = field(this.#session.directory.facts(roomId)?.raw, 'lastMessage');
    if (typeof raw !== 'object' || raw === null) return;
    if (!this.#parsed.has(raw)) this.#parsed.set(raw, parseChatMessage(raw));
    const message = this.#parsed.get(raw);
    return message?.roomId === roomId ? message : undefined;
  }
}
