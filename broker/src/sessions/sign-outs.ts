import {randomBytes} from 'node:crypto';

import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';

/** No sign-in takes as long; ms. */
const REMEMBERED_FOR = 60 * 60 * 1000;

const keyOf = (alias: string): string => `signed-out:${alias}`;

/** When a user was signed out everywhere, so that what was begun before does not outlive it. */
export class SignOuts {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** A name of the user's latest sign-out; `undefined` if there was none lately. */
  latest(alias: string): Promise<string | undefined> {
    return this.#store.get(keyOf(alias));
  }

  /** Whether the user was signed out after `latest` was read. */
  async since(alias: string, latest: string | undefined): Promise<boolean> {
    const now = await this.latest(alias);
    return now !== undefined && now !== latest;
  }

  /**
   * From when on whatever was begun before is void.
   *
   * @returns the name of this sign-out
   */
  async note(alias: string): Promise<string> {
    const name = randomBytes(9).toString('base64url');
    await this.#store.set(keyOf(alias), name, REMEMBERED_FOR);
    return name;
  }
}

/** What they are told who asked before the user was signed out, and would be answered after it. */
export const signedOut = (): BrokerError =>
  new BrokerError(
    409,
    'signed-out',
    'The user was signed out everywhere while this session was opened. Ask again if that is still wanted.',
  );
