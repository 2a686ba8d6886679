import {OPERATIONS, type PexipChatWidgetElement} from '../elements/pexip-chat-widget.js';
import type {WidgetEntry, WidgetOperations} from '../elements/floating/widget-operations.js';
import {loadedTwice} from '../loaded-twice.js';
import {warnOfError} from '../log.js';
import {VERSION} from '../version.js';

type Anything = (...args: readonly unknown[]) => unknown;
type Operations = Record<string, Anything>;

/** What `create()` puts into the page: there before it is, so that listeners can be added. */
let own: PexipChatWidgetElement | undefined;
/** How many `create()` are under way: one that is refused as there is another leaves that alone. */
let pending = 0;

/** The page's own widget, or the one that `create()` makes. */
const widget = (): Operations =>
  (document.querySelector('pexip-chat-widget') ??
    (own ??= document.createElement('pexip-chat-widget'))) as never;

/** What `window.PexipChatRoom` has for the widget. */
export const operations = Object.fromEntries(
  OPERATIONS.map((name) => [name, (...args: readonly unknown[]) => widget()[name]!(...args)]),
) as unknown as WidgetOperations & WidgetEntry;

/** Makes `window.BandyerChat`, unless the page has one that is not ours. */
export const attachBandyer = (): void => {
  if ((window.BandyerChat ??= operations) !== operations)
    warnOfError(loadedTwice('Another BandyerChat'));
};

const {compat, create, on, off, once} = operations;
operations.version = () => VERSION;
operations.create = (options) => {
  pending++;
  const created = create(options).finally(() => {
    // The next one is another element, without the listeners of this one.
    if (!--pending) own = undefined;
  });
  return Object.assign(created, {on, off, once});
};
operations.compat = (name, options) => {
  attachBandyer();
  compat(name, options);
};
