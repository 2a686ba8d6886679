import {operations} from './operations.js';

/** For modules: `import * as PexipChatRoom from 'pexip-chat-room'` has what `window.PexipChatRoom` has. */
export const {
  version,
  create,
  compat,
  isAuthenticated,
  logout,
  updateAccessToken,
  addChat,
  removeChat,
  selectChat,
  composeMessage,
  showWidget,
  hideWidget,
  toggleWidget,
  openWidget,
  closeWidget,
  getUser,
  getUsersStatusList,
  getChats,
  getLastMessageReceived,
  getLastMessageSent,
  getUnreadMessages,
  setExtensionUrl,
} = operations;
