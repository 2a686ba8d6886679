import type {AroundContent} from '../around.js';
import {make, setWords} from '../dom.js';
import {aroundEnglish, type AroundStrings} from '../strings/around-en.js';
import {plural} from '../strings/plural.js';

type StatusContent = Pick<
  AroundContent,
  'language' | 'status' | 'signedOut' | 'wasSignedIn' | 'queued' | 'link'
>;

/** One sentence on how the conversation is connected, and what can be done about it. */
export class StatusLine {
  // Always there, as a live region that only comes with its text is not announced. The button and the
  // link stand outside it, as they would be read again with each sentence.
  readonly #sentence = make('div', {part: 'status', role: 'status', tabindex: '-1'});
  readonly #signIn = make('button', {type: 'button', hidden: ''});
  readonly #link = make('a', {
    part: 'link',
    target: '_blank',
    rel: 'noopener noreferrer',
    hidden: '',
  });
  readonly line = make('div', {class: 'line'}, this.#sentence, this.#signIn, this.#link);
  readonly #askSignIn: () => void;
  readonly #connectedFor: number;
  #life: AbortController | undefined;
  #content: StatusContent | undefined;
  /** The connection was said to be away. */
  #away = false;
  /** Runs while it is said to be back. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param connectedFor how long it is said that the connection is back, in ms */
  constructor(signIn: () => void, connectedFor: number) {
    this.#askSignIn = signIn;
    this.#connectedFor = connectedFor;
  }

  show(content: StatusContent): void {
    this.#listen();
    this.#content = content;
    this.#follow(content.status);
    this.#say();
  }

  /** Says no longer that the connection is back, and hears of nothing until it is shown again. */
  stop(): void {
    this.#life?.abort();
    this.#life = undefined;
    this.#away = false;
    this.#endTimer();
    this.#say();
  }

  #listen(): void {
    if (this.#life) return;
    const {signal} = (this.#life = new AbortController());
    this.#signIn.addEventListener('click', this.#askSignIn, {signal});
  }

  #follow(status: StatusContent['status']): void {
    const back = this.#away && status === 'live';
    // One that never was live goes on connecting after it was offline.
    this.#away =
      status === 'recovering' || status === 'offline' || (this.#away && status === 'connecting');
    if (status !== 'live') this.#endTimer();
    if (!back) return;
    this.#timer = setTimeout(() => {
      this.#endTimer();
      this.#say();
    }, this.#connectedFor);
  }

  #endTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #say(): void {
    if (!this.#content) return;
    const {language, signedOut, wasSignedIn, link} = this.#content;
    const words: AroundStrings = {...aroundEnglish, ...language.strings};
    setWords(this.#sentence, this.#words(this.#content, words), language);
    const focused = this.#signIn.matches(':focus');
    this.#signIn.hidden = !signedOut;
    // Whoever has pressed it stays where they are.
    if (focused && !signedOut) this.#sentence.focus();
    const signIn = wasSignedIn ? words.statusSignIn : words.statusSignInFirst;
    setWords(this.#signIn, signIn, language);
    this.#link.hidden = !link;
    if (link) this.#link.href = link;
    setWords(this.#link, words.statusLink, language);
  }

  #words(content: StatusContent, words: AroundStrings): string {
    const {signedOut, wasSignedIn, queued, status, language} = content;
    if (signedOut) return wasSignedIn ? words.statusSignedOut : words.statusNotSignedIn;
    if (queued === null) return words.statusWaiting;
    if (queued !== undefined) return plural(language.tag, words.statusQueued, queued);
    if (status === 'offline') return words.statusOffline;
    if (status === 'recovering') return words.statusRecovering;
    return this.#timer === undefined ? '' : words.statusConnected;
  }
}
