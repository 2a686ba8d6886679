import {field} from '../protocol/guards.js';

/** An answer that is no success, or none at all. Known by {@link isHttpFailure}. */
export class HttpFailure extends Error {
  /** HTTP status; 0 if there was no answer, or none that the page may read. */
  readonly status: number;
  /** The body, if it was JSON. */
  readonly body: unknown;
  /** When to ask again, in ms, where the server said so. */
  readonly wait: number | undefined;

  constructor(status: number, body?: unknown, wait?: number) {
    super(`HTTP ${status}`);
    this.status = status;
    this.body = body;
    this.wait = wait;
  }
}

/** By its fields: one that comes from a file that is loaded on its own is of a class of that file. */
export const isHttpFailure = (error: unknown): error is HttpFailure =>
  typeof field(error, 'status') === 'number';

/** No server is waited for longer than this, whatever it says; ms. */
const LONGEST_WAIT = 60_000;
/** How long an answer may take, ms. */
const PATIENCE = 30_000;

/** Reads `Retry-After`: seconds or a date, as ms from now; at most a minute. */
export const parseRetryAfter = (value: string | null): number | undefined => {
  if (!value) return;
  const date = /^[a-z]{3}/i.test(value) ? Date.parse(value) : NaN;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : date - Date.now();
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), LONGEST_WAIT) : undefined;
};

/**
 * Sends a request and reads its answer as JSON.
 *
 * @throws {HttpFailure} it is no success, no JSON, or did not come within 30 seconds
 */
export const fetchJson = async (url: string, init: RequestInit = {}): Promise<unknown> => {
  const timely = AbortSignal.timeout(PATIENCE);
  const signal = init.signal ? AbortSignal.any([init.signal, timely]) : timely;
  let response: Response;
  try {
    response = await fetch(url, {redirect: 'error', cache: 'no-store', ...init, signal});
  } catch {
    init.signal?.throwIfAborted();
    throw new HttpFailure(0);
  }
  const {status, headers, ok} = response;
  const body: unknown = await response.json().catch(() => undefined);
  if (ok && (body !== undefined || status === 204)) return body;
  // An answer that was cut off is none.
  throw new HttpFailure(ok ? 0 : status, body, parseRetryAfter(headers.get('retry-after')));
};
