import {createHmac} from 'node:crypto';

import {field, identifier, LIMITS} from '../../../src/protocol/guards.js';
import type {Seal} from '../store/seal.js';
import type {Store} from '../store/store.js';
import type {Discussion, Subject} from './discussion.js';

const PURPOSE = 'discussion';
/** How long it is remembered that somebody was added to a discussion: he may have left since. Ms. */
const ADDED_FOR = 10 * 60_000;

/** What is known of a subject's discussion. */
export interface DiscussionRecord {
  readonly name: string;
  /** Written before anything is done at Rocket.Chat: from then on there may be a discussion. */
  readonly begun: boolean;
  /** Once it is there. */
  readonly room?: Pick<Discussion, 'kind' | 'roomId'>;
}

/** A record, and the text in the store that it was read from. */
export interface KeptRecord {
  readonly sealed: string;
  readonly record: DiscussionRecord;
}

/** Where is kept which discussion a meeting has; keys tell nothing of aliases. */
export class DiscussionRecords {
  readonly #store: Store;
  readonly #seal: Seal;
  readonly #key: Buffer;

  constructor(store: Store, seal: Seal) {
    this.#store = store;
    this.#seal = seal;
    this.#key = seal.key('discussion');
  }

  /** Under which a subject is known here. */
  digest({key}: Subject): string {
    return this.#hmac('subject', key).toString('base64url').slice(0, 22);
  }

  /** Id of the message under which the discussion is made: the same one whoever makes it, however often. */
  messageId(digest: string, {name}: DiscussionRecord): string {
    return this.#hmac('message', digest, name).toString('hex').slice(0, 24);
  }

  async get(digest: string): Promise<KeptRecord | undefined> {
    const sealed = await this.#store.get(placeOf(digest));
    const plain = sealed === undefined ? undefined : this.#seal.open(PURPOSE, sealed);
    const record = plain === undefined ? undefined : parse(plain);
    return record && sealed !== undefined ? {sealed, record} : undefined;
  }

  /** The record that is there, or else one with this name. */
  async plan(digest: string, name: string, life: number): Promise<KeptRecord> {
    const known = await this.get(digest);
    if (known) return known;
    const record: DiscussionRecord = {name, begun: false};
    const sealed = this.#close(record);
    const first = await this.#store.setIfAbsent(placeOf(digest), sealed, life);
    const other = first ? undefined : await this.get(digest);
    return other ?? {sealed, record};
  }

  /** Writes a record in the place of what was read; undefined if there is another one by now. */
  async replace(
    digest: string,
    {sealed: old}: KeptRecord,
    record: DiscussionRecord,
    life: number,
  ): Promise<KeptRecord | undefined> {
    const sealed = this.#close(record);
    const done = await this.#store.compareAndSet(placeOf(digest), old, sealed, life);
    return done ? {sealed, record} : undefined;
  }

  /** Begins the record's time anew. */
  async renew(digest: string, {sealed}: KeptRecord, life: number): Promise<void> {
    await this.#store.compareAndSet(placeOf(digest), sealed, sealed, life);
  }

  /** Whether somebody was added to the discussion a moment ago. */
  async isAdded(digest: string, userId: string): Promise<boolean> {
    return (await this.#store.field(peopleOf(digest), userId)) !== undefined;
  }

  async noteAdded(digest: string, userId: string): Promise<void> {
    await this.#store.put(peopleOf(digest), userId, '1', ADDED_FOR);
  }

  #close(record: DiscussionRecord): string {
    return this.#seal.close(PURPOSE, JSON.stringify(record));
  }

  #hmac(...parts: readonly string[]): Buffer {
    return createHmac('sha256', this.#key).update(JSON.stringify(parts)).digest();
  }
}

const placeOf = (digest: string): string => `discussion:${digest}`;
const peopleOf = (digest: string): string => `discussion-people:${digest}`;

/** Reads what a broker has written, perhaps one of another version. */
const parse = (plain: string): DiscussionRecord | undefined => {
  const data: unknown = JSON.parse(plain);
  const name = identifier(field(data, 'name'), LIMITS.name);
  if (name === undefined) return;
  const begun = field(data, 'begun') === true;
  const room = field(data, 'room');
  const roomId = identifier(field(room, 'roomId'));
  const kind = field(room, 'kind');
  if (roomId === undefined || (kind !== 'c' && kind !== 'p')) return {name, begun};
  return {name, begun, room: {roomId, kind}};
};
