import {visibleName} from '../../protocol/visible-text.js';
import {fold} from '../around/fold.js';
import {make, setText} from '../dom.js';
import type {ChatEntry} from '../floating/desk-types.js';
import {plural} from '../strings/plural.js';
import {Avatar} from './avatar.js';
import {chatTime} from './chat-time.js';
import type {Speech} from './view-types.js';

/** The highest number that fits on a badge. */
const MOST_SHOWN = 99;

/** What a chat is called: its name may be empty, or look as if it were. */
export const chatName = ({name, roomId}: ChatEntry): string => visibleName(name, roomId);

const looksLike = (one: ChatEntry, other: ChatEntry): boolean =>
  one.name === other.name &&
  one.username === other.username &&
  one.image === other.image &&
  one.status === other.status &&
  one.count === other.count &&
  one.alert === other.alert &&
  one.lastMessage === other.lastMessage &&
  one.preview === other.preview;

const badgeOf = (count: number, {language: {tag}, words}: Speech): string =>
  plural(tag, count > MOST_SHOWN ? words.windowMost : {other: '#'}, Math.min(count, MOST_SHOWN));

/** A chat of the list: a button with picture, name, time, the latest message and what is unread. */
export class ChatRow {
  readonly button = make('button', {type: 'button', class: 'row', tabindex: '-1'});
  readonly item = make('li', {}, this.button);
  readonly #avatar = new Avatar();
  // Nobody knows what language a name is in, or a message.
  readonly #name = make('bdi', {class: 'name', lang: ''});
  readonly #time = make('span', {class: 'time'});
  readonly #preview = make('bdi', {class: 'preview', lang: ''});
  readonly #badge = make('span', {'aria-hidden': 'true'});
  /** What the eye has from the dot and the badge. */
  readonly #said = make('span', {class: 'said'});
  #chat: ChatEntry | undefined;
  #words: Speech['words'] | undefined;
  #told = '';
  #folded: string | undefined;

  constructor() {
    const {element} = this.#avatar;
    this.button.append(element, this.#name, this.#said, this.#time, this.#preview, this.#badge);
  }

  /** The chat as it was told last. */
  get chat(): ChatEntry {
    return this.#chat!;
  }

  /** Its name as a search compares it. */
  get folded(): string {
    return (this.#folded ??= fold(chatName(this.chat)));
  }

  /** The list tells all chats anew when one has changed, so that only what looks otherwise is drawn. */
  show(chat: ChatEntry, speech: Speech): void {
    const {language, words} = speech;
    const {tag} = language;
    const time = chatTime(tag, chat.lastMessage);
    const last = this.#chat;
    const same = last && looksLike(chat, last) && words === this.#words && time === this.#told;
    this.#chat = chat;
    if (same) return;
    this.#words = words;
    this.#told = time;
    this.#folded = undefined;
    const {status, count, alert, preview} = chat;
    const name = chatName(chat);
    this.#avatar.show({...chat, name});
    setText(this.#name, name);
    setText(this.#time, time);
    setText(this.#preview, preview);
    this.#badge.className = count ? 'count' : alert ? 'dot' : '';
    // Drawn by the style sheet: as text it would be part of what the button seems to be called.
    this.#badge.dataset['count'] = count ? badgeOf(count, speech) : '';
    this.button.classList.toggle('unread', !!count || alert);
    const unread = count ? plural(tag, words.windowUnread, count) : alert && words.windowNews;
    const said = [status && words[`window_${status}`], unread].filter((each) => !!each) as string[];
    const also = (state: string): string => words.windowAlso.replace('{state}', state);
    setText(this.#said, said.map(also).join(''));
  }

  /** Marks it as the one that is shown, or was last. */
  set current(current: boolean) {
    if (current) this.button.setAttribute('aria-current', 'true');
    else this.button.removeAttribute('aria-current');
  }
}
