/** What is tried again once there is a network, unless something else is to be by then. */
export class OnceOnline {
  #life = new AbortController();

  do(act: () => void): void {
    this.stop();
    this.#life = new AbortController();
    const {signal} = this.#life;
    addEventListener('online', act, {once: true, signal});
  }

  stop(): void {
    this.#life.abort();
  }
}
