import type {WidgetOperations} from './widget-operations.js';

/** One text, as that is the shortest in the first script. */
const NAMES =
  'on,once,off,isAuthenticated,logout,updateAccessToken,addChat,removeChat,selectChat,composeMessage,showWidget,hideWidget,toggleWidget,openWidget,closeWidget,getUser,getUsersStatusList,getChats,getLastMessageReceived,getLastMessageSent,getUnreadMessages,setExtensionUrl';

type Split<Text extends string> = Text extends `${infer Head},${infer Tail}`
  ? Head | Split<Tail>
  : Text;

/** A name that is no operation does not compile; nor does one that is missing, where all of them are made. */
export type NamedOperations = Pick<WidgetOperations, Split<typeof NAMES>>;

/** What the element and `PexipChatRoom` do by the file `launcher`. */
export const OPERATIONS = NAMES.split(',') as (keyof NamedOperations)[];

/** What an operation answers where nobody knows: what holds without a user, or a promise. */
export const answerOf = (
  name: string,
  done: Promise<unknown>,
  {isConnected}: HTMLElement,
  userAlias: unknown,
): unknown => {
  if (name === 'isAuthenticated') return false;
  if (name.endsWith('Widget')) return isConnected;
  if (name === 'getUser')
    return {userAlias: `${userAlias}`, status: 'offline', then: done.then.bind(done)};
  if (name.startsWith('getLast')) return null;
  if (name.startsWith('get')) return [];
  return done;
};
