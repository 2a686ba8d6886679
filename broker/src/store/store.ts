/** What a counter of a window says after one more. */
export interface Tally {
  /** How often within the window, this time included. */
  readonly count: number;
  /** Ms until the window ends. */
  readonly resetIn: number;
}

/** One entry of a log that the store keeps. */
export interface LogEntry {
  /** Epoch ms. */
  readonly at: number;
  /** JSON. */
  readonly value: string;
}

/** Hears what is published in a channel. */
export interface Listener {
  heard(message: string): void;
  /** Something may have been missed: whoever must know all looks in the store now. */
  again?(): void;
}

/**
 * Where brokers keep what must outlive a request: an SQLite file for one broker, Redis for any number
 * of them. All times are in ms; nothing is read any more after its `ttl`. Every call is atomic by
 * itself, also between brokers. A promise that has resolved outlives the process; one that rejects
 * (`store-unavailable`) has perhaps been carried out.
 */
export interface Store {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttl?: number): Promise<void>;
  /** Resolves with whether there was nothing and the value now stands. */
  setIfAbsent(key: string, value: string, ttl?: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** Deletes the key if it has exactly this value; resolves with whether it had. */
  compareAndDelete(key: string, value: string): Promise<boolean>;
  /** Sets the key if it has exactly the value `old`; resolves with whether it had. */
  compareAndSet(key: string, old: string, value: string, ttl?: number): Promise<boolean>;

  /** Sets one field of a group; each field has a `ttl` of its own. */
  put(group: string, field: string, value: string, ttl: number): Promise<void>;
  /**
   * Sets one field of a group that is set again and again, such as a sign of life. It counts at once, as
   * with `put`; but a process that is killed may lose what it held in its last moments ({@link forgets}).
   *
   * @param most about so many fields the group keeps; those that end first make room
   */
  hold(group: string, field: string, value: string, ttl: number, most: number): Promise<void>;
  /** Ms of `hold` that may be lost with a process that is killed; 0: none. */
  readonly forgets: number;
  /** One field of a group. */
  field(group: string, field: string): Promise<string | undefined>;
  /**
   * Sets one field of a group if it has exactly the value `old`, or is not there where that is
   * `undefined`; resolves with whether it was so.
   */
  swap(
    group: string,
    field: string,
    old: string | undefined,
    value: string,
    ttl: number,
  ): Promise<boolean>;
  /** Resolves with whether the field was there. */
  remove(group: string, field: string): Promise<boolean>;
  /** The fields of a group. */
  entries(group: string): Promise<ReadonlyMap<string, string>>;
  deleteGroup(group: string): Promise<void>;

  /** Puts an item at a time (or other number) in a list that is kept in its order; moves it if it is there. */
  schedule(list: string, item: string, at: number): Promise<void>;
  /**
   * Puts an item in such a list unless it is there.
   *
   * @returns how many items are before it
   */
  enqueue(list: string, item: string, at: number): Promise<number>;
  /** Resolves with whether the item was there: of several that ask, one is told so. */
  unschedule(list: string, item: string): Promise<boolean>;
  /** The first items up to and including `until`, at most `limit`. */
  due(list: string, until: number, limit: number): Promise<readonly string[]>;

  /** Counts one more, or as many as `by` says, within a window that begins with the first. */
  count(key: string, window: number, by?: number): Promise<Tally>;

  /** Appends to a log. */
  append(log: string, entry: LogEntry): Promise<void>;
  /** Reads a log in its order, `since` included. */
  read(log: string, since: number, limit: number): Promise<readonly LogEntry[]>;
  /** Removes what is older. */
  prune(log: string, before: number): Promise<void>;

  /** Tells all brokers that listen now, this one included. */
  publish(channel: string, message: string): Promise<void>;
  /**
   * Listens to a channel, from the next moment on.
   *
   * @returns ends it
   */
  listen(channel: string, listener: Listener): () => void;

  /** Rejects if the store cannot be used now. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
