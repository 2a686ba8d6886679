/** How much is measured. */
export interface Plan {
  readonly rounds: number;
  /** Blocks of each listener in a round, in turn with those of the others. */
  readonly blocks: number;
  /** Messages in a block. */
  readonly messages: number;
  /** Rooms on the page when many listen. */
  readonly rooms: number;
  /** Large messages of each listener in a round. */
  readonly large: number;
  readonly nodeOrigin: string;
  readonly foreignOrigin: string;
}

/** What the blocks of one round took by listener, in milliseconds. */
export type Round = Record<string, number[]>;

/** What a room tells of itself. */
export interface Sight {
  /** Of the messages it has heard, by what became of them. */
  readonly messages: Readonly<Record<string, number>>;
  /** All else that `diagnose()` tells, and whether its chat is open. */
  readonly rest: string;
}

/** What the page has measured. */
export interface Measured {
  /** With one room on the page. */
  readonly rounds: readonly Round[];
  /** With many. */
  readonly crowded: readonly Round[];
  /** The longest that a listener took for a large message, by round, in milliseconds. */
  readonly large: readonly Record<string, number>[];
  /** Messages that the first room was sent. */
  readonly sent: number;
  readonly before: Sight;
  readonly after: Sight;
  /** Events that the room has fired meanwhile. */
  readonly fired: readonly string[];
}

/** What the page tells when it is done; `clockStep` in milliseconds. */
export type Outcome = Measured & {readonly isolated: boolean; readonly clockStep: number};
