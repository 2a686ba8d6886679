import type {PresentParticipant} from './participants.js';

/** How many are remembered; the oldest go first. A dial that is never replied to must cost little. */
const MOST = 100;

/**
 * Who has gone while a dial had no reply yet: the reply may name them, and nothing more will be heard
 * of them. Nobody is remembered while no reply is awaited.
 */
export class Departures {
  readonly #gone = new Map<string, PresentParticipant | undefined>();
  #awaited = 0;

  /** A reply is awaited from now on. */
  dialled(): void {
    this.#awaited++;
  }

  /** One of the replies has come. */
  replied(): void {
    if (--this.#awaited === 0) this.#gone.clear();
  }

  /** Someone has gone, who is `undefined` if nobody ever answered there. */
  note(uuid: string, participant: PresentParticipant | undefined): void {
    if (!this.#awaited) return;
    this.#gone.set(uuid, participant);
    const [oldest] = this.#gone.keys();
    if (oldest !== undefined && this.#gone.size > MOST) this.#gone.delete(oldest);
  }

  /** This one is back, as from a breakout room. */
  forget(uuid: string): void {
    this.#gone.delete(uuid);
  }

  /** Whether this one has gone. */
  has(uuid: string): boolean {
    return this.#gone.has(uuid);
  }

  /** Who has gone, if it was someone who had been in the meeting. */
  find(uuid: string): PresentParticipant | undefined {
    return this.#gone.get(uuid);
  }
}
