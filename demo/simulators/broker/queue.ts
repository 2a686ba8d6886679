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

  /** Whether anybody has to wait. */
  get isOn(): boolean {
    return this.#positions > 0;
  }

  /** Lets a user through whose turn it is (`undefined`), or tells the place and when to ask again. */
  pass(username: string): {readonly position: number; readonly retryAfter: number} | undefined {
    const position = this.#places.get(username) ?? this.#positions;
    if (position <= 0) return;
    this.#places.set(username, position - 1);
    return {position, retryAfter: this.#retryAfter};
  }
}
