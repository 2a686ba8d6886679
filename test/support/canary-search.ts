import {hookPage} from './canary-hooks.js';
import {notePlaces, noteTree, shadowsIn} from './canary-places.js';
import {deepText} from './deep-text.js';

const WATCHED: MutationObserverInit = {
  attributes: true,
  attributeOldValue: true,
  characterData: true,
  characterDataOldValue: true,
  childList: true,
  subtree: true,
};

/**
 * Searches a page for secrets: all that it does while they are there, and all that it holds at each
 * {@link step}. What was seen is kept, so that a secret may be known only afterwards.
 */
export class CanarySearch {
  readonly #seen = new Map<string, Set<string>>();
  readonly #observer = new MutationObserver((records) => this.#noteChanges(records));
  readonly #requests = new PerformanceObserver((list) => this.#noteRequests(list.getEntries()));

  /** @param signal ends the search; what was seen stays */
  constructor(signal: AbortSignal) {
    // The page of a test loads more files than a browser keeps in mind by itself.
    performance.setResourceTimingBufferSize(10_000);
    hookPage(this.note, signal);
    const {attachShadow} = Element.prototype;
    const observe = (root: Node): void => this.#observer.observe(root, WATCHED);
    Element.prototype.attachShadow = function (init) {
      const root = attachShadow.call(this, init);
      observe(root);
      return root;
    };
    for (const root of [document, ...shadowsIn(document)]) observe(root);
    this.#requests.observe({type: 'resource', buffered: true});
    signal.addEventListener('abort', () => {
      Element.prototype.attachShadow = attachShadow;
      this.#observer.disconnect();
      this.#requests.disconnect();
    });
  }

  /** Something was seen at a place. Also for what only the test can see, such as a server's log. */
  readonly note = (place: string, thing: unknown): void => {
    const texts = this.#seen.get(place) ?? new Set();
    this.#seen.set(place, texts.add(deepText(thing)));
  };

  /** Waits for what a page does, and looks everywhere afterwards. */
  async step<Result>(done: Result): Promise<Awaited<Result>> {
    const result = await done;
    this.#noteChanges(this.#observer.takeRecords());
    this.#noteRequests(this.#requests.takeRecords());
    await notePlaces(this.note);
    return result;
  }

  /** Where a secret was seen, sorted. */
  placesOf(canary: string): readonly string[] {
    const places = [...this.#seen].filter(([, texts]) =>
      [...texts].some((text) => text.includes(canary)),
    );
    return places.map(([place]) => place).sort();
  }

  #noteChanges(records: readonly MutationRecord[]): void {
    for (const {target, attributeName, oldValue, addedNodes, removedNodes} of records) {
      this.note('document', oldValue);
      if (attributeName) this.note('document', (target as Element).getAttribute(attributeName));
      else this.note('document', target.nodeValue);
      for (const node of [...addedNodes, ...removedNodes]) noteTree(node, this.note);
    }
  }

  #noteRequests(entries: PerformanceEntryList): void {
    for (const {name} of entries) this.note('request', name);
  }
}

let life = new AbortController();
afterEach(() => {
  life.abort();
  life = new AbortController();
});

/** Searches the page from now on until the end of the test. */
export const searchPage = (): CanarySearch => new CanarySearch(life.signal);
