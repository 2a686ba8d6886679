import {LitElement, type PropertyDeclarations, type TemplateResult} from 'lit';

import type {WriteBar} from '../../protocol/room-traits.js';
import {replacement} from '../../session/completion.js';
import type {DraftStore} from '../../session/drafts.js';
import {TypingNotice} from '../../session/typing-notice.js';
import {make, setText} from '../dom.js';
import {en} from '../strings/en.js';
import type {Language} from '../strings/strings.js';
import {CompletionList} from './composer-completion.js';
import {ComposerDesk} from './composer-desk.js';
import {acceptDrops} from './composer-drop.js';
import {ComposerField} from './composer-field.js';
import {giveHands} from './composer-hands.js';
import {enterSends} from './composer-keys.js';
import {showActive} from './composer-list.js';
import type {SuggestionSources} from './composer-suggestions.js';
import type {ComposedMessage, ComposerLimits, Quote, Upload} from './composer-types.js';
import {composerView, type ComposerParts} from './composer-view.js';
import {ComposerVoice} from './composer-voice.js';
import {composerWords} from './composer-words.js';

let composers = 0;

/**
 * Where a message is written: a field, files, and what completes names. It renders into itself and not
 * into a shadow tree, so that the pane's style sheet (with `composerStyles`) and parts reach it. It
 * fires no event: what it asks for goes to its callbacks.
 *
 * @csspart composer - All of it.
 * @csspart composer-field - The field.
 * @csspart composer-send - The button that sends.
 */
export class RcComposerElement extends LitElement {
  static override properties: PropertyDeclarations = {
    language: {attribute: false},
    roomName: {attribute: false},
    label: {attribute: false},
    limits: {attribute: false},
    blocked: {attribute: false},
    upload: {attribute: false},
  };

  /** The language of its texts; English by default. */
  declare language: Language;
  /** The room's name as it is shown, for the name of the field. */
  declare roomName: string | undefined;
  /** What the field is called, in the place of the room. */
  declare label: string | undefined;
  /** What the workspace takes. */
  declare limits: ComposerLimits;
  /** Why nobody can write; undefined: everybody can. What was written stays. */
  declare blocked: WriteBar | undefined;
  /** Sends a file to the room that is shown; without it no files are taken. */
  declare upload: Upload | undefined;
  /** Sends a message; the field is empty by then. If it rejects, the text comes back with a notice. */
  onSend: ((message: ComposedMessage) => Promise<void> | void) | undefined;
  /** Somebody begins to write, or goes on (told every 5 s), or has ended. */
  onTyping: ((active: boolean) => void) | undefined;
  /** Arrow up in an empty field: the last own message is wanted, to be given to {@link edit}. */
  onEditLast: (() => void) | undefined;
  /** Where names are looked up. */
  sources: SuggestionSources = {};
  /** Whether Enter sends; by default where the first pointer is no finger. Shift and Enter always breaks the line. */
  enterSends: boolean | undefined;

  readonly #voice = new ComposerVoice();
  readonly #zone = make('div', {class: 'composer-zone', 'aria-hidden': 'true', hidden: ''});
  readonly #picker = make('input', {type: 'file', multiple: '', hidden: ''});
  readonly #parts: ComposerParts;
  readonly #typing = new TypingNotice((active) => this.#tellTyping(active));
  #life: AbortController | undefined;
  /** The focus was in it before the update. */
  #hadFocus = false;
  /** Who was told that somebody writes: by the end of it another room may be shown. */
  #toldTyping: typeof this.onTyping;

  constructor() {
    super();
    this.language = {tag: 'en', strings: en};
    this.limits = {};
    const field = new ComposerField();
    const desk = new ComposerDesk(this, field, (file, problem) =>
      this.#voice.uploaded(file, problem, this.language, this.limits.files?.size),
    );
    const list = new CompletionList(this, (completion, {insert}) => {
      const {from, to, text} = replacement(field.value, completion, insert);
      field.replace(from, to, text);
    });
    this.#parts = {
      field,
      desk,
      list,
      listId: `composer-list-${++composers}`,
      fixed: [this.#picker, this.#voice.region, this.#zone],
      enterSends: () => this.enterSends ?? enterSends(),
      submit: () => this.#submit(),
      editLast: () => this.onEditLast?.(),
      wrote: () => (field.value ? this.#typing.touch() : this.#typing.end()),
      left: () => field.value || this.#typing.end(),
      pick: () => this.#picker.click(),
      addFiles: (files) => this.addFiles(files),
    };
  }

  /** Files can be attached now. */
  get takesFiles(): boolean {
    return !!this.upload && !this.blocked;
  }

  /** Names server, user and room: what is written is kept under it. */
  get draftKey(): string {
    return this.#parts.desk.key;
  }
  set draftKey(key: string) {
    if (key !== this.draftKey) this.#open(key, this.drafts);
  }

  /** Where drafts are kept: in the memory of the page by default. */
  get drafts(): DraftStore {
    return this.#parts.desk.drafts;
  }
  set drafts(drafts: DraftStore) {
    if (drafts !== this.drafts) this.#open(this.draftKey, drafts);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add('rc-composer');
    const {signal} = (this.#life = new AbortController());
    giveHands(this.#parts, signal);
    this.#parts.desk.attend(signal);
    this.#picker.addEventListener('change', () => this.#pick(), {signal});
    this.#parts.field.watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#life?.abort();
    this.#parts.field.unwatch();
    this.#parts.list.close();
    this.#typing.end();
  }

  /** Puts the text of a message into the field, to be changed; the draft waits. */
  edit(id: string, text: string): void {
    this.#parts.list.close();
    this.#parts.desk.edit(id, text);
    this.#parts.field.focusAtEnd();
  }

  /** Answers to a message, or to none any more. */
  quote(quote: Quote | undefined): void {
    this.#parts.desk.set({quote});
    if (quote) this.focus();
  }

  /**
   * Puts text where the caret is, and into the draft while a message is edited; one that is too long for
   * the field is offered as a file.
   */
  insert(text: string): void {
    const {desk, field} = this.#parts;
    const {selectionEnd} = field.area;
    if (!desk.takes(text)) return;
    if (desk.room.edit) desk.putBack(text);
    // Behind what is selected, which nobody has asked to be taken away.
    else field.replace(selectionEnd, selectionEnd, text);
  }

  /** Gives back what was written and not sent: it is in the draft again. */
  putBack(text: string): void {
    this.#parts.desk.putBack(text);
    this.focus();
  }

  /** Attaches files to the next message; one that the workspace would refuse is shown with the reason. */
  addFiles(files: readonly File[]): void {
    if (this.takesFiles) this.#parts.desk.addFiles(files);
  }

  /**
   * Takes files that are dropped on `area`, until the signal aborts. While they are held over it a zone
   * covers it, so it must be the composer's nearest positioned ancestor.
   */
  acceptDrops(area: HTMLElement, signal: AbortSignal): void {
    acceptDrops(area, this.#zone, this, signal);
  }

  override focus(options?: FocusOptions): void {
    this.#parts.field.area.focus(options);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    setText(this.#zone, composerWords(this.language).composerDrop);
    return composerView(this, this.#parts);
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.matches(':focus-within');
  }

  protected override updated(): void {
    this.#parts.field.grow();
    showActive(this);
    this.#voice.found(this.#parts.list.items, this.language);
    if (!this.#hadFocus) return;
    // Whoever uses the keyboard goes on here: by the reason why they cannot write, or in the field where
    // a button has gone with what it was for.
    if (this.blocked) this.querySelector<HTMLElement>('.composer-blocked')?.focus();
    else if (!this.matches(':focus-within')) this.focus();
  }

  #open(key: string, drafts: DraftStore): void {
    this.#parts.list.close();
    this.#typing.end();
    this.#parts.desk.open(key, drafts);
  }

  #pick(): void {
    this.addFiles([...(this.#picker.files ?? [])]);
    // Else the same file could not be chosen again.
    this.#picker.value = '';
    this.focus();
  }

  #submit(): void {
    // The button goes with the text, and the focus with it.
    this.focus();
    this.#parts.list.close();
    if (this.#parts.desk.submit()) this.#typing.end();
  }

  #tellTyping(active: boolean): void {
    if (active) this.#toldTyping = this.onTyping;
    this.#toldTyping?.(active);
  }
}
