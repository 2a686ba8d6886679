import {make, setText} from '../dom.js';
import {inUnits} from '../in-units.js';
import {inNextFrame} from '../native/next-frame.js';
import type {Language} from '../strings/strings.js';
import type {ChatView} from './chat-view.js';
import {Confirm} from './confirm.js';
import type {ListView} from './list-view.js';
import type {Speech, ViewHands, ViewName, WindowView} from './view-types.js';
import {VIEWS} from './views.js';
import {WindowDialog} from './window-dialog.js';
import {WindowHeader} from './window-header.js';
import type {WindowPlace, WindowSide} from './window-types.js';
import {windowWords} from './window-words.js';
import {windowStyles} from './window.styles.js';

/** The window: a dialog with a header and one view at a time, which all stay as they were left. */
class WidgetWindow implements WindowSide {
  readonly #place: WindowPlace;
  readonly #life = new AbortController();
  readonly #dialog: WindowDialog;
  readonly #header: WindowHeader;
  readonly #confirm = new Confirm(this.#life.signal);
  readonly #body = make('div', {part: 'body', class: 'body'});
  // Always there, as a live region that only comes with its text is not announced.
  readonly #said = make('p', {role: 'status', class: 'said'});
  readonly #frame: HTMLElement;
  readonly #hands: ViewHands = {
    go: (view) => this.#go(view, this.#dialog.hasFocus),
    openChat: (path) => void this.#openChat(path, true).catch(() => undefined), // the pane says it
    say: (text) => setText(this.#said, text),
    confirm: (question, yes) => this.#confirm.ask(question, yes, this.#speech!.words.windowCancel),
  };
  readonly #views = new Map<ViewName, WindowView>();
  #current: ViewName = 'list';
  #open = false;
  /** A person is at the heading, as there was nothing else to begin with yet. */
  #awaits = false;
  /** It is drawn with the next frame. */
  #waits = false;
  #speech: Speech | undefined;
  /** Whose chats are shown, or were last. */
  #whose: object | undefined;

  constructor(place: WindowPlace) {
    this.#place = place;
    const {root, close} = place;
    this.#dialog = new WindowDialog(close, this.#life.signal);
    this.#header = new WindowHeader((view) => this.#go(view, true), close);
    this.#frame = make(
      'div',
      {class: 'frame'},
      this.#header.element,
      this.#body,
      this.#said,
      this.#confirm.element,
    );
    this.#header.element.addEventListener('keydown', (event) => this.#key(event), this.#life);
    this.#dialog.element.setAttribute('aria-labelledby', 'title');
    this.#dialog.element.append(this.#frame);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet()];
    root.append(this.#dialog.element);
  }

  show(language: Language): void {
    const {host, close} = this.#place;
    this.#speech = {language, words: windowWords(language)};
    this.#followUser();
    const open = host.hasAttribute('open') && !host.hidden;
    const opens = open && !this.#open;
    // The page closes it, and the focus can stay there no more. That of a hidden widget has nowhere to go.
    const gives = this.#open && !open && !host.hidden && this.#dialog.hasFocus;
    this.#open = open;
    this.#dialog.show(open);
    if (gives) close();
    if (opens) this.#draw();
    else if (!this.#waits) this.#drawSoon();
  }

  async showChat(path: string, text?: string): Promise<void> {
    this.#followUser();
    const opened = this.#openChat(path, this.#dialog.hasFocus);
    await opened;
    if (text !== undefined) await this.#chat.compose(text);
  }

  focus(): void {
    this.#awaits = !this.#view(this.#current).focus();
    if (this.#awaits) this.#header.focus();
  }

  remove(): void {
    this.#open = false;
    for (const view of this.#views.values()) view.remove?.();
    this.#dialog.remove();
    this.#life.abort();
    const {root} = this.#place;
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet());
  }

  /** Another user has views of their own: nothing of the one before stays, to be seen or to write by. */
  #followUser(): void {
    const {whose} = this.#place.desk;
    const before = this.#whose;
    this.#whose = whose;
    if (!before || whose === before) return;
    const hadFocus = this.#dialog.hasFocus;
    this.#confirm.element.close();
    for (const view of this.#views.values()) {
      view.remove?.();
      view.element.remove();
    }
    this.#views.clear();
    this.#go('list', hadFocus);
    setText(this.#said, '');
  }

  get #chat(): ChatView {
    return this.#view('chat') as ChatView;
  }

  #view(name: ViewName): WindowView {
    const known = this.#views.get(name);
    if (known) return known;
    const view = VIEWS[name].make({window: this.#place, hands: this.#hands});
    this.#views.set(name, view);
    this.#body.append(view.element);
    return view;
  }

  /** @param byPerson the focus goes along */
  #go(name: ViewName, byPerson: boolean): void {
    this.#current = name;
    const list = this.#views.get('list') as ListView | undefined;
    const chat = this.#views.get('chat') as ChatView | undefined;
    this.#draw();
    if (name === 'list') list?.mark(chat?.path);
    if (byPerson) this.focus();
    else if (this.#speech) setText(this.#said, this.#view(name).heading(this.#speech).text);
  }

  async #openChat(path: string, byPerson: boolean): Promise<void> {
    const chat = this.#chat;
    const opened = chat.open(path);
    this.#go('chat', byPerson);
    await opened;
    // Whoever has read the name of the chat goes on to write; whoever is elsewhere stays there.
    if (this.#current === 'chat' && this.#header.hasFocus) chat.focus();
  }

  /** From the heading into the chats. */
  #key(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' || this.#current !== 'list' || !this.#header.hasFocus) return;
    if (this.#view('list').focus()) event.preventDefault();
  }

  /** Once in a frame, however much has changed. */
  #drawSoon(): void {
    this.#waits = true;
    inNextFrame(() => {
      this.#waits = false;
      if (this.#open) this.#draw();
    });
  }

  #draw(): void {
    const speech = this.#speech;
    if (!speech) return;
    const {tag, strings} = speech.language;
    this.#frame.lang = tag;
    this.#frame.dir = strings.direction;
    const view = this.#view(this.#current);
    view.show(speech);
    // It may have sent the person elsewhere.
    if (view !== this.#view(this.#current)) return;
    this.#header.show(view, speech, this.#place.desk.state.status === 'live');
    this.#awaits &&= this.#header.hasFocus && !view.focus();
    for (const each of this.#views.values()) {
      each.element.inert = each !== view;
      each.element.classList.toggle('away', each !== view);
    }
  }
}

/** Of which all sizes are multiples. */
const UNIT = '--pexip-chat-widget-unit';

let shared: CSSStyleSheet | undefined;
/** One for all. */
const sheet = (): CSSStyleSheet => {
  if (shared) return shared;
  try {
    // What it is on the host, wherever it is used. Firefox 126 knows no such thing, and another copy may have come first.
    CSS.registerProperty({name: UNIT, syntax: '<length>', inherits: true, initialValue: '16px'});
  } catch {
    // It is used as it is written.
  }
  (shared = new CSSStyleSheet()).replaceSync(
    `:host{${UNIT}:max(1em,1rem)}${inUnits(windowStyles, UNIT)}`,
  );
  return shared;
};

/** A file that is loaded when a widget is first opened; the part `lit` is there by then. */
export const window = (place: WindowPlace): WindowSide => new WidgetWindow(place);
