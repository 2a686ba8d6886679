import {PexipChatError} from '../errors.js';
import type {ChatMessage} from '../protocol/chat-message.js';
import {isConnectionLost} from '../transport/ddp-connection.js';
import {sleep} from '../transport/sleep.js';
import type {ChatApi, OutgoingMessage} from './chat-api.js';
import {refusalOf} from './server-refusal.js';

interface Entry {
  readonly message: OutgoingMessage;
  readonly resolve: (message: ChatMessage | undefined) => void;
  readonly reject: (error: Error) => void;
}

const refused = (code: string): PexipChatError =>
  new PexipChatError(
    'message-refused',
    `Rocket.Chat refused the message (${code}). Check that the user may write in the room, and that the text is not too long.`,
  );

/** So often a server may stumble over messages in a row, before one is given up for the next. */
const MOST_TRIES = 12;
/** How long a server that is not well is left alone, ms. */
const PAUSE = 5_000;

/**
 * Messages on their way, sent one after the other in the order in which they were written. Each has
 * its id from the start: where an answer is lost, it is sent again, and Rocket.Chat keeps one.
 */
export class Outbox {
  readonly #waiting: Entry[] = [];
  /** The connection that something is being sent over. */
  #over: object | undefined;

  get size(): number {
    return this.#waiting.length;
  }

  /**
   * Takes a message; it is sent once {@link flush} has a connection. Resolves with what the server
   * has; with nothing where the server had it already and does not tell it again.
   *
   * @throws {PexipChatError} `message-refused`; `disconnected`: it was not sent before the end
   */
  add(message: OutgoingMessage): Promise<ChatMessage | undefined> {
    return new Promise((resolve, reject) => this.#waiting.push({message, resolve, reject}));
  }

  /** Sends what waits, until all is sent or the connection ends. */
  async flush(connection: object, api: ChatApi): Promise<void> {
    if (this.#over === connection) return;
    this.#over = connection;
    // Another connection may have come while an answer of this one was awaited.
    let tries = 0;
    for (let entry; this.#over === connection && (entry = this.#waiting[0]);) {
      try {
        const sent = await api.send(entry.message);
        this.#settle(entry, () => entry!.resolve(sent));
        tries = 0;
      } catch (error) {
        const code = refusalOf(error) ?? (++tries > MOST_TRIES && 'no answer');
        if (code) this.#settle(entry, () => entry!.reject(refused(code)));
        else if (isConnectionLost(error)) break;
        else await sleep(PAUSE);
      }
    }
    if (this.#over === connection) this.#over = undefined;
  }

  /** Nothing will be sent any more. */
  end(error: Error): void {
    this.#over = undefined;
    for (const {reject} of this.#waiting.splice(0)) reject(error);
  }

  #settle(entry: Entry, settle: () => void): void {
    const place = this.#waiting.indexOf(entry);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    settle();
  }
}
