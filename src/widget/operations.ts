import {DO, type PexipChatWidgetElement} from '../elements/pexip-chat-widget.js';
import {OPERATIONS, type NamedOperations} from '../elements/floating/operation-names.js';
import type {WidgetEntry, WidgetOperations} from '../elements/floating/widget-operations.js';
import {loadedTwice} from '../loaded-twice.js';
import {warnOfError} from '../log.js';
import {VERSION} from '../version.js';
import type {Said} from '../elements/floating/widget-body.js';

type Anything = (...args: readonly unknown[]) => unknown;

/** What an element shows to nobody else. */
interface Creating {
  [DO](name: 'create', args: readonly unknown[]): Promise<WidgetOperations>;
}

/** What `create()` puts into the page: there before it is, so that listeners can be added. */
let own: PexipChatWidgetElement | undefined;

/** The page's own widget, or the one that `create()` makes. */
const widget = (): PexipChatWidgetElement =>
  document.querySelector('pexip-chat-widget') ??
  (own ??= document.createElement('pexip-chat-widget'));

const named: WidgetOperations = Object.fromEntries(
  OPERATIONS.map((name) => [
    name,
    (...args: readonly unknown[]) => (widget()[name] as Anything)(...args),
  ]),
) as unknown as NamedOperations;

/** By `compat()`, for the next `create()`, which loads the file that reads it. */
const said: Said = [];

/** What `window.PexipChatRoom` has for the widget. */
export const operations: WidgetEntry & WidgetOperations = {
  ...named,
  version: () => VERSION,
  create: (options) => {
    const element = widget() as unknown as Creating;
    const created = element[DO]('create', [options, said]).then((client) => {
      // After this one another is made, without its listeners. One that was refused is tried again.
      own = undefined;
      return client;
    });
    const {on, off, once} = named;
    return Object.assign(created, {on, off, once});
  },
  compat: (...args) => {
    attachBandyer();
    said.push(args);
  },
};

/** Makes `window.BandyerChat`, unless the page has one that is not ours. */
export const attachBandyer = (): void => {
  if ((window.BandyerChat ??= operations) !== operations)
    warnOfError(loadedTwice('Another BandyerChat'));
};
