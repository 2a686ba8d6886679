import {field, identifier} from '../../../src/protocol/guards.js';
import {BrokerError} from '../errors.js';
import type {Seal} from '../store/seal.js';
import type {Call} from './call.js';

const PURPOSE = 'call-link';
/** The parameter that stands for the call. */
const PARAMETER = 'call';
const LONGEST = 1024;

/** What a link stands for. */
interface Linked {
  readonly id: string;
  /** Epoch ms. */
  readonly expires: number;
}

const parse = (plain: string): Linked | undefined => {
  const data: unknown = JSON.parse(plain);
  const id = identifier(field(data, 'id'));
  const expires = field(data, 'exp');
  return id && typeof expires === 'number' ? {id, expires} : undefined;
};

const invalid = (): BrokerError =>
  new BrokerError(
    403,
    'link-invalid',
    'This is no call link of this broker, or it was changed. Ask for a new one where you got it.',
  );

/** A call link that lasts no longer than its call. */
export const callLinkOver = (): BrokerError =>
  new BrokerError(410, 'link-expired', 'The call of this link is over. Make another call.');

/** Links that open a call in the application's own page. They let nobody in who is not one of its two. */
export class CallLinks {
  readonly #seal: Seal;
  readonly #page: URL | undefined;

  /** @param page setting `calls.page` */
  constructor(seal: Seal, page: string | undefined) {
    this.#seal = seal;
    this.#page = page === undefined ? undefined : new URL(page);
  }

  /** @throws {BrokerError} `call-links-not-configured` */
  demand(): URL {
    if (this.#page) return this.#page;
    throw new BrokerError(
      409,
      'call-links-not-configured',
      'This broker has no page for call links. Ask without "link", or have the operator set calls.page.',
    );
  }

  /** @throws {BrokerError} `call-links-not-configured` */
  make({id, expiresAt}: Call): string {
    const url = new URL(this.demand());
    url.searchParams.set(
      PARAMETER,
      this.#seal.close(PURPOSE, JSON.stringify({id, exp: expiresAt})),
    );
    return url.href;
  }

  /**
   * Id of the call that a link is for.
   *
   * @throws {BrokerError} `link-invalid`, `link-expired`, `call-links-not-configured`
   */
  read(url: URL, now = Date.now()): string {
    const page = this.demand();
    const [sealed, ...more] = url.searchParams.getAll(PARAMETER);
    const isHere = url.origin === page.origin && url.pathname === page.pathname;
    if (!isHere || url.username || url.password || sealed === undefined || more.length)
      throw invalid();
    const plain = sealed.length > LONGEST ? undefined : this.#seal.open(PURPOSE, sealed);
    const linked = plain === undefined ? undefined : parse(plain);
    if (!linked) throw invalid();
    if (linked.expires <= now) throw callLinkOver();
    return linked.id;
  }
}
