import type {PexipChatError} from '../errors.js';
import type {ChatMessage} from '../protocol/chat-message.js';
import {Timeline} from './timeline.js';

/** A message of one's own that the server has not confirmed yet. */
export interface PendingMessage {
  readonly id: string;
  readonly text: string;
  readonly threadId?: string;
  /** When it was written, by the clock of the device: epoch ms. */
  readonly time: number;
  /** Why it was not sent; undefined while it is on its way. */
  readonly error?: PexipChatError;
}

/**
 * The messages of one room with those of one's own that are on their way, for a view that shows them.
 * A message takes the place of the pending one of its id, whichever of the two comes first.
 */
export class SendingTimeline<Message extends ChatMessage = ChatMessage> extends Timeline<Message> {
  readonly #pending = new Map<string, PendingMessage>();

  /** One's own messages that are on their way, in the order in which they were written. */
  get pending(): readonly PendingMessage[] {
    return [...this.#pending.values()];
  }

  override put(message: Message): ReturnType<Timeline['put']> {
    const change = super.put(message);
    if (change) this.#pending.delete(message.id);
    return change;
  }

  override remove(id: string): boolean {
    this.#pending.delete(id);
    return super.remove(id);
  }

  /** Takes a message that is on its way, or a change of it. One that has arrived is left alone. */
  putPending(message: PendingMessage): void {
    if (!this.has(message.id)) this.#pending.set(message.id, message);
  }

  /** Forgets a message that will not be sent. */
  dropPending(id: string): void {
    this.#pending.delete(id);
  }
}
