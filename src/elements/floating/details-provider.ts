import {warnOnce} from '../../log.js';
import {afterTask} from './after-task.js';
import {MOST_PEOPLE, remember} from './alias-book.js';
import {parseDetails} from './details-parse.js';
import type {UserDetails, UserDetailsProvider} from './widget-options.js';

/** When a page's provider is asked. */
export const PROVIDER_TIMES = {
  /** It is waited for so long; ms. What comes later counts for nothing. */
  patience: 1_200,
  /** After so long it is asked again for those of whom it told nothing, if they are still shown; ms. */
  again: 60_000,
};

/** So many aliases are asked for at once. */
const MOST_AT_ONCE = 100;
/** So many may be waited for. */
const MOST_WAITING = 1_000;

interface Known {
  /** Undefined: the page told nothing. */
  readonly details: UserDetails | undefined;
  /** By the time since the page began; ms. */
  readonly until: number;
}

/** What the provider gives; undefined if it throws, rejects or takes too long. */
const asked = async (
  provider: UserDetailsProvider,
  aliases: readonly string[],
): Promise<unknown> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PROVIDER_TIMES.patience);
  });
  // A list of its own, which the page may do with what it likes.
  const told = new Promise((resolve) => resolve(provider([...aliases])));
  try {
    return await Promise.race([told, late]);
  } catch {
    // What it threw may hold what the page knows of somebody.
    warnOnce(
      'userDetailsProvider threw or rejected. People have their default name. Catch it there to see why.',
    );
    return;
  } finally {
    clearTimeout(timer);
  }
};

/**
 * What the page tells of its users by `userDetailsProvider`, asked in batches. It is the page's code: what
 * it gives is parsed, and whatever it does or does not give, people have their default name after 1,200 ms.
 */
export class DetailsProvider {
  readonly #changed: () => void;
  readonly #known = new Map<string, Known>();
  readonly #wanted = new Set<string>();
  #provider: UserDetailsProvider | undefined;
  /** Of the batches that count. */
  #life = new AbortController();
  #begun = false;

  /** @param changed the page has told of somebody */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Whether the page has one. */
  get isThere(): boolean {
    return this.#provider !== undefined;
  }

  /** @returns whether this is another one: all that the one before told is forgotten */
  use(given: unknown): boolean {
    const provider = typeof given === 'function' ? (given as UserDetailsProvider) : undefined;
    if (provider === this.#provider) return false;
    this.stop();
    this.#life = new AbortController();
    this.#provider = provider;
    return true;
  }

  /** What the page told of a user; undefined if nothing, or not yet: it is asked then. */
  of(alias: string): UserDetails | undefined {
    const known = this.#known.get(alias);
    if (known) remember(this.#known, alias, known);
    const isOver = !known || known.until <= performance.now();
    if (this.#provider && isOver && this.#wanted.size < MOST_WAITING) this.#want(alias);
    return known?.details;
  }

  stop(): void {
    this.#life.abort();
    this.#known.clear();
    this.#wanted.clear();
    this.#provider = undefined;
    this.#begun = false;
  }

  #want(alias: string): void {
    // Until there is an answer it is not asked for again.
    remember(this.#known, alias, {details: undefined, until: Infinity}, MOST_PEOPLE);
    this.#wanted.add(alias);
    if (this.#begun) return;
    this.#begun = true;
    const {signal} = this.#life;
    afterTask(() => !signal.aborted && this.#begin(signal));
  }

  #begin(signal: AbortSignal): void {
    const aliases = [...this.#wanted];
    const provider = this.#provider;
    this.#wanted.clear();
    this.#begun = false;
    if (!provider) return;
    for (let first = 0; first < aliases.length; first += MOST_AT_ONCE)
      void this.#ask(provider, aliases.slice(first, first + MOST_AT_ONCE), signal);
  }

  async #ask(
    provider: UserDetailsProvider,
    aliases: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const told = parseDetails(await asked(provider, aliases), aliases, () =>
      warnOnce(
        'userDetailsProvider gave something other than a list of objects with a userAlias. That is left out.',
      ),
    );
    if (signal.aborted) return;
    const again = performance.now() + PROVIDER_TIMES.again;
    for (const alias of aliases) {
      const details = told.get(alias);
      remember(this.#known, alias, {details, until: details ? Infinity : again});
    }
    if (told.size) this.#changed();
  }
}
