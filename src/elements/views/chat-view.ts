import type {ReactiveControllerHost} from 'lit';

import type {Auth, Credentials} from '../../protocol/credentials.js';
import type {EmbedRoom} from '../../protocol/rocket-chat-embed.js';
import type {ChatFact, ChatState} from '../../session/chat-state.js';

/** Which conversation to show, and as whom. */
export interface Conversation {
  /** Address of the workspace, checked, with a slash at its end. */
  readonly base: string;
  /** The `room` of the pane. */
  readonly room: string;
  readonly auth: Auth | undefined;
}

/** One way to show a conversation in a pane: the body that the pane loads when first needed. */
export interface ChatView {
  readonly state: ChatState;
  readonly frame: HTMLIFrameElement | undefined;
  /** Messages of the frame by what became of them. */
  readonly counts: Readonly<Record<string, number>>;
  /** Shows the conversation. @throws {PexipChatError} `invalid-attribute`: `room` names no room */
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
}

/** A file that is loaded later has one of these as its export `view`. */
export type ChatViewFactory = (
  host: ReactiveControllerHost,
  tell: (fact: ChatFact) => void,
) => ChatView;
