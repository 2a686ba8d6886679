import {isByPerson} from '../../protocol/chat-message.js';
import {plainMarkup} from '../../protocol/markup.js';
import type {RoomMessage} from '../../protocol/room-message.js';
import {cutText, visibleName} from '../../protocol/visible-text.js';
import type {Conversation} from '../../session/conversation.js';
import {make} from '../dom.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import {nativeWords} from './native-words.js';
import {blocksOf} from './text-view.js';

/** What comes within this time is said in one go, ms. */
const TOGETHER = 1_000;
/** Between two announcements, ms: a screen reader finishes one before the next. */
const PAUSE = 4_000;
/** So much of a message is read aloud. */
const LONGEST = 300;

/**
 * Says new messages of others to screen readers, one by its words, more by their number; and once each
 * that one of the user's own was not sent.
 */
export class Announcer {
  /** A live region, which must be in the page before it says anything. */
  readonly region = make('p', {class: 'said', role: 'log', 'aria-live': 'polite'});
  /** Until when all was said or seen, by the server's clock; of what is shown. */
  #until = new Map<Conversation, number>();
  /** What was not sent, and was told. */
  #unsent = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastSaid = -Infinity;

  /** Listens to these and to no others. Called with each change of them. */
  follow(
    conversations: readonly Conversation[],
    me: string | undefined,
    base: string,
    language: Language,
  ): void {
    for (const each of this.#until.keys())
      if (!conversations.includes(each)) {
        this.#until.delete(each);
        this.region.textContent = '';
      }
    for (const each of conversations)
      // What was there before is read by whoever goes through the list.
      if (!this.#until.has(each) && each.getState().opened)
        this.#until.set(each, each.messages.at(-1)?.time ?? 1);
    const unsent = conversations.flatMap((each) => each.unsent);
    // One that is being sent again may fail again.
    for (const id of this.#unsent) if (!unsent.includes(id)) this.#unsent.delete(id);
    if (this.#timer !== undefined || !(this.#news.length || this.#newlyUnsent.length)) return;
    const wait = Math.max(TOGETHER, this.#lastSaid + PAUSE - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#say(me, base, language);
    }, wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#until.clear();
    this.#unsent.clear();
    this.region.textContent = '';
  }

  #say(me: string | undefined, base: string, language: Language): void {
    const byOthers = this.#news.filter((each) => isByPerson(each) && each.sender.userId !== me);
    // An answer may be in its thread and in the room.
    const news = [...new Map(byOthers.map((each) => [each.id, each])).values()];
    const unsent = this.#newlyUnsent;
    for (const each of this.#until.keys())
      this.#until.set(each, each.messages.at(-1)?.time ?? this.#until.get(each)!);
    for (const id of unsent) this.#unsent.add(id);
    // Nobody is there to hear it; who comes back has it before their eyes.
    if (this.region.closest('[inert]') || document.visibilityState === 'hidden') return;
    const {tag, strings} = language;
    const words = nativeWords(language);
    const said: string[] = unsent.length ? [words.nativeNotSent] : [];
    const [first] = news;
    if (news.length > 1) said.push(plural(tag, words.nativeNewMessages, news.length));
    else if (first) said.push(this.#inWords(first, base, words));
    if (!said.length) return;
    this.region.lang = tag;
    this.region.dir = strings.direction;
    this.region.textContent = said.join(' ');
    this.#lastSaid = performance.now();
  }

  #inWords(
    message: RoomMessage,
    base: string,
    words: {readonly nativeEncrypted: string; readonly nativeSaid: string},
  ): string {
    const {name, username} = message.sender;
    const text = message.encrypted
      ? words.nativeEncrypted
      : cutText(plainMarkup(blocksOf(message, base)), LONGEST);
    return words.nativeSaid
      .replace('{name}', () => visibleName(name, username))
      .replace('{text}', () => text);
  }

  get #news(): RoomMessage[] {
    return [...this.#until].flatMap(([{messages}, until]) => {
      let from = messages.length;
      while (from > 0 && messages[from - 1]!.time > until) from--;
      return messages.slice(from);
    });
  }

  get #newlyUnsent(): string[] {
    return [...this.#until.keys()].flatMap(({unsent}) =>
      unsent.filter((id) => !this.#unsent.has(id)),
    );
  }
}
