import type {ErrorCode, PexipChatError} from '../../errors.js';
import {StatusLine} from '../around/status-line.js';
import {make, setText} from '../dom.js';
import {chatIsOn} from '../floating/desk-given.js';
import type {DeskState} from '../floating/desk-types.js';
import {ChatList} from './chat-list.js';
import type {Heading, Speech, ViewName, ViewPlace, WindowView} from './view-types.js';
import type {WindowPlace} from './window-types.js';
import type {WindowWords} from './window-words.js';

/** So many chats are found without a search. */
const FEW = 10;
/** Errors that are over once something can be reached. */
const UNREACHED: readonly string[] = ['broker-failed', 'part-failed'] satisfies ErrorCode[];
/** How long it is said that a connection is back, ms. */
const CONNECTED_FOR = 5_000;

/** The page has switched chats off. */
export const isOff = (place: WindowPlace): boolean => !chatIsOn(place);

/** What is said in the place of the chats; empty where there are some, or the line above says it. */
const messageOf = (
  {known, signIn, chats}: DeskState,
  found: number,
  failed: boolean,
  words: WindowWords,
): string => {
  if (failed) return words.windowFailed;
  if (signIn.signedOut || signIn.queued !== undefined) return '';
  if (!known) return words.windowLoading;
  if (!chats.length) return words.windowEmpty;
  return found ? '' : words.windowUnmatched;
};

/** The user's chats. */
export class ListView implements WindowView {
  readonly actions: readonly ViewName[] = ['settings'];
  readonly #place: ViewPlace;
  readonly #life = new AbortController();
  readonly #line: StatusLine;
  readonly #search = make('input', {type: 'search', autocomplete: 'off', spellcheck: 'false'});
  // Always there, as a live region that only comes with its text is not announced.
  readonly #message = make('p', {role: 'status', class: 'message'});
  readonly #again = make('button', {type: 'button', class: 'plain', hidden: ''});
  readonly #list: ChatList;
  readonly element: HTMLElement;
  /** Nobody is signed in for a reason that has nothing to do with who they are. */
  #failed = false;
  #speech: Speech | undefined;

  constructor(place: ViewPlace) {
    this.#place = place;
    const {window, hands} = place;
    const {signal} = this.#life;
    const signIn = (): void => {
      window.desk.signInAgain();
      if (this.#speech) this.show(this.#speech);
    };
    this.#line = new StatusLine(signIn, CONNECTED_FOR);
    this.#list = new ChatList(hands.openChat, signal);
    this.element = make(
      'section',
      {part: 'list', class: 'list'},
      this.#line.line,
      this.#search,
      this.#message,
      this.#again,
      this.#list.element,
    );
    this.#again.addEventListener('click', signIn, {signal});
    this.#search.addEventListener('input', () => this.#find(), {signal});
    this.#search.addEventListener('keydown', (event) => this.#key(event), {signal});
  }

  /** Marks the chat that was opened last. */
  mark(path: string | undefined): void {
    this.#list.mark(path);
  }

  heading({words}: Speech): Heading {
    return {text: words.windowChats};
  }

  show(speech: Speech): void {
    this.#speech = speech;
    const {language, words} = speech;
    const {window} = this.#place;
    const {state} = window.desk;
    const {status, signIn, known} = state;
    const off = isOff(window);
    this.#failed &&= signIn.signedOut;
    if (signIn.signedOut && !signIn.wasSignedIn) void this.#learnWhy();
    // A connection that was never there is on its way, which is said below.
    const told = known || status === 'offline' ? status : undefined;
    const signedOut = signIn.signedOut && !this.#failed;
    this.#line.show({...signIn, signedOut, language, status: told, link: undefined});
    const listed = off || signIn.signedOut ? [] : state.chats;
    // Who is there now is not known without a connection.
    const chats = status === 'live' ? listed : listed.map((chat) => ({...chat, status: undefined}));
    this.#list.show(chats, speech);
    this.#search.hidden = chats.length <= FEW;
    if (this.#search.hidden && this.#search.value) {
      this.#search.value = '';
      this.#list.search('');
    }
    this.#search.ariaLabel = this.#search.placeholder = words.windowSearch;
    this.#say();
  }

  focus(): boolean {
    return this.#list.focus();
  }

  remove(): void {
    this.#life.abort();
    this.#line.stop();
  }

  #say(): void {
    const {window} = this.#place;
    const {words} = this.#speech!;
    const {state} = window.desk;
    const off = isOff(window);
    const message = messageOf(state, this.#list.size, this.#failed, words);
    setText(this.#message, off ? words.windowOff : message);
    this.#message.classList.toggle('waiting', !off && message === words.windowLoading);
    this.#again.hidden = off || message !== words.windowFailed;
    setText(this.#again, words.windowAgain);
  }

  #find(): void {
    this.#list.search(this.#search.value);
    this.#say();
  }

  #key(event: KeyboardEvent): void {
    const {key, isComposing} = event;
    if (isComposing) return;
    if (key === 'ArrowDown' && this.#list.focus()) event.preventDefault();
    if (key !== 'Escape' || !this.#search.value) return;
    // It would close the window.
    event.preventDefault();
    this.#search.value = '';
    this.#find();
  }

  /** Why there are no chats: the desk knows. */
  async #learnWhy(): Promise<void> {
    const {desk} = this.#place.window;
    const why = await desk.signedIn.catch(({code}: PexipChatError) => code);
    const failed = desk.state.signIn.signedOut && UNREACHED.includes(`${why ?? ''}`);
    if (failed === this.#failed || !this.#speech) return;
    this.#failed = failed;
    this.show(this.#speech);
  }
}
