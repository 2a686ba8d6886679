import {createCipheriv, createDecipheriv, createHash} from 'node:crypto';

import {createSessions} from '../../broker/dist/sessions/chat-sessions.js';
import {BrokerError} from '../../broker/dist/errors.js';
import {FakeStore} from './broker-store-fake.mjs';

const MINUTE = 60_000;

/** Stands for the seal: binds a text to its purpose and hides it. */
const seal = {
  key: (use) => createHash('sha256').update(use).digest(),
  close(purpose, plain) {
    const cipher = createCipheriv('aes-256-ctr', this.key(purpose), Buffer.alloc(16));
    return Buffer.concat([cipher.update(`${purpose}|${plain}`), cipher.final()]).toString('base64');
  },
  open(purpose, sealed) {
    const cipher = createDecipheriv('aes-256-ctr', this.key(purpose), Buffer.alloc(16));
    const text = Buffer.concat([cipher.update(sealed, 'base64'), cipher.final()]).toString();
    return text.startsWith(`${purpose}|`) ? text.slice(purpose.length + 1) : undefined;
  },
};

/** What the workspace would do, as a script. */
export class FakeWorkspace {
  /** Every token that was made, in order: `{alias, authToken, at}`. */
  mints = [];
  /** The tokens that work: by token, its alias. */
  live = new Map();
  ends = [];
  looks = 0;
  /** Whether it answers at all. */
  away = false;
  /** Awaited by each mint before it makes a token, and before it answers. */
  beforeMint = async () => {};
  afterMint = async () => {};

  of(alias) {
    return [...this.live].filter(([, each]) => each === alias).map(([token]) => token);
  }

  #demand() {
    if (this.away) throw new BrokerError(502, 'workspace-unreachable', 'Rocket.Chat is away.');
  }

  async mint({sub: alias}) {
    await this.beforeMint(alias);
    this.#demand();
    const authToken = `secret-token-of-${alias}-${this.mints.length}`;
    this.mints.push({alias, authToken, at: Date.now()});
    this.live.set(authToken, alias);
    await this.afterMint(alias);
    return {account: {alias, userId: `id-${alias}`, username: alias, own: true}, authToken};
  }

  async end({authToken}) {
    await null;
    this.#demand();
    this.ends.push(authToken);
    this.live.delete(authToken);
  }

  async works({authToken}) {
    this.looks++;
    await null;
    return this.away ? undefined : this.live.has(authToken);
  }
}

/** Brokers that serve as one: they have one store, one workspace and one log. */
export class Scene {
  log = [];
  /** What of it an operator is called for. */
  warnings = [];
  audited = [];
  workspace = new FakeWorkspace();
  settings;
  #brokers = new Set();

  constructor({store = new FakeStore(), sessions} = {}) {
    this.store = store;
    this.settings = {
      sessions: {tokenLifetime: 60 * MINUTE, leaseTime: 5 * MINUTE, afterLast: MINUTE, ...sessions},
      rocketChat: {window: MINUTE},
    };
  }

  /** One more broker; `sweeping: false` for one that ends nothing by itself. */
  broker({sweeping = true, lockTimes, ...connection} = {}) {
    const store = this.store.connect(connection);
    const note = (...args) => void this.log.push(args);
    const loudly = (...args) => {
      this.warnings.push(args);
      note(...args);
    };
    const sessions = createSessions({
      settings: this.settings,
      store,
      seal,
      workspace: this.workspace,
      audit: {note: async (event) => void this.audited.push(event), close: async () => {}},
      log: {debug: note, info: note, warn: loudly, error: loudly},
      ...(lockTimes && {lockTimes}),
    });
    if (sweeping) sessions.start();
    const broker = {
      sessions,
      store,
      open: (alias = 'alice', request = {}) => sessions.open({sub: alias, by: 'jwt'}, request),
      /** Nothing that it asks is answered any more, so that it is not waited for either. */
      kill: () => this.#brokers.delete(broker) && store.cut(),
      close: () => this.#brokers.delete(broker) && sessions.close(),
    };
    this.#brokers.add(broker);
    return broker;
  }

  did(what) {
    return this.audited.filter((event) => event.what === what);
  }

  async close() {
    await Promise.all([...this.#brokers].map((broker) => broker.close()));
  }
}

/** Resolves when `test` holds. */
export const until = async (test, what = 'It did not come to pass.') => {
  for (const end = performance.now() + 30_000; !(await test());) {
    if (performance.now() > end) throw new Error(what);
    await new Promise((resolve) => setImmediate(resolve));
  }
};

/** Something that a test lets happen. */
export const gate = () => {
  let open;
  const opened = new Promise((resolve) => (open = resolve));
  return {opened, open};
};
