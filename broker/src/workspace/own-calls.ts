import {field} from '../../../src/protocol/guards.js';
import {BrokerError} from '../errors.js';
import type {Store} from '../store/store.js';
import {codeOf, isDone} from './answer.js';
import {WorkspaceFault, workspaceRefused} from './faults.js';
import type {Rest} from './rest.js';
import {type RouteLimit, RouteWindows} from './route-windows.js';
import type {Login} from './workspace.js';

/** The calls that the broker makes with a user's own login; each route has a window of its own. */
export class OwnCalls {
  readonly #rest: Rest;
  readonly #windows: RouteWindows;

  constructor(rest: Rest, store: Store, limit: RouteLimit) {
    this.#rest = rest;
    this.#windows = new RouteWindows(store, limit);
  }

  /** Ends a login. */
  async end(login: Login): Promise<void> {
    const answer = await this.#windows.within('logout', () =>
      this.#rest.post('logout', {by: login}),
    );
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
      const answer = await this.#windows.within('me', () => this.#rest.get('me', {by: login}));
      if (answer.status === 401) return false;
      return isDone(answer) ? field(answer.body, '_id') === login.userId : undefined;
    } catch (error) {
      if (error instanceof BrokerError) return;
      throw error;
    }
  }
}
