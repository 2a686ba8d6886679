import {BrokerRefused} from './refusals.js';

/** Has users wait for their first token, as a workspace with many sign-ins a minute does. */
export class Queue {
  #positions = 0;
  #retryAfter = 0;
  #places = new Map<string, number>();

  /** Each user's next `positions` attempts have to wait. */
  set(positions: number, retryAfterSeconds: number): void {
    this.#positions = positions;
    this.#retryAfter = retryAfterSeconds;
    this.#places = new Map();
  }

  /** Lets a user through whose turn it is, or throws the refusal that tells the place. */
  pass(username: string): void {
    const position = this.#places.get(username) ?? this.#positions;
    if (position <= 0) return;
    this.#places.set(username, position - 1);
    throw new BrokerRefused(429, 'sign-in-queued', 'Others are signing in. Ask again.', {
      headers: {'retry-after': String(this.#retryAfter)},
      position,
    });
  }
}
