import type {Membership} from '../../protocol/chat-room.js';
import {field, identifier} from '../../protocol/guards.js';
import type {ChatApi} from '../../session/chat-api.js';
import type {LiveSession} from '../../session/live-session.js';
import {refusalOf} from '../../session/server-refusal.js';
import {gone} from '../../session/refusal.js';
import {notDone, userNotFound} from './desk-errors.js';

/** A room of the user's. */
export interface DirectRoom {
  readonly roomId: string;
  readonly path: string;
}

/** What Rocket.Chat answers of a username that it does not know. */
const NOBODY = 'error-invalid-user';

/** What a widget does with direct messages; each throws `action-refused` or `disconnected`. */
export class DeskRooms {
  readonly #session: LiveSession;

  constructor(session: LiveSession) {
    this.#session = session;
  }

  /** The user's direct message with somebody, hidden or not. */
  with(username: string): Membership | undefined {
    return this.#session.directory.find(`direct/${encodeURIComponent(username)}`);
  }

  isListed(roomId: string): boolean {
    return !!this.#session.directory.membership(roomId)?.listed;
  }

  /**
   * The direct message with somebody, made if there is none.
   *
   * Source: `createDirectMessage [username]`, REST `im.create`.
   *
   * @throws {PexipChatError} `user-not-found`
   */
  async find(username: string): Promise<DirectRoom> {
    const known = this.with(username);
    if (known) return known;
    const answer = await this.#do(
      (api) =>
        api.ask('createDirectMessage', [username], (rest) =>
          rest.post('im.create', {username}, true).then((body) => field(body, 'room')),
        ),
      (code) => (code === NOBODY ? userNotFound() : undefined),
    );
    const roomId = identifier(field(answer, 'rid')) ?? identifier(field(answer, '_id'));
    if (!roomId) throw notDone(undefined);
    return {roomId, path: `direct/${roomId}`};
  }

  /** Puts a room that is hidden back into the list. Source: `openRoom [rid]`, REST `rooms.open`. */
  async show(roomId: string): Promise<void> {
    const known = this.#session.directory.membership(roomId);
    // One that has just been made is listed, though it was not told yet.
    if (known && !known.listed)
      await this.#do((api) =>
        api.ask('openRoom', [roomId], (rest) => rest.post('rooms.open', {roomId}, true)),
      );
  }

  /** Takes a room out of the user's list. Source: `hideRoom [rid]`, REST `rooms.hide`. */
  async hide(roomId: string): Promise<void> {
    if (this.isListed(roomId))
      await this.#do((api) =>
        api.ask('hideRoom', [roomId], (rest) => rest.post('rooms.hide', {roomId})),
      );
  }

  /** Deletes a room for everybody, with its messages. Source: `eraseRoom [rid]`, REST `im.delete`. */
  async erase(roomId: string): Promise<void> {
    await this.#do((api) =>
      api.ask('eraseRoom', [roomId], (rest) => rest.post('im.delete', {roomId})),
    );
  }

  async #do(
    deed: (api: ChatApi) => Promise<unknown>,
    meaning: (code: string) => Error | undefined = () => undefined,
  ): Promise<unknown> {
    const {api} = this.#session;
    if (!api) throw gone();
    try {
      return await deed(api);
    } catch (cause) {
      throw meaning(refusalOf(cause) ?? '') ?? notDone(cause);
    }
  }
}
