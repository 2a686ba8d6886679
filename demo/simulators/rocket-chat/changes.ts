import type {Message, Room, Subscription} from './model.js';
import type {User} from './users.js';

/** What happened in the workspace; the live connections pass it on. */
export type Change =
  | {readonly type: 'settings'}
  /** An account or its tokens; nobody but whoever stores them need know. */
  | {readonly type: 'accounts'}
  | {readonly type: 'message'; readonly message: Message; readonly usernames: readonly string[]}
  /** An edit, a reaction, or a deletion that leaves its trace. */
  | {readonly type: 'message-changed'; readonly message: Message}
  | {readonly type: 'message-removed'; readonly message: Message}
  | {
      readonly type: 'subscription';
      readonly subscription: Subscription;
      /** The room of a subscription that has just begun. */
      readonly begun?: Room;
    }
  | {readonly type: 'subscription-removed'; readonly subscription: Subscription}
  | {readonly type: 'room'; readonly room: Room}
  | {readonly type: 'user-status'; readonly user: User}
  /** What streams carry and nothing keeps, such as typing. */
  | StreamNews
  | {readonly type: 'tokens-ended'; readonly tokens: readonly string[]};

/** News of one stream, for whoever has subscribed to it. */
export interface StreamNews {
  readonly type: 'stream';
  readonly stream: string;
  readonly eventName: string;
  readonly args: readonly unknown[];
  /** The connection that it comes from and that does not hear it again. */
  readonly origin?: object | undefined;
}

/** Tells listeners of every change, in order. */
export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();

  /** Calls `listener` for every change until `signal` aborts. */
  listen(listener: (change: Change) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), {once: true});
  }

  tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  /** News of `stream-notify-user` for one user. */
  tellUser(userId: string, event: string, ...args: unknown[]): void {
    const eventName = `${userId}/${event}`;
    this.tell({type: 'stream', stream: 'stream-notify-user', eventName, args});
  }

  /** News of `stream-notify-room` for one room. */
  tellRoom(rid: string, event: string, ...args: unknown[]): void {
    this.tell({type: 'stream', stream: 'stream-notify-room', eventName: `${rid}/${event}`, args});
  }
}
