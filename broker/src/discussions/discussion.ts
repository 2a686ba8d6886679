/** The discussion of a meeting. */
export interface Discussion {
  readonly roomId: string;
  readonly name: string;
  /** A discussion of a channel is open like it; any other is for its members. */
  readonly kind: 'c' | 'p';
}

/** A meeting as far as its discussion is concerned: one of the broker's own, or any other. */
export interface Subject {
  /** Tells it from every other one. */
  readonly key: string;
  /** Id of the room in which its discussion is made; undefined where there is none. */
  readonly parent: string | undefined;
  /** In the place of `parent`: the `sub`s of the two of a call, whose direct messages it hangs off. */
  readonly pair?: readonly string[];
  /** Epoch ms, by which its discussion is named. */
  readonly startsAt: number;
  /** Whether nobody can join any more: what was made stays, nothing is made. */
  readonly isOver: boolean;
  /** Ms for which its discussion is known from now on. */
  readonly life: number;
  /** Whether each ask begins that time anew. */
  readonly isRenewed: boolean;
}
