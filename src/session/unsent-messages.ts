import {PexipChatError} from '../errors.js';
import {Observable} from './observable.js';
import {randomId} from './random-id.js';

/** A message of one's own that the server has not confirmed yet. */
export interface PendingMessage {
  readonly id: string;
  readonly text: string;
  /** When it was written, by the clock of the device: epoch ms. */
  readonly time: number;
  /** Why it was not sent; undefined while it is on its way. */
  readonly error?: PexipChatError;
}

/** Brings a message to the server. Rejects with the reason why it was not sent. */
export type Deliver = (message: PendingMessage) => Promise<unknown>;

export interface UnsentState {
  /** In the order in which they were written. */
  readonly pending: readonly PendingMessage[];
}

/**
 * One's own messages of one room or thread that the server does not have yet: those on their way, and
 * those that were refused. They outlive what shows them.
 */
export class UnsentMessages extends Observable<UnsentState, undefined> {
  constructor() {
    super({pending: []});
  }

  /** @returns the id of the message */
  send(text: string, deliver: Deliver): string {
    const message = {id: randomId(), text, time: Date.now()};
    this.#set([...this.#pending, message]);
    this.#deliver(message, deliver);
    return message.id;
  }

  /** Sends a message again that was not sent. */
  retry(id: string, deliver: Deliver): void {
    const message = this.#find(id);
    if (!message?.error) return;
    const {error: _, ...again} = message;
    this.#replace(again);
    this.#deliver(again, deliver);
  }

  /** Forgets a message: it has arrived, or is not to be sent. @returns its text */
  drop(id: string): string | undefined {
    const message = this.#find(id);
    if (message) this.#set(this.#pending.filter((each) => each !== message));
    return message?.text;
  }

  /** Forgets all of them. */
  forget(): void {
    this.#set([]);
  }

  get #pending(): readonly PendingMessage[] {
    return this.getState().pending;
  }

  #find(id: string): PendingMessage | undefined {
    return this.#pending.find((each) => each.id === id);
  }

  #deliver(message: PendingMessage, deliver: Deliver): void {
    deliver(message).then(
      () => this.drop(message.id),
      (error: unknown) => {
        if (error instanceof PexipChatError) this.#replace({...message, error});
      },
    );
  }

  /** One that has arrived meanwhile, or was forgotten, stays away. */
  #replace(message: PendingMessage): void {
    this.#set(this.#pending.map((each) => (each.id === message.id ? message : each)));
  }

  #set(pending: readonly PendingMessage[]): void {
    this.change(undefined, {pending});
  }
}
