import {PexipChatError} from '../../errors.js';
import {
  WidgetAccessTokenExpiredEvent,
  WidgetAccessTokenIsAboutToExpireEvent,
  type WidgetTokenDetail,
} from '../../events/widget-events.js';
import {field} from '../../protocol/guards.js';
import {NOTHING_UNREAD} from '../../session/chat-state.js';
import type {ClientFact} from '../../session/live-client.js';
import type {LiveFact} from '../../session/live-state.js';
import {otherUser} from '../../session/refusal.js';
import type {AccessToken} from '../../transport/broker-client.js';
import {LiveSide} from '../views/live-side.js';
import {OnceOnline} from '../views/once-online.js';
import {workspaceAddress} from '../workspace-address.js';
import {DeskBroker} from './desk-broker.js';
import {notCreated} from './desk-errors.js';
import {operationsOf, type OperationsSide} from './desk-operations.js';
import {demandAccessToken, readAccessToken, TokenClock} from './desk-token.js';
import type {Desk, DeskOperations, DeskPlace, DeskState} from './desk-types.js';
import {usersOf, type DeskUsers} from './desk-users.js';
import {DeskWait} from './desk-wait.js';
import {DeskWork} from './desk-work.js';

const tokenDetail = (expires: number): WidgetTokenDetail => ({
  expiresAt: new Date(expires).toISOString(),
});

/** What a widget does behind its button. */
class DeskSide {
  server = '';
  readonly place: DeskPlace;
  readonly wait = new DeskWait();
  readonly live: LiveSide;
  readonly clock: TokenClock;
  work: DeskWork | undefined;
  broker = new DeskBroker('', undefined);
  users: DeskUsers;
  /** What the page has given to sign in by, and where. */
  #given: readonly [broker: string, accessToken: AccessToken | undefined] | undefined;
  #failure: PexipChatError | undefined;
  #life = new AbortController();
  readonly #online = new OnceOnline();

  constructor(place: DeskPlace) {
    this.place = place;
    this.live = new LiveSide(
      (fact) => this.#hear(fact),
      (error) => this.#fail(error),
    );
    this.users = this.#makeUsers();
    const {host} = place;
    const tell = (event: Event): void => void (this.user && host.dispatchEvent(event));
    this.clock = new TokenClock({
      soon: (at) => tell(new WidgetAccessTokenIsAboutToExpireEvent(tokenDetail(at))),
      ended: (at) => tell(new WidgetAccessTokenExpiredEvent(tokenDetail(at))),
    });
    this.follow();
  }

  /** Neither the attribute nor an option says that there is no chat. Tools that are given name all that is on. */
  get isOn(): boolean {
    const {host, given} = this.place;
    if (host.getAttribute('chat') === 'false') return false;
    return (given.tools ?? undefined) === undefined || field(given.tools, 'chat') === true;
  }

  get signedIn(): Promise<void> {
    const failure = this.#given ? this.#failure : notCreated();
    return failure ? Promise.reject(failure) : this.wait.until(() => !!this.work);
  }

  get user(): DeskState['user'] {
    const {work} = this;
    if (!work) return null;
    const {username} = work.names;
    return {alias: work.names.alias(username), username};
  }

  get state(): DeskState {
    const {live, work} = this;
    const {status = 'connecting', known = false} = live.state ?? {};
    const signIn = this.#failure
      ? {...live.signIn, signedOut: true, queued: undefined}
      : live.signIn;
    const {entries: chats = [], unread = NOTHING_UNREAD} = work ?? {};
    return {status, user: this.user, known: known && !!work, chats, unread, signIn};
  }

  follow(): void {
    const {host, given} = this.place;
    const broker = host.getAttribute('broker') ?? '';
    const accessToken = given.accessToken ?? undefined;
    const [before, token] = this.#given ?? [];
    if (this.#given && broker === before && !isOther(accessToken, token)) {
      if (accessToken !== token) this.use(accessToken);
      this.#given = [broker, accessToken];
      this.work?.follow();
      return;
    }
    this.stop();
    this.#given = [broker, accessToken];
    void this.#start(broker, accessToken);
  }

  /** Goes on with what the page gives from now on for the same user. */
  use(accessToken: AccessToken | undefined): void {
    this.broker.use(accessToken);
    this.live.use(accessToken);
    this.clock.follow(accessToken);
    this.signInAgain();
  }

  signInAgain(): void {
    const [broker, accessToken] = this.#given ?? [];
    const failed = this.#failure;
    this.#failure = undefined;
    if (this.live.signIn.signedOut) this.live.signInAgain();
    else if (failed && broker !== undefined) void this.#start(broker, accessToken);
    this.#changed();
  }

  /** Ends all that is done, for now. */
  stop(): void {
    this.#life.abort();
    this.#online.stop();
    this.clock.stop();
    this.#rest();
    this.live.stop();
    this.#given = this.#failure = undefined;
    this.wait.fail(notCreated());
  }

  async #start(broker: string, accessToken: AccessToken | undefined): Promise<void> {
    const {signal} = (this.#life = new AbortController());
    try {
      this.broker = new DeskBroker(workspaceAddress(broker, 'broker'), accessToken);
      this.users = this.#makeUsers();
      this.clock.follow(accessToken);
      const server = workspaceAddress(await this.live.serverOf(this.broker.base));
      if (signal.aborted) return;
      this.server = server;
      // The token may have been replaced meanwhile.
      this.live.start(server, {broker: this.broker.base, accessToken: this.broker.accessToken});
    } catch (error) {
      if (signal.aborted) return;
      this.#fail(error as PexipChatError);
      this.#online.do(() => this.signInAgain());
    }
    this.#changed();
  }

  #makeUsers(): DeskUsers {
    const {broker} = this;
    return usersOf({
      ask: (path) => broker.ask(path),
      changed: () => this.#changed(),
      given: this.place.given,
      nameOf: (username) => this.work?.rooms.with(username)?.name,
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
    if (fact.type === 'signed-in') this.#failure = undefined;
    // Somewhere else in the page: what was given is good for nobody any more.
    if (fact.type === 'logged-out') this.live.leave();
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
      alias: () => readAccessToken(broker.accessToken)?.sub,
      isOn: () => this.isOn,
      changed: () => this.#changed(),
    });
  }

  #rest(): void {
    this.work?.stop();
    this.work = undefined;
  }

  #changed(): void {
    this.wait.look();
    this.place.changed();
  }
}

/** What changes nothing that is shown. */
const QUIET: readonly ClientFact['type'][] = ['heard', 'put'];

/** Two tokens say that they are of two users. */
const isOther = (one: unknown, other: unknown): boolean => {
  const [a, b] = [readAccessToken(one)?.sub, readAccessToken(other)?.sub];
  return a !== undefined && b !== undefined && a !== b;
};

export {face} from './launcher-face.js';

/** A file that is loaded once a widget knows how its user signs in. */
export const desk = (place: DeskPlace): Desk => {
  const side = new DeskSide(place);
  const account: Pick<DeskOperations, 'isAuthenticated' | 'logout' | 'updateAccessToken'> = {
    isAuthenticated: () => !!side.work,
    logout: async () => {
      const {live} = side;
      const client = live.client ?? (await live.loading);
      side.stop();
      await client?.logout();
    },
    updateAccessToken: async (accessToken) => {
      const {sub, expires} = demandAccessToken(accessToken);
      await side.signedIn.catch(() => undefined);
      const {user, work} = side;
      if (work && user) await work.names.learn([user.username]);
      if (side.user && side.user.alias !== sub) throw otherUser();
      side.use(accessToken);
      return tokenDetail(expires);
    },
  };
  return Object.defineProperties(
    {...operationsOf((): OperationsSide => side), ...account},
    {
      state: {get: () => side.state},
      signedIn: {get: () => side.signedIn},
      server: {get: () => side.server},
      broker: {get: () => side.broker.base},
      person: {value: (username: string) => side.users.person(username)},
      follow: {value: () => side.follow()},
      signInAgain: {value: () => side.signInAgain()},
      stop: {value: () => side.stop()},
    },
  ) as unknown as Desk;
};
