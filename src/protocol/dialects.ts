import {field} from './guards.js';

/**
 * The wire names the plugin speaks: the documented ones (`external-chat`), or those of Rocket.Chat's
 * own conference window (`videoconf`). The messages are the same, flat objects `{action, …fields}`.
 */
export type Dialect = 'external-chat' | 'videoconf';

/** What every action of a dialect starts with. */
export const ACTION_PREFIXES: Readonly<Record<Dialect, string>> = {
  'external-chat': 'pexip:plugin:external-chat/',
  videoconf: 'rocketchat:videoconf/',
};

const {'external-chat': DOCUMENTED, videoconf: SECOND} = ACTION_PREFIXES;

/** An action, taken apart. */
export interface Action {
  readonly dialect: Dialect;
  /** What stands after the prefix. */
  readonly name: string;
}

/** The action of a message; `undefined` if it is of neither dialect. */
export const readAction = (data: unknown): Action | undefined => {
  const action = field(data, 'action');
  if (typeof action !== 'string' || action.length > 99) return;
  // No loop: every message of a meeting passes here.
  const dialect: Dialect | false = action.startsWith(DOCUMENTED)
    ? 'external-chat'
    : action.startsWith(SECOND) && 'videoconf';
  return dialect ? {dialect, name: action.slice(ACTION_PREFIXES[dialect].length)} : undefined;
};
