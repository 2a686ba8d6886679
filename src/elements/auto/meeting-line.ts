import type {ErrorCode} from '../../errors.js';
import {lineStyles} from '../around/line.styles.js';
import {make, setWords} from '../dom.js';
import {autoEnglish, type AutoStrings} from '../strings/auto-en.js';
import type {Language} from '../strings/strings.js';

/** What is to be said of a conversation that is not open: that it waits, or why it cannot be. */
export type MeetingNote = 'waits' | ErrorCode;

const WORDS: Partial<Record<MeetingNote, keyof AutoStrings>> = {
  waits: 'meetingChatWaits',
  'account-missing': 'meetingChatNoAccount',
  'sign-in-required': 'meetingChatNotSignedIn',
  'meeting-not-found': 'meetingChatNotYours',
  'discussion-missing': 'meetingChatNone',
  'discussion-not-configured': 'meetingChatNotSetUp',
  'discussion-refused': 'meetingChatRefused',
};

/** One sentence on the conversation of a meeting that is not open, with what can be done about it. */
export class MeetingLine {
  // Always there, as a live region that only comes with its text is not announced.
  readonly #sentence = make('div', {part: 'status', role: 'status', tabindex: '-1'});
  readonly #again = make('button', {type: 'button', hidden: ''});
  readonly #link = make('a', {
    part: 'link',
    target: '_blank',
    rel: 'noopener noreferrer',
    hidden: '',
  });
  readonly #line = make('div', {class: 'line'}, this.#sentence, this.#again, this.#link);
  readonly #root: ShadowRoot;
  readonly #sheet = new CSSStyleSheet();
  #note: MeetingNote | undefined;

  /** @param workspace where somebody without an account can get one */
  constructor(root: ShadowRoot, body: HTMLElement, workspace: string, again: () => void) {
    this.#root = root;
    this.#sheet.replaceSync(lineStyles);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
    this.#link.href = workspace;
    this.#again.addEventListener('click', again);
    body.prepend(this.#line);
  }

  /** Says something from the next {@link show} on; undefined: nothing. */
  say(note: MeetingNote | undefined): void {
    this.#note = note;
  }

  show(language: Language): void {
    const note = this.#note;
    const words: AutoStrings = {...autoEnglish, ...language.strings};
    setWords(this.#sentence, note ? words[WORDS[note] ?? 'meetingChatAway'] : '', language);
    const focused = this.#again.matches(':focus');
    // What is wrong with the page no person can mend.
    this.#again.hidden = !note || note === 'waits' || note === 'invalid-attribute';
    // Whoever has pressed it stays where they are.
    if (focused && this.#again.hidden) this.#sentence.focus();
    setWords(this.#again, words.meetingChatAgain, language);
    this.#link.hidden = note !== 'account-missing';
    setWords(this.#link, words.meetingChatLink, language);
  }

  remove(): void {
    const root = this.#root;
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== this.#sheet);
    this.#line.remove();
  }
}
