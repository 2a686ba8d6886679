import type {FastifyReply} from 'fastify';

/** How the broker fails: with a status, never, with a web page, or with half an answer. */
export type BrokerFault = number | 'hang' | 'html' | 'truncated';

/** Where and with what a fault shows. */
export interface FaultOptions {
  /** Only requests below this path; default all. */
  readonly below?: string;
  /** Such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the refusal says, as of a broker that repeats what it was sent. */
  readonly message?: string;
}

const TRUNCATED = '{"lease":"a';

/** Fails requests in the place of the broker's own answer. */
export class Faults {
  #fault: BrokerFault | null = null;
  #left = 0;
  #options: FaultOptions = {};

  set(fault: BrokerFault | null, count = Infinity, options: FaultOptions = {}): void {
    this.#fault = fault;
    this.#left = count;
    this.#options = options;
  }

  /** Answers the request, or keeps it, if it is one that fails. */
  answer(reply: FastifyReply, path: string): boolean {
    const {below = '/', headers = {}, message = 'Asked for by a test.'} = this.#options;
    const fault = this.#fault;
    if (fault === null || this.#left <= 0 || !path.startsWith(below)) return false;
    this.#left -= 1;
    reply.headers(headers);
    if (fault === 'html') reply.code(502).type('text/html').send('<h1>Bad gateway</h1>');
    else if (fault === 'truncated') reply.type('application/json').send(TRUNCATED);
    else if (fault === 204) reply.code(204).send();
    else if (fault === 'hang') reply.hijack();
    else reply.code(fault).send({error: {code: 'simulated', message}});
    return true;
  }
}
