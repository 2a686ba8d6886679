/** Somebody whom Pexip Infinity has in a meeting. Times are epoch ms. */
export interface Participant {
  readonly uuid: string;
  readonly name: string;
  readonly role: 'chair' | 'guest' | 'unknown';
  /** Whose ticket he came by. */
  readonly sub?: string;
  readonly protocol: string;
  readonly muted: boolean;
  readonly presenting: boolean;
  readonly since: number;
}

/** What is known of meetings by the events of Pexip Infinity; `id` is the meeting's. */
export interface Roster {
  /** Those who are in it now, in the order in which they came: people, not their signalling or recorders. */
  participants(id: string): Promise<readonly Participant[]>;
  /** Whether a person was ever in it by his ticket. */
  hasSeen(id: string, sub: string): Promise<boolean>;
  /** Epoch ms since which no node holds the meeting; undefined if one does, or none ever has. */
  emptySince(id: string): Promise<number | undefined>;
  /** Whether a node holds it now. */
  isLive(id: string): Promise<boolean>;
}

/** Tells of every meeting about which events have changed something. */
export interface MeetingNews {
  /** The listener may be called again for what it was told, by any broker. */
  onChanged(listener: (id: string) => Promise<void>): void;
}
