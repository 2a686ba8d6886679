import {PexipChatRoomElement} from './elements/pexip-chat-room.js';
import {RcChatPaneElement} from './elements/rc-chat-pane.js';
import {warnOnce} from './log.js';
import {VERSION} from './version.js';

const define = (name: string, element: CustomElementConstructor): void => {
  if (!customElements.get(name)) customElements.define(name, element);
  else warnOnce(`<${name}> is defined already; version ${VERSION} of it is not used.`);
};

/** Defines both elements; a name that is taken keeps its element. */
export const register = (): void => {
  define('pexip-chat-room', PexipChatRoomElement);
  define('rc-chat-pane', RcChatPaneElement);
};

declare global {
  interface HTMLElementTagNameMap {
    'pexip-chat-room': PexipChatRoomElement;
    'rc-chat-pane': RcChatPaneElement;
  }
}
