import type {FastifyBaseLogger} from 'fastify';

import {Windows} from '../http/windows.js';
import type {Meeting} from '../meetings/meeting.js';
import type {TicketHolder, Tickets} from '../meetings/tickets.js';

/** How long one line stands for all further tickets of its kind, ms. */
const SILENCE = 5 * 60_000;
const TICKET = /^[\w-]{39}$/;

/** What tickets are looked at with. */
export interface TicketDeskOptions {
  readonly tickets: Pick<Tickets, 'read'>;
  readonly log: FastifyBaseLogger;
  /** Ms, by a clock that never goes back. */
  readonly now?: () => number;
}

/**
 * Looks at the tickets with which participants come. One that does not hold counts as none: its owner is
 * asked for a PIN like anybody. The log has one line for such tickets of a meeting in five minutes,
 * without their text, as Pexip Infinity asks several times for each participant.
 */
export class TicketDesk {
  readonly #options: TicketDeskOptions;
  readonly #said: Windows;

  constructor(options: TicketDeskOptions) {
    this.#options = options;
    this.#said = new Windows(SILENCE, options.now);
  }

  /** @param callTag as it came; anything may stand in it */
  async holderOf(meeting: Meeting, callTag: string | undefined): Promise<TicketHolder | undefined> {
    if (callTag === undefined) return;
    if (!TICKET.test(callTag)) return this.#note(meeting, 'call tag that is no ticket');
    const holder = await this.#options.tickets.read(meeting, callTag);
    if (!holder) this.#note(meeting, 'ticket that is over, was changed, or is for another meeting');
    return holder;
  }

  #note({id}: Meeting, what: string): undefined {
    if (this.#said.count(`${id} ${what}`).count > 1) return;
    this.#options.log.info(
      {meeting: id},
      `A participant came with a ${what}; he is asked for a PIN like anybody without a ticket.`,
    );
  }
}
