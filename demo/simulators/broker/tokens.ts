import type {Surface} from '../../../src/protocol/credentials.js';
import {BrokerRefused} from './refusals.js';
import type {Queue} from './queue.js';
import {type BrokerWorkspace, endLogin, issue, rolesOf, type WorkspaceLogin} from './workspace.js';

/** Accounts with such a role are never lent to a page. */
const REFUSED_ROLES = ['admin', 'bot', 'app'];
/** A token with less of its lifetime left is not handed out any more. */
const LEAST_LEFT = 0.1;

/** A Rocket.Chat token for one surface. */
export interface Minted extends WorkspaceLogin {
  readonly username: string;
  readonly surface: Surface;
  /** Epoch ms. */
  readonly expiresAt: number;
}

const keyOf = ({surface, username}: Pick<Minted, 'surface' | 'username'>): string =>
  `${surface} ${username}`;

/** The users' Rocket.Chat tokens: one per user and surface, made when asked, and reused. */
export class Tokens {
  /** What was made, in order, what has ended included. */
  readonly mints: Minted[] = [];
  readonly #workspace: BrokerWorkspace;
  readonly #queue: Queue;
  readonly #lifetime: number;
  readonly #current = new Map<string, Minted>();
  /** Each token that has not ended yet, one that has been replaced included. */
  readonly #timers = new Map<Minted, NodeJS.Timeout>();
  readonly #asked = new Map<string, Promise<Minted>>();

  constructor(workspace: BrokerWorkspace, queue: Queue, lifetime: number) {
    this.#workspace = workspace;
    this.#queue = queue;
    this.#lifetime = lifetime;
  }

  /** The user's token for a surface. Many who ask at once wait for the same one. */
  get(username: string, surface: Surface): Promise<Minted> {
    const key = keyOf({username, surface});
    const known = this.#asked.get(key);
    if (known) return known;
    const asked = this.#get(username, surface).finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return asked;
  }

  /** Has the user get other tokens from the next time on; those of before go on until they end. */
  replace(username: string): void {
    for (const [key, minted] of this.#current)
      if (minted.username === username) this.#current.delete(key);
  }

  /** Ends all of a user's tokens. */
  async end(username: string): Promise<void> {
    const own = [...this.#timers.keys()].filter((minted) => minted.username === username);
    await Promise.all(own.map((minted) => this.#end(minted)));
  }

  /** Ends all timers; the tokens stay as they are. */
  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  async #get(username: string, surface: Surface): Promise<Minted> {
    const known = this.#current.get(keyOf({username, surface}));
    const lasts = known && known.expiresAt - Date.now() >= this.#lifetime * LEAST_LEFT;
    if (lasts && (await rolesOf(this.#workspace, known))) return known;
    this.#queue.pass(username);
    return this.#mint(username, surface);
  }

  async #mint(username: string, surface: Surface): Promise<Minted> {
    const login = issue(this.#workspace, username);
    const roles = (await rolesOf(this.#workspace, login)) ?? [];
    if (roles.some((role) => REFUSED_ROLES.includes(String(role)))) {
      await endLogin(this.#workspace, username, login);
      throw new BrokerRefused(403, 'account-refused', 'This account is not lent to a page.');
    }
    const {userId, authToken} = login;
    const expiresAt = Date.now() + this.#lifetime;
    const minted: Minted = {userId, authToken, username, surface, expiresAt};
    this.mints.push(minted);
    this.#current.set(keyOf(minted), minted);
    const timer = setTimeout(() => void this.#end(minted), this.#lifetime).unref();
    this.#timers.set(minted, timer);
    return minted;
  }

  async #end(minted: Minted): Promise<void> {
    clearTimeout(this.#timers.get(minted));
    this.#timers.delete(minted);
    const key = keyOf(minted);
    if (this.#current.get(key) === minted) this.#current.delete(key);
    await endLogin(this.#workspace, minted.username, minted);
  }
}
