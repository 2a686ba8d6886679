import type {WebSocket} from 'ws';

import type {Wire} from './connection.js';

/** A socket that can fall silent without closing. */
export class QuietSocket implements Wire {
  readonly #socket: WebSocket;
  #waiting: string[] | undefined;
  #closing = false;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  send(text: string): void {
    if (this.#waiting) this.#waiting.push(text);
    else this.#socket.send(text);
  }

  /** Closes as Meteor does, by an ordinary close of the WebSocket. */
  close(): void {
    if (this.#waiting) this.#closing = true;
    else this.#socket.close(1000);
  }

  /** Cuts the socket without a word. */
  terminate(): void {
    this.#socket.terminate();
  }

  /** Reads and writes nothing while `on`; what there was to say is said afterwards. */
  deafen(on: boolean): void {
    if (on === !!this.#waiting) return;
    if (on) {
      this.#waiting = [];
      this.#socket.pause();
      return;
    }
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const text of waiting) this.#socket.send(text);
    this.#socket.resume();
    if (this.#closing) this.#socket.close(1000);
  }
}
