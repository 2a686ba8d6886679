import type {PexipChatError} from '../../errors.js';
import {
  WidgetAccessTokenExpiredEvent,
  WidgetAccessTokenIsAboutToExpireEvent,
} from '../../events/widget-events.js';
import {parseAccessToken} from '../../protocol/access-token.js';
import {field} from '../../protocol/guards.js';
import {NOTHING_UNREAD} from '../../session/chat-state.js';
import type {ClientFact} from '../../session/live-client.js';
import type {LiveFact} from '../../session/live-state.js';
import type {AccessToken} from '../../transport/broker-client.js';
import {LiveSide} from '../views/live-side.js';
import {OnceOnline} from '../views/once-online.js';
import {workspaceAddress} from '../workspace-address.js';
import {AccessTokenClock} from './access-token-clock.js';
import {DeskBroker} from './desk-broker.js';
import {notCreated} from './desk-errors.js';
import type {OperationsSide} from './desk-operations.js';
import {deskMethods} from './desk-methods.js';
import type {Desk, DeskPlace, DeskState} from './desk-types.js';
import {DeskWait} from './desk-wait.js';
import {DeskWork} from './desk-work.js';
import {Users} from './users.js';

/** What changes nothing that is shown. */
const QUIET: readonly ClientFact['type'][] = ['heard', 'put'];

const EVENTS = {
  'about-to-expire': WidgetAccessTokenIsAboutToExpireEvent,
  expired: WidgetAccessTokenExpiredEvent,
};

/** Whose a token says that it is. */
const subOf = (given: unknown): string | undefined => parseAccessToken(given)?.sub;

/** Signs the user of a widget in, and knows what is to be known. */
export class DeskSide implements OperationsSide {
  server = '';
  readonly place: DeskPlace;
  readonly wait = new DeskWait();
  readonly live: LiveSide;
  readonly clock: AccessTokenClock;
  work: DeskWork | undefined;
  broker = new DeskBroker('', undefined);
  users: Users;
  /** What the page has given to sign in by, and where. */
  #given: readonly [broker: string, accessToken: AccessToken | undefined] | undefined;
  /** What is signed in by: `updateAccessToken()` may have given another one since. */
  #token: AccessToken | undefined;
  /** Why nobody is signed in. */
  #failure: PexipChatError | undefined;
  #state: DeskState | undefined;
  #life = new AbortController();
  readonly #online = new OnceOnline();

  constructor(place: DeskPlace) {
    this.place = place;
    this.live = new LiveSide(
      (fact) => this.#hear(fact),
      (error) => this.#fail(error),
    );
    this.users = this.#makeUsers();
    this.clock = new AccessTokenClock((fact, detail) =>
      place.host.dispatchEvent(new EVENTS[fact](detail)),
    );
    this.follow();
  }

  /** Neither the attribute nor an option says that there is no chat. Tools that are given name all that is on. */
  get isOn(): boolean {
    const {host, given} = this.place;
    if (host.getAttribute('chat') === 'false') return false;
    const {tools} = given;
    return tools === undefined || tools === null || field(tools, 'chat') === true;
  }

  get signedIn(): Promise<void> {
    const failure = this.#given ? this.#failure : notCreated();
    return failure ? Promise.reject(failure) : this.wait.until(() => !!this.work);
  }

  get user(): DeskState['user'] {
    const {names} = this.work ?? {};
    return names ? {alias: names.alias(names.username), username: names.username} : null;
  }

  /** Made anew after each change: lists may be long, and are asked for often. */
  get state(): DeskState {
    return (this.#state ??= this.#make());
  }

  follow(): void {
    const {host, given} = this.place;
    this.#state = undefined;
    const broker = host.getAttribute('broker') ?? '';
    const accessToken = given.accessToken ?? undefined;
    const [before, token] = this.#given ?? [];
    const subs = [subOf(accessToken), subOf(token)];
    // Only tokens that say so are known to be of two people: a function may be made anew at each rendering.
    const isOther = subs[0] !== subs[1] && !subs.includes(undefined);
    if (!this.#given || broker !== before || isOther) {
      this.stop();
      this.#given = [broker, accessToken];
      this.#token = accessToken;
      void this.#start();
      return;
    }
    this.#given = [broker, accessToken];
    if (accessToken !== token) this.use(accessToken);
    this.users.follow();
    this.work?.follow();
  }

  /** Goes on with what the page gives from now on for the same user. */
  use(accessToken: AccessToken | undefined): void {
    this.#token = accessToken;
    this.broker.use(accessToken);
    this.live.use(accessToken);
    this.clock.use(accessToken);
    this.signInAgain();
  }

  /** Tries again where nobody is signed in. */
  signInAgain(): void {
    const failed = this.#failure;
    this.#failure = undefined;
    if (this.live.signIn.signedOut) this.live.signInAgain();
    else if (failed && this.#given) void this.#start();
    this.#changed();
  }

  /** Ends all that is done. */
  stop(): void {
    this.#life.abort();
    this.#online.stop();
    this.clock.stop();
    this.users.stop();
    this.#rest();
    this.live.stop();
    this.#given = this.#failure = this.#state = undefined;
    this.wait.fail(notCreated());
  }

  async #start(): Promise<void> {
    const [broker = ''] = this.#given ?? [];
    const accessToken = this.#token;
    const {signal} = (this.#life = new AbortController());
    try {
      this.broker = new DeskBroker(workspaceAddress(broker, 'broker'), accessToken);
      this.users = this.#makeUsers();
      this.clock.use(accessToken);
      const server = await this.broker.workspace();
      if (signal.aborted) return;
      this.server = server;
      // The page may have given another token meanwhile.
      this.live.start(server, {broker: this.broker.base, accessToken: this.broker.accessToken});
      this.#changed();
    } catch (error) {
      if (signal.aborted) return;
      this.#online.do(() => this.signInAgain());
      this.#fail(error as PexipChatError);
    }
  }

  #make(): DeskState {
    const {live, work} = this;
    const {status = 'connecting', known = false} = live.state ?? {};
    const {signIn} = live;
    const {entries: chats = [], unread = NOTHING_UNREAD} = work ?? {};
    return {
      status,
      user: this.user,
      known: known && !!work,
      chats,
      unread,
      signIn: this.#failure ? {...signIn, signedOut: true, queued: undefined} : signIn,
    };
  }

  #makeUsers(): Users {
    const {broker} = this;
    const {given} = this.place;
    return new Users({
      ask: (question) => broker.users(question),
      changed: () => this.#changed(),
      given,
    });
  }

  #fail(error: PexipChatError): void {
    this.#failure = error;
    this.place.report(error);
    this.wait.fail(error);
    this.#changed();
  }

  #hear(fact: ClientFact): void {
    if (fact.type === 'signed-out' || fact.type === 'other-user') this.#fail(fact.error);
    else if (fact.type === 'signed-in') this.#failure = undefined;
    // By another element of the page: what was given is good for nobody any more.
    else if (fact.type === 'logged-out') this.live.leave();
    this.#followUser();
    this.work?.hear(fact as LiveFact);
    if (!QUIET.includes(fact.type)) this.#changed();
  }

  /** Begins to work for a user who is signed in, and ends it with the sign-in. */
  #followUser(): void {
    const {session} = this.live.client ?? {};
    const username = this.live.state?.user?.username;
    if (!session || !username) return this.#rest();
    if (this.work?.session === session) return;
    this.#rest();
    const {host} = this.place;
    const {broker, users} = this;
    this.work = new DeskWork({
      host,
      session,
      broker,
      users,
      username,
      alias: () => subOf(broker.accessToken),
      isOn: () => this.isOn,
      changed: () => this.#changed(),
    });
  }

  #rest(): void {
    this.work?.stop();
    this.work = undefined;
  }

  #changed(): void {
    this.#state = undefined;
    this.wait.look();
    this.place.changed();
  }
}

export {face} from './launcher-face.js';

/** A file that is loaded once a widget knows how its user signs in. */
export const desk = (place: DeskPlace): Desk => deskMethods(new DeskSide(place));
