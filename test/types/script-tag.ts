// Checked as test/types/elements.ts is. Nothing here is ever run.
import 'pexip-chat-room/define';

import {exactly} from './expect.js';

export const ofTheWindow = (): string => {
  const api = window.PexipChatRoom;
  if (!api) return '';
  exactly<string>()(api.version());
  const room = document.createElement('pexip-chat-room');
  if (room instanceof api.PexipChatRoomElement) room.setChatActive(true);
  const pane = document.createElement('rc-chat-pane');
  if (pane instanceof api.RcChatPaneElement) void pane.logout();
  room.addEventListener('pexip-error', ({detail: {error}}) => error instanceof api.PexipChatError);
  // @ts-expect-error: for the files that are loaded later, not for pages
  void api.core;
  // @ts-expect-error: may be missing
  return window.PexipChatRoom.version();
};
