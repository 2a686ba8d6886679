import type {SocketFigures} from './sockets.js';
import type {Told} from './told.js';

/** Where a contender signs in, as whom, and which room it follows. */
export interface Entry {
  /** Of the fault proxy before its workspace. */
  readonly origin: string;
  readonly userId: string;
  readonly authToken: string;
  readonly roomId: string;
}

/** Those that are compared. */
export type Contender = 'ours' | 'theirs';

/** What became of a contender. */
export interface Outcome {
  readonly told: readonly Told[];
  readonly sockets: SocketFigures;
}
