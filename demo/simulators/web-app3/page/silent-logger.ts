import type {setLogger} from '@pexip/plugin-api';

const nothing = (): void => undefined;

/** Keeps plugin-api from writing every message, with its contents, to the console. */
export const silentLogger: Parameters<typeof setLogger>[0] = {
  fatal: nothing,
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
  trace: nothing,
  silent: nothing,
  addRedactPattern: nothing,
  redact: (value) => value,
};
