import type {SocketPace} from '../transport/ddp-socket.js';
import type {RestClient, RestClientOptions} from '../transport/rest-client.js';
import {LiveSession} from './live-session.js';
import type {TokenKeeper} from './token-keeper.js';
import type {TokenSource} from './token-source.js';

/** A connection stays for a moment when its last pane goes, as panes are moved and rendered anew; ms. */
const LINGER = 5_000;
/** What has something to do stays for so many such moments. */
const MOST_LINGERS = 12;

/** Something that many panes hold, and that ends some time after the last of them has gone. */
export class Held<Value> {
  readonly value: Value;
  readonly #end: (value: Value) => void;
  readonly #busy: () => boolean;
  #holders = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param busy what still has something to do stays longer, but not for ever */
  constructor(value: Value, end: (value: Value) => void, busy: () => boolean = () => false) {
    this.value = value;
    this.#end = end;
    this.#busy = busy;
  }

  get isHeld(): boolean {
    return this.#holders > 0;
  }

  hold(): Value {
    clearTimeout(this.#timer);
    this.#holders++;
    return this.value;
  }

  letGo(): void {
    if (--this.#holders <= 0) this.#later(MOST_LINGERS);
  }

  #later(times: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (times > 1 && this.#busy()) this.#later(times - 1);
      else this.#end(this.value);
    }, LINGER);
  }
}

/** Who can give a connection its user's tokens. */
export interface TokenGiver {
  readonly keeper: TokenKeeper;
  readonly source: TokenSource;
}

/** One user's connection, and those who can give it tokens. */
export interface SharedSession {
  readonly session: LiveSession;
  /** The first one is asked: the one that has come last. */
  readonly givers: TokenGiver[];
}

const sessions = new Map<string, Held<SharedSession>>();

export interface SessionKey {
  /** The workspace's address with a slash at its end. */
  readonly base: string;
  readonly userId: string;
}

/** Brings the client for REST, whose code is loaded only where a workspace needs it. */
export type LoadRest = (options: RestClientOptions) => Promise<RestClient>;

/** Where REST is asked as this user, and by which headers. */
const restOf = ({base, userId}: SessionKey, first: () => TokenGiver): RestClientOptions => {
  const given = first().source.rest ?? {base: `${base}api/v1/`};
  return {
    ...given,
    // Whoever was asked at first may have gone meanwhile.
    headers: async () => ({
      ...(await first().source.rest?.headers()),
      'X-User-Id': userId,
      'X-Auth-Token': (await first().keeper.get('live')).authToken,
    }),
  };
};

/** The one session of this user with this workspace on the page. */
export const sharedSession = (
  key: SessionKey,
  rest: LoadRest,
  pace?: SocketPace,
): Held<SharedSession> => {
  const text = `${key.base} ${key.userId}`;
  const known = sessions.get(text);
  if (known) return known;
  const givers: TokenGiver[] = [];
  const first = (): TokenGiver => givers[0]!;
  const session = new LiveSession({
    base: key.base,
    rest: () => rest(restOf(key, first)),
    pace,
    tokens: () => first().keeper,
  });
  const held = new Held<SharedSession>(
    {session, givers},
    () => {
      forgetSession(held);
      session.stop();
    },
    () => session.busy,
  );
  sessions.set(text, held);
  return held;
};

/** Some session may still need a token of this one. */
export const isNeeded = (giver: TokenGiver): boolean =>
  [...sessions.values()].some(({value}) => value.givers.includes(giver));

/** The session is not to be joined any more; another one may have its place already. */
export const forgetSession = (held: Held<SharedSession> | undefined): void => {
  for (const [text, each] of sessions) if (each === held) sessions.delete(text);
};
