import type {ChatRoom} from '../../session/chat-state.js';
import {make, setText} from '../dom.js';
import type {AroundStrings} from '../strings/around-en.js';
import {plural} from '../strings/plural.js';
import {fold} from './fold.js';

/** The highest number that fits on a badge. */
const MOST_SHOWN = 99;

/** The texts of a language, the same object as long as the language stays. */
export interface RowWords {
  readonly tag: string;
  readonly strings: AroundStrings;
}

const looksLike = (one: ChatRoom, other: ChatRoom): boolean =>
  one.name === other.name &&
  one.count === other.count &&
  one.alert === other.alert &&
  one.type === other.type;

/** A name may be empty, or look as if it were. */
const nameOf = ({name, roomId}: ChatRoom): string =>
  /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u.test(name) ? name : roomId;

/** What is read out of a room. */
const labelOf = ({count, alert}: ChatRoom, name: string, {tag, strings}: RowWords): string => {
  const label = count
    ? plural(tag, strings.roomUnread, count)
    : alert
      ? strings.roomAlert
      : '{room}';
  // By a function, as a name may hold `$&`.
  return label.replace('{room}', () => name);
};

const badgeOf = (count: number, {tag, strings}: RowWords): string =>
  count > MOST_SHOWN
    ? plural(tag, strings.roomUnreadMost, MOST_SHOWN)
    : new Intl.NumberFormat(tag).format(count);

/** A room of the list: a button with its kind, its name and what is unread. */
export class RoomRow {
  readonly button = make('button', {type: 'button', class: 'room', tabindex: '-1'});
  readonly item = make('li', {}, this.button);
  readonly #kind = make('span', {'aria-hidden': 'true'});
  // Nobody knows what language a name is in. Isolated, it has its own direction, and turns nothing
  // round but itself.
  readonly #name = make('bdi', {class: 'name', lang: ''});
  readonly #badge = make('span', {'aria-hidden': 'true'});
  #room: ChatRoom;
  #words: RowWords | undefined;
  #folded: string | undefined;

  constructor(room: ChatRoom) {
    this.#room = room;
    this.button.append(this.#kind, this.#name, this.#badge);
  }

  /** The room as it was told last. */
  get room(): ChatRoom {
    return this.#room;
  }

  /** Its name as a search compares it. */
  get folded(): string {
    return (this.#folded ??= fold(nameOf(this.#room)));
  }

  /** The list tells all rooms anew when one has changed, so that only what looks otherwise is drawn. */
  show(room: ChatRoom, words: RowWords): void {
    const same = words === this.#words && (room === this.#room || looksLike(room, this.#room));
    this.#room = room;
    if (same) return;
    this.#words = words;
    this.#folded = undefined;
    const {type, count, alert} = room;
    const name = nameOf(room);
    this.#kind.className = `kind ${type}`;
    setText(this.#name, name);
    this.#badge.className = count ? 'count' : alert ? 'dot' : '';
    // Drawn by the style sheet: as text it would be part of what the button seems to be called.
    this.#badge.dataset['count'] = count ? badgeOf(count, words) : '';
    this.button.setAttribute('aria-label', labelOf(room, name, words));
  }

  /** Marks it as the one that is shown. */
  set current(current: boolean) {
    if (current) this.button.setAttribute('aria-current', 'true');
    else this.button.removeAttribute('aria-current');
  }
}
