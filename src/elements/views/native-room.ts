import {PexipChatError} from '../../errors.js';
import {roomPaths} from '../../protocol/chat-room-reference.js';
import {roomTraits, type RoomTraits} from '../../protocol/room-traits.js';
import type {EmbedRoom} from '../../protocol/rocket-chat-embed.js';
import {superseded} from '../../session/embed-errors.js';
import type {LiveClient} from '../../session/live-client.js';
import type {LiveSession} from '../../session/live-session.js';
import {ownUser} from '../../session/own-user.js';
import {findRoom, ownRoom, type FoundRoom} from '../../session/room-finder.js';
import {RoomScene, type SceneFact} from '../../session/room-scene.js';

export interface NativeRoomOptions {
  /** Undefined while nobody is signed in. */
  readonly client: () => LiveClient | undefined;
  /** Why none of these rooms can be read; undefined if that cannot be found out. */
  readonly explain: (paths: readonly string[]) => Promise<PexipChatError | undefined>;
  /** Something has happened in the room that is shown. */
  readonly tell: (fact: SceneFact) => void;
  readonly opened: (room: EmbedRoom) => void;
  /** The room that was asked for does not open. */
  readonly failed: (error: PexipChatError) => void;
}

/** A room that is asked for, and whoever waits for it. */
interface Asked {
  readonly paths: readonly string[];
  readonly resolve: (room: EmbedRoom) => void;
  readonly reject: (error: PexipChatError) => void;
}

/** Where Rocket.Chat has rooms of each kind; it takes their ids in the place of names. */
const PATHS = {c: 'channel', p: 'group', d: 'direct'} as const;

const unconfirmed = (): PexipChatError =>
  new PexipChatError(
    'room-unconfirmed',
    'Rocket.Chat did not open the room, and does not say why. Check its name, and that the user is a member.',
  );

const traitsOf = (session: LiveSession, {roomId, raw}: FoundRoom): RoomTraits => {
  const {directory} = session;
  const {username} = ownUser(session, roomId);
  const room = directory.facts(roomId)?.raw ?? raw;
  return roomTraits(room, directory.membership(roomId)?.raw, username);
};

/** The room that a native view shows: found by its path as soon as somebody is signed in, and opened. */
export class NativeRoom {
  readonly #options: NativeRoomOptions;
  #asked: Asked | undefined;
  #scene: RoomScene | undefined;
  /** Who hears of every change in the room that is shown. */
  #follower: LiveClient | undefined;
  #finding = false;

  constructor(options: NativeRoomOptions) {
    this.#options = options;
  }

  get found(): FoundRoom | undefined {
    return this.#scene?.room;
  }

  /** Where the room is in Rocket.Chat itself. */
  get path(): string | undefined {
    const {found} = this;
    return found && `${PATHS[found.kind]}/${encodeURIComponent(found.roomId)}`;
  }

  get scene(): RoomScene | undefined {
    return this.#scene;
  }

  /** Whether the user may write, and how far he has read. */
  get traits(): RoomTraits | undefined {
    const {session} = this.#options.client() ?? {};
    return session && this.found && traitsOf(session, this.found);
  }

  /**
   * Shows a room, now or as soon as somebody is signed in. Resolves when it is.
   *
   * @param paths encoded, the first one that there is counts
   * @throws {PexipChatError} `room-forbidden`, `room-not-found`, `room-unconfirmed`; `disconnected`:
   * another one was asked for meanwhile
   */
  open(paths: readonly string[]): Promise<EmbedRoom> {
    this.#asked?.reject(superseded());
    return new Promise((resolve, reject) => {
      this.#asked = {paths, resolve, reject};
      void this.find();
    });
  }

  /** Looks for the room that was asked for; called again when there may be an answer. */
  async find(): Promise<void> {
    const asked = this.#asked;
    const client = this.#options.client();
    const {session} = client ?? {};
    // The list of rooms tells which of three a bare name is, and needs no question.
    if (!asked || !client || !session?.getState().known || this.#finding) return;
    const own = ownRoom(session.directory, asked.paths);
    if (own) return this.#show(asked, own, client);
    const {api} = session;
    if (!api) return;
    this.#finding = true;
    try {
      const found = await findRoom(api, session.directory, asked.paths);
      const why = found ? undefined : await this.#options.explain(asked.paths);
      if (asked !== this.#asked || client !== this.#options.client()) return;
      if (found) this.#show(asked, found, client);
      else this.#fail(asked, why ?? unconfirmed());
    } catch {
      // What a connection did not live to answer is asked over the next one.
      if (asked === this.#asked && api === session.api) this.#fail(asked, unconfirmed());
    } finally {
      this.#finding = false;
      // For another room or user than was asked for.
      if (asked !== this.#asked || client !== this.#options.client()) void this.find();
    }
  }

  /** Shows no room, and asks for none. */
  stop(): void {
    this.#asked?.reject(superseded());
    this.#asked = undefined;
    this.#close();
  }

  /** Shows no room. Whoever signs in later sees the same one. */
  leave(): void {
    const {found} = this;
    this.#close();
    if (found && !this.#asked) {
      const paths = roomPaths(found.roomId);
      this.#asked = {paths, resolve: () => undefined, reject: () => undefined};
    }
  }

  #show(asked: Asked, found: FoundRoom, client: LiveClient): void {
    const {session} = client;
    if (!session) return;
    this.#asked = undefined;
    const room = {roomId: found.roomId, name: found.name, type: found.type};
    if (found.roomId !== this.found?.roomId) {
      this.#close();
      this.#follower = client;
      client.follow(found.roomId);
      const {read} = traitsOf(session, found);
      this.#scene = new RoomScene(session, found, read, this.#options.tell);
    }
    this.#options.opened(room);
    asked.resolve(room);
    this.#options.tell({type: 'changed'});
  }

  #fail(asked: Asked, error: PexipChatError): void {
    this.#asked = undefined;
    this.#options.failed(error);
    asked.reject(error);
  }

  #close(): void {
    this.#scene?.close();
    this.#follower?.follow();
    this.#scene = this.#follower = undefined;
  }
}
