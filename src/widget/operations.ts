import {PexipChatError} from '../errors.js';
import {OPERATIONS, type PexipChatWidgetElement} from '../elements/pexip-chat-widget.js';
import type {
  Client,
  WidgetEntry,
  WidgetOperations,
} from '../elements/floating/widget-operations.js';
import {warnOfError} from '../log.js';
import {VERSION} from '../version.js';

type Anything = (...args: readonly unknown[]) => unknown;
type Operations = Record<string, Anything>;

/** What `create()` puts into the page: there before it is, so that listeners can be added. */
let own: PexipChatWidgetElement | undefined;

/** The page's own widget, or the one that `create()` makes. */
const widget = (): Operations =>
  (document.querySelector('pexip-chat-widget') ??
    (own ??= document.createElement('pexip-chat-widget'))) as never;

/** What `window.PexipChatRoom` has for the widget. */
export const operations = Object.fromEntries(
  OPERATIONS.map((name) => [name, (...args: readonly unknown[]) => widget()[name]!(...args)]),
) as unknown as WidgetOperations & WidgetEntry;

/** Makes `window.BandyerChat`, unless the page has one that is not ours. */
export const attachBandyer = (api: WidgetOperations & WidgetEntry = operations): void => {
  if ((window.BandyerChat ??= api).create !== operations.create)
    warnOfError(
      new PexipChatError(
        'loaded-twice',
        'The page has another BandyerChat, which stays. Remove its script.',
      ),
    );
};

const {compat} = operations;
operations.version = () => VERSION;
operations.create = (options) => {
  const client = widget();
  const created = (client['create']!(options) as Promise<Client>).then(
    (made) => {
      // The next one is another element, without the listeners of this one.
      own = undefined;
      return made;
    },
    (error: PexipChatError) => {
      if (error.code !== 'already-created') own = undefined;
      throw error;
    },
  );
  const listening = ['on', 'off', 'once'].map((name) => [name, client[name]!.bind(client)]);
  return Object.assign(created, Object.fromEntries(listening));
};
operations.compat = (name, options) => {
  attachBandyer();
  compat(name, options);
};
