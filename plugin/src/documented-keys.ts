import type {Dialect} from '../../src/protocol/dialects.js';
import {toWire, type PluginMessage} from '../../src/protocol/external-chat.js';
import type {RosterMessage} from '../../src/protocol/roster.js';

/** What the plugin tells the page, of the meeting or of the people in it. */
export type Telling = PluginMessage | RosterMessage;

/** What only a page may hear that said hello, or that speaks the second dialect. */
export const isOfPeople = (message: Telling): message is RosterMessage =>
  message.type === 'roster' || message.type === 'self' || message.type === 'toggle-participants';

/**
 * The payload of each message in the source documents (README of RocketChat/Pexip.External.Chat,
 * "Messages sent BY the plugin", of the branches main and v2). Anything else is ours and is told only
 * to a page that said hello.
 */
const DOCUMENTED_KEYS: {readonly [type in Telling['type']]: readonly string[]} = {
  ready: [],
  connected: [],
  disconnected: ['userInitiated', 'error', 'errorCode'],
  'toggle-chat': ['active'],
  'dial-out-success': ['uuid', 'displayName'],
  'dial-out-error': ['message'],
  roster: ['participants'],
  self: ['participantUuid', 'micMuted', 'camMuted', 'clientMuted', 'isHost', 'canControl'],
  'toggle-participants': ['active'],
};

const withoutAddresses = (message: Telling): Telling =>
  message.type === 'roster'
    ? {...message, participants: message.participants.map(({uri: _, ...each}) => each)}
    : message;

/** The message as it travels to a page that knows the source documents alone. */
export const documentedOnly = (message: Telling, dialect: Dialect): Record<string, unknown> => {
  const keys = ['action', ...DOCUMENTED_KEYS[message.type]];
  if (message.type === 'ready' && dialect === 'videoconf') keys.push('features');
  // A plugin without origins hears no hello, so that this one code goes to every page.
  if ('code' in message && message.code === 'origins-missing') keys.push('code');
  const wire = Object.entries(toWire(withoutAddresses(message), dialect));
  return Object.fromEntries(wire.filter(([key]) => keys.includes(key)));
};
