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

// Made once: every message of a meeting passes here.
const DIALECTS = ['external-chat', 'videoconf'] as const;

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
  for (const dialect of DIALECTS) {
    const prefix = ACTION_PREFIXES[dialect];
    if (action.startsWith(prefix)) return {dialect, name: action.slice(prefix.length)};
  }
};
