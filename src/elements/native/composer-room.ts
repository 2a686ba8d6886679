import type {Forgettable} from '../../session/drafts.js';
import type {FileProblem} from '../../session/file-rules.js';
import type {ComposerNotice} from './composer-bars.js';
import {FileQueue} from './composer-files.js';
import type {Quote} from './composer-types.js';

/** Whoever shows what is being written for a room. */
export interface RoomListener {
  /** Something of it is another one. */
  changed(): void;
  /** A file was sent, or not. */
  uploaded(file: File, problem?: FileProblem): void;
}

/** What is being written for one room or thread beside the draft. It is kept with that, and outlives the composer. */
export class ComposerRoom implements Forgettable {
  /** The message that is edited, and its text as far as it is written. */
  edit: {readonly id: string; readonly before: string; text: string} | undefined;
  quote: Quote | undefined;
  notice: ComposerNotice | undefined;
  readonly #listeners = new Set<RoomListener>();
  readonly files = new FileQueue(
    () => this.#changed(),
    (file, problem) => {
      for (const each of this.#listeners) each.uploaded(file, problem);
    },
  );

  /** Tells of changes until the signal aborts. */
  follow(listener: RoomListener, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener));
  }

  set(fields: Partial<Pick<ComposerRoom, 'edit' | 'quote' | 'notice'>>): void {
    Object.assign(this, fields);
    this.#changed();
  }

  /** Its user has signed out: nothing is sent any more. */
  forget(): void {
    this.files.end();
    this.set({edit: undefined, quote: undefined, notice: undefined});
  }

  #changed(): void {
    for (const each of this.#listeners) each.changed();
  }
}
