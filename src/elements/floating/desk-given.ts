import {parseAccessToken} from '../../protocol/access-token.js';
import type {DeskPlace} from './desk-types.js';
import {isToolOn} from './tools-on.js';

/** Neither the attribute nor an option says that there is no chat. Tools that are given name all that is on. */
export const chatIsOn = ({host, given: {tools}}: Pick<DeskPlace, 'given' | 'host'>): boolean => {
  if (host.getAttribute('chat') === 'false') return false;
  return isToolOn(tools, 'chat');
};

/** Whose a token says that it is. */
export const subOf = (accessToken: unknown): string | undefined =>
  parseAccessToken(accessToken)?.sub;

/**
 * Whether two tokens are of two people: only those that say so are known to be, as a page may make its
 * function anew at each rendering.
 *
 * @param alias of the user before, as far as it is known where the token does not say it
 */
export const isOtherUser = (accessToken: unknown, before: unknown, alias?: string): boolean => {
  const subs = [subOf(accessToken), subOf(before) ?? alias];
  return subs[0] !== subs[1] && !subs.includes(undefined);
};
