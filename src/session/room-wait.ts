import type {EmbedRoom} from '../protocol/rocket-chat-embed.js';

/** Waits for a room of the embedded page to open: one after the other, each for a limited time. */
export class RoomWait {
  /** Whoever waited no longer wants to know. */
  ended = false;
  /** There is no other room to try. */
  last = false;
  #resolve: ((room?: EmbedRoom) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Resolves with the next room that opens, or with nothing once it was given up. */
  next(last: boolean): Promise<EmbedRoom | undefined> {
    this.last = last;
    return new Promise((resolve) => {
      this.#resolve = resolve;
      if (this.ended) resolve(undefined);
    });
  }

  /** Gives up after `time` milliseconds from now; undefined waits for as long as it takes. */
  limit(time: number | undefined): void {
    clearTimeout(this.#timer);
    if (time !== undefined) this.#timer = setTimeout(() => this.miss(), time);
  }

  /** The room has opened. */
  hit(room: EmbedRoom): void {
    this.#settle(room);
  }

  /** The room will not open. */
  miss(): void {
    this.#settle();
  }

  /** Gives up for good. */
  end(): void {
    this.ended = true;
    this.#settle();
  }

  #settle(room?: EmbedRoom): void {
    clearTimeout(this.#timer);
    this.#resolve?.(room);
  }
}
