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

/** Writes a line that only someone who looks for it sees. */
export const debug = (...line: string[]): void => console.debug(PREFIX, ...line);

/** Warns of an error with its code, which is its heading in docs/errors.md. */
export const warnOfError = ({code, message}: PexipChatError): void =>
  warnOnce(`${code}: ${message} (docs/errors.md#${code})`);
