import type {PersonTraits} from '../person-traits.js';
import {byId} from './dom.js';
import type {Attendee, People} from './people.js';

/** Those who come when a person asks for somebody. */
const NAMES = ['Bob Meyer', 'Carol Díaz', 'Dan Okafor', 'Eve Larsen', 'Farid Amin', 'Grace Chen'];

/** What else the panel can do. */
export interface PanelActions {
  drop(): void;
  reloadPlugin(): void;
}

/** The small panel that lets a person play those who are not there. */
export class SimulatorPanel {
  readonly #people: People;
  readonly #meetingOnly: readonly HTMLButtonElement[];
  readonly #hand: HTMLButtonElement;
  readonly #present: HTMLButtonElement;
  #newcomers = 0;

  constructor(people: People, actions: PanelActions, signal: AbortSignal) {
    this.#people = people;
    const button = (id: string, action: () => void): HTMLButtonElement => {
      const found = byId(id, HTMLButtonElement);
      found.addEventListener('click', action, {signal});
      return found;
    };
    this.#hand = button('toggle-hand', () => this.#toggle('raisedHand', 'handRaised'));
    this.#present = button('toggle-presenting', () => this.#toggle('isPresenting', 'presenting'));
    this.#meetingOnly = [
      button('bring-in', () => this.#bringIn({})),
      button('bring-to-lobby', () => this.#bringIn({waiting: true})),
      this.#hand,
      this.#present,
      button('drop', () => actions.drop()),
    ];
    button('reload-plugin', () => actions.reloadPlugin());
  }

  /** Shows what each button does now. */
  render(): void {
    const isThere = this.#people.self !== undefined;
    for (const button of this.#meetingOnly) button.disabled = !isThere;
    const anybody = (member: 'raisedHand' | 'isPresenting'): boolean =>
      this.#others().some(({participant}) => participant[member] === true);
    this.#hand.textContent = anybody('raisedHand') ? 'Lower that hand' : 'Let someone raise a hand';
    this.#present.textContent = anybody('isPresenting')
      ? 'Stop the presentation'
      : 'Let someone present';
  }

  #others(): Attendee[] {
    const {self, present} = this.#people;
    return present.filter((each) => each !== self && each.participant.isWaiting !== true);
  }

  #bringIn(traits: PersonTraits): void {
    const name = NAMES[this.#newcomers] ?? `Guest ${this.#newcomers + 1}`;
    this.#newcomers += 1;
    this.#people.bringIn([{name, ...traits}]);
  }

  /** Ends it where somebody does it; else the first one does, who comes for it if need be. */
  #toggle(member: 'raisedHand' | 'isPresenting', trait: 'handRaised' | 'presenting'): void {
    const others = this.#others();
    const doing = others.filter(({participant}) => participant[member] === true);
    const [first] = others;
    if (doing.length > 0) this.#people.change(doing, {[trait]: false});
    else if (first) this.#people.change([first], {[trait]: true});
    else this.#bringIn({[trait]: true});
  }
}
