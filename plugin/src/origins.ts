import {parseSecureUrl} from '../../src/protocol/secure-url.js';
import {warn} from './log.js';

const isExactOrigin = (value: string): boolean => {
  const url = parseSecureUrl(value);
  // The browser compares with the serialised origin: any other spelling would never match.
  // Not every browser takes a wildcard for a wrong host name.
  return typeof url !== 'string' && url.origin === value && !value.includes('*');
};

/**
 * Reads the origins of the pages that may use this plugin from
 * `<meta name="external-chat-origins" content="https://a.example https://b.example">`,
 * which `make package ORIGINS="…"` writes. What is not an exact https origin (http on loopback) is
 * dropped, all of it with one line in the log.
 *
 * @returns the origins; empty if the plugin was packaged without any
 */
export const readOrigins = (page: ParentNode): readonly string[] => {
  const meta = page.querySelector<HTMLMetaElement>('meta[name="external-chat-origins"]');
  const values = meta?.content.split(/\s+/).filter(Boolean) ?? [];
  const wrong = values.filter((value) => !isExactOrigin(value));
  if (wrong.length) {
    warn(`ignores what is not an exact https origin (http on loopback): ${wrong.join(' ')}`);
  }
  return values.filter(isExactOrigin);
};
