import {parseSecureUrl} from '../protocol/secure-url.js';
import {attributeError} from './attribute-errors.js';

/**
 * Reads the address of a workspace or of a broker from an attribute of a chat pane.
 *
 * @returns the address with a slash at its end
 * @throws {PexipChatError} `insecure-url`, `invalid-attribute`: it is refused
 */
export const workspaceAddress = (value: string, attribute = 'server'): string => {
  const url = parseSecureUrl(value);
  if (typeof url === 'string') throw attributeError(attribute, url);
  if (url.search || url.hash) throw attributeError(attribute, 'not-an-address');
  return url.href.replace(/\/?$/, '/');
};
