import type {ClientCallEventMap} from '../../events/widget-call-details.js';
import type {
  WidgetChatDetail,
  WidgetEventMap,
  WidgetMessageDetail,
  WidgetTokenDetail,
  WidgetUserDetail,
} from '../../events/widget-events.js';
import type {BandyerOptions, WidgetOptions} from './widget-options.js';

/** `widget-message-received` is `message_received`. */
type Underscored<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : Name;

/** What a {@link Client} tells, by the documented names; those of calls once there are calls. */
export type ClientEventMap = {
  readonly [
    Type in keyof WidgetEventMap as Type extends `widget-${infer Name}` ? Underscored<Name> : never
  ]: WidgetEventMap[Type]['detail'];
} & ClientCallEventMap;

export type ClientListener<Type extends keyof ClientEventMap> = (
  detail: ClientEventMap[Type],
) => void;

/** Listening to the widget, by the documented names of its events. */
export interface Listening {
  /** Calls `listener` with the payload of each such event. */
  on<Type extends keyof ClientEventMap>(type: Type, listener: ClientListener<Type>): void;
  /** Calls it no longer. */
  off<Type extends keyof ClientEventMap>(type: Type, listener: ClientListener<Type>): void;
  /** Calls it with the first one only. */
  once<Type extends keyof ClientEventMap>(type: Type, listener: ClientListener<Type>): void;
}

/** A chat in {@link WidgetOperations.getChats}. */
export type Chat = Pick<
  WidgetChatDetail,
  'chat' | 'lastMessage' | 'participants' | 'unreadMessages'
>;

/** At once what is known; awaited, what the broker says. */
export type Asked<Known> = Known & PromiseLike<Known>;

/** What can be done with the widget that stands; each is a method of the element and of `PexipChatRoom`. */
export interface WidgetOperations extends Listening {
  /** Whether the user is signed in. */
  isAuthenticated(): boolean;
  /**
   * Signs the user out on this page and takes the widget away; an element of the page's own markup stays, empty.
   *
   * @throws {PexipChatError} `broker-failed`: it was done here, but the broker could not be told
   */
  logout(): Promise<void>;
  /**
   * Goes on with another access token of the same user.
   *
   * @throws {PexipChatError} `invalid-option`: this is none, or has ended without saying when it was made; `other-user`;
   * `not-created`: there is nobody whose token it could be, or no longer
   */
  updateAccessToken(accessToken: string): Promise<WidgetTokenDetail>;
  /**
   * Adds the chat with a user to the list, and shows the widget and the chat. One that is not there yet is made.
   *
   * @throws {PexipChatError} `user-not-found`, `chat-disabled`, `not-created`, `action-refused`;
   * `disconnected`: another chat was asked for meanwhile, or the chat or the widget was taken away
   */
  addChat(userAlias: string): Promise<void>;
  /**
   * Takes the chat with a user out of the list, until somebody writes there again. It is deleted, with its
   * messages and for both, only where the operator allows that.
   *
   * @throws {PexipChatError} `user-not-found`, `chat-disabled`, `not-created`, `action-refused`
   */
  removeChat(userAlias: string): Promise<void>;
  /**
   * Shows the chat with a user, in a widget that is not hidden. One that is not there yet is made.
   *
   * @throws {PexipChatError} `user-not-found`, `chat-disabled`, `not-created`, `action-refused`;
   * `disconnected`: another chat was asked for meanwhile, or the chat or the widget was taken away
   */
  selectChat(userAlias: string): Promise<void>;
  /**
   * Sends a message to a user, and shows nothing; or shows the widget with the chat, and the message where
   * the user writes.
   *
   * @throws {PexipChatError} `user-not-found`, `chat-disabled`, `not-created`, `invalid-argument`, `message-refused`;
   * `unsupported`: without `send`, in the view `embed`; `disconnected`: another chat was asked for meanwhile, or
   * the chat or the widget was taken away
   */
  composeMessage(userAlias: string, message: string, send?: boolean): Promise<void>;
  /** Shows the widget in the page. @returns whether there is one */
  showWidget(): boolean;
  /** Hides the widget in the page. @returns whether there is one */
  hideWidget(): boolean;
  /** Opens the widget's window, or closes it. @returns whether there is a widget */
  toggleWidget(): boolean;
  /** Opens the widget's window. @returns whether there is a widget */
  openWidget(): boolean;
  /** Closes the widget's window. @returns whether there is a widget */
  closeWidget(): boolean;
  /**
   * A user's status; awaited it is asked for. What is no alias is `offline`, as a text.
   *
   * @throws {PexipChatError} when it is awaited: `invalid-argument`, `user-not-found`, `not-created`,
   * `broker-failed`, `disconnected`
   */
  getUser(userAlias: string): Asked<WidgetUserDetail>;
  /** Who of the user's chats can be reached. */
  getUsersStatusList(): readonly WidgetUserDetail[];
  /** The user's chats, the one with the latest message first. */
  getChats(): readonly Chat[];
  /** The latest message that others have sent since the page was opened; null if there is none. */
  getLastMessageReceived(): WidgetMessageDetail | null;
  /** The latest message that the user has sent since the page was opened; null if there is none. */
  getLastMessageSent(): WidgetMessageDetail | null;
  /** The chats in which something is unread. */
  getUnreadMessages(): readonly Pick<Chat, 'chat' | 'unreadMessages'>[];
  /** Kept for pages that call it: no supported browser needs an extension to share a screen. */
  setExtensionUrl(url: string): void;
}

/** A widget that stands. */
export type Client = WidgetOperations;

/** What `create()` gives at once: listeners can be added before the widget stands. */
export type ClientPromise = Promise<Client> & Listening;

/** What `window.PexipChatRoom` has for the widget, beside the operations. */
export interface WidgetEntry {
  /** The version of the package, such as `0.1.0`. */
  version(): string;
  /**
   * Puts the widget into the page. Resolves once the user is signed in.
   *
   * @throws {PexipChatError} `invalid-option`, `access-token-required`, `credentials-failed`,
   * `already-created`, `sign-in-required`
   */
  create(options: WidgetOptions): ClientPromise;
  /** Makes `window.BandyerChat`, and says what its pages need beyond their options. */
  compat(name: 'bandyer', options?: BandyerOptions): void;
}
