import type {Identity} from './identity.js';

/**
 * Tells for whom the host application's cookie is; `undefined` for nobody. It gets the cookie's value
 * and the whole `Cookie` header.
 */
export type CookieHook = (
  value: string,
  header: string,
) => Promise<Omit<Identity, 'by'> | undefined> | Omit<Identity, 'by'> | undefined;
