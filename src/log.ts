import type {PexipChatError} from './errors.js';
import {VERSION} from './version.js';

const PREFIX = `[pexip-chat-room ${VERSION}]`;
const said = new Set<string>();

/** Warns on the console, once a page for each text. The only file that writes there. */
export const warnOnce = (message: string): void => {
  if (said.has(message)) return;
  said.add(message);
  console.warn(PREFIX, message);
};

/** Fields that name a message; every other text in one may be private. */
const NAMES = ['type', 'action', 'event', 'eventName', 'externalCommand'];

/** Writes what travels between an element and its frame, with the texts taken out. */
export const logMessage = (element: string, verdict: string, message?: unknown): void =>
  console.debug(
    PREFIX,
    element,
    verdict,
    JSON.stringify(message, (key, value: unknown) =>
      typeof value === 'string' && !NAMES.includes(key) ? '…' : value,
    ),
  );

/** Warns of an error with its code, which is its heading in docs/errors.md. */
export const warnOfError = ({code, message}: PexipChatError): void =>
  warnOnce(`${code}: ${message} (docs/errors.md#${code})`);
