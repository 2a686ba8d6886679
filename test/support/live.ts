import {RocketChatRemote} from '../../demo/simulators/rocket-chat/remote.js';
import type {Credentials, CredentialsAsk} from '../../src/protocol/credentials.js';
import {LiveSession} from '../../src/session/live-session.js';
import type {LiveFact} from '../../src/session/live-state.js';
import {TokenKeeper} from '../../src/session/token-keeper.js';
import {AuthTokens} from '../../src/session/auth-tokens.js';
import {HEARTBEAT} from '../../src/transport/ddp-connection.js';
import type {SocketPace, SocketStatus} from '../../src/transport/ddp-socket.js';
import {RestClient} from '../../src/transport/rest-client.js';
import {startProxied, type Proxied} from 'test-simulators';

/** The pace of tests: heartbeats fifty times as fast as a page's, with a backoff that fits. */
export const SCALED: SocketPace = {
  heartbeat: {
    interval: HEARTBEAT.interval / 50,
    timeout: HEARTBEAT.timeout / 50,
    probe: HEARTBEAT.probe / 50,
  },
  backoff: {first: 10, most: 600},
};

/**
 * The same, but as patient as a page: for tests that end their connections themselves and look at what comes of
 * it, as on a busy machine one that is well would be taken for dead, too.
 */
export const CALM: SocketPace = {...SCALED, heartbeat: HEARTBEAT};

/** Numbers from 0 up to, not including, 1: the same ones for the same seed (mulberry32). */
export const random = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Resolves when a workspace that was told to restart answers again. */
export const isBack = async (remote: RocketChatRemote): Promise<void> => {
  const answers = (): Promise<boolean> =>
    remote.sockets().then(
      () => true,
      () => false,
    );
  while (!(await answers()));
};

export interface LiveOptions {
  readonly username?: string;
  /** The product's own, if undefined. */
  readonly pace?: SocketPace | undefined;
  /** Ids of rooms to follow from the start. */
  readonly follow?: readonly string[];
}

/** A user who is connected with a workspace behind a proxy. */
export class Live {
  readonly session: LiveSession;
  readonly remote: RocketChatRemote;
  /** All that was told, the latest last. */
  readonly facts: LiveFact[] = [];
  readonly #waiting = new Set<() => void>();
  /** What the page's `auth` was asked. */
  readonly asks: CredentialsAsk[] = [];
  /** What it has given, the latest last. */
  readonly given: Credentials[] = [];

  constructor({origin, direct}: Proxied, {username = 'alice', pace, follow = []}: LiveOptions) {
    this.remote = new RocketChatRemote(direct);
    const auth = async (ask: CredentialsAsk): Promise<Credentials> => {
      this.asks.push(ask);
      await isBack(this.remote);
      const credentials = await this.remote.token(username);
      this.given.push(credentials);
      return credentials;
    };
    const keeper = new TokenKeeper(new AuthTokens(auth));
    const headers = async (): Promise<Record<string, string>> => ({});
    this.session = new LiveSession({
      base: `${origin}/`,
      rest: async () => new RestClient({base: `${origin}/api/v1/`, headers}),
      pace,
      tokens: () => keeper,
    });
    this.session.subscribe((_, fact) => {
      this.facts.push(fact);
      for (const look of this.#waiting) look();
    });
    for (const roomId of follow) this.session.follow(roomId);
  }

  get status(): SocketStatus {
    return this.session.getState().status;
  }

  /** The token that is used now. */
  get token(): string {
    return this.given.at(-1)!.authToken;
  }

  /** Every status that was told, in order. */
  get statuses(): SocketStatus[] {
    return this.facts.flatMap((fact) =>
      fact.type === 'connection-changed' ? [fact.detail.status] : [],
    );
  }

  /** Each text of a message of others, in the order in which they were told. */
  get received(): string[] {
    return this.facts.flatMap((fact) =>
      fact.type === 'message-received' ? [fact.detail.text] : [],
    );
  }

  /** Resolves once `check` holds, which is asked after each fact; rejects if the user is signed out. */
  until(check: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const fact = this.facts.at(-1);
        const out = fact?.type === 'signed-out';
        if (!out && !check()) return;
        this.#waiting.delete(look);
        if (out) reject(fact.error);
        else resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Resolves when the connection is, or next becomes, as it should be. */
  async live(): Promise<void> {
    await this.until(() => this.status === 'live');
  }

  /** Resolves when the connection is found to have gone, where it cannot be back yet. */
  async lost(): Promise<void> {
    await this.until(() => this.status !== 'live');
  }

  /** Resolves when a fault has ended the connection, which may be back by then. */
  async loses(fault: Promise<void>): Promise<void> {
    const {length} = this.facts;
    const gone = (): boolean =>
      this.status !== 'live' ||
      this.facts
        .slice(length)
        .some((fact) => fact.type === 'connection-changed' && fact.detail.status !== 'live');
    await fault;
    await this.until(gone);
  }

  /** Resolves when a message with this text was told. */
  async hears(text: string): Promise<void> {
    let seen = 0;
    await this.until(() => {
      for (; seen < this.facts.length; seen++) {
        const fact = this.facts[seen]!;
        if (fact.type === 'message-received' && fact.detail.text === text) return true;
      }
      return false;
    });
  }
}

const connected: Live[] = [];
afterEach(() => connected.splice(0).forEach(({session}) => session.stop()));

/** Connects a user, who is disconnected after the test. Does not wait for anything. */
export const connect = (proxied: Proxied, options: LiveOptions = {}): Live => {
  const live = new Live(proxied, {pace: SCALED, ...options});
  connected.push(live);
  live.session.start();
  return live;
};

/** The rooms of {@link setupLive}: alice and bob are in all of them, and bob owns them. */
export const ROOMS = ['followed', 'other', 'unfollowed', 'quiet'] as const;
/** Those that alice has opened. */
export const FOLLOWED = ['followed', 'other'] as const;

/** A workspace behind a proxy, with alice connected, who follows two of her four rooms. */
export const setupLive = async (
  options: LiveOptions = {},
): Promise<{
  proxied: Proxied;
  live: Live;
  remote: RocketChatRemote;
  idOf: (room: string) => string;
}> => {
  const rooms = ROOMS.map((name) => ({type: 'p' as const, name, members: ['bob', 'alice']}));
  const proxied = await startProxied({}, {rooms});
  const remote = new RocketChatRemote(proxied.direct);
  const ids = new Map<string, string>();
  for (const room of ROOMS) ids.set(room, (await remote.room(room))._id);
  const idOf = (room: string): string => ids.get(room)!;
  const live = connect(proxied, {follow: FOLLOWED.map(idOf), ...options});
  await live.live();
  return {proxied, live, remote, idOf};
};
