import {debug} from './log.js';

/** Fields that name a message; every other text in one may be private. */
const NAMES = ['type', 'action', 'event', 'eventName', 'externalCommand'];

/**
 * Writes what travels between an element and its frame, with the texts taken out, and with them what
 * is not read yet (`data`): its very keys may be private, and it may be cyclic. A file that is
 * loaded with the first message of an element with `debug`.
 */
export const logMessage = (element: string, verdict: string, message?: unknown): void =>
  debug(
    element,
    verdict,
    String(
      JSON.stringify(message, (key, value: unknown) =>
        key === 'data' || (typeof value === 'string' && !NAMES.includes(key)) ? '…' : value,
      ) ?? '',
    ),
  );
