/** How many dial-outs a room makes, whoever asks for them. `Infinity` lifts a limit. */
export interface DialOutLimits {
  /** Not settled yet, those that wait for their turn included. */
  readonly inFlight: number;
  /** Within any 60 seconds. */
  readonly perMinute: number;
  /** Since the room was last given an address. */
  readonly perMeeting: number;
}

/** What a room allows unless the page says otherwise. */
export const DIAL_OUT_LIMITS: DialOutLimits = Object.freeze({
  inFlight: 4,
  perMinute: 10,
  perMeeting: 30,
});
