import {PexipChatError} from '../../errors.js';
import {make} from '../dom.js';
import type {ChatEntry} from '../floating/desk-types.js';
import type {RcChatPaneElement} from '../rc-chat-pane.js';
import {chatName} from './chat-row.js';
import {isOff} from './list-view.js';
import {PaneOptions} from './pane-options.js';
import {quiet} from './quiet-pane.js';
import type {Heading, Speech, ViewName, ViewPlace, WindowView} from './view-types.js';

/** The parts of the pane that a page can style through the widget. */
const PARTS =
  'frame,notice,error,status,link,header,room-header,header-button,body,messages,message,message-sent,message-received,message-system,unread,newest,thread,composer,composer-field,composer-send';

const superseded = (): PexipChatError =>
  new PexipChatError(
    'disconnected',
    'Another chat was asked for, or the chat or the widget was taken away.',
  );

/** A chat, in a pane that is kept for all of them. */
export class ChatView implements WindowView {
  readonly back: ViewName = 'list';
  readonly actions: readonly ViewName[] = [];
  readonly element = make('section', {part: 'chat', class: 'chat'});
  readonly #place: ViewPlace;
  readonly #life = new AbortController();
  readonly #options: PaneOptions;
  #pane: RcChatPaneElement | undefined;
  #path: string | undefined;
  /** The chat as it was listed last. */
  #chat: ChatEntry | undefined;
  #used: unknown;
  /** The room is there. */
  #isOpen = false;
  /** The chat whose room was there last: the pane keeps it when the chat leaves the list. */
  #last: string | undefined;
  /** Ends the wait for the chat before. */
  #superseded: ((error: PexipChatError) => void) | undefined;

  constructor(place: ViewPlace) {
    this.#place = place;
    this.#options = new PaneOptions(place.window);
  }

  /** The chat that is shown, or was last. */
  get path(): string | undefined {
    return this.#path;
  }

  heading({words}: Speech): Heading {
    const chat = this.#chat;
    return {text: chat ? chatName(chat) : words.windowChat, chat};
  }

  show({language, words}: Speech): void {
    const {desk, host, given} = this.#place.window;
    this.#find(words);
    if (!this.#path) return;
    const pane = this.#pane!;
    const attributes: Record<string, string> = {
      language: language.tag,
      view: host.getAttribute('view') === 'embed' ? 'embed' : 'native',
      broker: desk.broker,
      // Until the desk knows, the pane asks the broker itself.
      ...(desk.server && {server: desk.server}),
      room: this.#path,
    };
    // Set again, they would mend what has failed.
    for (const [name, value] of Object.entries(attributes))
      if (pane.getAttribute(name) !== value) pane.setAttribute(name, value);
    if (given.accessToken !== this.#used)
      pane.accessToken = this.#used = given.accessToken as typeof pane.accessToken;
    this.#options.changed();
    if (!pane.isConnected) this.element.append(pane);
  }

  /**
   * Shows another chat; the first `show()` after it does.
   *
   * @returns resolves once its messages are there
   */
  open(path: string): Promise<void> {
    this.#superseded?.(superseded());
    const pane = (this.#pane ??= this.#makePane());
    if (path === this.#path && this.#isOpen) return Promise.resolve();
    const known = path === this.#last || path === pane.getAttribute('room');
    // Set again, it mends what has failed.
    if (known && pane.isConnected) pane.setAttribute('room', path);
    this.#path = path;
    this.#chat = undefined;
    return this.#wait(pane, path, known && pane.isConnected);
  }

  /** Puts a text where one writes. @throws {PexipChatError} `unsupported` in the embedded page */
  async compose(text: string): Promise<void> {
    await this.#pane?.compose(text);
  }

  /** Where one writes; on a touch screen its keyboard would cover what there is to read. */
  focus(): boolean {
    const pane = this.#pane;
    if (!pane || !this.#isOpen || pane.view === 'embed' || matchMedia('(pointer: coarse)').matches)
      return false;
    const field = pane.renderRoot.querySelector<HTMLElement>('[part~=composer-field]');
    if (field) field.focus();
    else pane.compose('').catch(() => undefined); // there is nowhere to write
    return true;
  }

  remove(): void {
    this.#life.abort();
    this.#superseded?.(superseded());
    this.#pane?.remove();
  }

  #makePane(): RcChatPaneElement {
    const pane = quiet(document.createElement('rc-chat-pane'));
    const {signal} = this.#life;
    pane.setAttribute('exportparts', PARTS);
    this.#options.listen(pane, signal);
    const {window} = this.#place;
    pane.addEventListener('rc-error', ({detail: {error}}) => window.report(error), {signal});
    return pane;
  }

  /** @param known the pane has been at this room, and may not tell of it again unless it is asked */
  #wait(pane: RcChatPaneElement, path: string, known: boolean): Promise<void> {
    const life = new AbortController();
    const {signal} = life;
    this.#isOpen = false;
    const opened = new Promise<void>((resolve, reject) => {
      const open = (): void => {
        if (signal.aborted) return;
        this.#isOpen = true;
        this.#last = path;
        resolve();
      };
      this.#superseded = reject;
      pane.addEventListener('rc-room-opened', open, {signal});
      pane.addEventListener(
        'rc-error',
        ({detail: {error}}) => {
          const broken = pane.state === 'failed' || pane.state === 'degraded';
          // The pane goes on showing the chat before.
          if (broken || error.code.startsWith('room-')) reject(error);
        },
        {signal},
      );
      // It is told as an error, too; what is on its way already is told when it is there.
      if (known) pane.open(path).then(open, () => undefined);
    });
    return opened.finally(() => life.abort());
  }

  /** What the list says of the chat; one that has left it goes back to the list. */
  #find(words: Speech['words']): void {
    const {window, hands} = this.#place;
    const {chats, known, status} = window.desk.state;
    const chat = chats.find(({path}) => path === this.#path);
    if (isOff(window)) {
      this.#superseded?.(superseded());
      this.#chat = this.#path = undefined;
      return hands.go('list');
    }
    if (chat || !this.#chat) this.#chat = chat;
    else if (known && status === 'live') {
      const name = chatName(this.#chat);
      this.#superseded?.(superseded());
      this.#chat = this.#path = undefined;
      hands.go('list');
      hands.say(words.windowGone.replace('{name}', () => name));
    }
  }
}
