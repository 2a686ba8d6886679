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
const PURPOSE = 'meeting-person';

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
    const plain = JSON.stringify({...holder, id: meeting.id});
    const life = Math.max(1, meeting.expiresAt + DAY - this.#now());
    await store.put(
      groupOf(meeting.id),
      person.toString('base64url'),
      seal.close(PURPOSE, plain),
      life,
    );
    const signed = Buffer.alloc(PERSON + EXPIRY);
    person.copy(signed);
    signed.writeUInt32BE(Math.floor(expires / 1000), PERSON);
    return Buffer.concat([signed, this.#proof(meeting.id, signed)]).toString('base64url');
  }

  /** Whom a ticket names; `undefined` for one of another meeting, one that was changed, or is over. */
  async read({id}: Pick<Meeting, 'id'>, ticket: string): Promise<TicketHolder | undefined> {
    const {store, seal} = this.#options;
    if (!/^[\w-]{39}$/.test(ticket)) return;
    const bytes = Buffer.from(ticket, 'base64url');
    if (bytes.length !== LENGTH || bytes.toString('base64url') !== ticket) return;
    const signed = bytes.subarray(0, PERSON + EXPIRY);
    if (!timingSafeEqual(bytes.subarray(PERSON + EXPIRY), this.#proof(id, signed))) return;
    if (signed.readUInt32BE(PERSON) * 1000 <= this.#now()) return;
    const person = signed.subarray(0, PERSON).toString('base64url');
    const sealed = await store.field(groupOf(id), person);
    const plain = sealed === undefined ? undefined : seal.open(PURPOSE, sealed);
    return plain === undefined ? undefined : parseHolder(JSON.parse(plain), id);
  }

  /** The same person in the same role is the same one each time. */
  #personOf({id}: Meeting, {sub, role}: TicketHolder): Buffer {
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

const parseHolder = (data: unknown, id: string): TicketHolder | undefined => {
  const [sub, role, name] = ['sub', 'role', 'name'].map((each) => field(data, each));
  if (field(data, 'id') !== id || typeof sub !== 'string') return;
  if (role !== 'chair' && role !== 'guest') return;
  return {sub, role, ...(typeof name === 'string' && {name})};
};
