import {field, identifier, LIMITS} from '../../protocol/guards.js';
import {list} from '../../protocol/list.js';
import type {DdpChange} from '../../transport/ddp-connection.js';
import {holdSubscription} from '../../session/held-subscription.js';
import type {LiveSession} from '../../session/live-session.js';
import type {PresenceStatus} from '../../session/room-activity.js';
import type {WidgetUserDetail} from '../../events/widget-events.js';

/** The people of the user's direct messages: who is there, and who writes. */
export interface DeskPeople {
  /** Undefined until it is known. */
  statusOf(username: string): PresenceStatus | undefined;
  /** The user's chats may be others. */
  follow(): void;
  stop(): void;
}

export interface DeskPeopleOptions {
  readonly session: LiveSession;
  /** The user's own name. */
  readonly username: string;
  /** Somebody begins to write; at most once in 5 s for each person and chat. */
  readonly typing: (username: string, roomId: string) => void;
  /** Somebody's status is told; what it was before, if that was known. */
  readonly presence: (
    username: string,
    status: PresenceStatus,
    before: PresenceStatus | undefined,
  ) => void;
}

/** Of the two that pages know beside `offline`; who is away is there all the same, and can be called. */
export const widgetStatus = (status: PresenceStatus | undefined): WidgetUserDetail['status'] =>
  status === 'away' ? 'online' : (status ?? 'offline');

const ROOM = 'stream-notify-room';
const PRESENCE = 'stream-user-presence';
/** In the order of the numbers that streams tell them by. */
const STATUSES: readonly PresenceStatus[] = ['offline', 'online', 'away', 'busy'];
const TOLD_AGAIN = 5_000;
/** So many people and chats are watched, those with the latest messages. */
const MOST = 100;

class LivePeople implements DeskPeople {
  readonly #options: DeskPeopleOptions;
  readonly #statuses = new Map<string, PresenceStatus>();
  readonly #told = new Map<string, number>();
  readonly #end: () => void;
  /** Of the subscriptions over the present connection. */
  #life = new AbortController();
  #rooms = new Set<string>();
  #ids = new Set<string>();

  constructor(options: DeskPeopleOptions) {
    this.#options = options;
    this.#end = options.session.subscribe((_, fact) => {
      if (fact.type === 'heard') this.#receive(fact.change);
      else if (fact.type === 'rooms') this.follow();
      else if (fact.type === 'connection-changed') {
        this.#forget();
        if (fact.detail.status === 'live') this.follow();
      }
    });
    this.follow();
  }

  statusOf(username: string): PresenceStatus | undefined {
    return this.#statuses.get(username);
  }

  follow(): void {
    const {session} = this.#options;
    const {api, directory} = session;
    const {user, rooms} = session.getState();
    if (!api) return;
    const {signal} = this.#life;
    for (const {roomId, type} of rooms.slice(0, MOST)) {
      if (type !== 'd' || this.#rooms.has(roomId)) continue;
      this.#rooms.add(roomId);
      void holdSubscription(api.connection, signal, ROOM, `${roomId}/user-activity`);
      const ids = list(field(directory.facts(roomId)?.raw, 'uids'));
      const [id, more] = ids.filter((each) => each !== user?.userId);
      if (typeof id !== 'string' || more || this.#ids.has(id)) continue;
      this.#ids.add(id);
      void holdSubscription(api.connection, signal, PRESENCE, '', {added: [id]});
    }
  }

  stop(): void {
    this.#end();
    this.#forget();
  }

  #forget(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#rooms = new Set();
    this.#ids = new Set();
  }

  #receive({stream, event, args}: DdpChange): void {
    if (stream === PRESENCE) {
      const [name, told] = list(args[0]);
      const username = identifier(name, LIMITS.name);
      const status = STATUSES.find((each, number) => told === each || told === number);
      if (username && status) this.#takeStatus(username, status);
      return;
    }
    const [roomId = '', what] = event.split('/');
    const username = identifier(args[0], LIMITS.name);
    if (stream !== ROOM || what !== 'user-activity' || !username) return;
    if (this.#rooms.has(roomId) && list(args[1]).includes('user-typing'))
      this.#takeTyping(username, roomId);
  }

  #takeStatus(username: string, status: PresenceStatus): void {
    const before = this.#statuses.get(username);
    if (status === before) return;
    this.#statuses.set(username, status);
    this.#options.presence(username, status, before);
  }

  #takeTyping(username: string, roomId: string): void {
    const key = `${roomId} ${username}`;
    const now = performance.now();
    if (username === this.#options.username) return;
    if (now - (this.#told.get(key) ?? -Infinity) < TOLD_AGAIN) return;
    this.#told.set(key, now);
    this.#options.typing(username, roomId);
  }
}

/** Watches the people of the user's direct messages. */
export const peopleOf = (options: DeskPeopleOptions): DeskPeople => new LivePeople(options);
