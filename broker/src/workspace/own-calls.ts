import {field} from '../../../src/protocol/guards.js';
import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';
import {type Answer, codeOf, isDone} from './answer.js';
import {WorkspaceFault, WorkspaceLimited, workspaceRefused} from './faults.js';
import type {Rest} from './rest.js';
import {secondsUntil} from './turns.js';
import type {Login} from './workspace.js';

/** The calls that the broker makes with a user's own login; each route has a window of its own. */
export class OwnCalls {
  readonly #rest: Rest;
  readonly #store: Store;
  readonly #calls: number;
  readonly #window: number;

  constructor(rest: Rest, store: Store, {calls, window}: {calls: number; window: number}) {
    this.#rest = rest;
    this.#store = store;
    this.#calls = calls;
    this.#window = window;
  }

  /** Ends a login. */
  async end(login: Login): Promise<void> {
    const answer = await this.#within('logout', () => this.#rest.post('logout', {by: login}));
    // Not signed in: it has ended already.
    if (isDone(answer) || answer.status === 401) return;
    throw workspaceRefused(
      new WorkspaceFault(
        'answer-odd',
        `Rocket.Chat refuses logout (${answer.status}, ${codeOf(answer)}).`,
        'Check that nothing before it refuses POST /api/v1/logout.',
      ),
    );
  }

  /** Whether a login works; `undefined` if the workspace cannot say. */
  async works(login: Login): Promise<boolean | undefined> {
    try {
      const answer = await this.#within('me', () => this.#rest.get('me', {by: login}));
      if (answer.status === 401) return false;
      return isDone(answer) ? field(answer.body, '_id') === login.userId : undefined;
    } catch (error) {
      if (error instanceof BrokerError) return;
      throw error;
    }
  }

  /**
   * Calls unless the workspace has just refused such calls, or will. Without a store it just calls:
   * what could not be kept there must be ended all the same.
   */
  async #within(route: string, call: () => Promise<Answer>): Promise<Answer> {
    const closed = await this.#store.get(`own-closed:${route}`).catch(() => undefined);
    if (closed !== undefined) throw limited(Number(closed) - Date.now());
    const answer = await call().catch(async (error: unknown) => {
      if (!(error instanceof WorkspaceLimited)) throw error;
      await this.#close(route, error.wait);
      throw limited(error.wait);
    });
    // Without these headers nothing limits the route.
    if (answer.headers['x-ratelimit-limit'] === undefined) return answer;
    const called = this.#store.count(`own-calls:${route}`, this.#window);
    const {count, resetIn} = await called.catch(() => ({count: 0, resetIn: 0}));
    if (count >= this.#calls) await this.#close(route, resetIn);
    return answer;
  }

  async #close(route: string, wait: number): Promise<void> {
    const until = String(Date.now() + wait);
    await this.#store.set(`own-closed:${route}`, until, Math.ceil(wait) + 1).catch(() => undefined);
  }
}

const limited = (wait: number): BrokerError =>
  new BrokerError(
    429,
    'rate-limited',
    'Rocket.Chat limits such calls and takes no more for a moment. Wait as long as is told.',
    {headers: {'retry-after': String(secondsUntil(wait))}},
  );
