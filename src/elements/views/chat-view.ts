import type {FrameHost, FrameSight} from '../../controllers/frame-controller.js';
import type {PexipChatError} from '../../errors.js';
import type {Auth, Credentials} from '../../protocol/credentials.js';
import type {EmbedRoom} from '../../protocol/rocket-chat-embed.js';
import type {ChatState} from '../../session/chat-state.js';
import type {Strings} from '../strings/strings.js';

/** Which conversation to show, and as whom. */
export interface Conversation {
  /** The `server` of the pane. */
  readonly server: string;
  /** The `room` of the pane. */
  readonly room: string;
  readonly auth: Auth | undefined;
}

/** One way to show a conversation in a pane: the body that the pane loads when first needed. */
export interface ChatView {
  readonly state: ChatState;
  readonly frame: HTMLIFrameElement | undefined;
  readonly sight: FrameSight;
  /** What is said above a conversation that is `degraded`. */
  notice(strings: Strings): string;
  /**
   * Shows the conversation.
   *
   * @throws {PexipChatError} `invalid-attribute`, `insecure-url`: `server` or `room` cannot be used
   */
  show(conversation: Conversation): void;
  /** Ends the conversation and removes what was shown. */
  stop(): void;
  /** @throws {PexipChatError} `invalid-argument`, `room-unconfirmed`, `embed-silent`, `disconnected` */
  open(room: string): Promise<EmbedRoom>;
  /** @throws {PexipChatError} `invalid-argument`, and those of {@link open} */
  login(credentials: Credentials): Promise<void>;
  /** The pane's `auth` was set or replaced. */
  useAuth(auth: Auth | undefined): void;
  logout(): void;
  /** @throws {PexipChatError} `unsupported` where this view has no such thing */
  send(): Promise<never>;
  compose(): Promise<never>;
  markRead(): Promise<never>;
}

/** A file that is loaded later has one of these as its export `view`. */
export type ChatViewFactory = (
  pane: FrameHost,
  /** Tells of an error as the pane does: by its event, and once on the console. */
  report: (error: PexipChatError) => void,
) => ChatView;
