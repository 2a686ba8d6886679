import type {RoomUnread} from '../protocol/chat-room.js';
import type {EmbedEvent} from '../protocol/rocket-chat-embed.js';
import type {Unread} from './chat-state.js';

type UnreadEvent = Extract<EmbedEvent, {type: `unread-changed${string}`}>;

/** What of it a page can see: one that is equal is no change. */
export const keyOfUnread = ({count, alert, rooms}: Unread): string =>
  JSON.stringify([count, alert, rooms.filter((room) => room.count || room.alert)]);

/**
 * Adds up what the embedded page tells of unread messages. Its total counts only some messages by
 * default, and its rooms are told one at a time, so that the count is the total where one is known,
 * and there is an alert as long as any room has one.
 */
export class UnreadTally {
  readonly #rooms = new Map<string, RoomUnread>();
  #total: {count: number; alert: boolean} | undefined;

  add(event: UnreadEvent): void {
    if (event.type === 'unread-changed') this.#total = event;
    else this.#rooms.set(event.unread.roomId, Object.freeze(event.unread));
  }

  /** What all of them come to. */
  get unread(): Unread {
    const rooms = [...this.#rooms.values()];
    const count = this.#total?.count ?? rooms.reduce((sum, room) => sum + room.count, 0);
    return Object.freeze({
      count,
      alert:
        count > 0 || !!this.#total?.alert || rooms.some(({alert, count}) => alert || count > 0),
      rooms: Object.freeze(rooms),
    });
  }

  clear(): void {
    this.#rooms.clear();
    this.#total = undefined;
  }
}
