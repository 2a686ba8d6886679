import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';
import {RING_TIME, type Call} from './call.js';
import type {CallRecords} from './call-records.js';

/** A claim that nobody makes last ends by itself, as that of a broker that was killed; ms. */
const FIRST = RING_TIME + 15_000;

export interface CallClaimsOptions {
  readonly store: Pick<Store, 'compareAndDelete' | 'compareAndSet' | 'get' | 'setIfAbsent'>;
  readonly records: Pick<CallRecords, 'find'>;
}

/** Nobody is in two calls: who rings or is rung is claimed for that call until it is over. */
export class CallClaims {
  readonly #options: CallClaimsOptions;

  constructor(options: CallClaimsOptions) {
    this.#options = options;
  }

  /** Id of the call that a user is in. */
  callOf(sub: string): Promise<string | undefined> {
    return this.#options.store.get(keyOf(sub));
  }

  /**
   * Claims both, or none.
   *
   * @throws {BrokerError} `call-in-progress` for who calls, `user-busy` for who is called
   */
  async claim(id: string, caller: string, callee: string): Promise<void> {
    // In one order for all, so that of two who call each other one has both.
    const [first, second] = caller < callee ? [caller, callee] : [callee, caller];
    if (!(await this.#take(first, id))) throw refusal(first === caller);
    if (await this.#take(second, id)) return;
    await this.#leave(first, id);
    throw refusal(second === caller);
  }

  /** Both are in the call for as long as it can last. */
  async keep({id, caller, callee, expiresAt}: Call): Promise<void> {
    const life = Math.max(1, expiresAt - Date.now());
    await Promise.all(
      [caller, callee].map(({sub}) => this.#options.store.compareAndSet(keyOf(sub), id, id, life)),
    );
  }

  async release({id, caller, callee}: Call): Promise<void> {
    await this.free(id, caller.sub, callee.sub);
  }

  async free(id: string, ...subs: readonly string[]): Promise<void> {
    await Promise.all(subs.map((sub) => this.#leave(sub, id)));
  }

  async #take(sub: string, id: string): Promise<boolean> {
    const {store, records} = this.#options;
    if (await store.setIfAbsent(keyOf(sub), id, FIRST)) return true;
    const other = await store.get(keyOf(sub));
    // A call that has ended while its claim could not be taken away holds nobody.
    if (other !== undefined && (await records.find(other))?.end) await this.#leave(sub, other);
    return store.setIfAbsent(keyOf(sub), id, FIRST);
  }

  async #leave(sub: string, id: string): Promise<void> {
    await this.#options.store.compareAndDelete(keyOf(sub), id);
  }
}

const keyOf = (sub: string): string => `call-of:${sub}`;

const refusal = (isCaller: boolean): BrokerError =>
  isCaller
    ? new BrokerError(
        409,
        'call-in-progress',
        'You are in a call already, perhaps in another tab. End it first.',
      )
    : new BrokerError(409, 'user-busy', 'This user is in another call. Try again later.');
