import type {PexipChatError} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {Around, AroundContent} from '../around.js';
import type {ChatPlace} from './chat-view.js';

export interface AroundActions {
  /** A person has chosen the room at this path. */
  readonly open: (path: string) => void;
  readonly signIn: () => void;
  readonly loaded: () => void;
}

/** What stands around the conversation, loaded when there is first something to show. */
export class AroundSide {
  readonly #place: ChatPlace;
  readonly #actions: AroundActions;
  #around: Around | undefined;
  #asked = false;
  #life = new AbortController();

  constructor(place: ChatPlace, actions: AroundActions) {
    this.#place = place;
    this.#actions = actions;
  }

  show(content: AroundContent): void {
    const {status, signedOut, queued, link, rooms} = content;
    this.#around?.show(content);
    const isQueued = queued !== undefined;
    if (!this.#asked && (status || signedOut || isQueued || link || rooms)) void this.#load();
  }

  stop(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#asked = !!this.#around;
    this.#around?.stop();
  }

  /** Takes away what was shown; it is not shown again. */
  remove(): void {
    this.stop();
    this.#around?.remove();
  }

  async #load(): Promise<void> {
    const {root, body, requestOpen} = this.#place;
    const {open, signIn, loaded} = this.#actions;
    this.#asked = true;
    try {
      const {around} = await loadPart('around');
      // The pane was moved meanwhile, and has asked for it once more.
      if (this.#around) return loaded();
      this.#around = around({
        root,
        body,
        open: ({path}) => {
          requestOpen();
          open(path);
        },
        signIn,
      });
      loaded();
    } catch (error) {
      // The conversation is there without it.
      this.#place.report(error as PexipChatError);
      const {signal} = this.#life;
      addEventListener('online', () => void this.#load(), {once: true, signal});
    }
  }
}
