import type {Forgettable} from '../../session/drafts.js';
import type {FileProblem} from '../../session/file-rules.js';
import {Observable} from '../../session/observable.js';
import type {ComposerNotice} from './composer-bars.js';
import {FileQueue} from './composer-files.js';
import type {Quote} from './composer-types.js';

/** A file was sent, or not; all of it was forgotten; undefined for any other change. */
export type RoomFact =
  {readonly file: File; readonly problem: FileProblem | undefined} | 'forgotten' | undefined;

/** What is being written for one room or thread beside the draft. It is kept with that, and outlives the composer. */
export class ComposerRoom extends Observable<object, RoomFact> implements Forgettable {
  /** The message that is edited, and its text as far as it is written. */
  edit: {readonly id: string; readonly before: string; text: string} | undefined;
  quote: Quote | undefined;
  notice: ComposerNotice | undefined;
  readonly files = new FileQueue(
    () => this.change(undefined),
    (file, problem) => this.change({file, problem}),
  );

  constructor() {
    super({});
  }

  set(fields: Partial<Pick<ComposerRoom, 'edit' | 'quote' | 'notice'>>, fact?: RoomFact): void {
    Object.assign(this, fields);
    this.change(fact);
  }

  /** Its user has signed out: nothing is sent any more. */
  forget(): void {
    this.files.end();
    this.set({edit: undefined, quote: undefined, notice: undefined}, 'forgotten');
  }
}
