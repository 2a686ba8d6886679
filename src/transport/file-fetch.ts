import {HttpFailure, isHttpFailure} from './http-failure.js';
import type {RestClient} from './rest-client.js';

/** How long the first byte of a file may take, ms. */
const PATIENCE = 30_000;

/**
 * Fetches a file of the workspace as its user, whose token stands in a header and in no address.
 *
 * @param path below the workspace's address, such as `/file-upload/<id>/<name>`
 * @throws {HttpFailure}
 */
export const fetchFile = async (rest: RestClient, path: string): Promise<Blob> => {
  const {files, headers, withCookies} = await rest.target('');
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), PATIENCE);
  try {
    const response = await fetch(files + path.replace(/^\//, ''), {
      headers,
      credentials: withCookies ? 'include' : 'omit',
      redirect: 'error',
      signal: waiting.signal,
    });
    clearTimeout(timer);
    if (!response.ok) throw new HttpFailure(response.status);
    return await response.blob();
  } catch (error) {
    throw isHttpFailure(error) ? error : new HttpFailure(0);
  } finally {
    clearTimeout(timer);
  }
};
