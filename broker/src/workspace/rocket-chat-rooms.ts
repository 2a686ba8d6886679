import {field} from '../../../src/protocol/guards.js';
import type {BrokerContext} from '../context.js';
import {BrokerError} from '../errors.js';
import {BoundedMap} from '../sessions/bounded-map.js';
import {Flights} from '../sessions/flights.js';
import type {Sessions} from '../sessions/sessions.js';
import {codeOf, isDone} from './answer.js';
import {answerOdd, workspaceRefused} from './faults.js';
import {Rest} from './rest.js';
import {RoomCalls} from './room-calls.js';
import type {Rooms} from './rooms.js';
import {RouteWindows} from './route-windows.js';
import type {Login} from './workspace.js';

const ROUTE = 'subscriptions.getOne';
/** How long an answer counts, ms: it may be asked for again and again while a page draws itself. */
const LIFETIME = 5_000;
const MOST = 10_000;

/** What {@link RocketChatRooms} work with. */
export interface RoomsOptions {
  readonly rest: Rest;
  readonly windows: RouteWindows;
  readonly sessions: Pick<Sessions, 'login'>;
  /** Ms, by a clock that never goes back. */
  readonly now?: () => number;
}

interface Known {
  readonly belongs: boolean;
  /** By the clock. */
  readonly until: number;
}

/**
 * The rooms of the workspace as users see them: who belongs to one has a subscription to it.
 *
 * Source: server/api/v1/subscriptions.ts 4f0f6711: `subscription` is null where the user has none.
 */
export class RocketChatRooms implements Rooms {
  readonly #options: RoomsOptions;
  readonly #now: () => number;
  readonly #known = new BoundedMap<Known>(MOST);
  readonly #asking = new Flights<boolean>();

  constructor(options: RoomsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  async belongs(sub: string, roomId: string): Promise<boolean> {
    const login = await this.#options.sessions.login(sub);
    if (!login) throw sessionMissing();
    // Another login may be another account.
    const key = JSON.stringify([sub, login.userId, roomId]);
    const known = this.#known.get(key);
    if (known && known.until > this.#now()) return known.belongs;
    return this.#asking.join(key, async () => {
      const belongs = await this.#ask(login, roomId);
      this.#known.delete(key);
      this.#known.set(key, {belongs, until: this.#now() + LIFETIME});
      return belongs;
    });
  }

  async #ask(login: Login, roomId: string): Promise<boolean> {
    const {rest, windows} = this.#options;
    const answer = await windows.within(ROUTE, () => rest.get(ROUTE, {by: login, query: {roomId}}));
    if (answer.status === 401) throw sessionMissing();
    if (!isDone(answer))
      throw workspaceRefused(answerOdd(ROUTE, `is ${answer.status} (${codeOf(answer)})`));
    const subscription = field(answer.body, 'subscription');
    return field(subscription, 'rid') === roomId;
  }
}

/** Makes the rooms of the workspace that a broker is before. */
export const createRooms = (context: BrokerContext): RocketChatRooms => {
  const {settings, store, sessions} = context;
  const {calls, window} = settings.rocketChat;
  const windows = new RouteWindows(store, {calls, window});
  return new RocketChatRooms({rest: roomsRest(context), windows, sessions});
};

/** Makes the calls about rooms and discussions; their limits are none of the sign-in's. */
export const createRoomCalls = (context: BrokerContext): RoomCalls => {
  const {calls, window} = context.settings.rocketChat;
  return new RoomCalls(roomsRest(context), new RouteWindows(context.store, {calls, window}));
};

/** The way to the workspace for what is no sign-in: its answers tell nothing of how many may sign in. */
export const roomsRest = ({settings, dispatcher}: BrokerContext): Rest => {
  const {internalUrl, userId, authToken, timeout, window} = settings.rocketChat;
  const service = {userId, authToken};
  return new Rest({
    base: internalUrl,
    service,
    dispatcher,
    timeout,
    longestWait: window,
    heard: () => {},
  });
};

/** Whoever asks has no chat session with which the workspace could be asked. */
export const sessionMissing = (): BrokerError =>
  new BrokerError(
    401,
    'session-missing',
    'This needs a chat session: begin one by POST /v1/chat/session, and ask again.',
  );
