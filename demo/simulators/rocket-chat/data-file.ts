import {readFile, rename, writeFile} from 'node:fs/promises';

import type {StoredWorkspace, Workspace} from './workspace.js';

const FORMAT = 1;
// Soon, but not for each message of a burst.
const DELAY = 50;

const isStored = (data: unknown): data is StoredWorkspace & {format: number} =>
  typeof data === 'object' && data !== null && 'format' in data && data.format === FORMAT;

/** Keeps a workspace in a file, as it is a moment after each change. */
export class DataFile {
  readonly #path: string;
  readonly #workspace: Workspace;
  readonly #stopped = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #writing = Promise.resolve();

  constructor(path: string, workspace: Workspace) {
    this.#path = path;
    this.#workspace = workspace;
  }

  /** Fills the workspace; false if there is no file yet. Throws if it is not one of ours. */
  async load(): Promise<boolean> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return;
      throw error;
    });
    if (text === undefined) return false;
    const data: unknown = JSON.parse(text);
    if (!isStored(data)) throw new Error(`${this.#path} is no data file of this simulator.`);
    this.#workspace.load(data);
    return true;
  }

  /** Writes from now on what changes, and first what is there. */
  keep(): void {
    this.#workspace.changes.listen(({type}) => {
      if (type !== 'settings' && type !== 'stream') this.#soon();
    }, this.#stopped.signal);
    this.#soon();
  }

  /** Writes what is not written yet, and stops. */
  async close(): Promise<void> {
    this.#stopped.abort();
    if (this.#timer) this.#write();
    await this.#writing;
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#write(), DELAY);
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = JSON.stringify({format: FORMAT, ...this.#workspace.dump()});
    const unfinished = `${this.#path}.new`;
    // One after the other, and by a new name first: the file is never half of one.
    this.#writing = this.#writing
      .then(() => writeFile(unfinished, text, {mode: 0o600}))
      .then(() => rename(unfinished, this.#path))
      .catch((error: unknown) => console.error(`The data file was not written: ${String(error)}`));
  }
}
