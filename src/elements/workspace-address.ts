import type {PexipChatError} from '../errors.js';
import {parseSecureUrl} from '../protocol/secure-url.js';
import {attributeError} from './attribute-errors.js';

/**
 * Reads the `server` of a chat pane.
 *
 * @returns the address of the workspace with a slash at its end, or why it is refused
 */
export const workspaceAddress = (server: string): string | PexipChatError => {
  const url = parseSecureUrl(server);
  if (typeof url === 'string') return attributeError('server', url);
  if (url.search || url.hash) return attributeError('server', 'not-an-address');
  return url.href.replace(/\/?$/, '/');
};
