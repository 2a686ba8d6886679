import type {Membership, RoomFacts, RoomUnread} from '../protocol/chat-room.js';
import {NOTHING_UNREAD, type ChatRoom, type Unread} from './chat-state.js';

const summary = ({roomId, name, count, alert}: RoomUnread): RoomUnread =>
  Object.freeze({roomId, name, count, alert});

const busiestFirst = (a: ChatRoom, b: ChatRoom): number =>
  b.lastMessage - a.lastMessage || a.name.localeCompare(b.name) || (a.roomId < b.roomId ? -1 : 1);

/** What an address names; itself where it is none. */
const decoded = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
};

/** The rooms of the user and what is unread in them, in whatever order the server tells of them. */
export class RoomDirectory {
  readonly #members = new Map<string, Membership>();
  readonly #facts = new Map<string, RoomFacts>();
  #since = 0;

  /** The latest change that is known, by the server's clock. */
  get since(): number {
    return this.#since;
  }

  /** Forgets all memberships, as all that there are will be told. */
  clear(): void {
    this.#members.clear();
  }

  /** Takes a membership, unless a later state of it is known. */
  put(membership: Membership): void {
    this.#since = Math.max(this.#since, membership.updated);
    const known = this.#members.get(membership.roomId);
    if (!known || known.updated <= membership.updated)
      this.#members.set(membership.roomId, membership);
  }

  /** The user is no longer in a room, by the id of the subscription or of the room. */
  remove(id: string): void {
    for (const [roomId, each] of this.#members)
      if (each.id === id || roomId === id) this.#members.delete(roomId);
  }

  /** Takes what is known of a room, unless something later is known. */
  putFacts(facts: RoomFacts): void {
    const {roomId, updated, lastMessage} = facts;
    this.#since = Math.max(this.#since, updated, lastMessage);
    const known = this.#facts.get(roomId);
    if (!known || known.updated <= updated) this.#facts.set(roomId, facts);
  }

  membership(roomId: string): Membership | undefined {
    return this.#members.get(roomId);
  }

  facts(roomId: string): RoomFacts | undefined {
    return this.#facts.get(roomId);
  }

  /** The people of a direct message; nobody in any other room. */
  participants(roomId: string): readonly string[] {
    return this.facts(roomId)?.usernames ?? [];
  }

  /** The user's room at an encoded path, such as `direct/bob`; by name or by id. */
  find(path: string): Membership | undefined {
    const [kind, encoded = ''] = path.split('/');
    const name = decoded(encoded);
    if (!name) return;
    return [...this.#members.values()].find(
      (each) => each.path.startsWith(`${kind}/`) && (each.slug === name || each.roomId === name),
    );
  }

  /** The user's list of rooms, the one with the latest message first. */
  get rooms(): readonly ChatRoom[] {
    return Object.freeze(
      [...this.#members.values()]
        .filter(({listed}) => listed)
        .map(({type, path, ...unread}) =>
          Object.freeze({
            ...summary(unread),
            type,
            path,
            lastMessage: this.#facts.get(unread.roomId)?.lastMessage ?? 0,
          }),
        )
        .sort(busiestFirst),
    );
  }

  /** What is unread, in all and by room. */
  get unread(): Unread {
    const rooms = [...this.#members.values()].map(summary);
    if (!rooms.length) return NOTHING_UNREAD;
    const count = rooms.reduce((sum, room) => sum + room.count, 0);
    const alert = rooms.some((room) => room.alert || room.count > 0);
    return Object.freeze({count, alert, rooms: Object.freeze(rooms)});
  }
}
