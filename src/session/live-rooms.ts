import {parseChatMessage, parseRemoval, type ChatMessage} from '../protocol/chat-message.js';
import {parseMembership, parseRoomFacts} from '../protocol/chat-room.js';
import {field, identifier} from '../protocol/guards.js';
import {list} from '../protocol/list.js';
import {ConnectionLost, isConnectionLost, type DdpChange} from '../transport/ddp-connection.js';
import {sleep} from '../transport/sleep.js';
import type {ChatApi} from './chat-api.js';
import {RoomDirectory} from './room-directory.js';
import {OVERLAP, RoomLog, type Missed, type MessageNews} from './room-log.js';
import {refusalOf} from './server-refusal.js';

export const MESSAGES = 'stream-room-messages';
export const OF_ROOM = 'stream-notify-room';
export const OF_USER = 'stream-notify-user';

/** The event of all rooms of the user. */
export const MINE = '__my_messages__';

/** How many messages are remembered of a room, so that each is told once. */
const MOST_REMEMBERED = 1000;

/**
 * Of how many rooms what was missed is asked for in one go. By default a server answers one method
 * ten times in ten seconds, and the rooms that are followed are asked for, too.
 */
const MOST_AT_ONCE = 5;

/** Between two times that a room is asked for which the server has stumbled over; ms. */
const PAUSE = 10_000;

/** Hears what is told. */
export interface RoomsListener {
  readonly message: (roomId: string, news: MessageNews) => void;
  /** Something about the list of rooms has changed. */
  readonly rooms: () => void;
}

/**
 * What happens in the user's rooms, from what the server tells live and from what was missed. While
 * there is a gap nothing is told; {@link fill} closes it.
 */
export class LiveRooms {
  readonly directory = new RoomDirectory();
  readonly #listener: RoomsListener;
  readonly #logs = new Map<string, RoomLog>();
  /** Of rooms that were not heard of before, all is known until here, by the server's clock. */
  #baseline = 0;
  /** The list of rooms is known until here. In a gap, what comes live says nothing of what is missing. */
  #listed = 0;
  #gap = true;
  /** What came before the first list: what it is news to is not known yet. */
  #early: DdpChange[] | undefined = [];
  /** Rooms of which something is missing that was not asked for yet. */
  readonly #behind = new Set<string>();
  /** Counts connections: an answer that comes after the next one has begun is left alone. */
  #epoch = 0;

  constructor(listener: RoomsListener) {
    this.#listener = listener;
  }

  /** The connection has gone: what comes next may come after something that is missing. */
  openGap(): void {
    this.#epoch++;
    if (!this.#gap) this.#listed = this.directory.since;
    this.#gap = true;
    for (const log of this.#logs.values()) log.openGap();
  }

  /** Takes what the server tells by itself. Anything that is not understood is left alone. */
  receive(change: DdpChange): void {
    if (this.#early) {
      this.#early.push(change);
      return;
    }
    const {stream, event, args} = change;
    if (stream === MESSAGES) {
      const message = parseChatMessage(args[0]);
      // Open channels are told to everybody who asks for all messages.
      const foreign =
        event === MINE && args.some((each) => field(each, 'roomParticipant') === false);
      if (message && !foreign) this.take(message);
      return;
    }
    const [owner = '', what] = event.split('/');
    if (stream === OF_ROOM) this.#receiveOfRoom(owner, what, args[0]);
    if (stream === OF_USER) this.#receiveOfUser(what, args);
  }

  /** A message that was told. */
  message(roomId: string, id: string): ChatMessage | undefined {
    return this.#logs.get(roomId)?.timeline.get(id);
  }

  /** Takes a message as it is now. */
  take(message: ChatMessage): void {
    const log = this.#log(message.roomId);
    log.take(message);
    log.forget(MOST_REMEMBERED);
  }

  /** Of a room that is to be filled some is not told meanwhile, as to whoever is out of it. */
  owe(roomId: string): void {
    this.#log(roomId).owe();
  }

  /**
   * Asks for what was missed, and tells it. Where that is in many rooms, it resolves before the last
   * of them; each tells nothing before what it has missed.
   *
   * @param followed rooms in which changes and deletions of any message count
   */
  async fill(api: ChatApi, followed: Iterable<string>): Promise<void> {
    const {directory} = this;
    const since = Math.max(0, this.#listed - OVERLAP);
    // Nothing has been told yet, and what was there before is no news.
    const first = !!this.#early;
    const epoch = this.#epoch;
    const asked = new Set(first ? [] : followed);
    // All in one go: where the connection ends, each of them is told so.
    const [members, rooms] = await Promise.all([
      api.memberships(since),
      api.rooms(since),
      ...[...asked].map((roomId) => this.#missed(api, roomId)),
    ]);
    this.#refuseUnless(epoch);
    if (!members.gone) directory.clear();
    for (const id of members.gone ?? []) directory.remove(id);
    for (const each of members.items) directory.put(each);
    for (const each of rooms.items) directory.putFacts(each);
    for (const {roomId, updated} of rooms.items)
      if (!first && !asked.has(roomId) && updated > this.#log(roomId).since)
        this.#behind.add(roomId);
    const soon = [...this.#behind].slice(0, MOST_AT_ONCE);
    await Promise.all(soon.map((roomId) => this.#missed(api, roomId)));
    this.#refuseUnless(epoch);
    this.#baseline = directory.since;
    this.#gap = false;
    for (const [roomId, log] of this.#logs) if (!this.#behind.has(roomId)) log.closeGap();
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const change of early) this.receive(change);
    this.#listener.rooms();
    // The next connection goes on with what this one does not reach.
    this.#catchUp(api).catch(() => undefined);
  }

  async #catchUp(api: ChatApi): Promise<void> {
    const epoch = this.#epoch;
    while (this.#behind.size) {
      for (const roomId of [...this.#behind]) await this.#missed(api, roomId);
      if (this.#behind.size) await sleep(PAUSE);
      this.#refuseUnless(epoch);
    }
  }

  /** The same for one room, whose changes from now on are told. */
  async fillRoom(api: ChatApi, roomId: string): Promise<void> {
    const log = this.#log(roomId);
    log.openGap();
    if (this.#gap) return;
    const idle = !this.#behind.size;
    await this.#missed(api, roomId);
    if (idle) this.#catchUp(api).catch(() => undefined);
  }

  async #missed(api: ChatApi, roomId: string): Promise<void> {
    const log = this.#log(roomId);
    const epoch = this.#epoch;
    let missed: Missed | undefined;
    let later = false;
    try {
      missed = await api.missed(roomId, log.since);
    } catch (error) {
      // What one room does not tell is no reason to do without the others. Whoever was taken out of it
      // is not told at all; but where the server has stumbled, it is asked again.
      if (isConnectionLost(error)) throw error;
      later = !refusalOf(error);
    }
    this.#refuseUnless(epoch);
    if (later) this.#behind.add(roomId);
    else this.#behind.delete(roomId);
    log.closeGap(missed, later);
    log.forget(MOST_REMEMBERED);
  }

  /** @throws {ConnectionLost} the connection that was asked has ended meanwhile */
  #refuseUnless(epoch: number): void {
    if (epoch !== this.#epoch) throw new ConnectionLost();
  }

  #receiveOfRoom(roomId: string, what: string | undefined, data: unknown): void {
    if (what === 'deleteMessage') {
      const removal = parseRemoval(data);
      if (removal) this.#log(roomId).remove(removal);
    } else if (what === 'deleteMessageBulk') {
      for (const each of list(field(data, 'ids'))) {
        const id = identifier(each);
        if (id) this.#log(roomId).remove({id});
      }
    }
  }

  #receiveOfUser(what: string | undefined, [action, data]: readonly unknown[]): void {
    const {directory} = this;
    if (what === 'subscriptions-changed') {
      const membership = parseMembership(data);
      const id = identifier(field(data, '_id'));
      if (action === 'removed') directory.remove(id ?? '');
      else if (membership) directory.put(membership);
    } else if (what === 'rooms-changed') {
      const facts = parseRoomFacts(data);
      if (facts) directory.putFacts(facts);
    } else return;
    if (!this.#gap) this.#listener.rooms();
  }

  #log(roomId: string): RoomLog {
    let log = this.#logs.get(roomId);
    if (!log) {
      // What was said before the user came is no news either.
      const since = Math.max(this.#baseline, this.directory.membership(roomId)?.joined ?? 0);
      log = new RoomLog(since, (news) => this.#listener.message(roomId, news));
      if (!this.#gap) log.closeGap();
      this.#logs.set(roomId, log);
    }
    return log;
  }
}
