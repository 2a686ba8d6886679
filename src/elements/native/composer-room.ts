import type {ComposerNotice} from './composer-bars.js';
import {FileQueue, type FileDone} from './composer-files.js';
import type {Quote} from './composer-types.js';

/** What the composer holds for one room beside the draft, which is kept elsewhere. */
export class ComposerRoom {
  /** The message that is edited, and its text as far as it is written. */
  edit: {readonly id: string; readonly before: string; text: string} | undefined;
  quote: Quote | undefined;
  notice: ComposerNotice | undefined;
  readonly files: FileQueue;

  constructor(changed: () => void, done: FileDone) {
    this.files = new FileQueue(changed, done);
  }
}
