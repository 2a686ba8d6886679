import type {BrokerSettings} from './config/settings.js';
import type {Store} from './store/store.js';

/** A broker that listens. */
export interface ServedBroker {
  /** Where it listens, as `http://127.0.0.1:8090`. */
  readonly origin: string;
  /** Turns readiness to 503, waits for the requests under way, and closes all. */
  close(): Promise<void>;
}

/** Placeholder: the composition takes its place. */
export const serveBroker = (_settings: BrokerSettings): Promise<ServedBroker> =>
  Promise.reject(new Error('The broker is not put together yet.'));

/** Placeholder: `openStore` of store/open-store.js takes its place. */
export const openStore = (
  _settings: BrokerSettings['store'],
  _log: unknown,
): Promise<Pick<Store, 'close' | 'read'>> =>
  Promise.reject(new Error('The store is not put together yet.'));
