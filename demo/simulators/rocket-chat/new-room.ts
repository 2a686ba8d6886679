import type {RoomKind} from './model.js';

/** What makes a room. */
export interface NewRoom {
  readonly type: RoomKind | 'discussion';
  /** The usernames of the members; the first one owns the room. */
  readonly members: readonly string[];
  /** Not for direct messages; the title of a discussion. */
  readonly name?: string;
  /** The name of the room a discussion hangs off. */
  readonly parent?: string;
  readonly topic?: string;
  /** Whether only the owner may write. */
  readonly readOnly?: boolean;
  /** Whether the members encrypt what they write. */
  readonly encrypted?: boolean;
  readonly customFields?: Readonly<Record<string, unknown>>;
}
