import {PexipChatError} from '../errors.js';
import {operations} from './operations.js';

type Operations = typeof operations;
type Anything = (...args: readonly unknown[]) => unknown;

/** What gives a promise: these reject, all others throw. */
const LATER: object = {
  create: true,
  logout: true,
  updateAccessToken: true,
  addChat: true,
  removeChat: true,
  selectChat: true,
  composeMessage: true,
} satisfies {
  // All of them: one that is missing does not compile.
  [
    Name in keyof Operations as ReturnType<Operations[Name]> extends Promise<unknown> ? Name : never
  ]: true;
};

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
    if (!(name in LATER)) throw undefinedYet();
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

// A module says what it exports word by word; a test compares them with the operations.
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
