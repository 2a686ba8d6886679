import type {ListedUser} from '../../protocol/user-list.js';

/** How long what is not known for good counts, in ms. */
export const BOOK_TIMES = {
  /** Somebody has no alias: the first sign-in through the broker gives one. */
  none: 600_000,
  /** The broker could not tell. */
  untold: 60_000,
};

/** So many people are remembered; those who were looked up longest ago make room. */
export const MOST_PEOPLE = 5_000;

/** What is known of a username: the alias, `null` where there is none, `undefined` where nobody can tell now. */
export interface AliasEntry {
  readonly alias: string | null | undefined;
  /** Until when that counts, by the time since the page began; ms. */
  readonly until: number;
}

/** Puts an entry at the end; the oldest one makes room. */
export const remember = <Value>(
  map: Map<string, Value>,
  key: string,
  value: Value,
  most: number = MOST_PEOPLE,
): void => {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.size > most ? map.keys() : [];
  if (oldest !== undefined) map.delete(oldest);
};

/** Who is who, both ways, as far as it was told. */
export class AliasBook {
  readonly #aliases = new Map<string, AliasEntry>();
  readonly #usernames = new Map<string, string>();
  readonly #names = new Map<string, string>();

  /** @returns `undefined` if it is not known whether there is an alias, or no longer */
  entry(username: string): AliasEntry | undefined {
    const entry = this.#aliases.get(username);
    if (!entry || entry.until <= performance.now()) return;
    remember(this.#aliases, username, entry);
    return entry;
  }

  username(alias: string): string | undefined {
    return this.#usernames.get(alias);
  }

  /** What Rocket.Chat calls somebody. */
  name(username: string): string | undefined {
    return this.#names.get(username);
  }

  /** @returns whether that is another name than before */
  call(username: string, name: string): boolean {
    if (this.#names.get(username) === name) return false;
    remember(this.#names, username, name);
    return true;
  }

  put({alias, username, name}: ListedUser): void {
    remember(this.#aliases, username, {alias, until: Infinity});
    remember(this.#usernames, alias, username);
    // What the workspace's own messages say is younger.
    if (name !== undefined && !this.#names.has(username)) this.call(username, name);
  }

  /** The broker knows no alias of a username; `told`: for sure. */
  putNone(username: string, told: boolean): void {
    const until = performance.now() + (told ? BOOK_TIMES.none : BOOK_TIMES.untold);
    remember(this.#aliases, username, {alias: told ? null : undefined, until});
  }
}
