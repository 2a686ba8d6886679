import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';
import type {Answer} from './answer.js';
import {WorkspaceLimited} from './faults.js';
import {secondsUntil} from './turns.js';

/** How many calls of one route a workspace takes in a window, in ms. */
export interface RouteLimit {
  readonly calls: number;
  readonly window: number;
}

/**
 * The windows in which a workspace counts the calls of each route, as far as all brokers of a store know
 * them: who would be refused is told so without a call.
 */
export class RouteWindows {
  readonly #store: Store;
  readonly #limit: RouteLimit;

  constructor(store: Store, limit: RouteLimit) {
    this.#store = store;
    this.#limit = limit;
  }

  /**
   * Calls unless the workspace has just refused such calls, or will. Without a store it just calls:
   * what could not be kept there must be ended all the same.
   *
   * @param route under which calls are counted
   * @throws {BrokerError} `rate-limited`, and as the call
   */
  async within(route: string, call: () => Promise<Answer>): Promise<Answer> {
    const closed = await this.#store.get(`own-closed:${route}`).catch(() => undefined);
    if (closed !== undefined) throw limited(Number(closed) - Date.now());
    const answer = await call().catch(async (error: unknown) => {
      if (!(error instanceof WorkspaceLimited)) throw error;
      await this.#close(route, error.wait);
      throw limited(error.wait);
    });
    // Without these headers nothing limits the route.
    if (answer.headers['x-ratelimit-limit'] === undefined) return answer;
    const called = this.#store.count(`own-calls:${route}`, this.#limit.window);
    const {count, resetIn} = await called.catch(() => ({count: 0, resetIn: 0}));
    if (count >= this.#limit.calls) await this.#close(route, resetIn);
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
