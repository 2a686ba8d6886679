import type {MeetingElement} from '../../../src/protocol/meeting-api.js';
import {joinAddress, meetingAddress} from '../../../src/protocol/web-app3-url.js';
import type {Meeting} from './meeting.js';
import type {TicketHolder, Tickets} from './tickets.js';

export interface LinksOptions {
  /** Origin of the Conferencing Node. */
  readonly node: string;
  /** Branding path of Web App 3 there. */
  readonly path?: string | undefined;
  readonly tickets: Pick<Tickets, 'issue'>;
}

/**
 * Whether others than hosts come in without a PIN. Web App 3 asks for one unless the link has
 * `role=guest`, which works for meetings that allow guests and have no PIN for them.
 */
const isOpen = ({guests, guestPin}: Meeting): boolean => guests && guestPin === undefined;

/** The addresses at which meetings are joined in Web App 3. */
export class Links {
  readonly #options: LinksOptions;

  constructor(options: LinksOptions) {
    this.#options = options;
  }

  /**
   * For sharing: names nobody, and never has a PIN or a ticket. Leads guests straight in where they
   * need no PIN; elsewhere Web App 3 asks for one.
   */
  joinUrl(meeting: Meeting): string {
    return joinAddress(this.#address(meeting), {guest: isOpen(meeting)});
  }

  /**
   * For one person alone: has his ticket as `callTag`, which Web App 3 hands to Pexip Infinity. Whoever
   * has the link comes in as that person. A ticket spares its guest the PIN of guests in any meeting.
   */
  async personalUrl(meeting: Meeting, holder: TicketHolder): Promise<string> {
    const guest = holder.role === 'guest';
    const url = new URL(joinAddress(this.#address(meeting), {guest}));
    url.searchParams.set('callTag', await this.#options.tickets.issue(meeting, holder));
    return url.href;
  }

  /** What `<pexip-chat-room>` needs to show the meeting to one person. */
  async element(meeting: Meeting, holder: TicketHolder): Promise<MeetingElement> {
    const {node, path} = this.#options;
    const url = await this.personalUrl(meeting, holder);
    return {node, room: meeting.alias, ...(path !== undefined && {path}), url};
  }

  #address({alias}: Meeting): URL {
    const {node, path} = this.#options;
    const address = meetingAddress({node, path, room: alias});
    // The settings were checked when the broker began.
    if (!(address instanceof URL)) throw new Error('pexip.node and pexip.path give no address.');
    return address;
  }
}
