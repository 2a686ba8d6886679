import {PexipChatWidgetElement} from './elements/pexip-chat-widget.js';
import {PexipChatRoomElement} from './elements/pexip-chat-room.js';
import {RcChatPaneElement} from './elements/rc-chat-pane.js';
import {PexipChatError} from './errors.js';
import {warnOfError} from './log.js';
import * as core from './parts/core.js';
import {ownScript, parts} from './parts/load-part-by-script.js';
import {loadedTwice, register} from './register.js';
import {attachBandyer, operations} from './widget/operations.js';
import {VERSION} from './version.js';

/** What the script tag attaches to the window as `PexipChatRoom`. */
const api = Object.freeze({
  ...operations,
  PexipChatRoomElement,
  PexipChatWidgetElement,
  RcChatPaneElement,
  PexipChatError,
  /** For the files that are loaded later; not for pages. */
  core,
  /** For the files that are loaded later; not for pages. */
  parts,
});

if (window.PexipChatRoom) {
  const first = window.PexipChatRoom.version();
  warnOfError(
    loadedTwice(`The page has version ${first} already, which stays; version ${VERSION}`),
  );
} else {
  register();
  window.PexipChatRoom = api;
  if (ownScript?.dataset.compat) attachBandyer(api);
}
