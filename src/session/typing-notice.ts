/** When others are told that somebody writes; Rocket.Chat's own client does the same (client/lib/UserAction.ts). */
export const TYPING_PACE = {
  /** It is told again while somebody goes on writing, in ms. */
  renew: 5_000,
  /** So long after the latest letter it is told that it is over, in ms. */
  silence: 15_000,
};

/** Tells others that somebody writes, and that it is over. */
export class TypingNotice {
  readonly #tell: (active: boolean) => void;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (active: boolean) => void) {
    this.#tell = tell;
  }

  /** Something was written. */
  touch(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.end(), TYPING_PACE.silence);
    if (this.#renewal !== undefined) return;
    this.#renewal = setTimeout(() => (this.#renewal = undefined), TYPING_PACE.renew);
    this.#tell(true);
  }

  /** It is over: sent, given up, or forgotten. */
  end(): void {
    const was = this.#silence !== undefined;
    clearTimeout(this.#silence);
    clearTimeout(this.#renewal);
    this.#silence = this.#renewal = undefined;
    if (was) this.#tell(false);
  }
}
