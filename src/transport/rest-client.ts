import {delayBefore} from './backoff.js';
import {fetchJson, isHttpFailure} from './http-failure.js';
import {MOST_TRIES, waitOf} from './rate-limit.js';
import {sleep} from './sleep.js';

export interface RestClientOptions {
  /** Where the routes are, with a slash at the end: the workspace's `api/v1/` or the broker's `v1/rc/`. */
  readonly base: string;
  /** The headers that tell who asks. */
  readonly headers: () => Promise<Record<string, string>>;
  readonly credentials?: RequestCredentials;
}

/** Where something is asked for. */
export interface RestTarget {
  readonly url: string;
  /** What `file-upload/…` and `avatar/…` stand below: the workspace itself, or the broker's `v1/rc/`. */
  readonly files: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly withCookies: boolean;
}

/**
 * Rocket.Chat's REST API, straight or through the broker. Ten calls a minute for each route are all
 * that a workspace allows an address by default, so that its answer 429 is waited out.
 *
 * Source: developer.rocket.chat, "Rate Limiter".
 */
export class RestClient {
  readonly #options: RestClientOptions;

  constructor(options: RestClientOptions) {
    this.#options = options;
  }

  /** Asks for something; asked again where the answer was lost or is to come later. @throws {HttpFailure} */
  get(
    route: string,
    query: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.#repeat(`${route}?${new URLSearchParams(query)}`, {...(signal && {signal})}, true);
  }

  /**
   * Has something done. @throws {HttpFailure}
   *
   * @param harmless doing it twice is the same as once, so that it is repeated if the answer is lost
   */
  post(route: string, body: object, harmless = false, signal?: AbortSignal): Promise<unknown> {
    const init = {method: 'POST', body: JSON.stringify(body), ...(signal && {signal})};
    return this.#repeat(route, init, harmless);
  }

  /** Where and how a route is asked that takes no JSON; such a request is made elsewhere, and once. */
  async target(route: string): Promise<RestTarget> {
    const {base, headers, credentials} = this.#options;
    return {
      url: base + route,
      files: base.replace(/api\/v1\/$/, ''),
      headers: await headers(),
      withCookies: credentials === 'include',
    };
  }

  async #repeat(route: string, init: RequestInit, harmless: boolean): Promise<unknown> {
    const {base, headers, credentials = 'omit'} = this.#options;
    for (let tries = 1; ; tries++) {
      try {
        const sent = {...(await headers()), ...(init.body && {'content-type': 'application/json'})};
        return await fetchJson(base + route, {...init, credentials, headers: sent});
      } catch (error) {
        if (!isHttpFailure(error) || tries >= MOST_TRIES) throw error;
        const wait = waitOf(error);
        const lost = error.status === 0 || error.status >= 500;
        // What was refused for its rate was not done.
        if (wait === undefined && !(lost && harmless)) throw error;
        await sleep(wait ?? delayBefore(tries), init.signal ?? undefined);
      }
    }
  }
}
