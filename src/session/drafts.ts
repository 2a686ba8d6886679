/** Keeps what somebody has written and not sent, by a key that names server, user and room. */
export interface DraftStore {
  get(key: string): string | undefined;
  /** An empty text ends the draft. */
  set(key: string, text: string): void;
}

/** Drafts that end with the page. Nothing of a conversation is written to the device. */
export class MemoryDrafts implements DraftStore {
  readonly #texts = new Map<string, string>();

  get(key: string): string | undefined {
    return this.#texts.get(key);
  }

  set(key: string, text: string): void {
    if (text) this.#texts.set(key, text);
    else this.#texts.delete(key);
  }

  /** Forgets the drafts whose key begins so; all of them by default. For a sign-out. */
  clear(prefix = ''): void {
    for (const key of [...this.#texts.keys()]) if (key.startsWith(prefix)) this.#texts.delete(key);
  }
}

/** The drafts of this page, whichever element they were written in. */
export const pageDrafts = new MemoryDrafts();
