import type {FrameHost, FrameSight} from '../../controllers/frame-controller.js';
import type {PexipChatError} from '../../errors.js';
import type {Auth, Credentials} from '../../protocol/credentials.js';
import type {EmbedRoom} from '../../protocol/rocket-chat-embed.js';
import type {ChatRoom, ChatState} from '../../session/chat-state.js';
import type {MessageDetail} from '../../session/live-state.js';
import type {AccessToken} from '../../transport/broker-client.js';
import type {Language} from '../strings/strings.js';
import type {LiveSight} from './live-side.js';

/** Which conversation to show, and as whom; the properties of a pane as they are. */
export interface Conversation {
  readonly server: string | null;
  readonly room: string;
  readonly auth: Auth | undefined;
  readonly broker: string | null;
  readonly accessToken: AccessToken | undefined;
  /** The room that the pane is paired with. */
  readonly meeting: HTMLElement | undefined;
}

/** What a message of one's own may have beside its text. */
export interface SendOptions {
  /** The message whose thread it belongs to. */
  readonly threadId?: string;
}

/** What a pane tells of its conversation. */
export interface ViewState extends ChatState {
  /** The user's rooms; none until a live connection has told them. */
  readonly rooms: readonly ChatRoom[];
}

/** What a view can tell of its frame and of the live connection. */
export interface ChatSight extends Partial<FrameSight> {
  readonly live: LiveSight;
}

/** One way to show a conversation in a pane: the body that the pane loads when first needed. */
export interface ChatView {
  readonly state: ViewState;
  readonly frame: HTMLIFrameElement | undefined;
  readonly sight: ChatSight;
  /** Shows what stands around the conversation. @returns what is said above a `degraded` one */
  show(language: Language, withRooms: boolean): string;
  /**
   * Shows this conversation, unless it does already. What is wrong with it is told as a fact.
   *
   * @param again shows it anew even if it is the same
   */
  follow(conversation: Conversation, again: boolean): void;
  /** Ends the conversation and removes what was shown. */
  stop(): void;
  /** Ends the conversation for good: another view takes its place. */
  remove(): void;
  /** @throws {PexipChatError} `invalid-argument`, `room-unconfirmed`, `embed-silent`, `disconnected` */
  open(room: string): Promise<EmbedRoom>;
  /** @throws {PexipChatError} `invalid-argument`, and those of {@link open} */
  login(credentials: Credentials): Promise<void>;
  /** The pane's `auth` was set or replaced. */
  useAuth(auth: Auth | undefined): void;
  /** The pane's `accessToken` was set or replaced. */
  useAccessToken(accessToken: AccessToken | undefined): void;
  /** @throws {PexipChatError} a token may go on */
  logout(): Promise<void>;
  /** @throws {PexipChatError} `unsupported`, `invalid-argument`, `message-refused`, `disconnected` */
  send(text: string, options?: SendOptions): Promise<MessageDetail>;
  /** @throws {PexipChatError} `unsupported` where this view has no such thing */
  compose(text: string): Promise<void>;
  /** @throws {PexipChatError} `unsupported`, `disconnected` */
  markRead(): Promise<void>;
}

/** A pane, as far as its view needs it. */
export interface ChatPlace {
  readonly root: ShadowRoot;
  /** Holds notice and stage; what stands around them can be added. */
  readonly body: HTMLElement;
  /** Tells of an error as the pane does: by its event, and once on the console. */
  readonly report: (error: PexipChatError) => void;
  /** A person has chosen a room in the view itself. */
  readonly requestOpen: () => void;
}

/** A file that is loaded later has one of these as its export `view`. */
export type ChatViewFactory = (pane: FrameHost, place: ChatPlace) => ChatView;
