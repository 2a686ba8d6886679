import {readAction} from './dialects.js';
import type {PluginMessage} from './external-chat.js';
import {defined, field, identifier, LIMITS, text} from './guards.js';

/** What the plugin says of a dial-out. */
export type DialAnswer = Extract<PluginMessage, {type: 'dial-out-success' | 'dial-out-error'}>;

/**
 * Reads the plugin's answer to a dial-out: beside external-chat.ts, in the file that dials.
 *
 * @returns a fresh object with just the known fields, texts cut to {@link LIMITS}; `undefined` for
 * anything else, whatever its type
 */
export const parseDialAnswer = (data: unknown): DialAnswer | undefined => {
  const get = (key: string): unknown => field(data, key);
  const type = readAction(data)?.name;
  const requestId = identifier(get('requestId'));
  if (type === 'dial-out-success') {
    const uuid = identifier(get('uuid'));
    const displayName = text(get('displayName'), LIMITS.name);
    return uuid ? {type, uuid, ...defined({displayName, requestId})} : undefined;
  }
  if (type !== 'dial-out-error') return;
  const message = text(get('message'), LIMITS.message);
  if (message === undefined) return;
  const code = identifier(get('code'), LIMITS.code);
  const wrong = identifier(get('field'), LIMITS.code);
  return {type, message, ...defined({code, field: wrong, requestId})};
};
