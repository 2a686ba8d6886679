import type {Store} from '../store/store.js';
import type {Call} from './call.js';
import type {CallRecords} from './call-records.js';

/** How long a call stands in its users' histories; ms. */
export const HISTORY_TIME = 90 * 24 * 60 * 60_000;
/** Calls that one history has at most; the oldest make room. */
const MOST = 2_000;

export interface CallHistoryOptions {
  readonly store: Pick<Store, 'entries' | 'hold' | 'put'>;
  readonly records: Pick<CallRecords, 'close' | 'open'>;
}

/** The calls of each user, for 90 days. */
export class CallHistory {
  readonly #options: CallHistoryOptions;

  constructor(options: CallHistoryOptions) {
    this.#options = options;
  }

  /** A call has begun. */
  begin(call: Call): Promise<void> {
    return this.#note(call, (group, text, life) =>
      this.#options.store.hold(group, call.id, text, life, MOST),
    );
  }

  /** A call is over. May be noted again. */
  end(call: Call): Promise<void> {
    return this.#note(call, (group, text, life) =>
      this.#options.store.put(group, call.id, text, life),
    );
  }

  /** The calls of a user, in no order. */
  async of(sub: string): Promise<readonly Call[]> {
    const {store, records} = this.#options;
    const found = [...(await store.entries(groupOf(sub))).values()].map((text) =>
      records.open(text),
    );
    return found.filter((call) => call !== undefined);
  }

  async #note(
    call: Call,
    write: (group: string, text: string, life: number) => Promise<void>,
  ): Promise<void> {
    const life = Math.max(1, call.createdAt + HISTORY_TIME - Date.now());
    const text = this.#options.records.close(call);
    await Promise.all([call.caller, call.callee].map(({sub}) => write(groupOf(sub), text, life)));
  }
}

const groupOf = (sub: string): string => `history:${sub}`;
