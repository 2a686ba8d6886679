import {warn} from './log.js';
import {ToolbarButton, type ButtonFace, type Toolbar} from './toolbar-button.js';

const PARTICIPANTS: ButtonFace = {icon: 'IconGroup', name: 'Participants'};

/**
 * The Participants button in the meeting's toolbar, which is there once the page has a panel for it to
 * open: a page that shows none would leave a button that does nothing.
 */
export class ParticipantsButton {
  readonly #toolbar: Toolbar;
  readonly #ask: (active: boolean) => void;
  readonly #signal: AbortSignal;
  #button: ToolbarButton | undefined;
  #adding = false;
  #active = false;

  /** @param ask called for each click with the state that is asked for */
  constructor(toolbar: Toolbar, ask: (active: boolean) => void, signal: AbortSignal) {
    this.#toolbar = toolbar;
    this.#ask = ask;
    this.#signal = signal;
  }

  /** Shows whether the panel is open; adds the button, if there is none yet. */
  show(active: boolean): void {
    this.#active = active;
    if (this.#button) this.#button.show({active});
    else void this.add();
  }

  /** Adds the button, if there is none yet. After a refusal the next word of the page is another try. */
  async add(): Promise<void> {
    if (this.#button || this.#adding) return;
    this.#adding = true;
    try {
      const add = ToolbarButton.add(this.#toolbar, PARTICIPANTS, this.#ask, this.#signal);
      this.#button = await add;
      this.#button.show({active: this.#active});
    } catch {
      warn('could not add the Participants button: Web App 3 refused');
    }
    this.#adding = false;
  }
}
