import {field, LIMITS} from '../../protocol/guards.js';
import {identifier} from '../../protocol/guards.js';
import {list} from '../../protocol/list.js';
import {
  parsePresenceChange,
  parsePresences,
  PRESENCE_STREAM,
  type PresenceStatus,
} from '../../protocol/presence.js';
import {holdSubscription} from '../../session/held-subscription.js';
import type {ChatApi} from '../../session/chat-api.js';
import type {LiveFact} from '../../session/live-state.js';
import type {LiveSession} from '../../session/live-session.js';
import type {DdpChange} from '../../transport/ddp-connection.js';
import type {DeskChats} from './desk-chats.js';
import {PeoplePresence, type PresenceFact, type WidgetStatus} from './people-presence.js';
import {parseWriting, PeopleTyping, writerOf} from './people-typing.js';

const ROOM = 'stream-notify-room';
/** So many chats are watched, those with the latest messages. */
const MOST = 100;

export interface DeskPeopleOptions {
  readonly session: LiveSession;
  readonly chats: DeskChats;
  /** The user's own name. */
  readonly username: string;
  readonly typing: (username: string, roomId: string) => void;
  readonly presence: (fact: PresenceFact, username: string, status: WidgetStatus) => void;
  /** Somebody's status is another. */
  readonly changed: () => void;
}

/** The people of the user's direct messages: who is there, and who writes. */
export class DeskPeople {
  readonly #options: DeskPeopleOptions;
  readonly #presence: PeoplePresence;
  readonly #typing = new PeopleTyping();
  /** Of the subscriptions over the present connection. */
  #life = new AbortController();
  #rooms = new Set<string>();
  /** The other people, by their ids. */
  #ids = new Map<string, string>();

  constructor(options: DeskPeopleOptions) {
    this.#options = options;
    this.#presence = new PeoplePresence(options.presence);
    this.#follow();
  }

  /** Undefined until it is known. */
  statusOf(username: string): PresenceStatus | undefined {
    return this.#presence.status(username);
  }

  hear(fact: LiveFact): void {
    switch (fact.type) {
      case 'rooms':
        return this.#follow();
      case 'connection-changed':
        // What was subscribed to has gone with the connection.
        if (fact.detail.status === 'live') this.#follow();
        else this.stop();
        return;
      case 'heard':
        this.#receive(fact.change);
    }
  }

  stop(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#rooms = new Set();
    this.#ids = new Map();
  }

  /** Watches the chats that are new in the list. */
  #follow(): void {
    const {session, chats} = this.#options;
    const {api} = session;
    const {status, user} = session.getState();
    if (!api || status !== 'live') return;
    const {signal} = this.#life;
    const added = new Map<string, string>();
    for (const {roomId, type} of chats.rooms.slice(0, MOST)) {
      if (type !== 'd' || this.#rooms.has(roomId) || !chats.isTold(roomId)) continue;
      this.#rooms.add(roomId);
      void holdSubscription(api.connection, signal, ROOM, `${roomId}/user-activity`);
      const other = chats.other(roomId);
      const uids = list(field(session.directory.facts(roomId)?.raw, 'uids'));
      const id = identifier(uids.find((each) => each !== user?.userId));
      if (other && id && !this.#ids.has(id)) added.set(id, other);
    }
    for (const [id, username] of added) this.#ids.set(id, username);
    if (added.size) void this.#watch(api, added, signal);
  }

  /** Asks how these people are, and to be told of changes. Source: REST `users.presence`. */
  async #watch(
    api: ChatApi,
    people: ReadonlyMap<string, string>,
    signal: AbortSignal,
  ): Promise<void> {
    const ids = [...people.keys()];
    await holdSubscription(api.connection, signal, PRESENCE_STREAM, '', {added: ids});
    try {
      const rest = await api.rest();
      const told = parsePresences(await rest.get('users.presence', {ids: ids.join()}), MOST);
      if (signal.aborted) return;
      const missing = [...people.values()].filter(
        (each) => !told.some(({username}) => username === each),
      );
      // Of those who are not there nothing is said.
      const offline = missing.map((username) => ({username, status: 'offline'}) as const);
      if (this.#presence.answered([...told, ...offline])) this.#options.changed();
    } catch {
      // What happens from now on is told.
    }
  }

  #receive(change: DdpChange): void {
    const presence = parsePresenceChange(change);
    if (presence && [...this.#ids.values()].includes(presence.username)) {
      if (this.#presence.told(presence)) this.#options.changed();
    }
    const writing = parseWriting(change);
    if (!writing || !this.#rooms.has(writing.roomId)) return;
    const {session, chats, username, typing} = this.#options;
    const {roomId} = writing;
    const raw = session.directory.membership(roomId)?.raw;
    const name = identifier(field(field(raw, 'u'), 'name'), LIMITS.name);
    const writer = writerOf(writing, chats.people(roomId), {username, name});
    if (writer && this.#typing.isNews(roomId, writer)) typing(writer, roomId);
  }
}
