import {PLUGIN_ID} from '../../src/protocol/external-chat.js';

const PREFIX = `plugin: ${PLUGIN_ID} `;

/** Writes a line to the console. With {@link warn} the plugin's only way to do so. */
export const info = (message: string): void => console.info(PREFIX + message);

/** Writes a warning to the console. It must never hold a message's content. */
export const warn = (message: string): void => console.warn(PREFIX + message);

const silent = (): void => undefined;
// The first argument is the whole message, which may hold chat text or an address that was dialled.
const textOnly = (_: unknown, message = ''): void => warn(message);

/** What plugin-api logs to: its default writes every message of the meeting to the console. */
export const pluginApiLogger = {
  fatal: textOnly,
  error: textOnly,
  warn: textOnly,
  info: silent,
  debug: silent,
  trace: silent,
  silent,
  redact: (line: string): string => line,
  addRedactPattern: silent,
};
