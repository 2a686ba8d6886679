import type {BrokerContext} from '../context.js';
import type {Identity} from '../callers/identity.js';
import {BrokerError} from '../errors.js';
import {AccountDirectory} from './account-directory.js';
import {AccountNames} from './account-names.js';
import {Accounts} from './accounts.js';
import type {AccountRecord} from './account-records.js';
import {CallWindow} from './call-window.js';
import {WorkspaceFault, WorkspaceLimited} from './faults.js';
import {Minting} from './minting.js';
import {Missed} from './missed.js';
import {PasswordMint} from './mint-password.js';
import {OwnCalls} from './own-calls.js';
import {MintQueue} from './queue.js';
import {Rest} from './rest.js';
import {lookUpsLimited} from './turns.js';
import type {Account, Login, Workspace} from './workspace.js';

/** What a workspace is made of. */
export type WorkspaceOptions = Pick<
  BrokerContext,
  'settings' | 'store' | 'seal' | 'audit' | 'dispatcher' | 'log'
>;

const PROBE_EVERY = 600_000;
/** Calls that one mint makes at most, each of which may take the whole time limit. */
const MOST_CALLS = 10;

/** Makes what the broker does at Rocket.Chat in its own name. */
export const createWorkspace = (options: WorkspaceOptions): Workspace =>
  new RocketChatWorkspace(options);

const accountOf = ({managed: _managed, ...account}: AccountRecord): Account => account;

class RocketChatWorkspace implements Workspace {
  readonly #options: WorkspaceOptions;
  readonly #rest: Rest;
  readonly #window: CallWindow;
  readonly #accounts: Accounts;
  readonly #minting: Minting;
  readonly #queue: MintQueue;
  readonly #own: OwnCalls;
  readonly #missed = new Missed();
  readonly #ending = new AbortController();
  #probes: NodeJS.Timeout | undefined;
  #probing: Promise<void> = Promise.resolve();

  constructor(options: WorkspaceOptions) {
    this.#options = options;
    const {settings, store, seal, audit, dispatcher, log} = options;
    const {internalUrl, userId, authToken, calls, window, timeout} = settings.rocketChat;
    this.#window = new CallWindow({store, calls, window, longest: MOST_CALLS * timeout});
    this.#rest = new Rest({
      base: internalUrl,
      service: {userId, authToken},
      dispatcher,
      timeout,
      longestWait: window,
      heard: (route, by, answer) => {
        const kind = by === 'service' ? 'service' : route === 'login' ? 'login' : undefined;
        if (!kind) return;
        this.#window.note(kind, answer).catch((error: unknown) => {
          if (this.#ending.signal.aborted) return;
          log.warn({err: error}, "The limits of Rocket.Chat's calls could not be kept.");
        });
      },
    });
    const names = new AccountNames(seal, settings.users.emailDomain);
    const directory = new AccountDirectory(this.#rest);
    this.#accounts = new Accounts({settings, store, audit, log, directory, names});
    const password = new PasswordMint(this.#rest, this.#accounts, seal);
    this.#minting = new Minting({
      settings,
      store,
      log,
      rest: this.#rest,
      password,
      spend: async () => (await this.#window.occupy())(),
    });
    const kinds = () => this.#minting.kinds();
    this.#queue = new MintQueue({store, settings, window: this.#window, kinds});
    this.#own = new OwnCalls(this.#rest, store, {calls, window});
  }

  async mint(identity: Identity): Promise<{readonly account: Account; readonly authToken: string}> {
    const turn = await this.#queue.admit(identity.sub);
    try {
      const account = await this.#accounts.resolve(identity);
      const authToken = await this.#minting.token(account);
      return {account: accountOf(account), authToken};
    } catch (error) {
      if (error instanceof WorkspaceLimited) throw await turn.back(error.wait);
      await this.#tell(identity.sub, error);
      throw error;
    } finally {
      // What was made is not lost for want of a note: a slot lapses by itself.
      await turn.done().catch(() => undefined);
    }
  }

  end(login: Login): Promise<void> {
    return this.#own.end(login);
  }

  works(login: Login): Promise<boolean | undefined> {
    return this.#own.works(login);
  }

  async find(alias: string, here = false): Promise<Account | undefined> {
    const isKnown = await this.#accounts.isKnown(alias);
    if (!isKnown && (here || this.#missed.has(alias))) return;
    const done = isKnown ? async () => {} : await this.#queue.spare();
    if (!done) throw lookUpsLimited(this.#window.period);
    try {
      const account = await this.#accounts.find(alias);
      if (!account) this.#missed.add(alias);
      return account && accountOf(account);
    } catch (error) {
      if (!(error instanceof WorkspaceLimited)) throw error;
      await this.#window.close(error.wait);
      throw lookUpsLimited(error.wait);
    } finally {
      await done().catch(() => undefined);
    }
  }

  async findByUsername(username: string, here = false): Promise<Account | undefined> {
    const record = await this.#accounts.named(username);
    if (record) return accountOf(record);
    // By no other rule an alias can be told from the username of somebody who never signed in here.
    if (this.#options.settings.users.link !== 'username') return;
    const account = await this.find(username, here);
    return account?.username === username ? account : undefined;
  }

  async probe(): Promise<void> {
    this.#probes ??= setInterval(() => (this.#probing = this.#ask()), PROBE_EVERY).unref();
    // A broker that starts anew has perhaps other settings.
    const forgotten = this.#minting.forget().catch(() => undefined);
    await (this.#probing = forgotten.then(() => this.#ask()));
  }

  async close(): Promise<void> {
    clearInterval(this.#probes);
    this.#ending.abort();
    await this.#probing;
  }

  async #ask(): Promise<void> {
    const {signal} = this.#ending;
    try {
      if (!signal.aborted) await this.#rest.get('me', {signal});
    } catch (error) {
      // Who ends has no use for it.
      if (signal.aborted) return;
      const fault = error instanceof BrokerError ? error.cause : error;
      const remedy = fault instanceof WorkspaceFault ? fault.remedy : undefined;
      this.#options.log.warn({err: fault, remedy}, 'The broker cannot use Rocket.Chat now.');
    }
  }

  async #tell(alias: string, error: unknown): Promise<void> {
    if (!(error instanceof BrokerError)) return;
    const {audit, log} = this.#options;
    if (error.cause instanceof WorkspaceFault) {
      const {reason, remedy, message} = error.cause;
      log.error({alias, reason, remedy}, message);
    }
    if (error.status === 403) {
      await audit.note({what: 'sign-in-refused', alias, detail: {reason: error.code}});
    }
  }
}
