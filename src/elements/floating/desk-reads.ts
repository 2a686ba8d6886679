import {parseTime} from '../../protocol/ddp.js';
import {field} from '../../protocol/guards.js';
import {holdSubscription} from '../../session/held-subscription.js';
import type {LiveFact, MessageDetail} from '../../session/live-state.js';
import type {LiveSession} from '../../session/live-session.js';
import type {DeskChats} from './desk-chats.js';
import type {DeskMemory} from './desk-memory.js';

const ROOM = 'stream-notify-room';
/** So many messages of a chat are remembered until they are read, the latest ones. */
const MOST = 100;

/** Hears that a message was read; `reader` is a username, undefined where it is not told. */
export type ReadListener = (message: MessageDetail, reader: string | undefined) => void;

/**
 * What is read of what was written since the page was opened. Where the workspace keeps read receipts, messages
 * say so by `unread`: then the others' reading counts, else the user's own.
 */
export class DeskReads {
  readonly #session: LiveSession;
  readonly #chats: DeskChats;
  readonly #memory: DeskMemory;
  readonly #tell: ReadListener;
  /** The message that was told last keeps receipts. */
  #receipts = false;
  #life = new AbortController();
  #held = new Set<string>();

  constructor(session: LiveSession, chats: DeskChats, memory: DeskMemory, tell: ReadListener) {
    this.#session = session;
    this.#chats = chats;
    this.#memory = memory;
    this.#tell = tell;
  }

  hear(fact: LiveFact): void {
    const {mine, theirs} = this.#memory;
    switch (fact.type) {
      case 'put': {
        const {id, roomId, raw} = fact.message;
        this.#receipts = field(raw, 'unread') === true;
        if (!this.#receipts) this.#take(mine, roomId, (each) => each.id === id);
        return;
      }
      case 'message-received':
        // Of its reading the workspace tells whoever has written it.
        if (!this.#receipts) keep(theirs, fact.detail);
        return;
      case 'message-sent':
        if (this.#receipts) keep(mine, fact.detail);
        return this.#hold();
      case 'rooms':
        return this.#look();
      case 'connection-changed':
        this.#forget();
        if (fact.detail.status === 'live') this.#hold();
        return;
      case 'heard': {
        const {stream, event, args} = fact.change;
        const [roomId = '', what] = event.split('/');
        if (stream !== ROOM || what !== 'messagesRead') return;
        const until = parseTime(field(args[0], 'until')) ?? 0;
        this.#take(mine, roomId, ({timestamp}) => timestamp.getTime() <= until);
      }
    }
  }

  stop(): void {
    this.#forget();
  }

  /** The user may have read something, here or elsewhere. */
  #look(): void {
    for (const roomId of this.#memory.theirs.keys()) {
      const membership = this.#session.directory.membership(roomId);
      const until = parseTime(field(membership?.raw, 'ls')) ?? 0;
      this.#take(this.#memory.theirs, roomId, ({timestamp}) => timestamp.getTime() <= until);
    }
  }

  #take(
    from: Map<string, MessageDetail[]>,
    roomId: string,
    isRead: (message: MessageDetail) => boolean,
  ): void {
    const all = from.get(roomId) ?? [];
    const read = all.filter(isRead);
    if (!read.length) return;
    from.set(
      roomId,
      all.filter((each) => !read.includes(each)),
    );
    const reader = from === this.#memory.mine ? this.#chats.other(roomId) : this.#memory.username;
    for (const message of read) this.#tell(message, reader);
  }

  /** Asks to be told of the others' reading where something of the user is unread. */
  #hold(): void {
    const {api} = this.#session;
    if (!api) return;
    for (const [roomId, {length}] of this.#memory.mine) {
      if (!length || this.#held.has(roomId)) continue;
      this.#held.add(roomId);
      void holdSubscription(api.connection, this.#life.signal, ROOM, `${roomId}/messagesRead`);
    }
  }

  #forget(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#held = new Set();
  }
}

const keep = (where: Map<string, MessageDetail[]>, message: MessageDetail): void => {
  const {roomId} = message;
  where.set(roomId, [...(where.get(roomId) ?? []), message].slice(-MOST));
};
