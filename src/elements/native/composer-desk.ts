import {pageDrafts, type DraftStore} from '../../session/drafts.js';
import type {ComposerField} from './composer-field.js';
import {MOST_FILES, type FileDone} from './composer-files.js';
import {ComposerRoom, type RoomFact} from './composer-room.js';
import type {ComposedMessage, ComposerLimits, Upload} from './composer-types.js';

/** What the desk needs of the composer. */
export interface DeskHost {
  readonly limits: ComposerLimits;
  readonly upload: Upload | undefined;
  readonly onSend: ((message: ComposedMessage) => Promise<void> | void) | undefined;
  /** Something is to be drawn anew. */
  requestUpdate(): void;
}

/** Rocket.Chat's default of `Message_MaxAllowedSize`. */
const LONGEST = 5_000;
/** A text up to here can be too long, and be shortened by hand; a longer one would make the field slow. */
const EDITABLE = 100_000;

/** What is being written: one text in the field, and what belongs to it, for each room. Nothing of it is lost with the element. */
export class ComposerDesk {
  readonly #host: DeskHost;
  readonly #field: ComposerField;
  readonly #uploaded: FileDone;
  #drafts: DraftStore = pageDrafts;
  #key = '';
  #life: AbortSignal | undefined;
  /** The edit whose text is in the field. */
  #shown: ComposerRoom['edit'];

  /** @param uploaded a file was sent, or not */
  constructor(host: DeskHost, field: ComposerField, uploaded: FileDone) {
    this.#host = host;
    this.#field = field;
    this.#uploaded = uploaded;
  }

  get key(): string {
    return this.#key;
  }

  get drafts(): DraftStore {
    return this.#drafts;
  }

  get room(): ComposerRoom {
    return this.#drafts.beside(this.#key, ComposerRoom);
  }

  /** The most code units of a message; where the workspace sets no limit it is what the field can hold. */
  get most(): number {
    const {text = LONGEST} = this.#host.limits;
    return text > 0 ? text : EDITABLE;
  }

  /** Whether there is something to send. */
  get isFilled(): boolean {
    return (
      this.room.edit !== undefined || this.room.files.isWaiting || /\S/.test(this.#field.value)
    );
  }

  /** Shows what was written under a key; what stands in the field is kept under the one of before. */
  open(key: string, drafts = this.#drafts): void {
    this.#key = key;
    this.#drafts = drafts;
    this.#show();
    // A file of it may be on its way still when another room is shown.
    this.#life?.addEventListener('abort', this.room.subscribe(this.#hear));
  }

  /** Hears what becomes of the rooms that are opened, until the signal aborts. */
  attend(signal: AbortSignal): void {
    this.#life = signal;
    this.open(this.#key);
  }

  /** Keeps what the field has now. */
  keep(): void {
    const {room} = this;
    if (room.edit) room.edit.text = this.#field.value;
    else this.#drafts.set(this.#key, this.#field.value);
    // What was said of the text before; a text that is offered as a file is there until it is taken or dismissed.
    if (room.notice?.kind !== 'pasted') room.notice = undefined;
    this.#host.requestUpdate();
  }

  edit(id: string, text: string): void {
    this.room.set({edit: {id, before: text, text}, notice: undefined});
  }

  /** Ends editing; the draft is there again. */
  endEdit(): void {
    this.room.set({edit: undefined, notice: undefined});
  }

  set(fields: Partial<Pick<ComposerRoom, 'quote' | 'notice'>>): void {
    this.room.set(fields);
  }

  /**
   * Whether a text of this length may be put in beside what is there; if not it is refused in words,
   * and offered as a file.
   */
  takes(text: string): boolean {
    if (this.#field.value.length + text.length <= Math.max(EDITABLE, this.most)) return true;
    this.set({notice: {kind: 'pasted', text}});
    return false;
  }

  addFiles(files: readonly File[]): void {
    const all = this.room.files.add(files, this.#host.limits.files ?? {});
    if (!all) this.set({notice: {kind: 'many', count: MOST_FILES}});
  }

  /** Attaches the text that is too long as a file. */
  attachText(): void {
    const {notice} = this.room;
    const isPasted = notice?.kind === 'pasted';
    const text = isPasted ? notice.text : this.#field.value;
    if (!isPasted) this.#empty();
    this.set({notice: undefined});
    this.addFiles([new File([text], 'message.txt', {type: 'text/plain'})]);
  }

  removeFile(id: number): void {
    const description = this.room.files.remove(id);
    if (description) this.putBack(description);
  }

  /** Adds a text to the draft, which waits while a message is edited. */
  putBack(text: string, key = this.#key, drafts = this.#drafts): void {
    const since = drafts.get(key);
    drafts.set(key, since ? `${text}\n${since}` : text);
    if (key === this.#key) this.#show();
  }

  /** @returns whether something went */
  submit(): boolean {
    const {room} = this;
    const {edit, quote, files} = room;
    const text = this.#field.value.trim();
    const {upload} = this.#host;
    if (text.length > this.most) return this.#refuse('too-long');
    if (edit) {
      if (!text) return this.#refuse('empty');
      this.endEdit();
      if (text !== edit.before.trim()) void this.#send({text, editing: edit.id});
      return true;
    }
    const withFiles = upload && files.isWaiting;
    if (!text && !withFiles) return false;
    this.#empty();
    room.set({notice: undefined, quote: undefined});
    const isDescription = withFiles && !quote;
    if (text && !isDescription) void this.#send({text, ...(quote && {quote})});
    if (withFiles) files.send(upload, isDescription ? text : '');
    return true;
  }

  #refuse(kind: 'too-long' | 'empty'): false {
    this.set({notice: {kind}});
    return false;
  }

  async #send(message: ComposedMessage): Promise<void> {
    const key = this.#key;
    const drafts = this.#drafts;
    const {room} = this;
    try {
      await this.#host.onSend?.(message);
    } catch {
      // Of somebody who has signed out meanwhile nothing is kept.
      if (drafts.beside(key, ComposerRoom) === room) this.#fail(message, room, key, drafts);
    }
  }

  /** Whoever has gone on writing, or is in another room by now, keeps both texts. */
  #fail(
    {text, editing, quote}: ComposedMessage,
    room: ComposerRoom,
    key: string,
    drafts: DraftStore,
  ): void {
    const goesOn = editing !== undefined && !room.edit;
    if (!goesOn) this.putBack(text, key, drafts);
    room.set({
      quote: room.quote ?? quote,
      notice: {kind: 'failed'},
      ...(goesOn && {edit: {id: editing, before: '', text}}),
    });
  }

  #empty(): void {
    this.#field.value = '';
    if (this.room.edit) this.room.edit.text = '';
    else this.#drafts.set(this.#key, '');
  }

  #show(): void {
    this.#shown = this.room.edit;
    this.#field.value = this.#shown?.text ?? this.#drafts.get(this.#key) ?? '';
    this.#host.requestUpdate();
  }

  readonly #hear = (_: object, fact: RoomFact): void => {
    // A composer that stays may be shown again to the same user before the next frame.
    if (fact === 'forgotten') return this.open(this.#key);
    if (fact) this.#uploaded(fact.file, fact.problem);
    // Another composer of the same room may have begun to edit, or ended it.
    if (this.room.edit !== this.#shown) this.#show();
    this.#host.requestUpdate();
  };
}
