import type {Surface} from '../../../src/protocol/credentials.js';
import type {Identity} from '../callers/identity.js';
import type {Store} from '../store/store.js';
import type {Workspace} from '../workspace/workspace.js';
import type {Endings} from './endings.js';
import {Flights} from './flights.js';
import type {Minting} from './minting.js';
import type {Kept} from './token-record.js';
import type {TokenShelf} from './token-shelf.js';

/** How often in `WINDOW` the workspace is asked whether a user's token works. */
const LOOKS = 6;
const WINDOW = 60_000;

const SURFACES: readonly Surface[] = ['embed', 'live'];
const keyOf = (alias: string, surface: Surface): string => `${surface} ${alias}`;

/** What tokens work with. */
export interface TokenParts {
  readonly store: Store;
  readonly shelf: TokenShelf;
  readonly endings: Endings;
  readonly minting: Minting;
  readonly workspace: Workspace;
}

/** One token per user and surface; all who ask this broker at once wait for the same one. */
export class Tokens {
  readonly #parts: TokenParts;
  readonly #flights = new Flights<Kept>();
  /** Those that were left to themselves by {@link forget}, too. */
  readonly #underWay = new Set<Promise<Kept>>();

  constructor(parts: TokenParts) {
    this.#parts = parts;
  }

  /** A token that lasts: a new one where none is lent. */
  get(identity: Identity, surface: Surface): Promise<Kept> {
    return this.#join(identity, surface, () => this.#parts.minting.mint(identity, surface));
  }

  /** The token that a page could not use: the same if the workspace takes it, else a new one. */
  getInstead(identity: Identity, surface: Surface, known: Kept): Promise<Kept> {
    return this.#join(identity, surface, async () => {
      const {shelf, endings, minting} = this.#parts;
      const {alias, id} = known.record;
      if ((await this.#works(known)) !== false) return known;
      await shelf.withdraw(known);
      await endings.soon(alias, [id]);
      return minting.mint(identity, surface, known.sealed);
    });
  }

  /** Whoever asks for the user's tokens from now on does not get what is being made just now. */
  forget(alias: string): void {
    for (const surface of SURFACES) this.#flights.leave(keyOf(alias, surface));
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size) await Promise.allSettled(this.#underWay);
  }

  #join({sub}: Identity, surface: Surface, begin: () => Promise<Kept>): Promise<Kept> {
    return this.#flights.join(keyOf(sub, surface), () => {
      const flight = begin().finally(() => this.#underWay.delete(flight));
      this.#underWay.add(flight);
      return flight;
    });
  }

  async #works({record: {alias, userId, authToken}}: Kept): Promise<boolean | undefined> {
    const {store, workspace} = this.#parts;
    const {count} = await store.count(`works:${alias}`, WINDOW);
    if (count > LOOKS) return;
    return workspace.works({userId, authToken}).catch(() => undefined);
  }
}
