import type {PexipChatError} from '../../errors.js';
import type {ClientFact} from '../../session/live-client.js';
import type {LiveFact} from '../../session/live-state.js';
import type {AccessToken} from '../../transport/broker-client.js';
import {LiveSide} from '../views/live-side.js';
import {OnceOnline} from '../views/once-online.js';
import {workspaceAddress} from '../workspace-address.js';
import {chatIsOn, isOtherUser, subOf} from './desk-given.js';
import {DeskBroker} from './desk-broker.js';
import {brokerMissing, notCreated, signedOut} from './desk-errors.js';
import {DeskMemory} from './desk-memory.js';
import type {OperationsSide} from './desk-operations.js';
import {deskMethods} from './desk-methods.js';
import type {Desk, DeskPlace, DeskState} from './desk-types.js';
import {DeskPart} from './desk-part.js';
import {stateOf} from './desk-state.js';
import {DeskWait, soon} from './desk-wait.js';
import {DeskWork} from './desk-work.js';

/** What is shown is made anew once in so long, ms. A frame is not waited for: a hidden page has none. */
const FRAME = 16;
/** What changes nothing that is shown. */
const QUIET: readonly ClientFact['type'][] = ['heard', 'put'];

/** Signs the user of a widget in, and knows what is to be known. */
export class DeskSide implements OperationsSide {
  server = '';
  readonly place: DeskPlace;
  readonly wait = new DeskWait();
  readonly live: LiveSide;
  readonly part: DeskPart;
  work: DeskWork | undefined;
  broker = new DeskBroker('', undefined);
  /** What the page has given to sign in by, and where. */
  #given: readonly [broker: string, accessToken: AccessToken | undefined] | undefined;
  /** The user has signed out here. */
  #left = false;
  /** Why nobody is signed in. */
  #failure: PexipChatError | undefined;
  memory: DeskMemory | undefined;
  #state: DeskState | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #life = new AbortController();
  readonly #online = new OnceOnline();

  constructor(place: DeskPlace) {
    this.place = place;
    this.part = new DeskPart(
      place,
      () => ({broker: this.broker, accessToken: this.#given?.[1], signal: this.#life.signal}),
      () => this.#changed(),
    );
    this.live = new LiveSide(
      (fact) => this.#hear(fact),
      (error) => this.#fail(error),
    );
    this.follow();
  }

  get isOn(): boolean {
    return chatIsOn(this.place);
  }

  /** There is somebody to work for. */
  get stands(): boolean {
    return !!this.#given;
  }

  /** Aborts when there is another user, or none. */
  get signal(): AbortSignal {
    return this.#life.signal;
  }

  /** What the user is called, once that is known. */
  get alias(): string | undefined {
    const {names} = this.work ?? {};
    const alias = names?.known(names.username);
    // The broker knows none: that is the username.
    return alias?.startsWith('@') ? undefined : alias;
  }

  get signedIn(): Promise<void> {
    const failure = this.#given ? this.#failure : notCreated();
    return failure ? Promise.reject(failure) : this.wait.until(() => !!this.work);
  }

  /** As {@link signedIn}; with the names of people in chats, where they are soon known. */
  async ready(): Promise<void> {
    await this.signedIn;
    if (this.isOn) await soon(this.work?.learn(this.wait));
  }

  /** Made anew after each change: lists may be long, and are asked for often. */
  get state(): DeskState {
    return (this.#state ??= stateOf(this.live, this.work, this.#failure));
  }

  follow(): void {
    // Nobody is signed in again by a change of the page who has just signed out.
    if (this.#left) return;
    const {host, given} = this.place;
    this.#state = undefined;
    const broker = host.getAttribute('broker') ?? '';
    const accessToken = given.accessToken ?? undefined;
    const [before, token] = this.#given ?? [];
    if (!this.#given || broker !== before || isOtherUser(accessToken, token, this.alias)) {
      this.stop();
      this.#given = [broker, accessToken];
      void this.#start();
      return;
    }
    if (accessToken !== token) this.use(accessToken);
    this.part.users?.follow();
    this.work?.follow();
  }

  /** Goes on with what the page gives from now on for the same user. */
  use(accessToken: AccessToken | undefined): void {
    // Another life, and a pane that is made later, begin with it, too.
    this.place.given.accessToken = accessToken;
    this.#given = [this.#given?.[0] ?? '', accessToken];
    this.broker.use(accessToken);
    this.live.use(accessToken);
    this.part.use(accessToken);
    this.work?.goOn();
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

  /** Ends all that is done, for good. */
  leave(): void {
    this.#left = true;
    this.stop();
  }

  /** Ends all that is done. */
  stop(): void {
    this.#life.abort();
    this.#online.stop();
    this.part.stop();
    this.#rest();
    this.live.stop();
    this.#given = this.#failure = this.#state = this.memory = undefined;
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.wait.fail(notCreated());
  }

  async #start(): Promise<void> {
    const [broker, accessToken] = this.#given!;
    // One that failed and is tried again is of the same user.
    if (this.signal.aborted) this.#life = new AbortController();
    const {signal} = this;
    try {
      if (!broker) throw brokerMissing();
      this.broker = new DeskBroker(workspaceAddress(broker, 'broker'), accessToken);
      const [server] = await Promise.all([this.broker.workspace(), this.part.prepare()]);
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
    else if (fact.type === 'logged-out') {
      this.live.leave();
      this.#fail(signedOut());
    }
    this.#followUser();
    this.work?.hear(fact as LiveFact);
    if (!QUIET.includes(fact.type)) this.#changed();
  }

  /** Begins to work for a user who is signed in, and ends it with the sign-in. */
  #followUser(): void {
    const {session} = this.live.client ?? {};
    const username = this.live.state?.user?.username;
    const {code: part, users} = this.part;
    if (!session || !username || !users || !part) return this.#rest();
    if (this.work?.session === session) return;
    this.#rest();
    if (this.memory?.username !== username) this.memory = new DeskMemory(username);
    this.work = new DeskWork({
      host: this.place.host,
      session,
      broker: this.broker,
      users,
      part,
      memory: this.memory,
      alias: () => subOf(this.broker.accessToken),
      isOn: () => this.isOn,
      changed: () => this.#changed(),
      report: (error) => this.place.report(error),
    });
  }

  #rest(): void {
    this.work?.stop();
    this.work = undefined;
  }

  #changed(): void {
    this.#state = undefined;
    this.wait.look();
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.place.changed();
    }, FRAME);
  }
}

export {face} from './launcher-face.js';

/** A file that is loaded once a widget knows how its user signs in. */
export const desk = (place: DeskPlace): Desk => deskMethods(new DeskSide(place));
