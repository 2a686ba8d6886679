import {
  FrameController,
  type FrameHost,
  type FrameSight,
} from '../../controllers/frame-controller.js';
import {PexipChatError} from '../../errors.js';
import {roomPaths} from '../../protocol/chat-room-reference.js';
import {parseCredentials, type Auth, type Credentials} from '../../protocol/credentials.js';
import {
  embeddedPath,
  parseEmbedEvent,
  type EmbedEvent,
  type EmbedRoom,
} from '../../protocol/rocket-chat-embed.js';
import type {ChatFact, ChatState} from '../../session/chat-state.js';
import {EmbedSession} from '../../session/embed-session.js';
import {embedEnglish} from '../strings/embed-en.js';
import type {Strings} from '../strings/strings.js';
import {workspaceAddress} from '../workspace-address.js';
import {chatFacts} from './chat-facts.js';
import type {ChatView, ChatViewFactory, Conversation} from './chat-view.js';

/** Rocket.Chat's own embedded page in a frame. */
export class EmbedView implements ChatView {
  readonly #session = new EmbedSession({
    send: (command) => this.#frame.send(command),
    navigate: (path) => this.#frame.start(this.#base + embeddedPath(path).slice(1)),
  });
  readonly #frame: FrameController<EmbedEvent>;
  #base = '';

  constructor(host: FrameHost, tell: (fact: ChatFact) => void) {
    this.#frame = new FrameController<EmbedEvent>(host, {
      id: 'rocket-chat',
      allow: [
        'camera',
        'microphone',
        'display-capture',
        'autoplay',
        'fullscreen',
        'clipboard-write',
      ],
      parse: parseEmbedEvent,
      receive: (event) => this.#session.receive(event),
      loaded: () => this.#session.frameLoaded(),
    });
    this.#session.subscribe((_, fact) => tell(fact));
  }

  get state(): ChatState {
    return this.#session.getState();
  }

  get frame(): HTMLIFrameElement | undefined {
    return this.#frame.frame;
  }

  get sight(): FrameSight {
    return this.#frame.sight;
  }

  notice(strings: Strings): string {
    return strings.chatDegraded ?? embedEnglish.chatDegraded;
  }

  show({server, room, auth}: Conversation): void {
    const base = workspaceAddress(server);
    // A bare `auto` is left to the broker, which knows the meeting's discussion.
    const paths = room === 'auto' ? [] : roomPaths(room);
    if (!paths.length) {
      const text = 'The attribute "room" names no room that the embedded page can show.';
      throw new PexipChatError('invalid-attribute', text);
    }
    if (base === this.#base) {
      this.#session.open(paths).catch(() => undefined); // told as a fact
    } else {
      this.#base = base;
      this.#session.start(paths, auth);
    }
  }

  stop(): void {
    this.#base = '';
    this.#session.stop();
    this.#frame.stop();
  }

  async open(room: string): Promise<EmbedRoom> {
    this.#refuseUnlessShown('open');
    const paths = roomPaths(room);
    if (paths.length) return this.#session.open(paths);
    throw new PexipChatError(
      'invalid-argument',
      'open() was given no room. Use "#channel", "@user", "channel/…", "group/…", "direct/…" or an id.',
    );
  }

  async login(credentials: Credentials): Promise<void> {
    this.#refuseUnlessShown('login');
    const checked = parseCredentials(credentials);
    if (checked) return this.#session.login(checked);
    throw new PexipChatError(
      'invalid-argument',
      "login() was given no {userId, authToken} as Rocket.Chat's login answers them.",
    );
  }

  useAuth(auth: Auth | undefined): void {
    this.#session.login(auth).catch(() => undefined); // told as a fact
  }

  logout(): void {
    this.#session.logout();
  }

  send(): Promise<never> {
    return unsupported('send');
  }

  compose(): Promise<never> {
    return unsupported('compose');
  }

  markRead(): Promise<never> {
    return unsupported('markRead');
  }

  #refuseUnlessShown(method: string): void {
    if (this.#base) return;
    throw new PexipChatError(
      'disconnected',
      `${method}() was called on a pane without a conversation. Put it into the page with server and room.`,
    );
  }
}

const unsupported = (method: string): Promise<never> => {
  const text = `${method}() needs the native view; the embedded page offers nothing for it.`;
  return Promise.reject(new PexipChatError('unsupported', text));
};

/** Makes the view of `view="embed"`. */
export const view: ChatViewFactory = (pane, report) => new EmbedView(pane, chatFacts(pane, report));
