/** How long to wait between attempts, in milliseconds. */
export interface Backoff {
  /** The most before the first attempt; doubled for each further one. */
  readonly first: number;
  readonly most: number;
}

/** The first attempt is within half a second, the later ones at most 30 seconds apart. */
export const BACKOFF: Backoff = {first: 500, most: 30_000};

/**
 * How long to wait before an attempt: any time up to a limit that doubles each time ("full jitter"),
 * so that all pages of a workspace do not come back in the same moment.
 *
 * Source: aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter
 *
 * @param attempt how many attempts there were before, from 0
 */
export const delayBefore = (attempt: number, {first, most}: Backoff = BACKOFF): number =>
  Math.random() * Math.min(most, first * 2 ** attempt);
