/** Something that a contender has told the page. */
export interface Told {
  readonly type: 'new' | 'edited' | 'deleted';
  readonly id: string;
  readonly text?: string | undefined;
  /** Epoch ms: the bench's own clock, as both run on one machine. */
  readonly at: number;
}

/** All that a contender tells, in its order. */
export class Telling {
  readonly all: Told[] = [];
  #latest = -1;

  /** The greatest number of a message that was told; a new message's text is its number. */
  get latest(): number {
    return this.#latest;
  }

  add(type: Told['type'], id: string, text?: string): void {
    this.all.push({type, id, text, at: Date.now()});
    if (type === 'new') this.#latest = Math.max(this.#latest, Number(text) || 0);
  }
}
