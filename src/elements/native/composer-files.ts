import {
  fileProblem,
  problemOf,
  type FileProblem,
  type FileRules,
} from '../../session/file-rules.js';
import type {Upload} from './composer-types.js';

/** A file of the composer. */
export interface QueuedFile {
  readonly id: number;
  readonly file: File;
  /** `refused` are those that the workspace would not take; they are never sent. */
  readonly state: 'waiting' | 'queued' | 'sending' | 'failed' | 'refused';
  /** How much of it is sent, from 0 to 1. */
  readonly share: number;
  readonly problem?: FileProblem;
}

interface Entry {
  file: QueuedFile;
  description?: string;
  upload?: Upload;
  readonly life: AbortController;
}

/** A file was sent, or not. */
export type FileDone = (file: File, problem?: FileProblem) => void;

/** Most files that wait at once. */
export const MOST_FILES = 20;

/** What cannot be mended by trying again. */
export const isFinal = (problem: FileProblem | undefined): boolean =>
  problem !== undefined && problem !== 'failed';

let lastId = 0;

/** The files of one conversation: those that wait for the message to be sent, and those on their way. */
export class FileQueue {
  readonly #changed: () => void;
  readonly #done: FileDone;
  #entries: Entry[] = [];
  #running = false;

  constructor(changed: () => void, done: FileDone) {
    this.#changed = changed;
    this.#done = done;
  }

  get files(): readonly QueuedFile[] {
    return this.#entries.map(({file}) => file);
  }

  /** Whether there is a file for the next message. */
  get isWaiting(): boolean {
    return this.#entries.some(({file}) => file.state === 'waiting');
  }

  /**
   * Takes files for the next message; one that the workspace would refuse is shown with the reason.
   *
   * @returns whether there was room for all
   */
  add(files: readonly File[], rules: FileRules): boolean {
    const taken = files.slice(0, MOST_FILES - this.#entries.length);
    for (const file of taken) {
      const problem = fileProblem(file, rules);
      const state = problem ? ('refused' as const) : ('waiting' as const);
      this.#entries.push({
        file: {id: ++lastId, file, state, share: 0, ...(problem && {problem})},
        life: new AbortController(),
      });
    }
    this.#changed();
    return taken.length === files.length;
  }

  /** Sends what waits, one after the other, the first with what was written to it. */
  send(upload: Upload, description: string): void {
    const waiting = this.#entries.filter(({file}) => file.state === 'waiting');
    for (const entry of waiting) this.#queue(entry, upload);
    if (waiting[0] && description) waiting[0].description = description;
    void this.#run();
  }

  /** Sends a file again that was not sent. */
  retry(id: number, upload: Upload): void {
    const entry = this.#entries.find(({file}) => file.id === id && file.state === 'failed');
    if (!entry) return;
    this.#queue(entry, upload);
    void this.#run();
  }

  /**
   * Takes a file away, and ends its upload.
   *
   * @returns what was written to it, which is not sent now
   */
  remove(id: number): string | undefined {
    const entry = this.#entries.find(({file}) => file.id === id);
    if (!entry) return undefined;
    this.#entries = this.#entries.filter((each) => each !== entry);
    entry.life.abort();
    this.#changed();
    return entry.description;
  }

  /** Takes all files away, and ends their uploads. */
  end(): void {
    for (const {life} of this.#entries.splice(0)) life.abort();
  }

  #queue(entry: Entry, upload: Upload): void {
    entry.upload = upload;
    this.#set(entry, {state: 'queued', share: 0});
  }

  #set(entry: Entry, {problem, ...fields}: Partial<QueuedFile>): void {
    const {problem: _, ...rest} = entry.file;
    entry.file = {...rest, ...fields, ...(problem && {problem})};
    this.#changed();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next; (next = this.#entries.find(({file}) => file.state === 'queued'));)
      await this.#send(next);
    this.#running = false;
  }

  async #send(entry: Entry): Promise<void> {
    const {signal} = entry.life;
    const {description, upload} = entry;
    const {file} = entry.file;
    this.#set(entry, {state: 'sending', share: 0});
    const onProgress = (share: number): void => {
      if (!signal.aborted && entry.file.state === 'sending')
        this.#set(entry, {share: Math.min(1, Math.max(0, share || 0))});
    };
    let problem: FileProblem | undefined;
    try {
      // Raced with the signal, so that an upload that does not hear it holds back no other file.
      await Promise.race([
        upload?.(file, {signal, onProgress, ...(description && {description})}),
        new Promise((_, reject) => signal.addEventListener('abort', reject, {once: true})),
      ]);
    } catch (error) {
      problem = problemOf(error);
    }
    if (signal.aborted) return;
    if (problem) this.#set(entry, {state: 'failed', problem});
    else this.remove(entry.file.id);
    this.#done(file, problem);
  }
}
