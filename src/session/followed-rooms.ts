import type {DdpConnection} from '../transport/ddp-connection.js';
import {MESSAGES, OF_ROOM} from './live-rooms.js';

/** The rooms whose every change is heard, and their subscriptions on the present connection. */
export class FollowedRooms {
  readonly #fill: (connection: DdpConnection, roomId: string) => Promise<void>;
  /** How many follow each room. */
  readonly #counts = new Map<string, number>();
  #subscribed = new Map<string, Promise<readonly string[]>>();
  #connection: DdpConnection | undefined;
  /** The connection is what it should be. */
  #live = false;

  /** @param fill fetches what was missed of a room that is followed from now on */
  constructor(fill: (connection: DdpConnection, roomId: string) => Promise<void>) {
    this.#fill = fill;
  }

  get ids(): Iterable<string> {
    return this.#counts.keys();
  }

  /** Whether somebody follows this room. */
  has(roomId: unknown): roomId is string {
    return this.#counts.has(roomId as string);
  }

  /** Subscribes to all of them on a new connection. A room that the server refuses is left out. */
  subscribe(connection: DdpConnection): Promise<unknown> {
    this.lose();
    this.#connection = connection;
    const all = [...this.ids].map((roomId) => this.#subscribe(connection, roomId));
    return Promise.allSettled(all);
  }

  /** The connection is what it should be, so that those which came meanwhile can be added. */
  begin(): void {
    this.#live = true;
    for (const roomId of this.ids) this.#join(roomId);
  }

  /** The connection has gone, and its subscriptions with it. */
  lose(): void {
    this.#live = false;
    this.#connection = undefined;
    this.#subscribed = new Map();
  }

  /** Follows a room until the function that it returns is called. */
  follow(roomId: string): () => void {
    this.#counts.set(roomId, (this.#counts.get(roomId) ?? 0) + 1);
    this.#join(roomId);
    return () => {
      const left = (this.#counts.get(roomId) ?? 1) - 1;
      if (left) this.#counts.set(roomId, left);
      else {
        this.#counts.delete(roomId);
        this.#leave(roomId);
      }
    };
  }

  /** The user has become a member again, of whom the server may have refused or ended all of this. */
  renew(roomId: string): void {
    this.#leave(roomId);
    this.#join(roomId);
  }

  #join(roomId: string): void {
    const connection = this.#connection;
    if (!this.#live || !connection || this.#subscribed.has(roomId)) return;
    this.#subscribe(connection, roomId)
      .then(() => this.#fill(connection, roomId))
      // What does not work now is done by the next connection.
      .catch(() => undefined);
  }

  #subscribe(connection: DdpConnection, roomId: string): Promise<readonly string[]> {
    const subscribed = Promise.all([
      connection.subscribe(MESSAGES, roomId),
      connection.subscribe(OF_ROOM, `${roomId}/deleteMessage`),
      connection.subscribe(OF_ROOM, `${roomId}/deleteMessageBulk`),
    ]);
    this.#subscribed.set(roomId, subscribed);
    return subscribed;
  }

  #leave(roomId: string): void {
    const connection = this.#connection;
    // One that is still being answered ends as soon as it has an id.
    this.#subscribed.get(roomId)?.then(
      (ids) => ids.forEach((id) => connection?.unsubscribe(id)),
      () => undefined,
    );
    this.#subscribed.delete(roomId);
  }
}
