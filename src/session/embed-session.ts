import type {PexipChatError} from '../errors.js';
import type {Auth, Credentials} from '../protocol/credentials.js';
import {embeddedPath, type EmbedEvent, type EmbedRoom} from '../protocol/rocket-chat-embed.js';
import {NOTHING_UNREAD, type ChatFact, type ChatPhase, type ChatState} from './chat-state.js';
import * as errors from './embed-errors.js';
import {reasonFor, type EmbedFrame, type Farewell} from './embed-frame.js';
import {EmbedLogin} from './embed-login.js';
import {EMBED_PACE, type EmbedPace} from './embed-pace.js';
import type {EmbedSight} from './embed-reasons.js';
import {Observable} from './observable.js';
import {RoomWait} from './room-wait.js';
import {SignInEvidence} from './sign-in-evidence.js';
import {keyOfUnread, UnreadTally} from './unread-tally.js';

const BEFORE_START: ChatState = {phase: 'idle', user: null, room: null, unread: NOTHING_UNREAD};

/**
 * The conversation in Rocket.Chat's embedded page, which answers no command: what is known is
 * inferred from its events, and what does not show in time is an error with its likely causes.
 */
export class EmbedSession extends Observable<ChatState, ChatFact> {
  readonly #frame: EmbedFrame;
  readonly #pace: EmbedPace;
  readonly #tally = new UnreadTally();
  // The page tells of each room just once, so that a room seen before is known by its path.
  readonly #seen = new Map<string, EmbedRoom>();
  #auth: Auth | undefined;
  #login: EmbedLogin | undefined;
  #loaded = false;
  /** The page has said something since it was loaded, so that it may be framed and sends events. */
  #heard = false;
  #farewell: ReturnType<typeof setTimeout> | undefined;
  /** The page was told to sign out, and may yet say that it has. */
  #owesGoodbye = false;
  #unheardLogout = false;
  /** Runs while it is found out why the page has signed its user out. */
  #doubt: Promise<Farewell> | undefined;
  /** Whoever was signed in before that. */
  #before: string | undefined;
  /** Somebody else has taken the page over, once or again. */
  #intruded = false;
  #foreign = false;
  #path = '';
  #evidence = new SignInEvidence();
  #wait: RoomWait | undefined;

  constructor(frame: EmbedFrame, pace: EmbedPace = EMBED_PACE) {
    super(BEFORE_START);
    this.#frame = frame;
    this.#pace = pace;
  }

  /** Loads the page, signs in with `auth` if there is one, and shows the first room that opens. */
  start(paths: readonly string[], auth: Auth | undefined): void {
    this.stop();
    this.#intruded = false;
    this.#auth = auth;
    this.open(paths).catch(() => undefined); // told as a fact
  }

  /** The room that was asked for, once it has opened; the person may have gone to another one since. */
  get asked(): EmbedRoom | undefined {
    return this.#seen.get(this.#path);
  }

  /** The page shows what is another user's. */
  get foreign(): boolean {
    return this.#foreign || (this.#unproven && this.#evidence.other);
  }

  /** The frame is gone. */
  stop(): void {
    this.#forgetPage();
    this.#path = '';
    this.#wait?.end();
    this.#reset({type: 'phase'}, 'idle');
  }

  /**
   * The frame's `load` event, which proves only that a command sent from now on is not too early. It
   * fires for a page that the browser has refused, too.
   */
  frameLoaded(): void {
    if (this.#loaded) return;
    this.#loaded = true;
    // What was sent before has not been heard, and the page may have kept a session.
    if (this.#unheardLogout) this.#frame.send({externalCommand: 'logout'});
    this.#unheardLogout = false;
    void this.#signIn();
  }

  receive(event: EmbedEvent): void {
    if (this.#foreign && event.type !== 'logged-out') return;
    this.#heard = true;
    this.frameLoaded();
    switch (event.type) {
      case 'startup':
        return this.#handleStartup();
      case 'logged-out':
        return this.#handleGoodbye();
      case 'room-opened':
        return this.#handleRoom(event.room);
      case 'unread-changed-by-subscription':
        return this.#handleSubscription(event);
      case 'unread-changed':
        this.#tally.add(event);
        return this.#count();
    }
  }

  /**
   * Shows the first of the rooms at `paths` that opens.
   *
   * @throws {PexipChatError} `room-unconfirmed`: signed in, but none opened; `embed-silent`: nothing
   * was heard; `credentials-failed`: `auth` failed; `disconnected`: another room was asked for, or the pane has gone
   */
  async open(paths: readonly string[]): Promise<EmbedRoom> {
    const wait = new RoomWait();
    this.#wait?.end();
    this.#wait = wait;
    // A page that did not answer, or that the browser has refused, takes no command: it is loaded anew.
    const {phase, user} = this.getState();
    if (phase === 'degraded' && !user) this.#forgetPage();
    const commanded = this.#loaded;
    let room: EmbedRoom | undefined;
    for (const path of paths) {
      if (room || wait.ended || (this.#silent && path !== paths[0])) break;
      room = await this.#show(path, wait, path === paths.at(-1));
    }
    // A workspace that takes no commands ignores `go`, too; loading the page at the room still works.
    const retry = commanded && paths.length === 1 && !this.#login?.error;
    if (!room && retry && !wait.ended) {
      this.#forgetPage();
      room = await this.#show(paths[0]!, wait, true);
    }
    if (room) return room;
    if (wait.ended) throw errors.superseded();
    const unsaid = this.#heard ? errors.notSignedIn : errors.silent;
    const supposed = this.#login?.error ?? (this.getState().user ? errors.unconfirmed : unsaid)();
    this.change({type: 'phase'}, {phase: 'degraded'});
    const error =
      (!this.#login?.error && (await reasonFor(this.#frame, this.#sightOf(paths)))) || supposed;
    const now = this.getState();
    if (wait.ended) throw errors.superseded();
    if (now.phase === 'ready' && now.room) return now.room; // while the reason was looked for
    this.change({type: 'error', error});
    throw error;
  }

  /** The user has another token; what the page shows stays as it is, unless it shows nothing. */
  renew(credentials: Credentials): void {
    const {authToken: token, userId} = credentials;
    const {phase, user} = this.getState();
    if (this.#foreign || (this.#login?.credentials?.userId ?? userId) !== userId) return;
    if (phase === 'degraded' && !user && this.#auth)
      this.login(this.#auth).catch(() => undefined); // told as a fact
    // While it is found out why the page has signed out, it is not known whether it is to sign in.
    else if (this.#loaded && !this.#doubt) {
      this.#frame.send({externalCommand: 'login-with-token', token});
      // A page that does not listen yet, or that starts again, is sent it once more.
      if (this.#login?.credentials) this.#login.credentials = credentials;
    }
  }

  /**
   * Signs in as the user of `auth`, whoever was signed in before.
   *
   * @param anew in any case; else only where one function takes the place of another and all is well
   */
  async login(auth: Auth | undefined, anew = false): Promise<void> {
    this.#unheardLogout = false;
    if (anew) this.#intruded = false;
    else if (this.#foreign) return;
    const before = this.#auth;
    this.#auth = auth;
    if (!this.#path || !auth) return;
    // A framework hands over a new function at each rendering: it counts from the next asking on.
    const sameKind = typeof before === 'function' && typeof auth === 'function';
    const {phase, user} = this.getState();
    if (sameKind && !anew && phase !== 'degraded') return;
    if (!before && !user && phase !== 'degraded') {
      if (!this.#loaded) return;
      const room = this.open([this.#path]);
      void this.#signIn();
      await room;
      return;
    }
    this.#forgetPage();
    await this.open([this.#path]);
  }

  /**
   * Ends the session of the embedded page. Signing in again takes a new {@link login}. If the page
   * does not confirm it in time, and nobody else does by {@link confirmLogout}, it is `degraded`.
   */
  logout(): void {
    this.#auth = undefined;
    this.#frame.send({externalCommand: 'logout'});
    this.#unheardLogout = !this.#loaded;
    // A page without a user says nothing.
    this.#owesGoodbye = !!(this.getState().user ?? this.#login ?? this.#doubt);
    // A workspace that takes no commands goes on showing the conversation.
    if (this.getState().user)
      this.#farewell = setTimeout(() => this.#degrade(errors.notSignedOut()), this.#pace.room);
    this.#handleLogout();
  }

  /** The page's token has ended, whether it has heard of that or not. */
  confirmLogout(): void {
    clearTimeout(this.#farewell);
  }

  #sightOf(paths: readonly string[]): EmbedSight {
    const {other: otherUser} = this.#evidence;
    return {paths, heard: this.#heard, signedIn: !!this.getState().user, otherUser};
  }

  #show(path: string, wait: RoomWait, last: boolean): Promise<EmbedRoom | undefined> {
    this.#path = path;
    const room = wait.next(last);
    if (this.#loaded) {
      this.#frame.send({externalCommand: 'go', path: embeddedPath(path)});
      if (this.#silent) wait.limit(this.#pace.patience);
      else if (!last || this.getState().user || this.#login?.over) wait.limit(this.#pace.room);
      const known = this.#seen.get(path);
      if (known) this.#showRoom(known);
    } else {
      this.#reset({type: 'phase'}, 'loading');
      this.#frame.navigate(path);
      wait.limit(this.#pace.load);
    }
    return room;
  }

  async #signIn(): Promise<void> {
    // What is degraded stays so while a token is tried again, as that may fail, too.
    if (!this.#silent && (!this.#auth || this.getState().phase === 'loading'))
      this.change({type: 'phase'}, {phase: 'authenticating'});
    // A person needs time to sign in, but the page says before that it is there. A sign-in by token
    // ends by itself; but another room can be tried.
    const {patience, room} = this.#pace;
    const untried = this.#auth && !this.#wait?.last;
    this.#wait?.limit(this.#silent ? patience : untried ? room : undefined);
    if (!this.#auth) return;
    const login = new EmbedLogin(
      this.#auth,
      (token) => {
        this.#frame.send({externalCommand: 'login-with-token', token});
        this.#evidence.addToken();
        this.#weigh();
      },
      this.#pace,
    );
    this.#login = login;
    try {
      await login.run();
    } catch (error) {
      login.error = error as PexipChatError;
    }
    if (login !== this.#login) return;
    this.#weigh();
    if (!this.getState().user) this.#wait?.miss();
  }

  /** The page has begun to listen: for the first time, late, or once more. */
  #handleStartup(): void {
    const token = this.#login?.credentials?.authToken;
    if (this.getState().user) {
      // A page that has started again may have lost its session.
      if (token) this.#frame.send({externalCommand: 'login-with-token', token});
      return;
    }
    // It has heard none of the tokens that were sent before.
    if (!this.#auth || (this.#login?.over && !this.#login.error)) void this.#signIn();
    else this.#login?.repeat();
  }

  #handleRoom(room: EmbedRoom): void {
    if (this.#leaving) return;
    if (!this.#unproven) return this.#showRoom(room);
    this.#evidence.addRoom(room);
    this.#weigh();
  }

  #handleSubscription(event: Extract<EmbedEvent, {type: `${string}-by-subscription`}>): void {
    if (this.#leaving) return;
    const expected = this.#login?.credentials?.userId;
    const other = expected && event.userId && event.userId !== expected;
    if (other && this.getState().user) return this.#handleIntruder(expected, event.userId!);
    if (!other) this.#tally.add(event);
    if (this.#unproven) {
      this.#evidence.addSubscriber(event.userId);
      this.#weigh();
    } else if (!other) {
      this.#handleEvidence();
      this.#count();
    }
  }

  /** A person is to sign in by the page's own form, but the page has yet to say that it is there. */
  get #silent(): boolean {
    return !this.#auth && !this.#heard && !this.getState().user;
  }

  /** What the page tells is of somebody who has signed out, or may have. */
  get #leaving(): boolean {
    return !!this.#doubt || this.#foreign || (this.#owesGoodbye && !this.#login);
  }

  /** A token is on its way, and the page may still have the session of another user. */
  get #unproven(): boolean {
    return !!this.#login && !this.getState().user;
  }

  /** Decides on what came before it was known for whom it came. */
  #weigh(): void {
    const {credentials, over} = this.#login ?? {};
    if (!credentials || !this.#unproven) return;
    if (this.#evidence.proves(credentials.userId, !!over)) {
      this.#handleEvidence();
      this.#count();
      const room = this.#evidence.takeRoom();
      if (room) this.#showRoom(room);
    } else if (this.#evidence.other) {
      this.#tally.clear();
      this.change({type: 'phase'});
    }
  }

  #showRoom(room: EmbedRoom): void {
    this.#handleEvidence();
    // Later ones are those the person goes to.
    if (!this.#seen.has(this.#path)) this.#seen.set(this.#path, room);
    if (this.getState().phase !== 'ready')
      this.change({type: 'ready', detail: null}, {phase: 'ready'});
    this.change({type: 'room-opened', detail: room}, {room});
    this.#wait?.hit(room);
  }

  #handleEvidence(): void {
    if (this.getState().user) return;
    this.#login?.stop();
    const {userId, username} = this.#login?.credentials ?? {};
    const user = Object.freeze({...(userId && {userId}), ...(username && {username})});
    this.#owesGoodbye = false; // it would have come before
    const again = userId !== undefined && userId === this.#before;
    this.#before = undefined;
    this.change(again ? {type: 'phase'} : {type: 'logged-in', detail: user}, {user});
    this.#wait?.limit(this.#pace.room);
  }

  /** The page has signed its user out: as we asked, or by itself. */
  #handleGoodbye(): void {
    const asked = this.#owesGoodbye;
    this.#forgetFarewell();
    // Whoever signs in since is another user, whose token may have come too early.
    if (asked && this.#login) return this.#login.repeat();
    const {user} = this.getState();
    const doubt = user && this.#auth && this.#frame.judge?.();
    if (doubt) return void this.#settle(doubt, user.userId);
    this.#handleLogout();
    if (asked && !this.getState().user) this.change({type: 'phase'}, {phase: 'authenticating'});
  }

  /**
   * Somebody else was signed in in the page, as pages of one workspace share their session with those
   * in other tabs. It is given back to its user, once; whoever takes it again keeps it, unseen.
   */
  #handleIntruder(userId: string, intruder: string): void {
    const again = this.#intruded;
    if (again) this.#forgetUser();
    else this.#forgetPage();
    this.#reset({type: 'phase'}, 'authenticating');
    this.#before = userId;
    this.#intruded = true;
    // Until the page has loaded anew, it tells of somebody else's rooms.
    this.#evidence.addSubscriber(intruder);
    if (again) {
      this.#foreign = true;
      this.#degrade(errors.otherUser());
    } else this.open([this.#path]).catch(() => undefined); // told as a fact
  }

  /** A token that has ended is not the person's sign-out, though the page says the same of both. */
  async #settle(doubt: Promise<Farewell>, userId: string | undefined): Promise<void> {
    this.#forgetUser();
    this.#doubt = doubt;
    this.#before = userId;
    this.#reset({type: 'phase'}, 'authenticating');
    const farewell = await doubt;
    if (doubt !== this.#doubt) return;
    if (farewell === 'again') {
      this.#forgetPage();
      this.#before = userId;
      await this.open([this.#path]).catch(() => undefined); // told as a fact
    } else {
      this.#forgetUser();
      this.#auth = undefined;
      this.change({type: 'logged-out', detail: null});
    }
  }

  #forgetFarewell(): void {
    clearTimeout(this.#farewell);
    this.#owesGoodbye = false;
  }

  #handleLogout(): void {
    const somebody = this.getState().user ?? this.#before;
    this.#forgetUser();
    if (!somebody) return;
    this.#reset({type: 'logged-out', detail: null}, 'authenticating');
  }

  #count(): void {
    if (this.#unproven) return;
    const {unread} = this.#tally;
    // The page tells of every room as it starts, and most have nothing new.
    const changed = keyOfUnread(unread) !== keyOfUnread(this.getState().unread);
    this.change(changed ? {type: 'unread-changed', detail: unread} : {type: 'phase'}, {unread});
  }

  /** Nobody is there, no room is shown, and nothing is unread, which is told if it was. */
  #reset(fact: ChatFact, phase: ChatPhase): void {
    const {unread} = this.getState();
    this.change(fact, {...BEFORE_START, phase, unread});
    this.#count();
  }

  #forgetUser(): void {
    this.#login?.stop();
    this.#login = this.#doubt = this.#before = undefined;
    this.#foreign = false;
    this.#evidence = new SignInEvidence();
    this.#seen.clear();
    this.#tally.clear();
  }

  #forgetPage(): void {
    this.#forgetUser();
    this.#forgetFarewell();
    this.#loaded = this.#heard = false;
  }

  #degrade(error: PexipChatError): void {
    this.change({type: 'phase'}, {phase: 'degraded'});
    this.change({type: 'error', error});
  }
}
