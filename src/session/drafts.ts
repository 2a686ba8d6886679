/** Something that is kept beside a draft. */
export interface Forgettable {
  /** Its user has signed out. */
  forget(): void;
}

/** Keeps what somebody has written and not sent, by a key that names server, user, room and thread. */
export interface DraftStore {
  get(key: string): string | undefined;
  /** An empty text ends the draft. */
  set(key: string, text: string): void;
  /** What else is kept by this key: one of each kind, made when it is first asked for. */
  beside<Kept extends Forgettable>(key: string, kind: new () => Kept): Kept;
}

/** Drafts that end with the page. Nothing of a conversation is written to the device. */
export class MemoryDrafts implements DraftStore {
  readonly #texts = new Map<string, string>();
  readonly #beside = new Map<string, Forgettable[]>();

  get(key: string): string | undefined {
    return this.#texts.get(key);
  }

  set(key: string, text: string): void {
    if (text) this.#texts.set(key, text);
    else this.#texts.delete(key);
  }

  beside<Kept extends Forgettable>(key: string, kind: new () => Kept): Kept {
    const all = this.#beside.get(key) ?? [];
    const known = all.find((each): each is Kept => each instanceof kind);
    if (known) return known;
    const made = new kind();
    this.#beside.set(key, [...all, made]);
    return made;
  }

  /** Forgets what is kept by keys that begin so; all of it by default. For a sign-out. */
  clear(prefix = ''): void {
    for (const key of [...this.#texts.keys()]) if (key.startsWith(prefix)) this.#texts.delete(key);
    for (const [key, all] of [...this.#beside]) {
      if (!key.startsWith(prefix)) continue;
      this.#beside.delete(key);
      for (const each of all) each.forget();
    }
  }
}

/** The drafts of this page, whichever element they were written in. */
export const pageDrafts = new MemoryDrafts();
