import type {Identity} from '../callers/identity.js';

/** A user's login at Rocket.Chat. */
export interface Login {
  readonly userId: string;
  readonly authToken: string;
}

/** The Rocket.Chat account of an alias. */
export interface Account {
  readonly alias: string;
  readonly userId: string;
  readonly username: string;
  /** What it is called, as the broker heard it last. */
  readonly name?: string;
  /** Whether the broker made it. */
  readonly own: boolean;
}

/** What the broker does at Rocket.Chat in its own name. All reject with a `BrokerError`. */
export interface Workspace {
  /**
   * Makes a login token for a user: at most one look-up, one new account, one token. Waits for its
   * turn where the workspace limits calls.
   *
   * @throws {BrokerError} `sign-in-queued`, `account-refused`, `account-exists`, `account-missing`,
   *   `workspace-unreachable`, `workspace-refused`
   */
  mint(identity: Identity): Promise<{readonly account: Account; readonly authToken: string}>;
  /** Ends a login. One that has ended already is no failure. */
  end(login: Login): Promise<void>;
  /** Whether a login works; `undefined` if the workspace cannot say now. */
  works(login: Login): Promise<boolean | undefined>;
  /**
   * The account of an alias that has one by the rules of `users.link`, without making it.
   *
   * @param here by what the broker knows, without asking the workspace
   */
  find(alias: string, here?: boolean): Promise<Account | undefined>;
  /**
   * The account of a username whose alias can be known: somebody who has signed in through the broker, or
   * whose username is the alias by the rule of `users.link`.
   *
   * @param here as with `find`
   */
  findByUsername(username: string, here?: boolean): Promise<Account | undefined>;
  /** Takes notice of how the workspace limits calls. Never rejects. */
  probe(): Promise<void>;
  close(): Promise<void>;
}
