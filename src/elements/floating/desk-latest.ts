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
  /** By persons alone, as is {@link #listed}: what Rocket.Chat itself remarks is nobody's message. */
  readonly #latest = new Map<string, ChatMessage>();
  /** What the list told last before it told of a remark. */
  readonly #listed = new Map<string, ChatMessage>();
  /** What the list tells is looked at once. */
  readonly #parsed = new WeakMap<object, ChatMessage | undefined>();
  readonly #previews = new WeakMap<ChatMessage, string>();

  constructor(session: LiveSession) {
    this.#session = session;
  }

  /** Undefined where there is none, and where the workspace does not tell. */
  of(roomId: string): ChatMessage | undefined {
    const listed = this.#told(roomId);
    if (listed && isByPerson(listed)) this.#listed.set(roomId, listed);
    // A list without any message knows of none.
    else if (!listed) this.#listed.delete(roomId);
    const told = this.#listed.get(roomId);
    const seen = this.#latest.get(roomId);
    return !seen || (told && told.time > seen.time) ? told : seen;
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
      const {id, roomId, time} = message;
      // Answers in threads are not among a room's messages.
      if (message.threadId && field(message.raw, 'tshow') !== true) return;
      // A remark may stand in the place of a message that was deleted.
      if (!isByPerson(message)) this.#drop(roomId, id);
      else if (time >= (this.#latest.get(roomId)?.time ?? 0)) this.#latest.set(roomId, message);
    } else if (fact.type === 'message-changed' && fact.detail.change === 'deleted') {
      this.#drop(fact.detail.roomId, fact.detail.id);
    } else if (fact.type === 'rooms') {
      // A room that was deleted may come again, and have its id.
      for (const map of [this.#latest, this.#listed])
        for (const roomId of map.keys())
          if (!this.#session.directory.membership(roomId)) map.delete(roomId);
    }
  }

  #drop(roomId: string, id: string): void {
    for (const map of [this.#latest, this.#listed])
      if (map.get(roomId)?.id === id) map.delete(roomId);
  }

  #told(roomId: string): ChatMessage | undefined {
    const raw = field(this.#session.directory.facts(roomId)?.raw, 'lastMessage');
    if (typeof raw !== 'object' || raw === null) return;
    if (!this.#parsed.has(raw)) this.#parsed.set(raw, parseChatMessage(raw));
    const message = this.#parsed.get(raw);
    return message?.roomId === roomId ? message : undefined;
  }
}
