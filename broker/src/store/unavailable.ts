import {BrokerError} from '../errors.js';

/**
 * What every call of a store rejects with that cannot be used now.
 *
 * @param cause for the log; must hold neither a password nor anything that is kept
 */
export const unavailable = (cause: Error): BrokerError =>
  new BrokerError(
    503,
    'store-unavailable',
    'The broker cannot reach its store for now. Ask again in a moment; if this stays, tell the operator.',
    {cause, headers: {'retry-after': '1'}},
  );

/** Says that a store was used after its end. */
export const closed = (): BrokerError => unavailable(new Error('The store was closed.'));
