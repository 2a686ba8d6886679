import {PexipChatError} from '../errors.js';
import {warnOfError, warnOnce} from '../log.js';
import type {AccessToken} from '../transport/broker-client.js';
import {bandyer, tokenByAlias} from './bandyer.js';
import {brokerOf} from './broker-of.js';
import {readExtensionUrl, readOptions, type CreateOptions} from './options.js';
import {takeBack, write} from './write.js';

export {compat} from './bandyer.js';

/** A widget is on its way into the page. */
let underWay = false;
/** How many have been put there. */
let turn = 0;

const isThere = (): boolean => !!document.querySelector('pexip-chat-widget');

const alreadyCreated = (): PexipChatError =>
  new PexipChatError(
    'already-created',
    'There is a widget already, which stays. Call logout() before another create().',
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
 * @throws {PexipChatError} `invalid-option`, `access-token-required`, `credentials-failed`,
 * `already-created`, and what `signedIn` rejects with
 */
export const create = async (
  host: HTMLElement,
  given: unknown,
  signedIn: () => Promise<unknown>,
): Promise<void> => {
  if (underWay || host.isConnected || isThere()) throw alreadyCreated();
  underWay = true;
  let mine: number;
  try {
    const compat = bandyer();
    const options = readOptions(given);
    const broker = brokerOf(options, compat?.environments);
    const accessToken = await tokenOf(options, compat?.credentials);
    if (!document.body) await untilBody();
    // The page's own markup may have one.
    if (isThere()) throw alreadyCreated();
    write(host, {...options, accessToken, broker}, !!compat);
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
