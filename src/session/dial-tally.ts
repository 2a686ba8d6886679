import {PexipChatError} from '../errors.js';
import type {DialOutLimits} from './dial-limits.js';

const MINUTE = 60_000;

const TEXTS: Readonly<Record<keyof DialOutLimits, string>> = {
  inFlight: 'at once',
  perMinute: 'within a minute',
  perMeeting: 'in one meeting',
};

/** Counts the dial-outs of a room against its limits. */
export class DialTally {
  #inFlight = 0;
  #inMeeting = 0;
  #times: number[] = [];

  /** Another meeting has begun. What is in flight ends by itself. */
  newMeeting(): void {
    this.#inMeeting = 0;
  }

  /**
   * Counts one more.
   *
   * @returns a function to call when the dial-out has ended; with `false` if it never took place
   * @throws {PexipChatError} `dial-out-limited`: there would be too many
   */
  take(limits: DialOutLimits): (tookPlace?: boolean) => void {
    const now = performance.now();
    this.#times = this.#times.filter((time) => now - time < MINUTE);
    const counts = {
      inFlight: this.#inFlight,
      perMinute: this.#times.length,
      perMeeting: this.#inMeeting,
    };
    for (const [name, count] of Object.entries(counts) as [keyof DialOutLimits, number][]) {
      if (count < limits[name]) continue;
      throw new PexipChatError(
        'dial-out-limited',
        `The page asked for more than ${limits[name]} dial-outs ${TEXTS[name]}. Wait, or raise ` +
          `dialOutLimits.${name} if that many are meant.`,
      );
    }
    this.#inFlight++;
    this.#inMeeting++;
    this.#times.push(now);
    return (tookPlace = true) => {
      this.#inFlight--;
      if (tookPlace) return;
      this.#inMeeting--;
      this.#times = this.#times.filter((time) => time !== now);
    };
  }
}
