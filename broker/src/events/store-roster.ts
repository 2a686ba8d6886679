import type {Store} from '../store/store.js';
import type {Participant, Roster} from './roster.js';

/** The roster as the events of all nodes have left it in the store. */
export class StoreRoster implements Roster {
  readonly #store: Store;

  constructor({store}: {readonly store: Store}) {
    this.#store = store;
  }

  async participants(id: string): Promise<readonly Participant[]> {
    await this.#store.entries(`roster:${id}`);
    return [];
  }

  async hasSeen(id: string, sub: string): Promise<boolean> {
    return (await this.#store.field(`seen:${id}`, sub)) !== undefined;
  }

  async emptySince(_id: string): Promise<number | undefined> {
    return undefined;
  }

  async isLive(_id: string): Promise<boolean> {
    return false;
  }
}
