import type {Deleted, Message, Room} from './model.js';
import {type HistoryRange, RoomMessages} from './room-messages.js';

/** Messages in a file. */
export interface StoredTimeline {
  readonly messages: Message[];
  readonly trash: Deleted[];
}

/** Messages by id and by room, so that none is looked for among all. */
export class MessageStore {
  readonly #byId = new Map<string, Message>();
  readonly #rooms = new Map<string, RoomMessages>();

  byId(_id: unknown): Message | undefined {
    return typeof _id === 'string' ? this.#byId.get(_id) : undefined;
  }

  /** The messages of the room of that id, by their times. */
  in(rid: string): RoomMessages {
    const known = this.#rooms.get(rid);
    if (known) return known;
    const messages = new RoomMessages();
    this.#rooms.set(rid, messages);
    return messages;
  }

  /** The messages of a room, oldest first. */
  of(room: Room): Message[] {
    return [...this.in(room._id).written.all];
  }

  /** A page of a room's history, newest first. */
  history(room: Room, range: HistoryRange = {}): Message[] {
    return this.in(room._id).history(range);
  }

  /** A thread's answers, oldest first. */
  thread({_id: tmid, rid}: Message): Message[] {
    const found = [...this.in(rid).answers(tmid)].flatMap((id) => this.#byId.get(id) ?? []);
    return found.sort((one, other) => one.ts.localeCompare(other.ts));
  }

  /** Forgets all that was said in a room, as if it had never been. */
  forget(rid: string): void {
    for (const {_id} of this.in(rid).written.all) this.#byId.delete(_id);
    this.#rooms.delete(rid);
  }

  /** All of it, as a file can hold it. */
  dump(): StoredTimeline {
    const rooms = [...this.#rooms.values()];
    return {
      messages: rooms.flatMap(({written}) => written.all),
      trash: rooms.flatMap(({deleted}) => deleted.all),
    };
  }

  /** Puts what was stored in the place of all that there is. */
  load({messages, trash}: StoredTimeline): void {
    this.#byId.clear();
    this.#rooms.clear();
    const byRoom = new Map<string, Message[]>();
    for (const message of messages) {
      const room = byRoom.get(message.rid);
      if (room) room.push(message);
      else byRoom.set(message.rid, [message]);
    }
    for (const [rid, all] of byRoom) this.addAll(rid, all);
    for (const gone of trash) this.in(gone.rid).deleted.add(gone);
  }

  snapshot(): () => void {
    const kept = structuredClone(this.dump());
    return () => {
      this.load(structuredClone(kept));
    };
  }

  protected add(message: Message): void {
    this.#byId.set(message._id, message);
    this.in(message.rid).add(message);
  }

  protected addAll(rid: string, messages: readonly Message[]): void {
    for (const message of messages) this.#byId.set(message._id, message);
    this.in(rid).addAll(messages);
  }

  /** Puts a later state of a message in the place of one before, with the time of now. */
  protected replace(before: Message, after: Message): Message {
    const changed = {...after, _updatedAt: new Date().toISOString()};
    this.#byId.set(changed._id, changed);
    this.in(changed.rid).change(before, changed);
    return changed;
  }

  /** Takes messages of one room out; their ids stay in the trash. */
  protected take(rid: string, messages: readonly Message[]): void {
    this.in(rid).remove(messages, new Date().toISOString());
    for (const {_id} of messages) this.#byId.delete(_id);
  }
}
