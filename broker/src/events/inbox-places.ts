import type {Seal} from '../store/seal.js';
import type {Arrived} from './apply-events.js';

/** Entries that are to be applied, by when. */
export const DUE = 'event-inbox';
/** Entries that could not be applied. */
export const ASIDE = 'event-inbox-aside';

const DAY = 24 * 60 * 60_000;
/** An entry that nobody could apply is forgotten then; ms. */
export const ENTRY_KEPT = 3 * DAY;
/** A broker that was killed keeps the others from an entry for so long; ms. */
export const CLAIM = 15_000;

const PURPOSE = 'event-inbox';

export const entryKey = (id: string): string => `event-entry:${id}`;
export const claimKey = (id: string): string => `event-claim:${id}`;
export const triesKey = (id: string): string => `event-tries:${id}`;

export const closeEntry = (seal: Seal, entry: Arrived): string =>
  seal.close(PURPOSE, JSON.stringify(entry));

/** `undefined` for an entry that was sealed with another secret. */
export const openEntry = (seal: Seal, sealed: string): Arrived | undefined => {
  const plain = seal.open(PURPOSE, sealed);
  // Only brokers seal, and what they seal they have parsed.
  return plain === undefined ? undefined : (JSON.parse(plain) as Arrived);
};
