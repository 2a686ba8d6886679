import type {EmbedRoom} from '../protocol/rocket-chat-embed.js';

/** A page that shows a room has heard as many tokens before that room alone is evidence. */
const TOKENS_HEARD = 2;

/**
 * Weighs what the embedded page tells while a token is on its way. The page may still have the
 * session of another user, whose rooms it opens and counts just as well; only subscriptions say
 * whose they are.
 */
export class SignInEvidence {
  #room: EmbedRoom | undefined;
  #tokens = 0;
  /** Empty if the page has told of subscriptions without saying whose they are. */
  #subscriber: string | undefined;
  #other = false;

  /** The page has told of the subscriptions of another user than the one asked about. */
  get other(): boolean {
    return this.#other;
  }

  addRoom(room: EmbedRoom): void {
    this.#room = room;
    this.#tokens = 0;
  }

  addSubscriber(userId = ''): void {
    this.#subscriber = userId;
  }

  addToken(): void {
    this.#tokens++;
  }

  /**
   * Whether the page has signed `userId` in, as far as can be told.
   *
   * @param over no more tokens will be sent
   */
  proves(userId: string, over: boolean): boolean {
    const subscriber = this.#subscriber;
    if (subscriber && subscriber !== userId) this.#other = true;
    // The same path is another room for another user, or none; only a channel is for everyone.
    if (this.#other && this.#room?.type !== 'c') this.#room = undefined;
    if (subscriber === undefined) return !!this.#room && (over || this.#tokens >= TOKENS_HEARD);
    return !subscriber || subscriber === userId;
  }

  /** The room that the page shows to the user, if it has told of one; at most once. */
  takeRoom(): EmbedRoom | undefined {
    const room = this.#room;
    this.#room = undefined;
    return room;
  }
}
