import {arrange} from '../around/arrange.js';
import {fold} from '../around/fold.js';
import {make} from '../dom.js';
import type {ChatEntry} from '../floating/desk-types.js';
import {ChatRow} from './chat-row.js';
import type {Speech} from './view-types.js';

/** The chats in their order: a list of which Tab reaches one, and the arrows the others. */
export class ChatList {
  // The role by its name, as Safari takes it from a list without bullets.
  readonly element = make('ul', {role: 'list', class: 'chats'});
  readonly #open: (path: string) => void;
  readonly #rows = new Map<string, ChatRow>();
  readonly #byItem = new WeakMap<Element, ChatRow>();
  #chats: readonly ChatEntry[] = [];
  #sought = '';
  #current: ChatRow | undefined;
  /** The row that Tab reaches. */
  #stop: ChatRow | undefined;

  /** @param open a person has chosen a chat */
  constructor(open: (path: string) => void, signal: AbortSignal) {
    this.#open = open;
    this.element.addEventListener('click', (event) => this.#choose(event), {signal});
    this.element.addEventListener('keydown', (event) => this.#step(event), {signal});
  }

  /** So many are shown. */
  get size(): number {
    return this.element.childElementCount;
  }

  show(chats: readonly ChatEntry[], speech: Speech): void {
    this.#chats = chats;
    const gone = new Set(this.#rows.keys());
    for (const chat of chats) {
      this.#rowOf(chat).show(chat, speech);
      gone.delete(chat.roomId);
    }
    for (const roomId of gone) this.#rows.delete(roomId);
    this.#arrange();
  }

  /** Shows those alone whose name has this in it. */
  search(text: string): void {
    this.#sought = fold(text);
    this.#arrange();
  }

  /** Marks the chat that was opened last, at which one goes on. */
  mark(path: string | undefined): void {
    if (this.#current) this.#current.current = false;
    this.#current = [...this.#rows.values()].find(({chat}) => chat.path === path);
    if (!this.#current) return;
    this.#current.current = true;
    this.#stopAt(this.#current);
  }

  /** @returns whether there is a chat */
  focus(): boolean {
    this.#stop?.button.focus();
    return !!this.#stop;
  }

  #rowOf({roomId}: ChatEntry): ChatRow {
    const known = this.#rows.get(roomId);
    if (known) return known;
    const row = new ChatRow();
    this.#rows.set(roomId, row);
    this.#byItem.set(row.item, row);
    return row;
  }

  #arrange(): void {
    const list = this.element;
    const found = this.#chats
      .map(({roomId}) => this.#rows.get(roomId)!)
      .filter((row) => !this.#sought || row.folded.includes(this.#sought));
    const {activeElement} = list.getRootNode() as Document | ShadowRoot;
    const place = [...list.children].findIndex((item) => item.firstChild === activeElement);
    const focused = found.find(({button}) => button === activeElement);
    arrange(
      list,
      found.map(({item}) => item),
      focused?.item,
    );
    list.hidden = !found.length;
    const stop = [focused, this.#stop, this.#current].find((row) => row && found.includes(row));
    this.#stopAt(stop ?? found[0]);
    // A row that went with the focus in it: whoever uses the keyboard goes on where it was.
    if (place >= 0 && !focused) this.#focusOn(found[Math.min(place, found.length - 1)]);
  }

  #focusOn(row: ChatRow | undefined): void {
    this.#stopAt(row);
    row?.button.focus();
  }

  #stopAt(row: ChatRow | undefined): void {
    if (row === this.#stop) return;
    if (this.#stop) this.#stop.button.tabIndex = -1;
    if (row) row.button.tabIndex = 0;
    this.#stop = row;
  }

  #rowAt(target: EventTarget | null): ChatRow | undefined {
    const item = (target as Element).closest('li');
    return item ? this.#byItem.get(item) : undefined;
  }

  #choose({target}: Event): void {
    const row = this.#rowAt(target);
    if (!row) return;
    this.#stopAt(row);
    this.#open(row.chat.path);
  }

  #step(event: KeyboardEvent): void {
    const {key, target, altKey, ctrlKey, metaKey, shiftKey} = event;
    const item = (target as Element).closest('li');
    if (!item || altKey || ctrlKey || metaKey || shiftKey) return;
    const steps: Readonly<Record<string, Element | null>> = {
      ArrowDown: item.nextElementSibling,
      ArrowUp: item.previousElementSibling,
      Home: this.element.firstElementChild,
      End: this.element.lastElementChild,
    };
    const next = steps[key];
    if (next === undefined) return;
    // The list would scroll.
    event.preventDefault();
    if (next) this.#focusOn(this.#rowAt(next));
  }
}
