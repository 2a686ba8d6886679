import type {FastifyBaseLogger} from 'fastify';
import type {Dispatcher} from 'undici';

import type {Audit} from './audit.js';
import type {BrokerSettings} from './config/settings.js';
import type {Sessions} from './sessions/sessions.js';
import type {Seal} from './store/seal.js';
import type {Store} from './store/store.js';
import type {Workspace} from './workspace/workspace.js';

/** What the routes of a broker work with. */
export interface BrokerContext {
  readonly settings: BrokerSettings;
  readonly store: Store;
  readonly seal: Seal;
  readonly audit: Audit;
  readonly workspace: Workspace;
  readonly sessions: Sessions;
  /** The way out: time limits, own authorities, the proxy; follows no redirect. */
  readonly dispatcher: Dispatcher;
  readonly log: FastifyBaseLogger;
}
