import type {Filled} from './fill.js';
import type {Message, Room} from './model.js';
import {RocketChatFrame} from './remote-frame.js';
import type {NewRoom} from './rooms.js';
import type {MessageFields, RequestLine} from './simulator.js';
import type {Settings} from './settings.js';
import type {UploadFault} from './upload-fault.js';
import type {SimulatorUser} from './users.js';

export {RocketChatFrame} from './remote-frame.js';
export type {PageState} from './remote-protocol.js';

/** What one step of {@link RocketChatRemote.batch} does. */
export type Step = {readonly username: string; readonly room: string} & (
  | {readonly command: 'post'; readonly text: string; readonly more?: MessageFields}
  | {readonly command: 'edit'; readonly messageId: string; readonly text: string}
  | {readonly command: 'react'; readonly messageId: string; readonly emoji: string}
  | {readonly command: 'remove'; readonly messageId: string}
);

/** Commands a simulator that was started with `remoteControl` from a page of any origin. */
export class RocketChatRemote {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** @param more fields of the message as they are, whatever a server would say to them */
  post(username: string, room: string, text: string, more: MessageFields = {}): Promise<Message> {
    return this.#command('post', {username, room, text, more});
  }

  /**
   * Fills a room with so many messages of the past from all of its members, "Message 1. …" the oldest, 1 to 9
   * lines each, some with markup. Nobody hears of them: a client finds them in the history.
   */
  fill(room: string, count: number): Promise<Filled> {
    return this.#command('fill', {room, count});
  }

  /** Edits a message in the name of a user, who must be allowed to. */
  edit(username: string, room: string, messageId: string, text: string): Promise<Message> {
    return this.#command('edit', {username, room, messageId, text});
  }

  /** Deletes a message in the name of a user, who must be allowed to. */
  async remove(username: string, room: string, messageId: string): Promise<void> {
    await this.#command('remove', {username, room, messageId});
  }

  /**
   * Does one after the other without a pause, and resolves with the message that each step gives;
   * reactions and removals give none. A step that fails ends it, and what was done before stays.
   */
  batch(steps: readonly Step[]): Promise<(Message | null)[]> {
    return this.#command('batch', {steps});
  }

  /** Adds a reaction, or takes it back. */
  async react(username: string, room: string, messageId: string, emoji: string): Promise<void> {
    await this.#command('react', {username, room, messageId, emoji});
  }

  /** Takes a member out of a room. */
  async removeMember(room: string, username: string): Promise<void> {
    await this.#command('remove-member', {room, username});
  }

  /** Lets only the owner, administrators and whoever is unmuted write, or everybody again. */
  async readOnly(room: string, on = true): Promise<void> {
    await this.#command('read-only', {room, on});
  }

  /** Has the members encrypt what they write from now on, or no more. What is there stays. */
  async encrypt(room: string, on = true): Promise<void> {
    await this.#command('encrypt', {room, on});
  }

  /** Takes a member's voice, or gives it back. */
  async mute(room: string, username: string, on = true): Promise<void> {
    await this.#command('mute', {room, username, on});
  }

  async archive(room: string, archived = true): Promise<void> {
    await this.#command('archive', {room, archived});
  }

  /**
   * Sets a setting. A page that is open hears of it a moment later: when its state's
   * `settingsVersion` has reached the number that this resolves with.
   */
  setting<Name extends keyof Settings>(name: Name, value: Settings[Name]): Promise<number> {
    return this.#command('setting', {name, value});
  }

  /** Ends all logins of a user. */
  async revoke(username: string): Promise<void> {
    await this.#command('revoke', {username});
  }

  /** Tells a user's connections to log out, and ends all logins. */
  async forceLogout(username: string): Promise<void> {
    await this.#command('force-logout', {username});
  }

  /** Has a token expire at another time; it lets nobody in from then on, and is swept away later. */
  async tokenExpiry(authToken: string, epochMs: number): Promise<void> {
    await this.#command('token-expiry', {authToken, epochMs});
  }

  /** Has a token expire now, and cuts its connections. */
  async expireToken(authToken: string): Promise<void> {
    await this.#command('expire-token', {authToken});
  }

  /** A new login token, as a broker would make it. */
  token(username: string): Promise<{userId: string; authToken: string}> {
    return this.#command('token', {username});
  }

  /** A room's messages, oldest first. */
  messages(room: string): Promise<Message[]> {
    return this.#command('messages', {room});
  }

  createUser(username: string): Promise<SimulatorUser> {
    return this.#command('create-user', {username});
  }

  createRoom(room: NewRoom): Promise<Room> {
    return this.#command('create-room', room);
  }

  /** The requests the server has seen, without those of the remote. */
  requests(): Promise<RequestLine[]> {
    return this.#command('requests', {});
  }

  /** The DDP sockets: how many are open, and how many there have been since the start. */
  sockets(): Promise<{open: number; ever: number}> {
    return this.#command('sockets', {});
  }

  /** Cuts every DDP socket without a word. */
  async disconnectAll(): Promise<void> {
    await this.#command('disconnect-all', {});
  }

  /**
   * Cuts every connection and listens again after `ms`. Resolves when the server has heard of it,
   * not when it is back.
   */
  async restart(ms = 0): Promise<void> {
    await this.#command('restart', {ms});
  }

  /** Half-open: DDP sockets, new ones too, stay open but neither read nor answer. */
  async deafen(on = true): Promise<void> {
    await this.#command('deafen', {on});
  }

  /** Has uploads cut or slowed down from now on; none, and all is well again. */
  async failUploads(fault: UploadFault = {}): Promise<void> {
    await this.#command('fail-uploads', fault);
  }

  /** The room of that id, name or title. */
  room(room: string): Promise<Room> {
    return this.#command('room', {room});
  }

  /** Back to the data and settings of the start. */
  async reset(): Promise<void> {
    await this.#command('reset', {});
  }

  /** The embedded page in `frame`. To be called before the page is needed, in any order of loading. */
  frame(frame: HTMLIFrameElement): RocketChatFrame {
    return new RocketChatFrame(frame, this.#origin);
  }

  // The answers are those of our own server, whose types these are.
  async #command<T>(name: string, params: object): Promise<T> {
    const url = `${this.#origin}/__simulator/${name}`;
    const response = await fetch(url, {method: 'POST', body: JSON.stringify(params)});
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer as T;
  }
}
