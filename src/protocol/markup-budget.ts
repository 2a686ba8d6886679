import {MARKUP_LIMITS, type Text} from './markup-types.js';
import {cutText, visibleText} from './visible-text.js';

/** What is left of the limits while one message is read. */
export class MarkupBudget {
  /** The workspace's address, if links to paths are to be followed. */
  readonly base: string | undefined;
  #nodes: number = MARKUP_LIMITS.nodes;
  #characters: number = MARKUP_LIMITS.characters;
  #depth: number = MARKUP_LIMITS.depth;
  #cut = false;
  #quotes = 0;

  constructor(base?: string) {
    this.base = base;
  }

  /** Something was left out as it was too much. */
  get cut(): boolean {
    return this.#cut;
  }

  /** How many links to quoted messages were left out. */
  get quotes(): number {
    return this.#quotes;
  }

  /** Notes a link to a quoted message, in whose place nothing is shown. */
  foundQuote(): readonly never[] {
    this.#quotes++;
    return [];
  }

  /** Reads one node by `read`, unless there were too many or it lies too deep: then nothing. */
  node<T>(read: () => readonly T[]): readonly T[] {
    const isTooMuch = this.#nodes === 0 || this.#depth === 0;
    if (this.#nodes > 0) this.#nodes--;
    if (isTooMuch) {
      this.#cut = true;
      return [];
    }
    this.#depth--;
    const found = read();
    this.#depth++;
    return found;
  }

  /** Reads one entry after the other by `read`, which counts as {@link node} does, while there is room. */
  each<T>(entries: readonly unknown[], read: (entry: unknown) => readonly T[]): readonly T[] {
    const found: T[] = [];
    // By index, as holes count, too: an array may claim a length that it does not have.
    for (let index = 0; index < entries.length; index++) {
      if (this.#nodes === 0) {
        this.#cut = true;
        break;
      }
      found.push(...read(entries[index]));
    }
    return found;
  }

  /** As much of a text as there is room for, harmless to look at. */
  take(text: string): string {
    const kept = cutText(text, this.#characters);
    const isCut = kept !== text;
    if (isCut) this.#cut = true;
    this.#characters = isCut ? 0 : this.#characters - text.length;
    return visibleText(kept);
  }

  /** The same as a part of a line; nothing in place of an empty one. */
  text(text: string): readonly Text[] {
    const shown = this.take(text);
    return shown ? [{type: 'text', text: shown}] : [];
  }
}
