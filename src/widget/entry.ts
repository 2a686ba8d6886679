import {PexipChatError} from '../errors.js';
import {operations} from './operations.js';

type Operations = typeof operations;
type Anything = (...args: readonly unknown[]) => unknown;

/** What gives a promise: these reject, all others throw. */
const LATER: readonly string[] = [
  'create',
  'logout',
  'updateAccessToken',
  'addChat',
  'removeChat',
  'selectChat',
  'composeMessage',
] satisfies (keyof Operations)[];

const undefinedYet = (): PexipChatError =>
  new PexipChatError(
    'not-created',
    "The elements are not defined. Import 'pexip-chat-room/define' in the page first; on a server there is no widget.",
  );

/** A page may import the functions without the elements, and a server has none. */
const checked = (name: string, operation: Anything): Anything => {
  if (name === 'version') return operation;
  return (...args) => {
    if (globalThis.customElements?.get('pexip-chat-widget')) return operation(...args);
    if (!LATER.includes(name)) throw undefinedYet();
    const {on, off, once} = entry;
    return Object.assign(Promise.reject(undefinedYet()), name === 'create' && {on, off, once});
  };
};

const entry = Object.fromEntries(
  Object.entries(operations).map(([name, operation]) => [
    name,
    checked(name, operation as unknown as Anything),
  ]),
) as unknown as Operations;

/** For modules: `import * as PexipChatRoom from 'pexip-chat-room'` has what `window.PexipChatRoom` has. */
export const {
  version,
  create,
  compat,
  on,
  off,
  once,
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
} = entry;
