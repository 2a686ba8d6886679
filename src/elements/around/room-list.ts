import type {ChatRoom} from '../../session/chat-state.js';
import type {AroundContent} from '../around.js';
import {make, setText} from '../dom.js';
import {aroundEnglish} from '../strings/around-en.js';
import type {Language} from '../strings/strings.js';
import {arrange} from './arrange.js';
import {fold} from './fold.js';
import {RoomRow, type RowWords} from './room-row.js';

type RoomListContent = Pick<AroundContent, 'rooms' | 'roomId' | 'language'>;

/** The user's rooms: a field that searches them, and a list of which Tab reaches one. */
export class RoomList {
  readonly #search = make('input', {type: 'search', autocomplete: 'off', spellcheck: 'false'});
  // Always there, as a live region that only comes with its text is not announced.
  readonly #message = make('p', {role: 'status', class: 'message'});
  // The role by its name, as Safari takes it from a list without bullets.
  readonly #list = make('ul', {role: 'list'});
  readonly region = make(
    'section',
    {class: 'rooms', part: 'rooms', hidden: ''},
    this.#search,
    this.#message,
    this.#list,
  );
  readonly #root: ShadowRoot;
  readonly #open: (room: ChatRoom) => void;
  readonly #rows = new Map<string, RoomRow>();
  #life: AbortController | undefined;
  #content: RoomListContent | undefined;
  #words: RowWords | undefined;
  #current: RoomRow | undefined;
  /** The row that Tab reaches. */
  #stop: RoomRow | undefined;

  constructor(root: ShadowRoot, open: (room: ChatRoom) => void) {
    this.#root = root;
    this.#open = open;
  }

  show(content: RoomListContent): void {
    this.#listen();
    const {rooms, roomId, language} = content;
    const before = this.#content;
    const isOtherLanguage = this.#speak(language);
    if (rooms === before?.rooms && roomId === before?.roomId && !isOtherLanguage) return;
    this.#content = content;
    this.region.hidden = !rooms;
    this.#fill(rooms ?? []);
    const current = this.#rows.get(roomId ?? '');
    if (current !== this.#current) {
      if (this.#current) this.#current.current = false;
      if (current) current.current = true;
      this.#current = current;
    }
    if (roomId !== before?.roomId) this.#stopAt(current);
    this.#arrange();
  }

  /** Hears of nothing until it is shown again. */
  stop(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  #listen(): void {
    if (this.#life) return;
    const {signal} = (this.#life = new AbortController());
    this.#search.addEventListener('input', () => this.#arrange(), {signal});
    this.#search.addEventListener('keydown', (event) => this.#clear(event), {signal});
    this.#list.addEventListener('keydown', (event) => this.#step(event), {signal});
    this.#list.addEventListener('click', (event) => this.#choose(event), {signal});
  }

  /** @returns whether the language has changed */
  #speak({tag, strings}: Language): boolean {
    if (this.#words?.tag === tag) return false;
    this.#words = {tag, strings: {...aroundEnglish, ...strings}};
    const {rooms, roomsSearch} = this.#words.strings;
    this.region.lang = tag;
    this.region.dir = strings.direction;
    this.region.ariaLabel = rooms;
    this.#search.ariaLabel = this.#search.placeholder = roomsSearch;
    return true;
  }

  #fill(rooms: readonly ChatRoom[]): void {
    const gone = new Set(this.#rows.keys());
    for (const room of rooms) {
      const {roomId} = room;
      let row = this.#rows.get(roomId);
      if (!row) this.#rows.set(roomId, (row = new RoomRow(room)));
      row.show(room, this.#words!);
      gone.delete(roomId);
    }
    for (const roomId of gone) this.#rows.delete(roomId);
  }

  /** Puts the rows that the search has found into the list. */
  #arrange(): void {
    const {rooms = []} = this.#content ?? {};
    const asked = fold(this.#search.value);
    const found = rooms
      .map(({roomId}) => this.#rows.get(roomId)!)
      .filter((row) => !asked || row.folded.includes(asked));
    const {activeElement} = this.#root;
    const place = [...this.#list.children].findIndex((item) => item.firstChild === activeElement);
    const focused = found.find(({button}) => button === activeElement);
    arrange(
      this.#list,
      found.map(({item}) => item),
      focused?.item,
    );
    this.#list.hidden = !found.length;
    const {roomsNone, roomsUnmatched} = this.#words!.strings;
    setText(this.#message, !rooms.length ? roomsNone : found.length ? '' : roomsUnmatched);
    const next = found[Math.min(place, found.length - 1)];
    const stop = [focused, this.#stop, this.#current].find((row) => row && found.includes(row));
    this.#stopAt(stop ?? found[0]);
    // A row that went with the focus in it: whoever uses the keyboard goes on where it was.
    if (place >= 0 && !focused) this.#focus(next);
  }

  #focus(row: RoomRow | undefined): void {
    this.#stopAt(row);
    (row?.button ?? this.#search).focus();
  }

  #stopAt(row: RoomRow | undefined): void {
    if (row === this.#stop) return;
    if (this.#stop) this.#stop.button.tabIndex = -1;
    if (row) row.button.tabIndex = 0;
    this.#stop = row;
  }

  #rowAt(target: EventTarget | null): RoomRow | undefined {
    const item = (target as Element).closest('li');
    return item ? [...this.#rows.values()].find((row) => row.item === item) : undefined;
  }

  #choose({target}: Event): void {
    const row = this.#rowAt(target);
    if (!row) return;
    this.#stopAt(row);
    this.#open(row.room);
  }

  #step(event: KeyboardEvent): void {
    const {key, target, altKey, ctrlKey, metaKey, shiftKey} = event;
    const item = (target as Element).closest('li');
    if (!item || altKey || ctrlKey || metaKey || shiftKey) return;
    const steps: Readonly<Record<string, Element | null>> = {
      ArrowDown: item.nextElementSibling,
      ArrowUp: item.previousElementSibling,
      Home: this.#list.firstElementChild,
      End: this.#list.lastElementChild,
    };
    const next = steps[key];
    if (next === undefined) return;
    // The list would scroll.
    event.preventDefault();
    if (next) this.#focus(this.#rowAt(next));
  }

  #clear(event: KeyboardEvent): void {
    // While letters are composed it is their composition that Escape ends.
    if (event.key !== 'Escape' || event.isComposing || !this.#search.value) return;
    // It would close the dialog that the pane may stand in.
    event.preventDefault();
    this.#search.value = '';
    this.#arrange();
  }
}
