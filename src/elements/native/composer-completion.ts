import {completionAt, type Completion, type Written} from '../../session/completion.js';
import {LatestSearch} from '../../session/latest-search.js';
import type {Language} from '../strings/strings.js';
import {narrow, suggest, type Suggestion, type SuggestionSources} from './composer-suggestions.js';
import {composerWords} from './composer-words.js';

/** What the list needs of the composer. */
export interface CompletionHost {
  readonly sources: SuggestionSources;
  readonly language: Language;
  /** The list or its active row is another one. */
  requestUpdate(): void;
}

/** A name was chosen. */
export type Choose = (completion: Completion, chosen: Suggestion) => void;

/** The list that completes a name: what is in it, which row is active, and what the keys do. */
export class CompletionList {
  readonly #host: CompletionHost;
  readonly #choose: Choose;
  readonly #search = new LatestSearch<Suggestion>((found) => this.#show(found));
  #completion: Completion | undefined;
  #items: readonly Suggestion[] = [];
  #active = -1;
  /** Where a name begins whose list was closed by Escape: it stays closed. */
  #dismissed: number | undefined;

  constructor(host: CompletionHost, choose: Choose) {
    this.#host = host;
    this.#choose = choose;
  }

  /** None: the list is closed. */
  get items(): readonly Suggestion[] {
    return this.#items;
  }

  /** The row that Enter chooses; -1 if none. */
  get active(): number {
    return this.#active;
  }

  /** Follows what is written; undefined where nothing can be completed. */
  follow(written: Written | undefined): void {
    const next = written && completionAt(written.text, written.caret);
    const before = this.#completion;
    if (next?.from !== this.#dismissed) this.#dismissed = undefined;
    if (!next || this.#dismissed !== undefined) return this.#end();
    this.#completion = next;
    const {kind, from, query} = next;
    const isSameName = kind === before?.kind && from === before.from;
    if (isSameName && query === before.query) return;
    // What does not fit any more must not be there to be chosen until the answer comes.
    const goesOn = isSameName && query.startsWith(before.query);
    this.#show(goesOn ? narrow(this.#items, query) : []);
    const {sources, language} = this.#host;
    const {source, delay} = suggest(next, sources, composerWords(language));
    void this.#search.start(source, delay);
  }

  /** @returns whether the key was meant for the list */
  key(key: string): boolean {
    const {length} = this.#items;
    if (!length) return false;
    if (key === 'Escape') {
      this.#dismissed = this.#completion?.from;
      this.#end();
    } else if (key === 'ArrowDown') this.#activate((this.#active + 1) % length);
    else if (key === 'ArrowUp') this.#activate((this.#active < 1 ? length : this.#active) - 1);
    else if ((key === 'Enter' || key === 'Tab') && this.#active >= 0) this.choose(this.#active);
    else return false;
    return true;
  }

  choose(index: number): void {
    const chosen = this.#items[index];
    const completion = this.#completion;
    if (!chosen || !completion) return;
    this.#end();
    this.#choose(completion, chosen);
  }

  close(): void {
    this.#dismissed = undefined;
    this.#end();
  }

  #end(): void {
    this.#search.stop();
    this.#completion = undefined;
    this.#show([]);
  }

  #show(items: readonly Suggestion[]): void {
    if (!items.length && !this.#items.length) return;
    this.#items = items;
    // After a bare mark nobody is chosen by Enter: it would notify somebody by mistake.
    this.#activate(items.length && this.#completion?.query ? 0 : -1);
  }

  #activate(index: number): void {
    this.#active = index;
    this.#host.requestUpdate();
  }
}
