import {PexipChatError} from '../errors.js';
import type {DialOutLimits} from './dial-limits.js';

const TEXTS: Readonly<Record<keyof DialOutLimits, string>> = {
  inFlight: 'at once',
  perMinute: 'within a minute',
  perMeeting: 'in one meeting',
};

/** Counts the dial-outs of a room against its limits. */
export class DialTally {
  readonly #minute: number;
  #inFlight = 0;
  #inMeeting = 0;
  /** One for each dial-out of the last minute; objects, as two may have the same time. */
  #recent: {readonly time: number}[] = [];

  /** @param minute how long a dial-out counts for `perMinute`, in ms; tests have less time */
  constructor(minute = 60_000) {
    this.#minute = minute;
  }

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
    const now = {time: performance.now()};
    this.#recent = this.#recent.filter(({time}) => now.time - time < this.#minute);
    const counts = {
      inFlight: this.#inFlight,
      perMinute: this.#recent.length,
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
    this.#recent.push(now);
    return (tookPlace = true) => {
      this.#inFlight--;
      if (tookPlace) return;
      this.#inMeeting--;
      this.#recent = this.#recent.filter((each) => each !== now);
    };
  }
}
