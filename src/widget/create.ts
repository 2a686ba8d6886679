import {PexipChatError} from '../errors.js';
import type {Said} from '../elements/floating/widget-body.js';
import {warnOfError, warnOnce} from '../log.js';
import type {AccessToken} from '../transport/broker-client.js';
import {bandyer, compat, tokenByAlias} from './bandyer.js';
import {brokerOf} from './broker-of.js';
import {readExtensionUrl, readOptions, type CreateOptions} from './options.js';
import {takeBack, write} from './write.js';

export {compat} from './bandyer.js';

/** Does what was said, once and in its order. */
export const hear = (said: Said): void => {
  for (const each of said.splice(0)) compat(...each);
};

/** A widget is on its way into the page. */
let underWay = false;
/** How many have been put there. */
let turn = 0;
/** Those; all others are of the page's own markup. */
const ours = new WeakSet<Element>();

const widgetThere = (): Element | null => document.querySelector('pexip-chat-widget');

/** @param there the one that is in the page, if it is there yet */
const alreadyCreated = (there: Element | null): PexipChatError =>
  new PexipChatError(
    'already-created',
    !there || ours.has(there)
      ? 'There is a widget already, which stays. Call logout() before another create().'
      : "The page's own <pexip-chat-widget> is its widget. Sign the user in by its accessToken or use-cookie, or take it out of the page before create().",
  );

/** A script in the head runs before there is a body. */
const untilBody = (): Promise<void> =>
  new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      resolve();
    }).observe(document, {childList: true, subtree: true});
  });

/** @throws {PexipChatError} `access-token-required`, `credentials-failed` */
const tokenOf = async (
  options: CreateOptions,
  credentials: Parameters<typeof tokenByAlias>[1],
): Promise<AccessToken | undefined> => {
  if (options.accessToken || options.useCookie) {
    // A page that is being changed from the old way to the new.
    if (options.userAlias || options.appId)
      warnOnce('create(): userAlias and appId are deprecated, and are ignored beside accessToken.');
    return options.accessToken;
  }
  if (options.userAlias) return tokenByAlias(options, credentials);
  throw new PexipChatError(
    'access-token-required',
    'The option "accessToken" is missing: a token of your application for the broker, or a function that gives it.',
  );
};

/**
 * Puts a widget into the page as `given` says. Resolves once its user is signed in; otherwise the page
 * is as before.
 *
 * @param signedIn as that of the widget's desk
 * @param said by `compat()` before this file came
 * @throws {PexipChatError} `invalid-option`, `access-token-required`, `credentials-failed`,
 * `already-created`, and what `signedIn` rejects with
 */
export const create = async (
  host: HTMLElement,
  given: unknown,
  signedIn: () => Promise<unknown>,
  said: Said = [],
): Promise<void> => {
  const there = host.isConnected ? host : widgetThere();
  if (underWay || there) throw alreadyCreated(there);
  underWay = true;
  let mine: number;
  try {
    hear(said);
    const compat = bandyer();
    const options = readOptions(given);
    const broker = brokerOf(options, compat?.environments);
    const accessToken = await tokenOf(options, compat?.credentials);
    if (!document.body) await untilBody();
    // The page's own markup may have one.
    const own = widgetThere();
    if (own) throw alreadyCreated(own);
    write(host, {...options, accessToken, broker}, !!compat);
    ours.add(host);
    document.body.append(host);
    mine = ++turn;
  } finally {
    underWay = false;
  }
  try {
    await signedIn();
  } catch (error) {
    // The page may have taken it away, and have created another one on the same element since.
    if (mine === turn) takeBack(host);
    throw error;
  }
};

/** What `setExtensionUrl()` does; an address that is none is told on the console. */
export const setExtensionUrl = (host: HTMLElement, url: unknown): void => {
  try {
    const address = readExtensionUrl(url, 'The address given to setExtensionUrl()');
    host.setAttribute('screen-sharing-extension-url', address);
  } catch (error) {
    warnOfError(error as PexipChatError);
  }
};
