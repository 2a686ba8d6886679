import {parseSecureUrl} from '../protocol/secure-url.js';
import {attributeError} from './attribute-errors.js';

/**
 * Reads the `server` of a chat pane.
 *
 * @returns the address of the workspace with a slash at its end
 * @throws {PexipChatError} `insecure-url`, `invalid-attribute`: it is refused
 */
export const workspaceAddress = (server: string): string => {
  const url = parseSecureUrl(server);
  if (typeof url === 'string') throw attributeError('server', url);
  if (url.search || url.hash) throw attributeError('server', 'not-an-address');
  return url.href.replace(/\/?$/, '/');
};
