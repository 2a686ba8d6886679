import {
  parseChatMessage,
  parseRemoval,
  type ChatMessage,
  type Removal,
} from '../protocol/chat-message.js';
import {
  parseMembership,
  parseRoomFacts,
  type Membership,
  type RoomFacts,
} from '../protocol/chat-room.js';
import {ddpDate} from '../protocol/ddp.js';
import {field, identifier} from '../protocol/guards.js';
import {list} from '../protocol/list.js';
import {isDdpRefusal, type DdpConnection} from '../transport/ddp-connection.js';
import type {RestClient} from '../transport/rest-client.js';
import {sleep} from '../transport/sleep.js';
import type {Missed} from './room-log.js';

/** What has changed in a list, or all of it. */
export interface ListChanges<Item> {
  readonly items: readonly Item[];
  /** Ids of what is gone; undefined where `items` are all that there are. */
  readonly gone: readonly string[] | undefined;
}

/** A message to be sent. */
export interface OutgoingMessage {
  /** Chosen here, so that sending it again is harmless. */
  readonly _id: string;
  readonly rid: string;
  readonly msg: string;
  readonly tmid?: string;
}

const UNKNOWN_METHOD = '404';
const TOO_MANY = 'too-many-requests';
/** No server is waited for longer than this, whatever it says; ms. */
const LONGEST_WAIT = 60_000;
const LEAST_WAIT = 1_000;

type Parse<Item> = (data: unknown) => Item | undefined;

const parsed = <Item>(data: unknown, parse: Parse<Item>): Item[] =>
  list(data)
    .map(parse)
    .filter((item) => item !== undefined);

const changesOf = <Item>(data: unknown, parse: Parse<Item>): ListChanges<Item> => {
  const update = field(data, 'update');
  return {
    items: parsed(update ?? data, parse),
    gone: update
      ? parsed(field(data, 'remove'), (each) => identifier(field(each, '_id')))
      : undefined,
  };
};

const missedOf = (data: unknown): Missed => ({
  updated: parsed<ChatMessage>(field(data, 'updated'), parseChatMessage),
  removed: parsed<Removal>(field(data, 'deleted'), parseRemoval),
});

/**
 * What a live client asks of Rocket.Chat: by a method over the connection, which needs no CORS and
 * no preflight; by REST where the server does not know the method. A server that is asked too much
 * is asked again when it says so.
 */
export class ChatApi {
  readonly connection: DdpConnection;
  /** Brings the client for REST, when it is first needed. */
  readonly rest: () => Promise<RestClient>;

  constructor(connection: DdpConnection, rest: () => Promise<RestClient>) {
    this.connection = connection;
    this.rest = rest;
  }

  /** All that has changed in a room since a time of the server's clock: new, edited, deleted. */
  async missed(roomId: string, since: number): Promise<Missed> {
    const answer = await this.ask('messages/get', [roomId, {lastUpdate: ddpDate(since)}], (rest) =>
      rest
        .get('chat.syncMessages', {roomId, lastUpdate: new Date(since).toISOString()})
        .then((body) => field(body, 'result')),
    );
    return missedOf(answer);
  }

  /** The user's memberships that have changed since then; all of them if `since` is 0. */
  async memberships(since: number): Promise<ListChanges<Membership>> {
    return changesOf(await this.#list('subscriptions', since), parseMembership);
  }

  /** The user's rooms that have changed since then; all of them if `since` is 0. */
  async rooms(since: number): Promise<ListChanges<RoomFacts>> {
    return changesOf(await this.#list('rooms', since), parseRoomFacts);
  }

  /** Sends a message, for the first time or again. @returns the message as the server has it */
  async send(message: OutgoingMessage): Promise<ChatMessage | undefined> {
    const answer = await this.ask('sendMessage', [message], (rest) =>
      rest.post('chat.sendMessage', {message}, true).then((body) => field(body, 'message')),
    );
    return parseChatMessage(answer);
  }

  /** Marks a room as read. */
  async read(roomId: string): Promise<void> {
    await this.ask('readMessages', [roomId], (rest) =>
      rest.post('subscriptions.read', {rid: roomId}, true),
    );
  }

  #list(what: 'rooms' | 'subscriptions', since: number): Promise<unknown> {
    return this.ask(`${what}/get`, since ? [ddpDate(since)] : [], (rest) =>
      rest.get(`${what}.get`, since ? {updatedSince: new Date(since).toISOString()} : {}),
    );
  }

  /**
   * Calls a method, or asks by REST where the server does not know it.
   *
   * @throws {DdpRefusal} {@link ConnectionLost} {@link HttpFailure}
   */
  async ask(
    method: string,
    params: readonly unknown[],
    byRest: (rest: RestClient) => Promise<unknown>,
  ): Promise<unknown> {
    for (;;) {
      try {
        return await this.connection.call(method, params);
      } catch (error) {
        if (!isDdpRefusal(error)) throw error;
        if (error.code === UNKNOWN_METHOD) return byRest(await this.rest());
        if (error.code !== TOO_MANY) throw error;
        await sleep(Math.min(Math.max(error.wait ?? 0, LEAST_WAIT), LONGEST_WAIT));
      }
    }
  }
}
