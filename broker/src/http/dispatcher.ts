import {rootCertificates} from 'node:tls';

import {Agent, Dispatcher, ProxyAgent} from 'undici';

import {isLoopback} from '../config/addresses.js';
import type {BrokerSettings} from '../config/settings.js';

/** How long a connection is kept for the next request, in ms. */
const KEEP_ALIVE = 10_000;

type Needs = Pick<BrokerSettings, 'outgoing' | 'rocketChat'>;

/** One way for what is near, another for all others. */
class TwoWays extends Dispatcher {
  readonly #isNear: (url: URL) => boolean;
  readonly #near: Dispatcher;
  readonly #far: Dispatcher;

  constructor(isNear: (url: URL) => boolean, near: Dispatcher, far: Dispatcher) {
    super();
    this.#isNear = isNear;
    this.#near = near;
    this.#far = far;
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    const way = this.#isNear(new URL(String(options.origin))) ? this.#near : this.#far;
    return way.dispatch(options, handler);
  }

  override close(): Promise<void>;
  override close(callback: () => void): void;
  override close(callback?: () => void): Promise<void> | void {
    const closed = Promise.all([this.#near.close(), this.#far.close()]).then(() => undefined);
    if (!callback) return closed;
    void closed.then(callback, callback);
  }

  override destroy(): Promise<void>;
  override destroy(error: Error | null): Promise<void>;
  override destroy(callback: () => void): void;
  override destroy(error: Error | null, callback: () => void): void;
  override destroy(first?: Error | null | (() => void), second?: () => void): Promise<void> | void {
    const error = typeof first === 'function' ? null : (first ?? null);
    const callback = typeof first === 'function' ? first : second;
    const gone = Promise.all([this.#near.destroy(error), this.#far.destroy(error)]).then(
      () => undefined,
    );
    if (!callback) return gone;
    void gone.then(callback, callback);
  }
}

/**
 * What is asked without the proxy: this machine; the workspace at an address for the broker alone, which
 * is in the operator's own network; and what the operator says, as `NO_PROXY` is commonly read: a name
 * is that host and all below it, with or without a dot before it.
 */
const nearness = ({outgoing: {noProxy}, rocketChat: {server, internalUrl}}: Needs) => {
  const own = internalUrl === server ? undefined : new URL(internalUrl).origin;
  const names = noProxy.map((each) => each.replace(/^\./, ''));
  return ({hostname, origin}: URL): boolean =>
    isLoopback(hostname) ||
    origin === own ||
    names.some((name) => hostname === name || hostname.endsWith(`.${name}`));
};

/**
 * The way of the broker's own calls: time limits of `rocketChat.timeout` for the connection, the head
 * of the answer and each part of its body; `outgoing.ca` beside the usual authorities; through
 * `outgoing.proxy`, except to what is near. Follows no redirect (undici's `request` does not, unless
 * told to; its `fetch` must be told not to).
 */
export const createDispatcher = (settings: Needs): Dispatcher => {
  const {ca, proxy} = settings.outgoing;
  const {timeout} = settings.rocketChat;
  const limits = {
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connectTimeout: timeout,
    keepAliveTimeout: KEEP_ALIVE,
  };
  const connect = {timeout, ...(ca !== undefined && {ca: [...rootCertificates, ca]})};
  const direct = new Agent({...limits, connect});
  if (proxy === undefined) return direct;
  return new TwoWays(
    nearness(settings),
    direct,
    new ProxyAgent({...limits, uri: proxy, requestTls: connect, proxyTls: connect}),
  );
};
