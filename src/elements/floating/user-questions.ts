import {
  MOST_ASKED,
  parseUserList,
  userQuery,
  type ListedUser,
  type UserList,
  type UserQuestion,
} from '../../protocol/user-list.js';
import {delayBefore} from '../../transport/backoff.js';
import {HttpFailure} from '../../transport/http-failure.js';
import {sleep} from '../../transport/sleep.js';
import {afterTask} from './after-task.js';

/** How a broker is asked. */
export const ASKING = {
  /** So often in all where no answer comes. */
  tries: 3,
  /** So many names wait at most; of more is told that nobody can tell now. */
  waiting: 2_000,
};

/** Asks the broker; rejects with an {@link HttpFailure}. */
export type AskUsers = (question: UserQuestion) => Promise<unknown>;

type Kind = keyof UserQuestion;

/** What came of a look-up: somebody, `null` for nobody, `undefined` where nobody can tell now. */
export type Found = ListedUser | null | undefined;

interface Ask {
  readonly kind: Kind;
  readonly name: string;
  readonly found: Promise<Found>;
  readonly settle: (found: Found) => void;
}

const questionOf = (asks: readonly Ask[]): UserQuestion => {
  const names = (kind: Kind) => asks.filter((ask) => ask.kind === kind).map(({name}) => name);
  return {aliases: names('aliases'), usernames: names('usernames')};
};

/** How long to wait before asking again, in ms; undefined: it is of no use. */
const waitAfter = (error: unknown, tried: number): number | undefined => {
  const {status = 0, wait} = error instanceof HttpFailure ? error : {};
  // Not signed in as yet, or a question that no broker takes.
  if (status >= 400 && status < 429) return;
  return wait ?? delayBefore(tried + 1);
};

/**
 * Looks users up at the broker: one request for all that is asked in the same task, and one at a time.
 * Whoever is asked for twice is looked up once.
 */
export class UserQuestions {
  readonly #ask: AskUsers;
  readonly #heard: () => void;
  readonly #life = new AbortController();
  readonly #asks = new Map<string, Ask>();
  #busy = false;

  /** @param heard called after each request, when its look-ups have their result */
  constructor(ask: AskUsers, heard: () => void) {
    this.#ask = ask;
    this.#heard = heard;
  }

  find(kind: Kind, name: string): Promise<Found> {
    const key = `${kind} ${name}`;
    const known = this.#asks.get(key);
    if (known) return known.found;
    if (this.#life.signal.aborted || this.#asks.size >= ASKING.waiting)
      return Promise.resolve(undefined);
    let settle!: Ask['settle'];
    const found = new Promise<Found>((resolve) => (settle = resolve));
    this.#asks.set(key, {kind, name, found, settle});
    if (!this.#busy) {
      this.#busy = true;
      afterTask(() => void this.#work());
    }
    return found;
  }

  /** Nothing is asked any more; nobody can tell of who was. */
  stop(): void {
    this.#life.abort();
    for (const ask of this.#asks.values()) ask.settle(undefined);
    this.#asks.clear();
  }

  async #work(): Promise<void> {
    for (let asks = this.#next(); asks.length; asks = this.#next()) {
      const list = await this.#answer(questionOf(asks));
      if (this.#life.signal.aborted) return;
      this.#settle(asks, list);
    }
    this.#busy = false;
  }

  /** Those who wait longest, as many as go into one request. */
  #next(): readonly Ask[] {
    const asks = [...this.#asks.values()].slice(0, MOST_ASKED.names);
    while (asks.length > 1 && userQuery(questionOf(asks)).length > MOST_ASKED.address) asks.pop();
    return asks;
  }

  async #answer(question: UserQuestion): Promise<UserList | undefined> {
    const {signal} = this.#life;
    for (let tried = 1; ; tried += 1) {
      try {
        return parseUserList(await this.#ask(question), question);
      } catch (error) {
        const wait = tried < ASKING.tries ? waitAfter(error, tried) : undefined;
        if (wait === undefined || signal.aborted) return;
        await sleep(wait, signal).catch(() => undefined);
        if (signal.aborted) return;
      }
    }
  }

  #settle(asks: readonly Ask[], list: UserList | undefined): void {
    const {users = [], complete = false} = list ?? {};
    for (const {kind, name, settle} of asks) {
      const isAsked = ({alias, username}: ListedUser): boolean =>
        (kind === 'aliases' ? alias : username) === name;
      this.#asks.delete(`${kind} ${name}`);
      settle(users.find(isAsked) ?? (complete ? null : undefined));
    }
    // Once those who waited have taken it.
    afterTask(() => this.#life.signal.aborted || this.#heard());
  }
}
