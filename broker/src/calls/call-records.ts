import {randomBytes} from 'node:crypto';

import {field} from '../../../src/protocol/guards.js';
import type {Seal} from '../store/seal.js';
import type {Store} from '../store/store.js';
import type {Call} from './call.js';

const HOUR = 60 * 60_000;
/** How long a call is known after its end at the latest, for those who ask late. Ms. */
const KEPT_AFTER = HOUR;
const PURPOSE = 'call';

const TEXTS = ['id', 'meeting', 'alias', 'callType', 'record'];

const parse = (plain: string): Call | undefined => {
  const data: unknown = JSON.parse(plain);
  const fit =
    TEXTS.every((name) => typeof field(data, name) === 'string') &&
    ['caller', 'callee'].every((name) => typeof field(field(data, name), 'sub') === 'string') &&
    ['createdAt', 'expiresAt'].every((name) => typeof field(data, name) === 'number');
  return fit ? (data as Call) : undefined;
};

/** Where calls are kept. */
export interface CallRecordsOptions {
  readonly store: Pick<Store, 'compareAndSet' | 'get' | 'set' | 'setIfAbsent'>;
  readonly seal: Seal;
}

export const newCallId = (): string => randomBytes(16).toString('hex');

export const isCallId = (text: string): boolean => /^[\da-f]{32}$/.test(text);

/** The calls of all brokers, sealed: who has the store's data learns not who called whom. */
export class CallRecords {
  readonly #options: CallRecordsOptions;

  constructor(options: CallRecordsOptions) {
    this.#options = options;
  }

  async insert(call: Call): Promise<void> {
    const {store} = this.#options;
    await store.set(`call-in:${call.meeting}`, call.id, lifeOf(call));
    await store.setIfAbsent(placeOf(call.id), this.close(call), lifeOf(call));
  }

  async find(id: string): Promise<Call | undefined> {
    return isCallId(id) ? (await this.#read(id))?.call : undefined;
  }

  /** The call that a meeting was made for. */
  async ofMeeting(meeting: string): Promise<Call | undefined> {
    const id = await this.#options.store.get(`call-in:${meeting}`);
    return id === undefined ? undefined : this.find(id);
  }

  /**
   * Changes a call as it is now, whoever else does so at the same moment.
   *
   * @param change may be called more than once; `undefined` leaves it
   * @returns the call as it is then, and whether this call has changed it
   */
  async change(
    id: string,
    change: (call: Call) => Call | undefined,
  ): Promise<{readonly call: Call; readonly changed: boolean} | undefined> {
    const {store} = this.#options;
    for (;;) {
      const found = await this.#read(id);
      if (!found) return;
      const next = change(found.call);
      if (!next) return {call: found.call, changed: false};
      if (await store.compareAndSet(placeOf(id), found.sealed, this.close(next), lifeOf(next)))
        return {call: next, changed: true};
    }
  }

  /** The text that stands for a call, in the store and between brokers. */
  close(call: Call): string {
    return this.#options.seal.close(PURPOSE, JSON.stringify(call));
  }

  /** `undefined` for what no broker of this secret and version has closed. */
  open(sealed: string): Call | undefined {
    const plain = this.#options.seal.open(PURPOSE, sealed);
    return plain === undefined ? undefined : parse(plain);
  }

  async #read(id: string): Promise<{readonly call: Call; readonly sealed: string} | undefined> {
    const sealed = await this.#options.store.get(placeOf(id));
    const call = sealed === undefined ? undefined : this.open(sealed);
    return sealed === undefined || call?.id !== id ? undefined : {call, sealed};
  }
}

const placeOf = (id: string): string => `call:${id}`;

const lifeOf = ({expiresAt}: Call): number => Math.max(1, expiresAt + KEPT_AFTER - Date.now());
