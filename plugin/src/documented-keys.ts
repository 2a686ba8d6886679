import {toWire, type PluginMessage} from '../../src/protocol/external-chat.js';

/**
 * The payload of each message in the source document (README of RocketChat/Pexip.External.Chat,
 * "Messages sent BY the plugin"). Anything else is ours and is told only to a page that said hello.
 */
const DOCUMENTED_KEYS: {readonly [type in PluginMessage['type']]: readonly string[]} = {
  ready: [],
  connected: [],
  disconnected: ['userInitiated', 'error', 'errorCode'],
  'toggle-chat': ['active'],
  'dial-out-success': ['uuid', 'displayName'],
  'dial-out-error': ['message'],
};

/** The message as it travels to a page that knows the source document alone. */
export const documentedOnly = (message: PluginMessage): Record<string, unknown> => {
  const keys = ['action', ...DOCUMENTED_KEYS[message.type]];
  // A plugin without origins hears no hello, so that this one code goes to every page.
  if ('code' in message && message.code === 'origins-missing') keys.push('code');
  return Object.fromEntries(Object.entries(toWire(message)).filter(([key]) => keys.includes(key)));
};
