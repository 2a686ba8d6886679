import {randomBytes} from 'node:crypto';

import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';
import {limitedFor} from './endings.js';

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

/** What is told where the workspace has not ended all tokens of a user who was signed out. */
export const notAllEnded = (cause: unknown): BrokerError => {
  const wait = limitedFor(cause);
  if (wait === undefined)
    return new BrokerError(
      502,
      'workspace-unreachable',
      'The user is signed out here, but Rocket.Chat could not be told to end all of the tokens. The broker goes on trying; ask again to learn whether it is done.',
      {cause},
    );
  const seconds = Math.ceil(wait / 1000);
  return new BrokerError(
    429,
    'rate-limited',
    `The user is signed out here, and no token is lent any more. Rocket.Chat limits sign-outs: it takes no more for ${seconds} s, and the broker ends the rest of the tokens as soon as it does. Ask again to learn whether it is done.`,
    {cause, headers: {'retry-after': String(seconds)}},
  );
};
