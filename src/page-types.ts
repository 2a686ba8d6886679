import type {WidgetEntry, WidgetOperations} from './elements/floating/widget-operations.js';
import type {
  PexipChatError,
  PexipChatRoomElement,
  PexipChatWidgetElement,
  RcChatPaneElement,
} from './index.js';

/** `window.PexipChatRoom`: what the script tag attaches. */
export interface PexipChatRoomGlobal extends WidgetOperations, WidgetEntry {
  readonly PexipChatWidgetElement: typeof PexipChatWidgetElement;
  readonly PexipChatRoomElement: typeof PexipChatRoomElement;
  readonly RcChatPaneElement: typeof RcChatPaneElement;
  readonly PexipChatError: typeof PexipChatError;
}

// The entries import this file, so that these come with the types of the package.
declare global {
  interface HTMLElementTagNameMap {
    'pexip-chat-room': PexipChatRoomElement;
    'rc-chat-pane': RcChatPaneElement;
    'pexip-chat-widget': PexipChatWidgetElement;
  }
  interface Window {
    /** There on a page with the script tag; ES modules don't set it. */
    PexipChatRoom?: PexipChatRoomGlobal;
    /** There with `data-compat="bandyer"`, or after `compat('bandyer')`: the same for pages of Bandyer's. */
    BandyerChat?: WidgetOperations & WidgetEntry;
  }
}
