import type {PresenceStatus} from '../../protocol/presence.js';
import type {ShownPerson} from './desk-types.js';
import type {Users} from './users.js';

export interface DeskNamesOptions {
  readonly users: Users;
  /** The user's own name at Rocket.Chat. */
  readonly username: string;
  /** The user's own alias, as the access token has it. */
  readonly alias: () => string | undefined;
  readonly statusOf: (username: string) => PresenceStatus | undefined;
}

/** Who is who to the user who is signed in. */
export class DeskNames {
  readonly username: string;
  readonly statusOf: DeskNamesOptions['statusOf'];
  readonly #users: Users;
  readonly #own: () => string | undefined;

  constructor({users, username, alias, statusOf}: DeskNamesOptions) {
    this.username = username;
    this.statusOf = statusOf;
    this.#users = users;
    this.#own = alias;
  }

  /** `@username` of whoever has none, or is not known yet. */
  alias(username: string): string {
    return this.known(username) ?? `@${username}`;
  }

  /** Undefined until it is known. */
  known(username: string): string | undefined {
    const own = username === this.username ? this.#own() : undefined;
    return own ?? this.#users.aliasOf(username);
  }

  /** Resolves when it is known who they are, or will not be; in the order in which it was asked. */
  async learn(usernames: readonly string[]): Promise<void> {
    const own = this.#own() === undefined ? undefined : this.username;
    await this.#users.aliasesOf(usernames.filter((each) => each !== own));
  }

  person(username: string): ShownPerson {
    return this.#users.person(username);
  }

  /** What Rocket.Chat calls somebody. */
  called(username: string, name: string): void {
    this.#users.called(username, name);
  }
}
