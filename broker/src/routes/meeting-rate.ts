import type {Store} from '../store/store.js';
import {demandRate} from './rate.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A record is kept for months, so that a day has a limit of its own: so many minutes at full rate. */
const FULL_MINUTES_A_DAY = 20;

/**
 * Counts one more meeting or call that a user makes.
 *
 * @param most in a minute
 * @throws {BrokerError} `rate-limited`
 */
export const demandMeetingRate = async (store: Store, sub: string, most: number): Promise<void> => {
  await demandRate(store, `meetings:${sub}`, most, MINUTE);
  await demandRate(store, `meetings-day:${sub}`, most * FULL_MINUTES_A_DAY, DAY);
};
