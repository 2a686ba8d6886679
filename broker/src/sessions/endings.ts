import type {FastifyBaseLogger} from 'fastify';

import type {Audit} from '../audit.js';
import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';
import type {Workspace} from '../workspace/workspace.js';
import {inTurns} from './in-turns.js';
import type {Locks} from './locks.js';
import {surfaceOf} from './token-record.js';
import {DUE_TOKENS, dueItem, parseDueItem, type TokenShelf} from './token-shelf.js';

const AT_ONCE = 8;
const IN_ONE_GO = 200;
const ATTEMPTS = 2;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 10 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;
/** For so long nobody else tries to end what is being ended by one who waits for it; ms. */
const CLAIM = 30_000;

/** Ms until the workspace takes such calls again; `undefined` if something else keeps the token from ending. */
export const limitedFor = (error: unknown): number | undefined =>
  error instanceof BrokerError && error.code === 'rate-limited'
    ? (error.wait ?? FIRST_PAUSE)
    : undefined;

/** What endings work with. */
export interface EndingParts {
  readonly store: Store;
  readonly shelf: TokenShelf;
  readonly locks: Locks;
  readonly workspace: Workspace;
  readonly audit: Audit;
  readonly log: FastifyBaseLogger;
}

/**
 * Ends tokens at the workspace. What is to end stands in the list `due:tokens` before anything is
 * tried, and stays there until the workspace has said that it has ended.
 */
export class Endings {
  readonly #parts: EndingParts;

  constructor(parts: EndingParts) {
    this.#parts = parts;
  }

  /** Has tokens of a user end soon. They may be lent no more. */
  async soon(alias: string, ids: Iterable<string>, at = Date.now()): Promise<void> {
    const {store} = this.#parts;
    await Promise.all([...ids].map((id) => store.schedule(DUE_TOKENS, dueItem(alias, id), at)));
  }

  /**
   * Ends tokens now. Rejects with a failure, when all have been tried, if possible with one that is no
   * limit of the workspace; those that could not be ended are tried again later.
   */
  async now(alias: string, tokens: ReadonlyMap<string, string>): Promise<void> {
    await this.soon(alias, tokens.keys(), Date.now() + CLAIM);
    const failures: unknown[] = [];
    await inTurns(tokens, AT_ONCE, async ([id, sealed]) => {
      await this.#end(alias, id, sealed).catch((error: unknown) => failures.push(error));
    });
    if (!failures.length) return;
    throw failures.find((error) => limitedFor(error) === undefined) ?? failures[0];
  }

  /** Ends what is due, until the signal is aborted. */
  async sweep(signal?: AbortSignal): Promise<void> {
    const {store, locks, log} = this.#parts;
    const due = await store.due(DUE_TOKENS, Date.now(), IN_ONE_GO);
    const end = async (item: string) => {
      const {id, alias} = parseDueItem(item);
      await locks
        .attempt(`end:${id}`, () => this.#endDue(alias, id))
        .catch((error: unknown) => {
          // Of hundreds that wait for their turn, each fails in each window.
          const level = limitedFor(error) === undefined ? 'warn' : 'debug';
          log[level]({err: error}, 'A token could not be ended yet.');
        });
    };
    await inTurns(due, AT_ONCE, end, signal);
  }

  async #endDue(alias: string, id: string): Promise<void> {
    const {store, shelf} = this.#parts;
    // Another broker that saw it as well may have tried by now, and put it off.
    const due = await store.due(DUE_TOKENS, Date.now(), IN_ONE_GO);
    if (!due.includes(dueItem(alias, id))) return;
    const sealed = (await shelf.all(alias)).get(id);
    if (sealed === undefined) await shelf.forget(alias, id);
    else await this.#end(alias, id, sealed);
  }

  async #end(alias: string, id: string, sealed: string): Promise<void> {
    const {shelf, audit, log} = this.#parts;
    const surface = surfaceOf(id);
    const kept = shelf.open(alias, surface, sealed);
    if (kept) {
      try {
        await shelf.withdraw(kept);
        await this.#tell(kept.record);
      } catch (error) {
        await this.#later(alias, id, limitedFor(error));
        throw error;
      }
    } else {
      log.warn({surface}, 'A token was kept with another secret: it ends by the workspace itself.');
    }
    const known = await shelf.forget(alias, id);
    if (kept && known) await audit.note({what: 'token-ended', alias, detail: {surface}});
  }

  async #tell({userId, authToken}: {userId: string; authToken: string}): Promise<void> {
    const {workspace} = this.#parts;
    for (let attempt = 1; ; attempt++) {
      try {
        return await workspace.end({userId, authToken});
      } catch (error) {
        if (attempt >= ATTEMPTS || limitedFor(error) !== undefined) throw error;
      }
    }
  }

  /** @param wait ms, if they were told: to be asked to wait is no failure, and makes no later wait longer */
  async #later(alias: string, id: string, wait: number | undefined): Promise<void> {
    if (wait !== undefined) return this.soon(alias, [id], Date.now() + wait);
    const {count} = await this.#parts.store.count(`endings:${id}`, DAY);
    const pause = Math.min(FIRST_PAUSE * 2 ** Math.min(count - 1, 20), LONGEST_PAUSE);
    await this.soon(alias, [id], Date.now() + pause);
  }
}
