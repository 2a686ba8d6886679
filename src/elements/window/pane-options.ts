import type {ShownPerson} from '../floating/desk-types.js';
import {isToolOn} from '../floating/tools-on.js';
import type {WindowPlace} from './window-types.js';

/** What the pane takes of what surrounds it. */
interface Given {
  readonly person: (username: string) => ShownPerson;
  readonly files: boolean;
}

/** How a pane asks for it, as it is not of this file's business which one that is. */
interface OptionsRequest extends Event {
  readonly detail: {readonly give: (options: Given) => void};
}

/** Tells the pane what people are called and look like, and whether files can be sent; anew when that is another. */
export class PaneOptions {
  readonly #place: WindowPlace;
  /** Of whom the pane has asked, and what it was told. */
  readonly #told = new Map<string, ShownPerson>();
  #give: ((options: Given) => void) | undefined;
  #files = true;

  constructor(place: WindowPlace) {
    this.#place = place;
  }

  listen(pane: HTMLElement, signal: AbortSignal): void {
    pane.addEventListener(
      'rc-options-request',
      (event) => {
        this.#give = (event as OptionsRequest).detail.give;
        this.#tell();
      },
      {signal},
    );
  }

  /** Something may be known that was not. */
  changed(): void {
    const {desk} = this.#place;
    const differs = ([username, {name, image}]: [string, ShownPerson]): boolean => {
      const now = desk.person(username);
      return now.name !== name || now.image !== image;
    };
    if (this.#files !== this.#takesFiles || [...this.#told].some(differs)) this.#tell();
  }

  get #takesFiles(): boolean {
    const {tools} = this.#place.given;
    return isToolOn(tools, 'file_upload');
  }

  #tell(): void {
    this.#told.clear();
    this.#files = this.#takesFiles;
    this.#give?.({
      files: this.#files,
      person: (username) => {
        const person = this.#place.desk.person(username);
        this.#told.set(username, person);
        return person;
      },
    });
  }
}
