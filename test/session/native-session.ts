import type {DdpChange} from '../../src/transport/ddp-connection.js';
import {parseChatMessage} from '../../src/protocol/chat-message.js';
import type {ChatApi} from '../../src/session/chat-api.js';
import type {ConversationSession} from '../../src/session/conversation.js';
import type {LiveFact, LiveState, MessageDetail} from '../../src/session/live-state.js';
import {PresenceWatch} from '../../src/session/presence-watch.js';
import {BEFORE_LIVE} from '../../src/session/live-state.js';

/** A question that the server has been asked, to be answered by the test. */
export interface Asked {
  readonly method: string;
  readonly params: readonly unknown[];
  answer(value: unknown): void;
  fail(error?: unknown): void;
}

/** A message that was given to the session to be sent. */
export interface Given {
  readonly text: string;
  readonly threadId: string | undefined;
  readonly id: string;
  refuse(error: unknown): void;
}

/** As Rocket.Chat tells a message over DDP. */
export const raw = (id: string, time: number, fields: object = {}): object => ({
  _id: id,
  rid: 'room',
  msg: `text of ${id}`,
  ts: {$date: time},
  _updatedAt: {$date: time},
  u: {_id: 'other', username: 'bob', name: 'Bob'},
  ...fields,
});

/** A live session of which the test says what happens. */
export class FakeLiveSession implements ConversationSession {
  readonly asked: Asked[] = [];
  readonly given: Given[] = [];
  /** Rooms that were marked as read. */
  readonly read: string[] = [];
  /** Calls without an answer that counts. */
  readonly called: (readonly unknown[])[] = [];
  /** Subscriptions as `stream event`, with what is beside them; their ids are 1, 2, … */
  readonly subscribed: string[] = [];
  readonly unsubscribed: string[] = [];
  /** What is known of the room; to be changed by the test. */
  unread = {count: 0, alert: false};
  readonly #people: readonly string[];
  readonly #username: string;
  readonly #listeners = new Set<(state: LiveState, fact: LiveFact) => void>();
  #live = true;

  /** @param options who is in the direct message, if it is one, and who the user is */
  constructor({
    people = [],
    username = 'me',
  }: {readonly people?: readonly string[]; readonly username?: string} = {}) {
    this.#people = people;
    this.#username = username;
  }

  readonly directory = {
    participants: () => this.#people,
    membership: () => ({...this.unread, raw: {u: {username: this.#username, name: 'My Name'}}}),
  };

  getState(): object {
    return {user: {userId: 'u-me'}};
  }

  readonly #connection = {
    call: (...call: readonly unknown[]) => {
      this.called.push(call);
      return Promise.resolve();
    },
    subscribe: (stream: string, event: string, options?: object) => {
      const beside = options ? ` ${JSON.stringify(options)}` : '';
      return Promise.resolve(String(this.subscribed.push(`${stream} ${event}${beside}`)));
    },
    unsubscribe: (id: string) => this.unsubscribed.push(id),
  };

  readonly presence = new PresenceWatch(() => this.api?.connection);

  get api(): ChatApi | undefined {
    if (!this.#live) return;
    return {
      connection: this.#connection,
      read: (roomId: string) => {
        this.read.push(roomId);
        return Promise.resolve();
      },
      ask: (method: string, params: readonly unknown[]) =>
        new Promise((answer, fail) => this.asked.push({method, params, answer, fail})),
    } as unknown as ChatApi;
  }

  subscribe(listener: (state: LiveState, fact: LiveFact) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(_: string, text: string, threadId?: string, id = ''): Promise<MessageDetail> {
    return new Promise((__, refuse) => this.given.push({text, threadId, id, refuse}));
  }

  /** How many hear of what happens. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** The connection goes, or comes back. */
  connect(live: boolean): void {
    this.#live = live;
    const status = live ? ('live' as const) : ('recovering' as const);
    this.tell({type: 'connection-changed', detail: {status}});
  }

  /** A message as it is now. */
  put(data: object): void {
    const message = parseChatMessage(data);
    if (!message) throw new TypeError('No message.');
    this.tell({type: 'put', message});
  }

  remove(id: string, roomId = 'room'): void {
    this.tell({type: 'message-changed', detail: {id, roomId, change: 'deleted'}});
  }

  hear(change: Omit<DdpChange, 'type'>): void {
    this.tell({type: 'heard', change: {type: 'changed', ...change} as DdpChange});
  }

  tell(fact: LiveFact): void {
    for (const listener of [...this.#listeners]) listener(BEFORE_LIVE, fact);
  }
}
