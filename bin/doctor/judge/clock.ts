import {ok, unchecked, wrong, type Verdict} from '../verdict.js';

/** Seconds that clocks may be apart: tokens and leases are judged by them. */
const MOST_APART = 60;

/** What time it was said to be. */
export interface ClockSeen {
  /** Such as `the node`. */
  readonly who: string;
  /** The header Date; `undefined`: none. */
  readonly date: string | undefined;
  /** Epoch ms, here. */
  readonly receivedAt: number;
}

/** Judges whether clocks agree with the one here. */
export const judgeClock = (seen: readonly ClockSeen[]): Verdict => {
  const apart = seen.flatMap(({who, date, receivedAt}) => {
    const seconds = Math.round((Date.parse(date ?? '') - receivedAt) / 1000);
    return Number.isFinite(seconds) ? [{who, seconds}] : [];
  });
  if (apart.length === 0) {
    return unchecked(
      'No server told its time.',
      'Compare the clocks by hand; all should be set by NTP.',
    );
  }
  const off = apart.filter(({seconds}) => Math.abs(seconds) >= MOST_APART);
  const words = (list: typeof apart): string =>
    list
      .map(
        ({who, seconds}) => `${who} is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead'}`,
      )
      .join(', ');
  return off.length
    ? wrong(
        `Compared with the clock here, ${words(off)}; sign-ins end early or late then.`,
        'Set the clocks of all machines by NTP, this one too. For the nodes: the NTP servers of the Management Node.',
      )
    : ok(`The clocks agree within ${MOST_APART} s (${apart.map(({who}) => who).join(', ')}).`);
};
