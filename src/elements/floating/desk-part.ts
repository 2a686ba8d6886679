import {
  WidgetAccessTokenExpiredEvent,
  WidgetAccessTokenIsAboutToExpireEvent,
} from '../../events/widget-events.js';
import {loadPart} from '../../parts/load-part.js';
import type {Parts} from '../../parts/parts.js';
import type {AccessToken} from '../../transport/broker-client.js';
import type {AccessTokenClock} from './access-token-clock.js';
import type {DeskBroker} from './desk-broker.js';
import type {DeskPlace} from './desk-types.js';
import type {Users} from './users.js';

const EVENTS = {
  'about-to-expire': WidgetAccessTokenIsAboutToExpireEvent,
  expired: WidgetAccessTokenExpiredEvent,
};

/** Who is there to be known of. */
export interface DeskPartUser {
  readonly broker: DeskBroker;
  readonly accessToken: AccessToken | undefined;
  /** Aborts when there is another user, or none. */
  readonly signal: AbortSignal;
}

/** What a desk does by the part `users`: who is who, and when the page's token ends. */
export class DeskPart {
  /** What was loaded. */
  code: Parts['users'] | undefined;
  users: Users | undefined;
  readonly #place: DeskPlace;
  readonly #user: () => DeskPartUser;
  readonly #changed: () => void;
  #clock: AccessTokenClock | undefined;
  /** Whose users are known. */
  #known: DeskBroker | undefined;

  /** @param user the one of now */
  constructor(place: DeskPlace, user: () => DeskPartUser, changed: () => void) {
    this.#place = place;
    this.#user = user;
    this.#changed = changed;
  }

  /** Has it all for the user of now. @throws {PexipChatError} `part-failed` */
  async prepare(): Promise<AccessTokenClock> {
    const {signal} = this.#user();
    const {users, tokenClock} = (this.code = await loadPart('users'));
    const {given, host} = this.#place;
    this.#clock ??= tokenClock((fact, detail) => host.dispatchEvent(new EVENTS[fact](detail)));
    // The page may have given another token meanwhile.
    const {broker, accessToken} = this.#user();
    if (signal.aborted || this.#known === broker) return this.#clock;
    this.#known = broker;
    this.users?.stop();
    this.users = users({
      ask: (question) => broker.users(question),
      changed: this.#changed,
      given,
    });
    this.#clock.use(accessToken);
    return this.#clock;
  }

  /** The user has another token. */
  use(accessToken: AccessToken | undefined): void {
    this.#clock?.use(accessToken);
  }

  stop(): void {
    this.#clock?.stop();
    this.users?.stop();
    this.users = this.#known = undefined;
  }
}
