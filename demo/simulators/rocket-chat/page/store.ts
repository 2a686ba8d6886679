import type {Account, Message, Room, Subscription} from '../model.js';
import type {PageState} from '../remote-protocol.js';

/** All that the page shows. */
export interface State {
  readonly screen: PageState['screen'];
  readonly user?: Account | undefined;
  readonly room?: Room | undefined;
  /** Of the opened room, oldest first. */
  readonly messages: readonly Message[];
  readonly subscriptions: readonly Subscription[];
  readonly loginFailed: boolean;
  /** The buttons that the parent has hidden, by Rocket.Chat's ids. */
  readonly hiddenActions: readonly string[];
  /** How many changes of the settings the page knows of. */
  readonly settingsVersion: number;
}

/** Holds the state and tells whoever listens of each change. */
export class Store {
  readonly #listeners: ((state: State) => void)[] = [];
  #state: State = {
    screen: 'loading',
    messages: [],
    subscriptions: [],
    loginFailed: false,
    hiddenActions: [],
    settingsVersion: -1,
  };

  get state(): State {
    return this.#state;
  }

  update(fields: Partial<State>): void {
    this.#state = {...this.#state, ...fields};
    for (const listener of this.#listeners) listener(this.#state);
  }

  /** Calls `listener` now and after each change. */
  listen(listener: (state: State) => void): void {
    this.#listeners.push(listener);
    listener(this.#state);
  }
}

/** The title of a room for the user who looks at it. */
export const titleOf = (room: Room, subscriptions: readonly Subscription[]): string =>
  subscriptions.find(({rid}) => rid === room._id)?.fname ?? room.fname ?? room.name ?? '';
