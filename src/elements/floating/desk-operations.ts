import {identifier, LIMITS} from '../../protocol/guards.js';
import type {WidgetUserDetail} from '../../events/widget-events.js';
import type {PresenceStatus} from '../../protocol/presence.js';
import type {DeskBroker} from './desk-broker.js';
import {
  chatDisabled,
  needsNativeView,
  notCreated,
  userNotFound,
  wrongArgument,
} from './desk-errors.js';
import {statusAtChat} from './desk-lookup.js';
import type {DeskMemory} from './desk-memory.js';
import type {DeskOperations, DeskPlace} from './desk-types.js';
import {userOf} from './desk-state.js';
import {SOON, type DeskWait} from './desk-wait.js';
import type {DeskWork} from './desk-work.js';
import {widgetStatus} from './people-presence.js';
import type {Users} from './users.js';
import type {Asked, Chat} from './widget-operations.js';

/** What the operations need of the desk. */
export interface OperationsSide {
  readonly place: DeskPlace;
  readonly wait: DeskWait;
  readonly part: {readonly users: Users | undefined};
  readonly broker: DeskBroker;
  /** What is done for the user who is signed in, if somebody is. */
  readonly work: DeskWork | undefined;
  /** What was told to the user of now, or who was signed in before the sign-in was lost. */
  readonly memory: DeskMemory | undefined;
  readonly isOn: boolean;
  /** Resolves once somebody is signed in. @throws {PexipChatError} nobody will be */
  readonly signedIn: Promise<void>;
}

type Chats = Omit<DeskOperations, 'isAuthenticated' | 'logout' | 'updateAccessToken'>;

const aliasIn = (value: unknown): string => {
  const alias = identifier(value, LIMITS.name);
  if (alias) return alias;
  throw wrongArgument('userAlias', value, `a text of 1 to ${LIMITS.name} characters`);
};

/** What pages do with the user's chats, and ask of them. @param side the desk as it is now */
export const operationsOf = (side: () => OperationsSide): Chats => {
  /** The user's connection, once it is there. @throws {PexipChatError} */
  const live = async (): Promise<DeskWork> => {
    const {isOn, signedIn, wait} = side();
    if (!isOn) throw chatDisabled();
    await signedIn;
    if (!side().work) throw notCreated();
    // A sign-in that is lost meanwhile is followed by another, with a connection of its own.
    await wait.until(() => {
      const {status, known} = side().work?.session.getState() ?? {};
      return !!known && status === 'live';
    });
    const {work} = side();
    if (!work) throw notCreated();
    return work;
  };
  /** What is done for somebody. @throws {PexipChatError} `not-created`: there is another user by now, or none */
  const still = <Done>(done: Promise<Done>): Promise<Done> => {
    const {memory} = side();
    return done.finally(() => {
      if (side().memory !== memory) throw notCreated();
    });
  };
  /** Who is who. @throws {PexipChatError} */
  const users = async (): Promise<Users> => {
    const {users} = side().part;
    if (!users) throw notCreated();
    return users;
  };
  /** @throws {PexipChatError} `user-not-found`, `broker-failed` */
  const usernameOf = async (alias: string): Promise<string> =>
    still((await users()).usernameOf(alias));
  /** The direct message with somebody, in the list. */
  const listed = async (alias: string): Promise<string> => {
    const {rooms} = await live();
    const {roomId, path} = await still(rooms.find(await usernameOf(alias)));
    await still(rooms.show(roomId));
    await side().wait.until(() => rooms.isListed(roomId), SOON);
    return path;
  };
  const chats = (): readonly Chat[] => {
    const {work, isOn} = side();
    if (!work || !isOn) return [];
    return work.chats.rooms.map((room) => {
      const {dateCreated: _, createdBy: __, ...chat} = work.chats.detail(room);
      return chat;
    });
  };
  /** What the list of chats says of somebody. */
  const statusOf = (alias: string): PresenceStatus | undefined =>
    side().work?.entries.find(({other}) => other === alias)?.status;
  /** Whoever is connected is there; how exactly is asked for. */
  const isHere = (alias: string): boolean => {
    const {work} = side();
    return work?.session.getState().status === 'live' && userOf(work)?.alias === alias;
  };
  const known = (userAlias: string): WidgetUserDetail => ({
    userAlias,
    status: widgetStatus(statusOf(userAlias) ?? (isHere(userAlias) ? 'online' : 'offline')),
  });
  /** Also of somebody whom the broker does not know. @throws {PexipChatError} `user-not-found` */
  const atChat = async (username: string): Promise<PresenceStatus> => {
    const {work} = side();
    if (!work) throw notCreated();
    return statusAtChat(work.session, username);
  };
  const told = async (given: string): Promise<WidgetUserDetail> => {
    const userAlias = aliasIn(given);
    await side().signedIn;
    // Of whom there is a chat the status is known as it changes.
    const known = statusOf(userAlias) ?? (await still((await users()).statusOf(userAlias)));
    if (!known && !userAlias.startsWith('@')) throw userNotFound(userAlias);
    return {userAlias, status: widgetStatus(known ?? (await still(atChat(userAlias.slice(1)))))};
  };

  return {
    addChat: async (userAlias) => {
      const path = await listed(aliasIn(userAlias));
      const {place} = side();
      place.reveal();
      await place.showChat(path);
    },
    selectChat: async (userAlias) => {
      const path = await listed(aliasIn(userAlias));
      await side().place.showChat(path);
    },
    removeChat: async (userAlias) => {
      const alias = aliasIn(userAlias);
      const {rooms} = await live();
      const {broker, wait} = side();
      const username = await usernameOf(alias);
      const room = rooms.with(username);
      // The broker does not know whether there is somebody without an alias.
      if (!room && alias === `@${username}`) await atChat(username);
      if (!room) return;
      const {roomId} = room;
      await (broker.can('delete-chats') ? rooms.erase(roomId) : rooms.hide(roomId));
      await wait.until(() => !rooms.isListed(roomId), SOON);
    },
    composeMessage: async (userAlias, message, send = false) => {
      const alias = aliasIn(userAlias);
      if (typeof message !== 'string' || (send && !message.trim()))
        throw wrongArgument('message', message, send ? 'a text that says something' : 'a text');
      if (typeof send !== 'boolean') throw wrongArgument('send', send, 'true or false');
      if (send) {
        const {rooms, session} = await live();
        const {roomId} = await still(rooms.find(await usernameOf(alias)));
        await session.send(roomId, message);
        return;
      }
      const path = await listed(alias);
      const {place} = side();
      place.reveal();
      const isEmbed = place.host.getAttribute('view') === 'embed';
      await place.showChat(path, isEmbed ? undefined : message);
      if (isEmbed) throw needsNativeView();
    },
    getUser: (userAlias): Asked<WidgetUserDetail> => {
      const alias = `${userAlias}`;
      let asked: Promise<WidgetUserDetail> | undefined;
      const then: PromiseLike<WidgetUserDetail>['then'] = (...listeners) =>
        (asked ??= told(userAlias)).then(...listeners);
      // Whoever looks at it or writes it out finds what is documented, and no more.
      return Object.defineProperty({...known(alias)}, 'then', {
        value: then,
      }) as Asked<WidgetUserDetail>;
    },
    getUsersStatusList: () => {
      const told = (side().work?.entries ?? []).flatMap(({other, status}) =>
        other && status && status !== 'offline' ? [[other, widgetStatus(status)] as const] : [],
      );
      return [...new Map(told)].map(([userAlias, status]) => ({userAlias, status}));
    },
    getChats: chats,
    getUnreadMessages: () =>
      chats()
        .filter(({unreadMessages}) => unreadMessages)
        .map(({chat, unreadMessages}) => ({chat, unreadMessages})),
    getLastMessageReceived: () => structuredClone(side().memory?.received ?? null),
    getLastMessageSent: () => structuredClone(side().memory?.sent ?? null),
  };
};
