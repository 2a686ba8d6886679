import {BrokerError} from '../errors.js';

/** Whether something failed for no reason but that the store cannot be used now. */
export const isStoreAway = (error: unknown): boolean =>
  error instanceof BrokerError && error.code === 'store-unavailable';
