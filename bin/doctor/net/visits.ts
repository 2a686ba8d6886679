import {failure, type Answer, type Asked, type FailureCode} from './answer.js';
import {requestOnce, type RequestOptions} from './request.js';

const MOST_REQUESTS = 30;
const MOST_REDIRECTS = 3;
/** After this many answers that did not come in time a server is not asked any more. */
const MOST_TIMEOUTS = 2;
/** What makes it pointless to ask the same server again. */
const FINAL: readonly FailureCode[] = [
  'unknown-name',
  'refused',
  'unreachable',
  'certificate',
  'tls',
  'not-http',
];

type Question = Pick<RequestOptions, 'method' | 'headers'>;

/** Asks servers: one question at a time for each, the same question once, and not too many in all. */
export class Visits {
  readonly #limits: Pick<RequestOptions, 'timeout' | 'ca'>;
  readonly #asked = new Map<string, Promise<Asked>>();
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #timeouts = new Map<string, number>();
  readonly #silent = new Map<string, Asked>();
  #requests = 0;

  constructor(limits: Pick<RequestOptions, 'timeout' | 'ca'>) {
    this.#limits = limits;
  }

  /** Asks, following redirects within the same origin. Never rejects. */
  ask(url: URL, question: Question = {}): Promise<Asked> {
    const key = JSON.stringify([url.href, question]);
    const known = this.#asked.get(key);
    if (known) return known;
    const before = this.#queues.get(url.origin) ?? Promise.resolve();
    const asked = before.then(() => this.#follow(url, question));
    this.#queues.set(url.origin, asked);
    this.#asked.set(key, asked);
    return asked;
  }

  async #follow(start: URL, question: Question): Promise<Asked> {
    let url = start;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const answer = await this.#once(url, question);
      const target = answer.kind === 'answer' ? redirectOf(answer) : undefined;
      if (answer.kind === 'failure' || !target) return answer;
      if (target.origin !== start.origin) return {...answer, elsewhere: target.origin};
      url = target;
    }
    return failure('too-many-redirects');
  }

  async #once(url: URL, question: Question): Promise<Asked> {
    const silent = this.#silent.get(url.origin);
    if (silent) return silent;
    if (this.#requests >= MOST_REQUESTS) return failure('too-many-requests');
    this.#requests += 1;
    const answer = await requestOnce(url, {...question, ...this.#limits});
    if (answer.kind === 'failure') this.#note(url.origin, answer.code, answer);
    return answer;
  }

  #note(origin: string, code: FailureCode, answer: Asked): void {
    const timeouts = (this.#timeouts.get(origin) ?? 0) + Number(code === 'timeout');
    this.#timeouts.set(origin, timeouts);
    if (FINAL.includes(code)) this.#silent.set(origin, answer);
    else if (timeouts >= MOST_TIMEOUTS) this.#silent.set(origin, failure('skipped'));
  }
}

const redirectOf = ({status, headers, url}: Answer): URL | undefined => {
  const {location} = headers;
  if (![301, 302, 303, 307, 308].includes(status) || !location) return;
  return URL.canParse(location, url) ? new URL(location, url) : undefined;
};
