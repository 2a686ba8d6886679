import {PexipChatWidgetElement} from './elements/pexip-chat-widget.js';
import {PexipChatRoomElement} from './elements/pexip-chat-room.js';
import {RcChatPaneElement} from './elements/rc-chat-pane.js';
import {PexipChatError} from './errors.js';
import {loadedTwice} from './loaded-twice.js';
import {warnOfError} from './log.js';
import * as core from './parts/core.js';
import {ownScript, parts} from './parts/load-part-by-script.js';
import {register} from './register.js';
import {attachBandyer, operations} from './widget/operations.js';

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
  warnOfError(loadedTwice(`Version ${window.PexipChatRoom.version()}`));
} else {
  register();
  window.PexipChatRoom = api;
  if (ownScript?.dataset.compat) attachBandyer();
}
