import type {ForceReason} from '../../../src/protocol/call-api.js';
import {field} from '../../../src/protocol/guards.js';
import type {Seal} from '../store/seal.js';
import type {Store} from '../store/store.js';
import type {Call} from './call.js';
import type {CallRecords} from './call-records.js';

const CHANNEL = 'calls';
const PURPOSE = 'call-news';

/** What befalls all streams of a user. */
export type UserNews =
  | {readonly sub: string; readonly what: 'signed-out'}
  | {readonly sub: string; readonly what: ForceReason};

/** Hears what brokers tell of calls and of their users. */
export interface CallListener {
  call(call: Call): void;
  user(news: UserNews): void;
  /** Something may have been missed. */
  again(): void;
}

export interface CallNewsOptions {
  readonly store: Pick<Store, 'listen' | 'publish'>;
  readonly records: Pick<CallRecords, 'close' | 'open'>;
  readonly seal: Seal;
}

const WHATS: readonly unknown[] = ['signed-out', 'user_deleted', 'user_disabled'];

/**
 * What brokers tell each other of calls: each time the whole call, sealed, so that nobody reads the
 * store for it. One channel for all: each broker hears all of Redis' news anyway, and looks whether it
 * has streams of the two.
 */
export class CallNews {
  readonly #options: CallNewsOptions;

  constructor(options: CallNewsOptions) {
    this.#options = options;
  }

  async tell(call: Call): Promise<void> {
    const {store, records} = this.#options;
    await store.publish(CHANNEL, `c${records.close(call)}`);
  }

  async tellUser(news: UserNews): Promise<void> {
    const {store, seal} = this.#options;
    await store.publish(CHANNEL, `u${seal.close(PURPOSE, JSON.stringify(news))}`);
  }

  /** @returns ends it */
  listen(listener: CallListener): () => void {
    return this.#options.store.listen(CHANNEL, {
      heard: (message) => this.#heard(message, listener),
      again: () => listener.again(),
    });
  }

  #heard(message: string, listener: CallListener): void {
    const {records, seal} = this.#options;
    const sealed = message.slice(1);
    if (message.startsWith('c')) {
      const call = records.open(sealed);
      if (call) listener.call(call);
      return;
    }
    const plain = seal.open(PURPOSE, sealed);
    const told: unknown = plain === undefined ? undefined : JSON.parse(plain);
    const [sub, what] = [field(told, 'sub'), field(told, 'what')];
    if (typeof sub === 'string' && WHATS.includes(what)) listener.user({sub, what} as UserNews);
  }
}
