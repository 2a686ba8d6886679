/** How much is measured. Each block has its own order, so that drift hits all alike. */
export interface Plan {
  readonly rounds: number;
  readonly blocks: number;
  /** Round trips of each contender in a block that it runs in. */
  readonly trips: number;
  /** Trips of the whole way in a round. An even number: the button ends as it began. */
  readonly wholeTrips: number;
}

/** The samples of one round by contender, in milliseconds. */
export type Round = Record<string, number[]>;
