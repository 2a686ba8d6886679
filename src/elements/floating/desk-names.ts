import type {PresenceStatus} from '../../session/room-activity.js';
import type {ChatNames} from './desk-chats.js';
import type {ShownPerson} from './desk-types.js';
import type {DeskUsers} from './desk-users.js';

export interface DeskNamesOptions {
  readonly users: DeskUsers;
  /** The user's own name at Rocket.Chat. */
  readonly username: string;
  /** The user's own alias, as the access token has it. */
  readonly alias: () => string | undefined;
  readonly statusOf: (username: string) => PresenceStatus | undefined;
}

/** Who is who to the user who is signed in. */
export class DeskNames implements ChatNames {
  readonly username: string;
  readonly #options: DeskNamesOptions;

  constructor(options: DeskNamesOptions) {
    this.#options = options;
    this.username = options.username;
  }

  alias(username: string): string {
    return this.knownAlias(username) ?? `@${username}`;
  }

  knownAlias(username: string): string | undefined {
    const own = username === this.username ? this.#options.alias() : undefined;
    return own ?? this.#options.users.aliasOf(username);
  }

  /** Asks for those that are not known. Never rejects. */
  async learn(usernames: readonly string[]): Promise<void> {
    const missing = usernames.filter((each) => this.knownAlias(each) === undefined);
    if (missing.length) await this.#options.users.aliasesOf(missing).catch(() => undefined);
  }

  person(username: string): ShownPerson {
    return this.#options.users.person(username);
  }

  statusOf(username: string): PresenceStatus | undefined {
    return this.#options.statusOf(username);
  }
}
