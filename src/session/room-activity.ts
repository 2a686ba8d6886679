import {field, identifier, LIMITS} from '../protocol/guards.js';
import {list} from '../protocol/list.js';
import {parseTime} from '../protocol/ddp.js';
import {parsePresenceChange, presenceStatus, type PresenceStatus} from '../protocol/presence.js';
import type {DdpChange} from '../transport/ddp-connection.js';
import type {ChatApi} from './chat-api.js';
import {holdSubscription} from './held-subscription.js';
import type {LiveSession} from './live-session.js';
import type {LiveFact} from './live-state.js';
import {Observable} from './observable.js';
import {ownUser} from './own-user.js';

export type {PresenceStatus};

export interface ActivityState {
  /** Who is writing, as Rocket.Chat calls them: by username, or by name if the workspace wants that. */
  readonly typing: readonly string[];
  /** The other person of a direct message; undefined until it is known. */
  readonly status: PresenceStatus | undefined;
}

/** What happens in a room beside its messages. */
export type ActivityFact =
  | {readonly type: 'typing'}
  /** Somebody begins to write; at most once in 5 s for each. */
  | {readonly type: 'typing-started'; readonly user: string}
  | {readonly type: 'presence'; readonly user: string; readonly status: PresenceStatus}
  /** Everybody has read the user's own messages up to this time, by the server's clock. */
  | {readonly type: 'read'; readonly until: number};

/** Whoever is not told to be writing any more, after this is not; ms. Source: client/lib/UserAction.ts. */
const TYPING_ENDS = 15_000;
const TOLD_AGAIN = 5_000;
/** So many who write are kept. */
const MOST_TYPING = 20;

const ROOM = 'stream-notify-room';

/**
 * Who writes in a room, whether the other person of a direct message is there, and what has been read.
 *
 * Source: streams `stream-notify-room` (`<rid>/user-activity`, `<rid>/messagesRead`), `stream-user-presence`.
 */
export class RoomActivity extends Observable<ActivityState, ActivityFact> {
  readonly #session: LiveSession;
  readonly #roomId: string;
  readonly #realNames: () => boolean;
  readonly #ends: () => void;
  readonly #writers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #told = new Map<string, number>();
  /** The other person of a direct message. */
  #other: string | undefined;
  /** Of the subscriptions over the present connection. */
  #life: AbortController | undefined;

  /** @param realNames the workspace tells of people by their names, as far as it is known */
  constructor(session: LiveSession, roomId: string, realNames: () => boolean) {
    super({typing: [], status: undefined});
    this.#realNames = realNames;
    this.#session = session;
    this.#roomId = roomId;
    this.#ends = session.subscribe((_, fact) => this.#hear(fact));
    this.#begin();
  }

  /** Tells the others of the room that the user writes, or no longer does. */
  write(active: boolean, threadId?: string): void {
    const {api} = this.#session;
    const name = this.#ownName;
    if (!api || !name) return;
    const extra = threadId ? {tmid: threadId} : {};
    const params = [`${this.#roomId}/user-activity`, name, active ? ['user-typing'] : [], extra];
    // Nobody misses it where it is refused.
    api.connection.call(ROOM, params).catch(() => undefined);
  }

  close(): void {
    this.#ends();
    for (const timer of this.#writers.values()) clearTimeout(timer);
    this.#life?.abort();
    void this.#session.presence.watch(this, []);
  }

  /** What the workspace calls the user here. It drops what comes by another name, and says nothing. */
  get #ownName(): string | undefined {
    const {directory} = this.#session;
    if (!this.#realNames()) return ownUser(this.#session, this.#roomId).username;
    const user = field(directory.membership(this.#roomId)?.raw, 'u');
    return identifier(field(user, 'name'), LIMITS.name);
  }

  #hear(fact: LiveFact): void {
    if (fact.type === 'heard') this.#receive(fact.change);
    else if (fact.type === 'connection-changed') {
      this.#life = undefined;
      if (fact.detail.status === 'live') this.#begin();
      // That they have stopped would not be heard.
      else for (const user of [...this.#writers.keys()]) this.#writes(user, false);
    }
  }

  #begin(): void {
    const {api} = this.#session;
    if (!api || this.#life) return;
    const {signal} = (this.#life = new AbortController());
    for (const event of ['user-activity', 'messagesRead'])
      void holdSubscription(api.connection, signal, ROOM, `${this.#roomId}/${event}`);
    void this.#watchOther(api, signal);
  }

  /** Asks how the other person of a direct message is, and to be told of changes. */
  async #watchOther(api: ChatApi, signal: AbortSignal): Promise<void> {
    const {username} = ownUser(this.#session, this.#roomId);
    const people = this.#session.directory.participants(this.#roomId);
    const others = people.filter((each) => each !== username);
    const [other] = others;
    if (!other || others.length > 1) return;
    this.#other = other;
    try {
      const answer = await api.ask('spotlight', [other, [], {users: true, rooms: false}], (rest) =>
        rest.get('spotlight', {query: `@${other}`}),
      );
      const person = list(field(answer, 'users')).find((each) => field(each, 'username') === other);
      if (signal.aborted) return;
      const userId = identifier(field(person, '_id'));
      this.#take(other, presenceStatus(field(person, 'status')));
      if (userId) void this.#session.presence.watch(this, [userId]);
    } catch {
      // Done without.
    }
  }

  #receive(change: DdpChange): void {
    const {stream, event, args} = change;
    const presence = parsePresenceChange(change);
    if (presence?.username === this.#other && presence)
      this.#take(presence.username, presence.status);
    const [roomId, what] = event.split('/');
    if (stream !== ROOM || roomId !== this.#roomId) return;
    if (what === 'messagesRead') {
      const until = parseTime(field(args[0], 'until'));
      if (until !== undefined) this.change({type: 'read', until});
    } else if (what === 'user-activity') {
      const user = identifier(args[0], LIMITS.name);
      // Of those who write in a thread the room does not speak.
      if (user && !field(args[2], 'tmid'))
        this.#writes(user, list(args[1]).includes('user-typing'));
    }
  }

  #writes(user: string, active: boolean): void {
    if (user === this.#ownName) return;
    clearTimeout(this.#writers.get(user));
    this.#writers.delete(user);
    if (active && this.#writers.size < MOST_TYPING) {
      this.#writers.set(
        user,
        setTimeout(() => this.#writes(user, false), TYPING_ENDS),
      );
      const now = performance.now();
      if (now - (this.#told.get(user) ?? -Infinity) >= TOLD_AGAIN) {
        this.#told.set(user, now);
        this.change({type: 'typing-started', user});
      }
    }
    this.change({type: 'typing'}, {typing: [...this.#writers.keys()]});
  }

  #take(user: string, status: PresenceStatus | undefined): void {
    if (!status || status === this.getState().status) return;
    this.change({type: 'presence', user, status}, {status});
  }
}
