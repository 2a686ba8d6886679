import {PexipChatError} from '../../errors.js';
import {field} from '../../protocol/guards.js';
import {imageAddress} from '../../protocol/image-address.js';
import {presenceStatus, type PresenceStatus} from '../../protocol/presence.js';
import {parseUserList, userName} from '../../protocol/user-list.js';
import {visibleName} from '../../protocol/visible-text.js';
import {AliasBook, MOST_PEOPLE, remember} from './alias-book.js';
import {defaultUser, formattedName} from './details-formatter.js';
import {DetailsProvider} from './details-provider.js';
import {userNotFound} from './desk-errors.js';
import type {ShownPerson} from './desk-types.js';
import {InOrder} from './in-order.js';
import {UserQuestions, type AskUsers} from './user-questions.js';
import type {UserDetails, UserDetailsFormatter, WidgetProperties} from './widget-options.js';

/** What {@link Users} need. */
export interface UsersOptions {
  /** Asks the broker: `BrokerClient.users`. */
  readonly ask: AskUsers;
  /** Somebody is called otherwise, looks otherwise, or has an alias that was not known. */
  readonly changed: () => void;
  /** The page's provider and formatter are read from here. */
  readonly given: WidgetProperties;
}

/** What a person looks like by these details and this formatter. */
interface Look {
  readonly details: UserDetails | undefined;
  readonly name: string | undefined;
  readonly alias: string | undefined;
  readonly shown: ShownPerson;
}

const untold = (): PexipChatError =>
  new PexipChatError(
    'broker-failed',
    'The broker does not tell now who its users are. Ask again in a minute.',
  );

/**
 * Who is who, and what people are called: the page names users by alias, Rocket.Chat by username. The
 * broker turns one into the other; who has no alias is `@username`.
 */
export class Users {
  readonly #options: UsersOptions;
  readonly #book = new AliasBook();
  readonly #order = new InOrder();
  readonly #questions: UserQuestions;
  readonly #provider: DetailsProvider;
  readonly #looks = new Map<string, Look>();
  readonly #learning = new Map<string, Promise<void>>();
  #formatter: unknown;

  constructor(options: UsersOptions) {
    this.#options = options;
    this.#questions = new UserQuestions(options.ask, options.changed);
    this.#provider = new DetailsProvider(options.changed);
    this.#takeGiven();
  }

  /** The alias of a username, `@username` where there is none; undefined while that is not known: it is asked. */
  aliasOf(username: string): string | undefined {
    const entry = this.#book.entry(username);
    if (!entry) void this.#learn(username);
    if (entry?.alias === undefined) return;
    return entry.alias ?? `@${username}`;
  }

  /**
   * The aliases of these people, in their order. Promises resolve in the order of the calls; where the broker
   * does not tell within 10 seconds, who is not known is `@username`.
   */
  aliasesOf(usernames: readonly string[]): Promise<readonly string[]> {
    const missing = usernames.filter((each) => !this.#book.entry(each));
    const ready = missing.length
      ? Promise.all(missing.map((each) => this.#learn(each)))
      : undefined;
    return this.#order.give(ready, () =>
      usernames.map((each) => this.#book.entry(each)?.alias ?? `@${each}`),
    );
  }

  /**
   * The username of an alias; of `@username`, that one where nobody has this alias.
   *
   * @throws {PexipChatError} `user-not-found`; `broker-failed`: the broker does not tell now
   */
  async usernameOf(alias: string): Promise<string> {
    const asked = userName(alias);
    if (asked === undefined) throw userNotFound(alias);
    const known = this.#book.username(asked);
    if (known !== undefined) return known;
    const [, username] = /^@(.+)/su.exec(asked) ?? [];
    const asking = this.#questions.find('aliases', asked);
    // One alias alone that nobody has is an error on the console; of two the broker answers a list.
    if (username !== undefined) void this.#questions.find('aliases', username);
    const user = await asking;
    if (user) {
      this.#book.put(user);
      return user.username;
    }
    if (user === undefined) throw untold();
    if (username !== undefined) return username;
    throw userNotFound(asked);
  }

  /**
   * How somebody is, as the broker knows it now; undefined where nobody has this alias.
   *
   * @throws {PexipChatError} `broker-failed`: the broker does not tell now
   */
  async statusOf(alias: string): Promise<PresenceStatus | undefined> {
    const question = {aliases: [alias], usernames: []};
    const card = await this.#options.ask(question).catch(() => undefined);
    const {users: [user] = [], complete} = parseUserList(card, question) ?? {};
    if (!complete) throw untold();
    if (!user) return;
    this.#book.put(user);
    return presenceStatus(field(card, 'status')) ?? 'offline';
  }

  /** What somebody is called and looks like, as far as it is known now. */
  person(username: string): ShownPerson {
    this.#takeGiven();
    const alias = this.aliasOf(username);
    const own = this.#book.entry(username)?.alias;
    // Of who has no alias the page knows nothing.
    const details = typeof own === 'string' ? this.#provider.of(own) : undefined;
    const name = this.#book.name(username);
    const look = this.#looks.get(username);
    if (look && look.details === details && look.name === name && look.alias === alias)
      return look.shown;
    const image = imageAddress(details?.image);
    const shown = Object.freeze({
      name: this.#nameOf(username, alias, details),
      ...(image !== undefined && {image}),
    });
    remember(this.#looks, username, {details, name, alias, shown}, MOST_PEOPLE);
    return shown;
  }

  /** What Rocket.Chat calls somebody, as a room or a message told it. */
  called(username: string, name: string): void {
    const isOther = userName(name) !== undefined && this.#book.call(username, name);
    if (isOther && this.#looks.has(username)) this.#options.changed();
  }

  /** The page's provider or formatter may be another one. */
  follow(): void {
    if (this.#takeGiven()) this.#options.changed();
  }

  stop(): void {
    this.#questions.stop();
    this.#provider.stop();
  }

  #learn(username: string): Promise<void> {
    const begun = this.#learning.get(username) ?? this.#ask(username);
    this.#learning.set(username, begun);
    return begun;
  }

  async #ask(username: string): Promise<void> {
    const name = userName(username);
    const user = await (name === undefined ? null : this.#questions.find('usernames', name));
    this.#learning.delete(username);
    if (user) this.#book.put(user);
    else this.#book.putNone(username, user === null);
  }

  /** @returns whether one of them is another */
  #takeGiven(): boolean {
    const {userDetailsProvider, userDetailsFormatter} = this.#options.given;
    const isOther = this.#provider.use(userDetailsProvider);
    if (!isOther && userDetailsFormatter === this.#formatter) return false;
    this.#formatter = userDetailsFormatter;
    this.#looks.clear();
    return true;
  }

  #nameOf(username: string, alias: string | undefined, details: UserDetails | undefined): string {
    const name = this.#book.name(username) ?? username;
    const formatter = this.#formatter as UserDetailsFormatter & {readonly byAlias?: unknown};
    const isDefault = typeof formatter !== 'function';
    // A formatter knows what to do with what the page's provider told; the default user has a name.
    if (alias !== undefined && !isDefault)
      if (details || formatter.byAlias || !this.#provider.isThere)
        return formattedName(formatter, details ?? defaultUser(alias, name));
    return visibleName(name, username);
  }
}
