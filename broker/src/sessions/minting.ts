import type {FastifyBaseLogger} from 'fastify';

import type {Surface} from '../../../src/protocol/credentials.js';
import type {Audit} from '../audit.js';
import type {Identity} from '../callers/identity.js';
import type {Workspace} from '../workspace/workspace.js';
import type {Endings} from './endings.js';
import type {Locks} from './locks.js';
import {signedOut, type SignOuts} from './sign-outs.js';
import {canBeLent, isFor, type Kept, newTokenId} from './token-record.js';
import type {TokenShelf} from './token-shelf.js';

/** What minting works with. */
export interface MintingParts {
  readonly shelf: TokenShelf;
  readonly locks: Locks;
  readonly endings: Endings;
  readonly signOuts: SignOuts;
  readonly workspace: Workspace;
  readonly audit: Audit;
  readonly log: FastifyBaseLogger;
  /** Ms. */
  readonly tokenLifetime: number;
  /** Has the user's leases looked at when those of now will have ended. */
  watch(alias: string): Promise<void>;
}

/** The lock under which a user's tokens are made, and are ended for want of leases. */
export const lockOf = (alias: string): string => `tokens:${alias}`;

/**
 * Makes tokens, one user's one after the other (the first may have to make the account), whoever
 * and however many ask.
 */
export class Minting {
  readonly #parts: MintingParts;

  constructor(parts: MintingParts) {
    this.#parts = parts;
  }

  /**
   * The user's token for a surface: the one that is lent, if it lasts, else a new one.
   *
   * @param refused the text of a token that is not to be lent again
   */
  async mint(identity: Identity, surface: Surface, refused?: string): Promise<Kept> {
    const {shelf, locks, signOuts} = this.#parts;
    const {sub: alias} = identity;
    const latest = await signOuts.latest(alias);
    const made = async (): Promise<Kept | undefined> => {
      const kept = await shelf.lent(alias, surface);
      return kept && kept.sealed !== refused && canBeLent(kept.record, Date.now())
        ? kept
        : undefined;
    };
    return locks.run(lockOf(alias), made, () => this.#mint(identity, surface, latest));
  }

  async #mint(identity: Identity, surface: Surface, latest: string | undefined): Promise<Kept> {
    const {shelf, signOuts, workspace, audit} = this.#parts;
    const {sub: alias} = identity;
    if (await signOuts.since(alias, latest)) throw signedOut();
    const {account, authToken} = await workspace.mint(identity);
    const kept = await this.#keep(alias, surface, {...account, authToken}, latest);
    // Looked at before and after: a sign-out comes before one of the two, or sees what was kept.
    if (await signOuts.since(alias, latest)) return this.#void(kept);
    await shelf.lend(kept);
    if (await signOuts.since(alias, latest)) return this.#void(kept);
    await Promise.all([
      audit.note({what: 'token-made', alias, detail: {surface}}),
      this.#endOlder(kept),
    ]);
    return kept;
  }

  async #keep(
    alias: string,
    surface: Surface,
    {userId, username, authToken}: {userId: string; username: string; authToken: string},
    after: string | undefined,
  ): Promise<Kept> {
    const {shelf, workspace, tokenLifetime, watch, log} = this.#parts;
    const mintedAt = Date.now();
    const expiresAt = mintedAt + tokenLifetime;
    const id = newTokenId(surface, mintedAt);
    try {
      const made = {id, alias, surface, userId, username, authToken, mintedAt, expiresAt};
      const record = after === undefined ? made : {...made, after};
      const [, kept] = await Promise.all([watch(alias), shelf.keep(record)]);
      return kept;
    } catch (error) {
      // Nobody would know of it any more.
      await workspace.end({userId, authToken}).catch((failure: unknown) => {
        log.warn({err: failure}, 'A token that could not be kept could not be ended either.');
      });
      throw error;
    }
  }

  /** Ends what was made for somebody who was signed out meanwhile. */
  async #void(kept: Kept): Promise<never> {
    const {shelf, endings, log} = this.#parts;
    const {alias, id} = kept.record;
    await shelf.withdraw(kept);
    await endings.now(alias, new Map([[id, kept.sealed]])).catch((error: unknown) => {
      log.warn({err: error}, 'The token of a user who was signed out will be ended later.');
    });
    throw signedOut();
  }

  /** The token before the one before must end now, so that there are never more than two of a surface. */
  async #endOlder({record: {alias, surface, id: current}}: Kept): Promise<void> {
    const {shelf, endings} = this.#parts;
    const older = [...(await shelf.all(alias)).keys()]
      .filter((id) => isFor(id, surface) && id !== current)
      .sort();
    await endings.soon(alias, older.slice(0, -1));
  }
}
