import {PexipChatError} from '../errors.js';
import {field} from '../protocol/guards.js';
import type {RoomMessage} from '../protocol/room-message.js';
import type {ChatApi} from './chat-api.js';
import type {LiveSession} from './live-session.js';

/** By its fields, as the classes of failures are of another file; the server's own text is left out. */
const failure = (cause: unknown): PexipChatError => {
  const {code, status} = Object(cause) as {code?: unknown; status?: unknown};
  const refused = typeof code === 'string' ? code : status ? `HTTP ${String(status)}` : undefined;
  return refused
    ? new PexipChatError(
        'action-refused',
        `Rocket.Chat did not do this to the message (${refused}). Check the user's permissions and the workspace's Message settings.`,
      )
    : new PexipChatError(
        'disconnected',
        'The connection with Rocket.Chat went before this was done. Try again once it is live.',
      );
};

const offline = (): PexipChatError =>
  new PexipChatError(
    'disconnected',
    'There is no connection with Rocket.Chat now. Try again once it is live.',
  );

/** What a person does to messages that are there. Each resolves when the server has done it. */
export class MessageDeeds {
  readonly #session: LiveSession;

  constructor(session: LiveSession) {
    this.#session = session;
  }

  /** Source: `updateMessage {_id, rid, msg}`. @throws {PexipChatError} `action-refused`, `disconnected` */
  edit({id, roomId}: Pick<RoomMessage, 'id' | 'roomId'>, text: string): Promise<void> {
    return this.#ask((api) =>
      api.ask('updateMessage', [{_id: id, rid: roomId, msg: text}], (rest) =>
        rest.post('chat.update', {roomId, msgId: id, text}, true),
      ),
    );
  }

  /**
   * Whether a message that is not loaded was deleted, as servers keep quiet about an edit of one. False
   * where they do not tell. Source: `getSingleMessage [id]`.
   */
  async isGone(id: string): Promise<boolean> {
    const {api} = this.#session;
    if (!api) return false;
    const untold = (): Promise<unknown> => Promise.resolve({});
    const found = await api.ask('getSingleMessage', [id], untold).catch(untold);
    return !found || field(found, 't') === 'rm';
  }

  /** Source: `deleteMessage {_id}`. @throws {PexipChatError} `action-refused`, `disconnected` */
  remove({id, roomId}: RoomMessage): Promise<void> {
    return this.#ask((api) =>
      api.ask('deleteMessage', [{_id: id}], (rest) =>
        rest.post('chat.delete', {roomId, msgId: id}),
      ),
    );
  }

  /**
   * Adds a reaction, or takes it back. Source: `setReaction [emoji, id, shouldReact]`.
   *
   * @param emoji its shortcode, with colons
   * @throws {PexipChatError} `action-refused`, `disconnected`
   */
  react({id}: RoomMessage, emoji: string, on: boolean): Promise<void> {
    return this.#ask((api) =>
      api.ask('setReaction', [emoji, id, on], (rest) =>
        rest.post('chat.react', {messageId: id, emoji, shouldReact: on}, true),
      ),
    );
  }

  async #ask(deed: (api: ChatApi) => Promise<unknown>): Promise<void> {
    const {api} = this.#session;
    if (!api) throw offline();
    try {
      await deed(api);
    } catch (cause) {
      throw failure(cause);
    }
  }
}
