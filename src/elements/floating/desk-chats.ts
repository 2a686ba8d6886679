import type {WidgetChatDetail} from '../../events/widget-events.js';
import type {Membership} from '../../protocol/chat-room.js';
import {parseTime} from '../../protocol/ddp.js';
import {field, identifier, LIMITS} from '../../protocol/guards.js';
import type {PresenceStatus} from '../../protocol/presence.js';
import {visibleName} from '../../protocol/visible-text.js';
import type {ChatRoom} from '../../session/chat-state.js';
import type {LiveSession} from '../../session/live-session.js';
import {LatestMessages} from './desk-latest.js';
import type {DeskNames} from './desk-names.js';
import type {ChatEntry, ShownPerson} from './desk-types.js';

/** What is shown of the other person. */
interface Shown {
  readonly person: ShownPerson | undefined;
  readonly alias: string | undefined;
  readonly status: PresenceStatus | undefined;
}

interface Made {
  readonly of: readonly unknown[];
  readonly other: string | undefined;
  readonly entry: ChatEntry;
}

/** The chats of the user who is signed in. */
export class DeskChats {
  readonly latest: LatestMessages;
  readonly #session: LiveSession;
  readonly #names: DeskNames;
  /** The entries of memberships, with all else that they were made of. */
  readonly #made = new WeakMap<Membership, Made>();

  constructor(session: LiveSession, names: DeskNames) {
    this.#session = session;
    this.#names = names;
    this.latest = new LatestMessages(session);
  }

  /** The rooms in the user's list, the one with the latest message first. */
  get rooms(): readonly ChatRoom[] {
    return this.#session.getState().rooms;
  }

  /** The usernames of a direct message's people, the user's own first; nobody in other rooms. */
  people(roomId: string): readonly string[] {
    const {username} = this.#names;
    const {directory} = this.#session;
    const told = directory.participants(roomId);
    if (told.length) return [username, ...told.filter((each) => each !== username)];
    const {type, slug = ''} = directory.membership(roomId) ?? {};
    // Until the room itself is told, the membership names the other person, if there is just one.
    return type === 'd' && slug && !slug.includes(',') ? [...new Set([username, slug])] : [];
  }

  /** The one other person of a direct message. */
  other(roomId: string): string | undefined {
    const others = this.people(roomId).slice(1);
    return others.length === 1 ? others[0] : undefined;
  }

  /** Everybody who is named by a chat. */
  named(roomId: string): readonly string[] {
    const author = this.latest.of(roomId)?.sender.username;
    const all = [...this.people(roomId), author, this.#creator(roomId)];
    return [...new Set(all)].filter((each) => each !== undefined);
  }

  /** Everything there is to say of a chat is known. */
  isTold(roomId: string): boolean {
    return this.#session.directory.facts(roomId) !== undefined;
  }

  /** The same as before unless something of the chat is another. */
  entry(room: ChatRoom): ChatEntry {
    const {roomId} = room;
    const {directory} = this.#session;
    const membership = directory.membership(roomId);
    const facts = directory.facts(roomId);
    const made = membership && this.#made.get(membership);
    const other = made && made.of[0] === facts ? made.other : this.other(roomId);
    const person = other ? this.#names.person(other) : undefined;
    const alias = other ? this.#names.known(other) : undefined;
    const status = other ? this.#names.statusOf(other) : undefined;
    const of = [facts, this.latest.of(roomId), person, alias, status];
    if (made && of.every((each, at) => each === made.of[at])) return made.entry;
    const entry = this.#make(room, other, {person, alias, status});
    if (membership) this.#made.set(membership, {of, other, entry});
    return entry;
  }

  #make(room: ChatRoom, other: string | undefined, {person, alias, status}: Shown): ChatEntry {
    const {roomId, path, type, count, alert, lastMessage} = room;
    const {name, image} = person ?? {name: room.name, image: undefined};
    return Object.freeze({
      roomId,
      path,
      type,
      name: visibleName(name, other ?? roomId),
      ...(other && {username: other}),
      ...(alias && {other: alias}),
      ...(image && {image}),
      ...(status && {status}),
      count,
      alert,
      lastMessage,
      preview: this.latest.preview(roomId),
    });
  }

  /** What pages are told of a chat. */
  detail({roomId, count}: ChatRoom): WidgetChatDetail {
    const alias = (username: string): string => this.#names.alias(username);
    const latest = this.latest.of(roomId);
    const {directory} = this.#session;
    const created = parseTime(field(directory.facts(roomId)?.raw, 'ts'));
    const time = created ?? directory.membership(roomId)?.joined;
    const creator = this.#creator(roomId);
    return {
      chat: roomId,
      participants: this.people(roomId).map(alias),
      ...(latest && {
        lastMessage: {
          author: alias(latest.sender.username),
          message: latest.text,
          timestamp: new Date(latest.time),
        },
      }),
      unreadMessages: count,
      ...(time && {dateCreated: new Date(time)}),
      ...(creator && {createdBy: alias(creator)}),
    };
  }

  #creator(roomId: string): string | undefined {
    const raw = this.#session.directory.facts(roomId)?.raw;
    return identifier(field(field(raw, 'u'), 'username'), LIMITS.name);
  }
}
