import {PexipChatRoomElement} from './elements/pexip-chat-room.js';
import {PexipChatWidgetElement} from './elements/pexip-chat-widget.js';
import {RcChatPaneElement} from './elements/rc-chat-pane.js';
import {PexipChatError} from './errors.js';
import {warnOfError} from './log.js';
import {VERSION} from './version.js';

/** @param what the page has loaded more than once, as the start of a sentence */
export const loadedTwice = (what: string): PexipChatError =>
  new PexipChatError('loaded-twice', `${what} is not used. Load one version, once.`);

const define = (name: string, element: CustomElementConstructor): void => {
  if (!customElements.get(name)) customElements.define(name, element);
  else warnOfError(loadedTwice(`<${name}> is defined already; version ${VERSION} of it`));
};

/** Defines the elements; a name that is taken keeps its element. */
export const register = (): void => {
  define('pexip-chat-room', PexipChatRoomElement);
  define('rc-chat-pane', RcChatPaneElement);
  define('pexip-chat-widget', PexipChatWidgetElement);
};
