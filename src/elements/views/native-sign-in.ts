import type {Auth} from '../../protocol/credentials.js';
import type {ChatUser} from '../../session/chat-state.js';
import type {AccessToken} from '../../transport/broker-client.js';
import type {ToldFact} from './chat-facts.js';
import type {ViewSignIn} from './conversation-view.js';
import type {Identity} from './identity.js';
import type {LiveSide} from './live-side.js';
import type {NativeRoom} from './native-room.js';

export interface NativeSignInOptions {
  readonly live: LiveSide;
  readonly room: NativeRoom;
  readonly tell: (fact: ToldFact) => void;
  /** What a user who has signed out has written and not sent is nobody else's. */
  readonly forget: (userId: string) => void;
}

/** Who is signed in in a native view, and what was told of it. */
export class NativeSignIn implements ViewSignIn {
  readonly #options: NativeSignInOptions;
  #auth: Auth | undefined;
  /** Who was told to be signed in. */
  #told: string | undefined;
  /** Who was signed in last: what they have written and not sent is kept, though their sign-in has ended. */
  #last: string | undefined;
  #ready = false;

  constructor(options: NativeSignInOptions) {
    this.#options = options;
  }

  /** Whether this user has messages to read. */
  get ready(): boolean {
    return this.#ready;
  }

  /** The user is signed in by a broker, which passes files on. */
  get byBroker(): boolean {
    return !this.#auth;
  }

  start(base: string, identity: Identity): void {
    this.#ready = false;
    this.#auth = 'auth' in identity ? identity.auth : undefined;
    this.#options.live.start(base, identity);
    this.#options.tell({type: 'phase'});
  }

  stop(): void {
    this.#auth = undefined;
    this.end();
    this.#options.live.stop();
  }

  again(): void {
    this.#options.live.signInAgain();
    this.#options.tell({type: 'phase'});
  }

  /**
   * A framework hands over a new function at each rendering, which is no other user.
   *
   * @returns whether it is that
   */
  replaceAuth(auth: Auth): boolean {
    if (typeof auth !== 'function' || typeof this.#auth !== 'function') return false;
    this.#auth = auth;
    this.#use(auth);
    return true;
  }

  useAccessToken(accessToken: AccessToken | undefined): void {
    if (!this.#auth) this.#use(accessToken);
  }

  async logout(): Promise<void> {
    const {client} = this.#options.live;
    this.leave();
    await client?.logout();
  }

  /** The user has signed out, here or elsewhere. */
  leave(): void {
    const {live, room, tell, forget} = this.#options;
    room.leave();
    live.leave();
    this.#auth = undefined;
    this.#ready = false;
    if (this.#last !== undefined) forget(this.#last);
    if (this.#told !== undefined) tell({type: 'logged-out', detail: null});
    this.#told = this.#last = undefined;
  }

  /** Nobody is signed in, though nobody has signed out. */
  end(): void {
    this.#told = undefined;
    this.#ready = false;
  }

  /** Tells who is signed in, unless it was told. */
  tellIn(user: ChatUser): void {
    if (user.userId !== this.#told) this.#options.tell({type: 'logged-in', detail: user});
    this.#told = this.#last = user.userId;
  }

  /** Tells that this user has messages to read, unless it was told. */
  tellReady(): void {
    if (this.#ready) return;
    this.#ready = true;
    this.#options.tell({type: 'ready', detail: null});
  }

  #use(given: Auth | AccessToken | undefined): void {
    this.#options.live.use(given);
    this.again();
  }
}
