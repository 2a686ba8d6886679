import type {SocketPace} from '../transport/ddp-socket.js';
import type {RestClient} from '../transport/rest-client.js';
import {LiveSession} from './live-session.js';
import type {TokenKeeper} from './token-keeper.js';

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

/** One user's connection, and those who can give it tokens. */
export interface SharedSession {
  readonly session: LiveSession;
  /** The first one is asked. */
  readonly keepers: TokenKeeper[];
}

const sessions = new Map<string, Held<SharedSession>>();

export interface SessionKey {
  /** The workspace's address with a slash at its end. */
  readonly base: string;
  readonly userId: string;
}

const textOf = ({base, userId}: SessionKey): string => `${base} ${userId}`;

/** The one session of this user with this workspace on the page. */
export const sharedSession = (
  key: SessionKey,
  rest: () => Promise<RestClient>,
  pace?: SocketPace,
): Held<SharedSession> => {
  const text = textOf(key);
  const known = sessions.get(text);
  if (known) return known;
  const keepers: TokenKeeper[] = [];
  const first = (): TokenKeeper => keepers[0]!;
  const session = new LiveSession({
    base: key.base,
    rest,
    pace,
    tokens: {
      get: () => first().get('live'),
      replace: (token) => first().replace('live', token),
      expire: () => first().expire('live'),
    },
  });
  const held = new Held<SharedSession>(
    {session, keepers},
    () => {
      sessions.delete(text);
      session.stop();
    },
    () => session.busy,
  );
  sessions.set(text, held);
  return held;
};

/** Some session may still need a token of this keeper. */
export const isNeeded = (keeper: TokenKeeper): boolean =>
  [...sessions.values()].some(({value}) => value.keepers.includes(keeper));

/** The session is not to be joined any more, as its user has signed out. */
export const forgetSession = (key: SessionKey): void => {
  sessions.delete(textOf(key));
};
