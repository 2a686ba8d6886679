import {createHmac, timingSafeEqual} from 'node:crypto';

import {field} from '../../../src/protocol/guards.js';
import type {Seal} from '../store/seal.js';
import type {Store} from '../store/store.js';
import type {Meeting, Role} from './meeting.js';

const VERSION = 1;
const DAY = 24 * 60 * 60_000;
/** Longest life of a ticket, ms. */
export const TICKET_LIFETIME = DAY;

/** Bytes of a ticket: who, until when (epoch s), and the proof. */
const PERSON = 9;
const EXPIRY = 4;
const PROOF = 16;
const LENGTH = PERSON + EXPIRY + PROOF;

/** Whom a ticket names. */
export interface TicketHolder {
  readonly sub: string;
  readonly role: Role;
  /** As others see it in the meeting. */
  readonly name?: string;
}

export interface TicketsOptions {
  readonly store: Pick<Store, 'field' | 'put'>;
  readonly seal: Seal;
  /** Epoch ms. */
  readonly now?: () => number;
}

/**
 * Tickets are what Web App 3 hands to Pexip Infinity as `callTag`: each lets one person into one meeting,
 * as host or guest and by name, without a PIN. A ticket is 29 bytes as base64url, and tells nothing of
 * the person, as Pexip writes it into its logs.
 */
export class Tickets {
  readonly #options: TicketsOptions;
  readonly #key: Buffer;
  readonly #now: () => number;

  constructor(options: TicketsOptions) {
    this.#options = options;
    this.#key = options.seal.key('meeting-ticket');
    this.#now = options.now ?? Date.now;
  }

  /** A ticket that lasts until the meeting ends, 24 hours at most. */
  async issue(meeting: Meeting, holder: TicketHolder): Promise<string> {
    const {store, seal} = this.#options;
    const person = this.#personOf(meeting, holder);
    const expires = Math.min(meeting.expiresAt, this.#now() + TICKET_LIFETIME);
    const place = person.toString('base64url');
    const sealed = seal.close(purposeOf(meeting.id, place), JSON.stringify(holder));
    const life = Math.max(1, meeting.expiresAt + DAY - this.#now());
    await store.put(groupOf(meeting.id), place, sealed, life);
    const signed = Buffer.alloc(PERSON + EXPIRY);
    person.copy(signed);
    signed.writeUInt32BE(Math.floor(expires / 1000), PERSON);
    return Buffer.concat([signed, this.#proof(meeting.id, signed)]).toString('base64url');
  }

  /**
   * Whom a ticket names; `undefined` for one of another meeting, one that was changed, or is over.
   *
   * @param at epoch ms of its use, if that was not now
   */
  async read(
    {id}: Pick<Meeting, 'id'>,
    ticket: string,
    at = this.#now(),
  ): Promise<TicketHolder | undefined> {
    const {store, seal} = this.#options;
    const bytes = Buffer.from(ticket, 'base64url');
    // Other texts decode to the same bytes.
    if (bytes.length !== LENGTH || bytes.toString('base64url') !== ticket) return;
    const signed = bytes.subarray(0, PERSON + EXPIRY);
    if (!timingSafeEqual(bytes.subarray(PERSON + EXPIRY), this.#proof(id, signed))) return;
    if (signed.readUInt32BE(PERSON) * 1000 <= at) return;
    const place = signed.subarray(0, PERSON).toString('base64url');
    const sealed = await store.field(groupOf(id), place);
    const plain = sealed === undefined ? undefined : seal.open(purposeOf(id, place), sealed);
    return plain === undefined ? undefined : parseHolder(JSON.parse(plain));
  }

  /** Whether a person was given a ticket in this role. */
  async wasIssued(
    meeting: Pick<Meeting, 'id'>,
    holder: Pick<TicketHolder, 'role' | 'sub'>,
  ): Promise<boolean> {
    const place = this.#personOf(meeting, holder).toString('base64url');
    return (await this.#options.store.field(groupOf(meeting.id), place)) !== undefined;
  }

  /** The same person in the same role is the same one each time. */
  #personOf({id}: Pick<Meeting, 'id'>, {sub, role}: Omit<TicketHolder, 'name'>): Buffer {
    return this.#hmac(['person', id, role, sub]).subarray(0, PERSON);
  }

  #proof(id: string, signed: Buffer): Buffer {
    return this.#hmac(['ticket', VERSION, id, signed.toString('base64url')]).subarray(0, PROOF);
  }

  #hmac(parts: readonly (string | number)[]): Buffer {
    return createHmac('sha256', this.#key).update(JSON.stringify(parts)).digest();
  }
}

const groupOf = (id: string): string => `meeting-people:${id}`;

/** Bound to meeting and person, so that one's entry is worth nothing in the place of another's. */
const purposeOf = (id: string, place: string): string => `meeting-person:${id}:${place}`;

const parseHolder = (data: unknown): TicketHolder | undefined => {
  const [sub, role, name] = ['sub', 'role', 'name'].map((each) => field(data, each));
  if (typeof sub !== 'string') return;
  if (role !== 'chair' && role !== 'guest') return;
  return {sub, role, ...(typeof name === 'string' && {name})};
};
