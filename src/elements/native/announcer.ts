import {isByPerson} from '../../protocol/chat-message.js';
import type {RoomMessage} from '../../protocol/room-message.js';
import {cutText} from '../../protocol/visible-text.js';
import type {Conversation} from '../../session/conversation.js';
import type {NativeStrings} from '../strings/native-en.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';

/** What comes within this time is said in one go, ms. */
const TOGETHER = 1_000;
/** Between two announcements, ms: a screen reader finishes one before the next. */
const PAUSE = 4_000;
/** So much of a message is read aloud. */
const LONGEST = 300;

/** How what is announced is put into words; both are the view's, of whose file this is no part. */
export interface Speech {
  words(language: Language): NativeStrings;
  /** What the person is called who wrote a message. */
  who(message: RoomMessage): string;
  /** What a message says, without its markup. */
  plain(message: RoomMessage): string;
}

/**
 * Says new messages of others to screen readers, one by its words, more by their number; and once each
 * that one of the user's own was not sent.
 */
export class Announcer {
  readonly #speech: Speech;
  /** A live region. */
  #region: HTMLElement | undefined;
  /** Until when all was said or seen, by the server's clock; of what is shown. */
  #until = new Map<Conversation, number>();
  /** What was not sent, and was told. */
  #unsent = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastSaid = -Infinity;

  constructor(speech: Speech) {
    this.#speech = speech;
  }

  /**
   * Listens to these and to no others. Called with each change of them.
   *
   * @param region a live region, which must be in the page before anything is said in it
   * @param me the user's own id
   */
  follow(
    conversations: readonly Conversation[],
    region: HTMLElement,
    me: string | undefined,
    language: Language,
  ): void {
    this.#region = region;
    for (const each of this.#until.keys())
      if (!conversations.includes(each)) {
        this.#until.delete(each);
        this.#clear();
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
      this.#say(region, me, language);
    }, wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#until.clear();
    this.#unsent.clear();
    this.#clear();
  }

  #clear(): void {
    if (this.#region) this.#region.textContent = '';
  }

  #say(region: HTMLElement, me: string | undefined, language: Language): void {
    const byOthers = this.#news.filter((each) => isByPerson(each) && each.sender.userId !== me);
    // An answer may be in its thread and in the room.
    const news = [...new Map(byOthers.map((each) => [each.id, each])).values()];
    const unsent = this.#newlyUnsent;
    for (const each of this.#until.keys())
      this.#until.set(each, each.messages.at(-1)?.time ?? this.#until.get(each)!);
    for (const id of unsent) this.#unsent.add(id);
    // Nobody is there to hear it; who comes back has it before their eyes.
    const isShown =
      !region.closest('[inert]') && region.checkVisibility({visibilityProperty: true});
    if (!isShown || document.visibilityState === 'hidden') return;
    const {tag, strings} = language;
    const words = this.#speech.words(language);
    const said: string[] = unsent.length ? [words.nativeNotSent] : [];
    const [first] = news;
    if (news.length > 1) said.push(plural(tag, words.nativeNewMessages, news.length));
    else if (first) said.push(this.#inWords(first, words));
    if (!said.length) return;
    region.lang = tag;
    region.dir = strings.direction;
    region.textContent = said.join(' ');
    this.#lastSaid = performance.now();
  }

  #inWords(message: RoomMessage, words: NativeStrings): string {
    const text = message.encrypted
      ? words.nativeEncrypted
      : cutText(this.#speech.plain(message), LONGEST);
    return words.nativeSaid
      .replace('{name}', () => this.#speech.who(message))
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
