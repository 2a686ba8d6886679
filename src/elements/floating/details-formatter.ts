import {warnOnce} from '../../log.js';
import {visibleName} from '../../protocol/visible-text.js';
import type {UserDetails} from './widget-options.js';

/**
 * A user of whom the page has told nothing. Rocket.Chat has names in one piece, and formatters of before
 * put two together: what is before the first blank and what is behind it, which together are the whole name.
 */
export const defaultUser = (userAlias: string, name: string): UserDetails => {
  const [firstName, ...others] = name.trim().split(/\s+/u);
  return {userAlias, name, firstName, lastName: others.join(' ')};
};

/**
 * What the page calls a user. It is the page's code: one that throws, or gives something else than a text
 * in which something can be seen, gives the alias.
 *
 * @returns at most 256 code units in one line, without what nobody sees and what turns the text around it
 */
export const formattedName = (formatter: unknown, user: UserDetails): string => {
  const {userAlias} = user;
  let name: unknown;
  try {
    // A copy: whatever becomes of it, the next time is as this one.
    if (typeof formatter === 'function') name = formatter({...user}) as unknown;
  } catch {
    // What it threw may hold what the page knows of somebody.
    warnOnce('userDetailsFormatter threw. The alias is shown. Catch it there to see why.');
  }
  return visibleName(typeof name === 'string' ? name : '', userAlias);
};
