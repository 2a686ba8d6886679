import type {PexipChatError} from '../../errors.js';
import type {RoomType} from '../../protocol/chat-room.js';
import type {PresenceStatus} from '../../protocol/presence.js';
import type {SocketStatus} from '../../transport/ddp-socket.js';
import type {SignInState} from '../views/live-side.js';
import type {WidgetOperations} from './widget-operations.js';
import type {WidgetProperties} from './widget-options.js';

/** A chat as the window shows it. */
export interface ChatEntry {
  readonly roomId: string;
  /** Rocket.Chat's own path of the room, as a pane's `room` takes it. */
  readonly path: string;
  readonly type: RoomType;
  /** Of a direct message what the other person is called, by the page's formatter; else the room's name. */
  readonly name: string;
  /** Rocket.Chat's username of the other person of a direct message. */
  readonly username?: string;
  /** Alias of the other person of a direct message; undefined in other rooms, and until it is known. */
  readonly other?: string;
  /** Address of a picture, which has been checked. */
  readonly image?: string;
  readonly status?: PresenceStatus | undefined;
  readonly count: number;
  /** There is something new, counted or not. */
  readonly alert: boolean;
  /** When its latest message came, by the server's clock: epoch ms; 0 if that is not known. */
  readonly lastMessage: number;
  /** The latest message as plain text in one line; empty where there is none, or none that is told. */
  readonly preview: string;
}

/** What a widget knows. */
export interface DeskState {
  readonly status: SocketStatus;
  /** Who is signed in. */
  readonly user: {readonly alias: string; readonly username: string} | null;
  /** The chats were told at least once. */
  readonly known: boolean;
  /** The one with the latest message first. */
  readonly chats: readonly ChatEntry[];
  readonly unread: {readonly count: number; readonly alert: boolean};
  readonly signIn: SignInState;
}

/** What a person is called and looks like. */
export interface ShownPerson {
  readonly name: string;
  readonly image?: string;
}

/** Where a desk stands: what its widget does for it. */
export interface DeskPlace {
  readonly host: HTMLElement;
  readonly given: WidgetProperties;
  /** Something of the state is another. */
  changed(): void;
  /** Tells of an error: once on the console, and by `widget-error`. */
  report(error: PexipChatError): void;
  /** Shows a widget that is hidden. */
  reveal(): void;
  /** Opens the window with this chat; with `text` where the person writes. @throws {PexipChatError} */
  showChat(path: string, text?: string): Promise<void>;
}

/** The operations that need a user. Promises wait for the sign-in; what answers at once says what is known. */
export type DeskOperations = Pick<
  WidgetOperations,
  | 'addChat'
  | 'composeMessage'
  | 'getChats'
  | 'getLastMessageReceived'
  | 'getLastMessageSent'
  | 'getUnreadMessages'
  | 'getUser'
  | 'getUsersStatusList'
  | 'isAuthenticated'
  | 'logout'
  | 'removeChat'
  | 'selectChat'
  | 'updateAccessToken'
>;

/** What a widget does behind its button; fires the `widget-…` events on the host. */
export interface Desk extends DeskOperations {
  readonly state: DeskState;
  /** Another object for each user who was signed in; the same while a sign-in is lost and found again. */
  readonly whose: object | undefined;
  /** Resolves once the user is signed in. @throws {PexipChatError} `sign-in-required` and others: never */
  readonly signedIn: Promise<void>;
  /** Where the pane of the window connects, as the desk does. */
  readonly server: string;
  readonly broker: string;
  /** What a user is called, by Rocket.Chat's username; more may be known later, which is a change. */
  person(username: string): ShownPerson;
  /** Attributes or properties may be others. */
  follow(): void;
  /** A person wants to be signed in again. */
  signInAgain(): void;
  /** The widget has left the page. */
  stop(): void;
}
