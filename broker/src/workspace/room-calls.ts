import {field, identifier, LIMITS} from '../../../src/protocol/guards.js';
import {type Answer, codeOf, isDone} from './answer.js';
import {answerOdd, workspaceRefused} from './faults.js';
import type {Caller, Rest} from './rest.js';
import type {RouteWindows} from './route-windows.js';
import type {Login} from './workspace.js';

/** The workspace does not do something with a room for whoever asks. */
export class RoomRefusal extends Error {
  readonly route: string;
  /** Rocket.Chat's own, such as `error-not-allowed`. */
  readonly code: string;

  constructor(route: string, answer: Answer) {
    const code = codeOf(answer).slice(0, LIMITS.code);
    super(`Rocket.Chat refuses ${route} (${answer.status}, ${code}).`);
    this.name = 'RoomRefusal';
    this.route = route;
    this.code = code;
  }

  /** Whether there is no such room, or none that the caller may see. */
  get isMissing(): boolean {
    return ['error-room-not-found', 'error-invalid-room'].includes(this.code);
  }
}

/** A room as far as the broker must know it. */
export interface RoomFacts {
  readonly id: string;
  readonly kind: 'c' | 'd' | 'p';
  /** Of a discussion: the room off which it hangs. */
  readonly parent: string | undefined;
}

/** A message by which a room tells of a discussion. */
export interface Announcement {
  readonly discussion: string;
  /** Links to the messages that it quotes, such as `/group/ward?msg=<id>`. */
  readonly links: readonly string[];
  /** When, as the workspace writes it: texts that can be compared. */
  readonly at: string;
}

/** What a discussion is made of. */
export interface NewDiscussion {
  readonly parent: string;
  /** Id of the message in `parent` that it quotes. */
  readonly message: string;
  readonly name: string;
  /** Usernames. */
  readonly users: readonly string[];
}

const MOST_ANNOUNCEMENTS = 100;

/**
 * What the broker does with rooms and discussions, in its own name or in a user's. All throw
 * {@link RoomRefusal}, and a `BrokerError` `rate-limited`, `workspace-unreachable`, `workspace-refused`.
 */
export class RoomCalls {
  readonly #rest: Rest;
  readonly #windows: RouteWindows;
  #own: Promise<string> | undefined;

  constructor(rest: Rest, windows: RouteWindows) {
    this.#rest = rest;
    this.#windows = windows;
  }

  async info(by: Caller, roomId: string): Promise<RoomFacts> {
    const body = await this.#get(by, 'rooms.info', {roomId});
    const facts = factsOf(field(body, 'room'));
    if (facts?.id === roomId) return facts;
    throw workspaceRefused(answerOdd('rooms.info', 'has no such room'));
  }

  /** Writes a message with an id of the broker's own, unless it is there already. */
  async say(by: Caller, message: {_id: string; rid: string; msg: string}): Promise<void> {
    await this.#post(by, 'chat.sendMessage', {message});
  }

  /**
   * Makes a discussion. Rocket.Chat itself keeps nobody from making two of one message: it looks for an
   * earlier one by a field that no room has.
   *
   * Source: app/discussion/server/methods/createDiscussion.ts f8afb191 (`Rooms.findOne({prid, pmid})`).
   */
  async discuss(by: Caller, {parent, message, name, users}: NewDiscussion): Promise<RoomFacts> {
    const body = await this.#post(by, 'rooms.createDiscussion', {
      prid: parent,
      pmid: message,
      t_name: name,
      users,
    });
    const made = field(body, 'discussion');
    const facts = factsOf(made);
    if (facts) return facts;
    const id = identifier(field(made, 'rid') ?? field(made, '_id'));
    if (id !== undefined) return this.info(by, id);
    throw workspaceRefused(answerOdd('rooms.createDiscussion', 'has no discussion'));
  }

  /**
   * The latest discussions of a room whose name has a text.
   *
   * Source: server/lib/messages/findDiscussionsByRoomAndText: messages with `drid`, the newest first;
   * attachMessage.ts 045982c8: `message_link`.
   */
  async announcements(by: Caller, roomId: string, text: string): Promise<readonly Announcement[]> {
    const query = {roomId, text, count: String(MOST_ANNOUNCEMENTS)};
    const messages = field(await this.#get(by, 'chat.getDiscussions', query), 'messages');
    if (!Array.isArray(messages))
      throw workspaceRefused(answerOdd('chat.getDiscussions', 'has no messages'));
    return messages.flatMap((message: unknown) => {
      const discussion = identifier(field(message, 'drid'));
      const at = identifier(field(message, 'ts'));
      if (discussion === undefined || at === undefined) return [];
      const attachments = field(message, 'attachments');
      const links = (Array.isArray(attachments) ? attachments : []).flatMap(
        (each: unknown) => identifier(field(each, 'message_link'), LIMITS.message) ?? [],
      );
      return {discussion, at, links};
    });
  }

  /** Id of the room of somebody's direct messages with another one. */
  async direct(by: Login, username: string): Promise<string> {
    const room = field(await this.#post(by, 'im.create', {username}), 'room');
    const id = identifier(field(room, '_id') ?? field(room, 'rid'));
    if (id !== undefined) return id;
    throw workspaceRefused(answerOdd('im.create', 'has no room'));
  }

  /** Adds a user in the broker's name; one who is in it stays in it. */
  async invite({kind, id: roomId}: Pick<RoomFacts, 'id' | 'kind'>, userId: string): Promise<void> {
    const route = kind === 'c' ? 'channels.invite' : 'groups.invite';
    await this.#post('service', route, {roomId, userId});
  }

  /** The service account's username. */
  async ownName(): Promise<string> {
    this.#own ??= this.#get('service', 'me', {}).then((body) => {
      const username = identifier(field(body, 'username'), LIMITS.message);
      if (username === undefined) throw workspaceRefused(answerOdd('me', 'has no username'));
      return username;
    });
    try {
      return await this.#own;
    } catch (error) {
      this.#own = undefined;
      throw error;
    }
  }

  #get(by: Caller, route: string, query: Readonly<Record<string, string>>): Promise<unknown> {
    return this.#within(by, route, () => this.#rest.get(route, {by, query}));
  }

  #post(by: Caller, route: string, body: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#within(by, route, () => this.#rest.post(route, {by, body}));
  }

  /** The service account may be spared the limits that hold for everybody else. */
  async #within(by: Caller, route: string, call: () => Promise<Answer>): Promise<unknown> {
    const window = by === 'service' ? `service:${route}` : route;
    const answer = await this.#windows.within(window, call);
    if (isDone(answer)) return answer.body;
    throw new RoomRefusal(route, answer);
  }
}

const factsOf = (room: unknown): RoomFacts | undefined => {
  const id = identifier(field(room, '_id'));
  const kind = field(room, 't');
  if (id === undefined || (kind !== 'c' && kind !== 'd' && kind !== 'p')) return;
  return {id, kind, parent: identifier(field(room, 'prid'))};
};
