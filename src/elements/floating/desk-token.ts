import {PexipChatError} from '../../errors.js';
import {field, identifier, LIMITS} from '../../protocol/guards.js';

/** What an access token says of itself. Who has made it is for the broker to look at. */
export interface TokenFacts {
  /** The user's alias. */
  readonly sub: string;
  /** Epoch ms, by the broker's clock. */
  readonly expires: number;
}

/** Reads a JSON Web Token; `undefined` for anything else. */
export const readAccessToken = (token: unknown): TokenFacts | undefined => {
  const part =
    typeof token === 'string' ? /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1] : undefined;
  if (!part) return;
  try {
    const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (letter) =>
      letter.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const sub = identifier(field(claims, 'sub'), LIMITS.name);
    const expires = Number(field(claims, 'exp')) * 1000;
    return sub && Number.isFinite(expires) && Math.abs(expires) <= 8.64e15
      ? {sub, expires}
      : undefined;
  } catch {
    return;
  }
};

/** The same of one that is good now. @throws {PexipChatError} `invalid-option` */
export const demandAccessToken = (token: unknown): TokenFacts => {
  const facts = readAccessToken(token);
  if (facts && facts.expires > Date.now()) return facts;
  throw new PexipChatError(
    'invalid-option',
    `The accessToken ${facts ? 'has ended' : 'is none'}. Give one that the broker takes, and that is good now.`,
  );
};

export interface TokenClockOptions {
  readonly soon: (expires: number) => void;
  readonly ended: (expires: number) => void;
}

const LEAST_LEAD = 5_000;
const MOST_LEAD = 300_000;
/** The longest time that a timer can wait; ms. */
const LONGEST = 2 ** 31 - 1;

/** Tells when a token is about to end, and when it has. */
export class TokenClock {
  readonly #options: TokenClockOptions;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(options: TokenClockOptions) {
    this.#options = options;
  }

  /** Watches this token in the place of another; a function gives one that is good by itself. */
  follow(token: unknown): void {
    this.stop();
    const {expires = 0} = readAccessToken(token) ?? {};
    const left = expires - Date.now();
    if (left <= 0) return;
    const lead = Math.min(Math.max(left / 10, LEAST_LEAD), MOST_LEAD, left / 2);
    this.#at(left - lead, () => this.#options.soon(expires));
    this.#at(left, () => this.#options.ended(expires));
  }

  stop(): void {
    for (const each of this.#timers) clearTimeout(each);
    this.#timers.clear();
  }

  #at(time: number, act: () => void): void {
    if (time <= LONGEST) this.#timers.add(setTimeout(act, time));
  }
}
