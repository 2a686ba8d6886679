import {PexipChatRoomElement} from './elements/pexip-chat-room.js';
import {PexipChatWidgetElement} from './elements/pexip-chat-widget.js';
import {RcChatPaneElement} from './elements/rc-chat-pane.js';
import {loadedTwice} from './loaded-twice.js';
import {warnOfError} from './log.js';

const define = (name: string, element: CustomElementConstructor): void => {
  if (!customElements.get(name)) customElements.define(name, element);
  else warnOfError(loadedTwice(`<${name}>`));
};

/** Defines the elements; a name that is taken keeps its element. */
export const register = (): void => {
  define('pexip-chat-room', PexipChatRoomElement);
  define('rc-chat-pane', RcChatPaneElement);
  define('pexip-chat-widget', PexipChatWidgetElement);
};
