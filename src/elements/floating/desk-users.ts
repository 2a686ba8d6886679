import {PexipChatError} from '../../errors.js';
import {field, identifier, LIMITS} from '../../protocol/guards.js';
import {list} from '../../protocol/list.js';
import {visibleName} from '../../protocol/visible-text.js';
import {userNotFound} from './desk-errors.js';
import type {ShownPerson} from './desk-types.js';
import type {WidgetProperties} from './widget-options.js';

/** Who is who: aliases outside, usernames inside. */
export interface DeskUsers {
  /** Undefined until it is known. */
  aliasOf(username: string): string | undefined;
  /** @throws {PexipChatError} `user-not-found`, `broker-failed` */
  usernameOf(alias: string): Promise<string>;
  /** In the order asked; of whoever has none, or is not known in time, `@username`. Never rejects. */
  aliasesOf(usernames: readonly string[]): Promise<readonly string[]>;
  /** What somebody is called now. */
  person(username: string): ShownPerson;
}

export interface DeskUsersOptions {
  /** Asks the broker. @throws {PexipChatError} `user-not-found`, `broker-failed` */
  readonly ask: (path: string) => Promise<unknown>;
  /** Somebody is called otherwise, or is known now. */
  readonly changed: () => void;
  readonly given: WidgetProperties;
  /** What Rocket.Chat calls somebody with whom the user has a chat. */
  readonly nameOf: (username: string) => string | undefined;
}

/** So many are asked for in one go; the broker takes no more. */
const MOST = 100;

/** Users without a say of the page. */
class PlainUsers implements DeskUsers {
  readonly #options: DeskUsersOptions;
  readonly #aliases = new Map<string, string>();
  readonly #asked = new Map<string, Promise<void>>();

  constructor(options: DeskUsersOptions) {
    this.#options = options;
  }

  aliasOf(username: string): string | undefined {
    return this.#aliases.get(username);
  }

  async usernameOf(alias: string): Promise<string> {
    if (alias.length > 1 && alias.startsWith('@')) return alias.slice(1);
    for (const [username, each] of this.#aliases) if (each === alias) return username;
    const answer = await this.#options.ask(`v1/users?alias=${encodeURIComponent(alias)}`);
    const username = identifier(field(answer, 'username'), LIMITS.name);
    if (!username) throw userNotFound();
    this.#aliases.set(username, alias);
    return username;
  }

  async aliasesOf(usernames: readonly string[]): Promise<readonly string[]> {
    const missing = usernames.filter((each) => !this.#aliases.has(each) && !this.#asked.has(each));
    for (let at = 0; at < missing.length; at += MOST) this.#ask(missing.slice(at, at + MOST));
    await Promise.all(usernames.map((each) => this.#asked.get(each)));
    return usernames.map((each) => this.#aliases.get(each) ?? `@${each}`);
  }

  person(username: string): ShownPerson {
    return {name: visibleName(this.#options.nameOf(username) ?? '', username)};
  }

  #ask(usernames: readonly string[]): void {
    const query = usernames.map((each) => `username=${encodeURIComponent(each)}`).join('&');
    const asked = this.#options.ask(`v1/users?${query}`).then(
      (answer) => {
        for (const each of list(field(answer, 'users'))) {
          const username = identifier(field(each, 'username'), LIMITS.name);
          const alias = identifier(field(each, 'alias'), LIMITS.name);
          if (alias && username && usernames.includes(username)) this.#aliases.set(username, alias);
        }
        this.#options.changed();
      },
      // Whoever could not be asked about now is asked about with the next message.
      (error: unknown) => {
        if (error instanceof PexipChatError && error.code === 'user-not-found') return;
        for (const each of usernames) this.#asked.delete(each);
      },
    );
    for (const each of usernames) this.#asked.set(each, asked);
  }
}

/** Who is who, as the broker and the page tell. */
export const usersOf = (options: DeskUsersOptions): DeskUsers => new PlainUsers(options);
