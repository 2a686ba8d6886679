import {VERSION} from '../version.js';
import {OPERATIONS, type PexipChatWidgetElement} from '../elements/pexip-chat-widget.js';
import type {WidgetEntry, WidgetOperations} from '../elements/floating/widget-operations.js';

type Anything = (...args: readonly unknown[]) => unknown;

let own: PexipChatWidgetElement | undefined;

/** The page's own widget, or the one that `create()` makes. */
const widget = (): Record<string, Anything> =>
  (document.querySelector('pexip-chat-widget') ??
    (own ??= document.createElement('pexip-chat-widget'))) as never;

/** What `window.PexipChatRoom` has for the widget. */
export const operations = Object.fromEntries(
  OPERATIONS.map((name) => [name, (...args: readonly unknown[]) => widget()[name]!(...args)]),
) as unknown as WidgetOperations & WidgetEntry;

const {create, compat, on, off, once} = operations;
operations.version = () => VERSION;
operations.create = (options) => Object.assign(create(options), {on, off, once});
operations.compat = (name, options) => {
  window.BandyerChat = operations;
  compat(name, options);
};
