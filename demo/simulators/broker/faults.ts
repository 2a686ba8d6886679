import type {FastifyReply} from 'fastify';

import type {BrokerFault, FaultOptions} from './broker-fault.js';

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
    const {below = '/', headers = {}, message = 'Asked for by a test.', body} = this.#options;
    const fault = this.#fault;
    if (fault === null || this.#left <= 0 || !path.startsWith(below)) return false;
    this.#left -= 1;
    reply.headers(headers);
    if (fault === 'html') reply.code(502).type('text/html').send('<h1>Bad gateway</h1>');
    else if (fault === 'truncated') reply.type('application/json').send(TRUNCATED);
    else if (fault === 204) reply.code(204).send();
    else if (fault === 'hang') reply.hijack();
    else reply.code(fault).send(body ?? {error: {code: 'simulated', message}});
    return true;
  }
}
