import {field, identifier, LIMITS} from '../../protocol/guards.js';
import {list} from '../../protocol/list.js';
import {parsePresenceChange, parsePresences, type PresenceStatus} from '../../protocol/presence.js';
import {holdSubscription} from '../../session/held-subscription.js';
import type {ChatApi} from '../../session/chat-api.js';
import type {LiveFact} from '../../session/live-state.js';
import type {LiveSession} from '../../session/live-session.js';
import type {DdpChange} from '../../transport/ddp-connection.js';
import type {DeskChats} from './desk-chats.js';
import {PeoplePresence, type PresenceFact, type WidgetStatus} from './people-presence.js';
import {parseWriting, PeopleTyping, writerOf} from './people-typing.js';

const ROOM = 'stream-notify-room';
/** So many direct messages are watched, those with the latest messages. */
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
  /** The chats that are watched, with what ends that. */
  #rooms = new Map<string, AbortController>();
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
    for (const room of this.#rooms.values()) room.abort();
    this.#rooms = new Map();
    this.#ids = new Map();
    void this.#options.session.presence.watch(this, []);
  }

  /** Watches the chats that are new in the list, and no more those that have gone from it. */
  #follow(): void {
    const {session, chats} = this.#options;
    const {api} = session;
    const {status, known, user} = session.getState();
    if (!api || status !== 'live' || !known) return;
    // Channels do not crowd out people: nobody of theirs is watched.
    const rooms = chats.rooms.filter(({type}) => type === 'd').slice(0, MOST);
    const ids = new Map<string, string>();
    for (const {roomId} of rooms) {
      const uids = list(field(session.directory.facts(roomId)?.raw, 'uids'));
      const id = identifier(uids.find((each) => each !== user?.userId));
      const other = chats.other(roomId);
      if (other && id) ids.set(id, other);
      if (this.#rooms.has(roomId) || !chats.isTold(roomId)) continue;
      const life = new AbortController();
      this.#rooms.set(roomId, life);
      void holdSubscription(api.connection, life.signal, ROOM, `${roomId}/user-activity`);
    }
    this.#keep(new Set(rooms.map(({roomId}) => roomId)), new Set(ids.values()));
    const added = new Map([...ids].filter(([id]) => !this.#ids.has(id)));
    this.#ids = ids;
    const watched = session.presence.watch(this, [...ids.keys()]);
    if (added.size) void this.#learn(api, added, watched, this.#life.signal);
  }

  /** Of all others nothing is told any more. */
  #keep(rooms: ReadonlySet<string>, usernames: ReadonlySet<string>): void {
    for (const [roomId, life] of this.#rooms) {
      if (rooms.has(roomId)) continue;
      life.abort();
      this.#rooms.delete(roomId);
    }
    this.#presence.keep(usernames);
  }

  /** Asks how these people are, once all changes are told. Source: REST `users.presence`. */
  async #learn(
    api: ChatApi,
    people: ReadonlyMap<string, string>,
    watched: Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const ids = [...people.keys()];
    await watched;
    try {
      const rest = await api.rest();
      const told = parsePresences(await rest.get('users.presence', {ids: ids.join()}), MOST);
      if (signal.aborted) return;
      const asked = [...people].filter(([id]) => this.#ids.has(id)).map(([, each]) => each);
      const missing = asked.filter((each) => !told.some(({username}) => username === each));
      // Of those who are not there nothing is said.
      const offline = missing.map((username) => ({username, status: 'offline'}) as const);
      const known = told.filter(({username}) => asked.includes(username));
      if (this.#presence.answered([...known, ...offline])) this.#options.changed();
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
