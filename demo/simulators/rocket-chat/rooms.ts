import type {Changes} from './changes.js';
import type {Room} from './model.js';
import type {NewRoom} from './new-room.js';
import {randomId} from './random.js';
import {KIND_PATHS} from './room-paths.js';
import type {Subscriptions} from './subscriptions.js';
import {referenceOf, type User, type Users} from './users.js';

export type {NewRoom} from './new-room.js';

/** The rooms of a workspace. */
export class Rooms {
  readonly #users: Users;
  readonly #subscriptions: Subscriptions;
  readonly #changes: Changes;
  #all: Room[] = [];

  constructor(users: Users, subscriptions: Subscriptions, changes: Changes) {
    this.#users = users;
    this.#subscriptions = subscriptions;
    this.#changes = changes;
  }

  /** Makes a room with its members. Throws if a name is missing, unknown or taken. */
  create(options: NewRoom): Room {
    const {type, members, name, parent, topic, readOnly = false, customFields, encrypted} = options;
    const users = members.map((each) => this.#users.named(each));
    const [owner] = users;
    if (!owner) throw new Error('A room needs a member.');
    if (type !== 'd' && !name) throw new Error('A room needs a name.');
    const above = type === 'discussion' ? this.named(parent ?? '') : undefined;
    // A discussion of a channel is open like it; of anything else it is private.
    const t = type === 'discussion' ? (above?.t === 'c' ? 'c' : 'p') : type;
    // Rocket.Chat names a discussion by a random id and keeps what people call it in `fname`.
    const slug = above ? randomId() : name;
    if (slug && this.#all.some((room) => room.name === slug)) throw new Error(`${slug} is taken.`);
    const ids = users.map(({_id}) => _id).sort();
    const now = new Date().toISOString();
    const room: Room = {
      _id: t === 'd' && ids.length === 2 ? ids.join('') : randomId(),
      t,
      ...(slug && t !== 'd' && {name: slug, fname: name ?? slug}),
      ...(above && {prid: above._id}),
      ...(topic && {topic}),
      ...(customFields && {customFields}),
      ...(t === 'd' && {uids: ids}),
      u: referenceOf(owner),
      ts: now,
      usernames: [...members],
      usersCount: members.length,
      msgs: 0,
      ro: readOnly,
      ...(encrypted && {encrypted}),
      _updatedAt: now,
    };
    this.#all.push(room);
    for (const user of users) this.#subscriptions.add(user, room);
    return room;
  }

  all(): Room[] {
    return this.#all;
  }

  byId(rid: unknown): Room | undefined {
    return this.#all.find(({_id}) => _id === rid);
  }

  /** Returns the room of that id, name or title. Throws if there is none. */
  named(reference: string): Room {
    const room =
      this.byId(reference) ??
      this.#all.find(({name, fname}) => name === reference || fname === reference);
    if (!room) throw new Error(`No room ${reference}.`);
    return room;
  }

  /**
   * The direct message between two users, or of one with oneself, made if it does not exist yet.
   *
   * Source: app/lib/server/functions/createDirectRoom.ts ("dm to yourself").
   */
  direct(user: User, other: string): Room {
    const members = [...new Set([user.username, other])];
    return this.knownDirect(user, other) ?? this.create({type: 'd', members});
  }

  /** The same, if it exists: of exactly these people. */
  knownDirect(user: User, other: string): Room | undefined {
    const members = new Set([user.username, other]);
    return this.#all.find(
      ({t, usernames}) =>
        t === 'd' &&
        usernames.length === members.size &&
        usernames.every((each) => members.has(each)),
    );
  }

  /** Finds what a path of the page names, such as `channel` and `general`. */
  at(kind: string, reference: string, user: User): Room | undefined {
    if (kind === KIND_PATHS.d) {
      const room = this.byId(reference);
      if (room?.t === 'd') return room;
      return this.#users.find(reference) && this.direct(user, reference);
    }
    return this.#all.find(
      ({_id, t, name}) => KIND_PATHS[t] === kind && (name === reference || _id === reference),
    );
  }

  /**
   * Whether the user may read the room: channels are open to everybody, discussions to whoever may read the
   * room off which they hang, the rest to members (server/services/authorization/canAccessRoom.ts 0d5cca08).
   */
  readable(user: User, room: Room): boolean {
    if (room.t === 'c' || this.isMember(user, room)) return true;
    const above = room.prid === undefined ? undefined : this.byId(room.prid);
    return above !== undefined && this.readable(user, above);
  }

  isMember(user: User, room: Room): boolean {
    return room.usernames.includes(user.username);
  }

  /** Makes `user` a member; does nothing if they are one. */
  add(user: User, room: Room): void {
    if (this.isMember(user, room)) return;
    this.#change(room, {usernames: [...room.usernames, user.username]});
    this.#subscriptions.add(user, room);
  }

  /** Ends a membership; does nothing without one. */
  remove(user: User, room: Room): void {
    if (!this.isMember(user, room)) return;
    this.#change(room, {usernames: room.usernames.filter((each) => each !== user.username)});
    this.#subscriptions.remove(user, room);
  }

  /** Takes a room away, and all of its members with it. */
  erase(room: Room): void {
    const members = room.usernames.map((each) => this.#users.named(each));
    for (const user of members) this.#subscriptions.remove(user, room);
    this.#all = this.#all.filter((each) => each !== room);
  }

  /** Archives a room, or brings it back. */
  archive(room: Room, archived = true): void {
    this.#change(room, {archived});
    this.#subscriptions.mark(room, {archived, open: !archived});
  }

  setReadOnly(room: Room, ro: boolean): void {
    this.#change(room, {ro});
  }

  setEncrypted(room: Room, encrypted: boolean): void {
    this.#change(room, {encrypted});
    this.#subscriptions.mark(room, {encrypted});
  }

  /** Takes a member's voice, or gives it back, in a read-only room, too. */
  mute(room: Room, {username}: User, muted: boolean): void {
    const without = (names: readonly string[] = []): string[] =>
      names.filter((each) => each !== username);
    const [silent, loud] = [without(room.muted), without(room.unmuted)];
    this.#change(room, {
      muted: muted ? [...silent, username] : silent,
      unmuted: !muted && room.ro ? [...loud, username] : loud,
    });
  }

  /** Whether the user may change others' messages and members: the owner and administrators. */
  governs(user: User, room: Room): boolean {
    return user.roles.includes('admin') || (room.t !== 'd' && room.u._id === user._id);
  }

  /** All rooms, as a file can hold them. */
  dump(): Room[] {
    return this.#all;
  }

  /** Puts stored rooms in the place of all that there are. */
  load(rooms: Room[]): void {
    this.#all = rooms;
  }

  snapshot(): () => void {
    const kept = structuredClone(this.#all);
    return () => {
      this.load(structuredClone(kept));
    };
  }

  #change(room: Room, fields: Partial<Room>): void {
    Object.assign(room, fields, {_updatedAt: new Date().toISOString()});
    room.usersCount = room.usernames.length;
    this.#changes.tell({type: 'room', room});
  }
}
