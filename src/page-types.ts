import type {PexipChatError, PexipChatRoomElement, RcChatPaneElement} from './index.js';

/** `window.PexipChatRoom`: what the script tag attaches. */
export interface PexipChatRoomGlobal {
  /** The version of the package, such as `0.1.0`. */
  version(): string;
  readonly PexipChatRoomElement: typeof PexipChatRoomElement;
  readonly RcChatPaneElement: typeof RcChatPaneElement;
  readonly PexipChatError: typeof PexipChatError;
}

// The entries import this file, so that these come with the types of the package.
declare global {
  interface HTMLElementTagNameMap {
    'pexip-chat-room': PexipChatRoomElement;
    'rc-chat-pane': RcChatPaneElement;
  }
  interface Window {
    /** There on a page with the script tag; ES modules don't set it. */
    PexipChatRoom?: PexipChatRoomGlobal;
  }
}
