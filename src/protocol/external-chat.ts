/**
 * The messages between the page and the `external-chat` plugin, in either dialect: flat objects
 * `{action: 'pexip:plugin:external-chat/<name>', …}`, or `rocketchat:videoconf/<name>`. `hello`,
 * `dial-out-cancel` and the fields marked "after hello" are additions that a documented plugin or
 * page ignores. What is about people is in roster.ts and controls.ts; the answers to a dial-out are
 * read in dial-answer.ts.
 *
 * Source: the README of RocketChat/Pexip.External.Chat, section "postMessage API", of the branches
 * main and v2.
 */
import {parseControl, type Control} from './controls.js';
import {checkDialRequest, type DialCheck, type DialRequest} from './dial-request.js';
import {ACTION_PREFIXES, readAction, type Action, type Dialect} from './dialects.js';
import {defined, field, identifier, LIMITS, text} from './guards.js';
import type {RosterMessage} from './roster.js';

/** Every action of the documented dialect starts so. */
export const ACTION_PREFIX = ACTION_PREFIXES['external-chat'];

/** The `id` under which the plugin registers; equal to `plugins[].id` in the branding manifest. */
export const PLUGIN_ID = 'external-chat';

/** The version of the additions that `hello` announces. */
export const HELLO_VERSION = 1;

/** How long a dial-out may take by default, in milliseconds. */
export const DIAL_OUT_TIMEOUT = 60_000;

/** What a plugin offers that has said nothing of itself. */
export const DOCUMENTED_FEATURES: readonly string[] = Object.freeze(['chat', 'dial-out']);

/** What the plugin tells the page. */
export type PluginMessage =
  | {readonly type: 'ready'; readonly version?: number | string; readonly features?: string[]}
  | {readonly type: 'connected'; readonly conferenceAlias?: string}
  | {
      readonly type: 'disconnected';
      readonly userInitiated: boolean;
      readonly error?: string;
      readonly errorCode?: string;
    }
  | {readonly type: 'toggle-chat'; readonly active: boolean}
  | {
      readonly type: 'dial-out-success';
      readonly uuid: string;
      readonly displayName?: string;
      readonly requestId?: string;
    }
  | {
      readonly type: 'dial-out-error';
      readonly message: string;
      readonly code?: string;
      readonly field?: string;
      readonly requestId?: string;
    };

/** Not read yet: about people, which parseRosterMessage reads, or of a dial-out, parseDialAnswer. */
export interface UnreadMessage {
  readonly type: RosterMessage['type'] | 'dial-out-success' | 'dial-out-error';
  readonly data: unknown;
}

/** A plugin's message as the page reads it. */
export type ReceivedPluginMessage =
  | Exclude<PluginMessage, {type: 'ready' | UnreadMessage['type']}>
  /** In the second dialect; else in the documented one. */
  | (Extract<PluginMessage, {type: 'ready'}> & {readonly dialect?: Dialect})
  | UnreadMessage;

/** What the page tells the plugin. */
export type PageMessage =
  | {readonly type: 'toggle-chat-button-state'; readonly active: boolean}
  | {readonly type: 'toggle-chat-badge'; readonly visible: boolean}
  | ({
      readonly type: 'dial-out';
      readonly requestId?: string;
      readonly timeout?: number;
    } & DialRequest)
  | {readonly type: 'dial-out-cancel'; readonly requestId: string}
  | {readonly type: 'hello'; readonly version: number};

/** A page's message as the plugin reads it: a dial-out comes checked, with the field that is wrong. */
export type ReceivedPageMessage =
  | Exclude<PageMessage, {type: 'dial-out'}>
  | Control
  | {
      readonly type: 'dial-out';
      readonly dial: DialCheck;
      readonly requestId?: string;
      readonly timeout?: number;
    };

/**
 * The message as it travels: the type becomes the action, the fields stay beside it. Two messages of
 * the page have other names in the second dialect, and `hello` has one name for both.
 */
export const toWire = (
  {type, ...fields}: PluginMessage | PageMessage | RosterMessage,
  dialect: Dialect = 'external-chat',
): Record<string, unknown> => {
  if (dialect === 'videoconf' && type === 'toggle-chat-badge')
    return {
      action: `${ACTION_PREFIXES[dialect]}chat-unread`,
      unread: (fields as {visible: boolean}).visible,
    };
  const name = dialect === 'videoconf' && type === 'toggle-chat-button-state' ? 'chat-state' : type;
  return {
    action: ACTION_PREFIXES[type === 'hello' ? 'external-chat' : dialect] + name,
    ...fields,
  };
};

const versionOf = (value: unknown): number | string | undefined =>
  Number.isSafeInteger(value) ? (value as number) : identifier(value, LIMITS.code);

const featuresOf = (value: unknown): string[] | undefined =>
  Array.isArray(value)
    ? value
        .slice(0, 64)
        .filter((name): name is string => identifier(name, LIMITS.code) !== undefined)
    : undefined;

/**
 * Reads a message of the plugin.
 *
 * @returns a fresh object with just the known fields, texts cut to {@link LIMITS}; `undefined` for
 * anything else, whatever its type
 */
export const parsePluginMessage = (data: unknown): ReceivedPluginMessage | undefined => {
  const get = (name: string): unknown => field(data, name);
  const {dialect, name} = readAction(data) ?? {};
  switch (name) {
    case 'ready':
      return {
        type: name,
        ...defined({version: versionOf(get('version')), features: featuresOf(get('features'))}),
        ...(dialect === 'videoconf' && {dialect}),
      };
    case 'connected':
      return {
        type: 'connected',
        ...defined({conferenceAlias: text(get('conferenceAlias'), LIMITS.name)}),
      };
    case 'disconnected': {
      const userInitiated = get('userInitiated');
      if (typeof userInitiated !== 'boolean') return;
      return {
        type: 'disconnected',
        userInitiated,
        ...defined({
          error: text(get('error'), LIMITS.message),
          errorCode: text(get('errorCode'), LIMITS.code),
        }),
      };
    }
    case 'toggle-chat': {
      const active = get('active');
      return typeof active === 'boolean' ? {type: 'toggle-chat', active} : undefined;
    }
    case 'dial-out-success':
    case 'dial-out-error':
      return {type: name, data};
    case 'roster':
    case 'self':
    case 'toggle-participants':
      return dialect === 'videoconf' ? {type: name, data} : undefined;
  }
};

/**
 * Reads a message of the page.
 *
 * @param action of the message, where that was read already
 * @returns a fresh object with just the known fields, or `undefined` for anything else
 */
export const parsePageMessage = (
  data: unknown,
  action: Action | undefined = readAction(data),
): ReceivedPageMessage | undefined => {
  if (!action) return;
  const {dialect, name} = action;
  const get = (key: string): unknown => field(data, key);
  switch (`${dialect} ${name}`) {
    case 'external-chat toggle-chat-button-state':
    case 'videoconf chat-state': {
      const active = get('active');
      return typeof active === 'boolean' ? {type: 'toggle-chat-button-state', active} : undefined;
    }
    case 'external-chat toggle-chat-badge':
    case 'videoconf chat-unread': {
      const visible = get(dialect === 'videoconf' ? 'unread' : 'visible');
      return typeof visible === 'boolean' ? {type: 'toggle-chat-badge', visible} : undefined;
    }
    case 'external-chat hello':
      return get('version') === HELLO_VERSION ? {type: 'hello', version: HELLO_VERSION} : undefined;
  }
  switch (name) {
    case 'dial-out': {
      const wait = get('timeout');
      const timeout = typeof wait === 'number' && wait > 0 ? Math.min(wait, 600_000) : undefined;
      const requestId = identifier(get('requestId'));
      return {type: name, dial: checkDialRequest(data), ...defined({requestId, timeout})};
    }
    case 'dial-out-cancel': {
      const requestId = identifier(get('requestId'));
      return requestId ? {type: name, requestId} : undefined;
    }
    default:
      return parseControl(data, action);
  }
};
