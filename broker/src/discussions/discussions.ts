import type {Audit} from '../audit.js';
import {BrokerError} from '../errors.js';
import type {Locks} from '../sessions/locks.js';
import {permissionMissing, workspaceRefused} from '../workspace/faults.js';
import type {Caller} from '../workspace/rest.js';
import {type RoomCalls, RoomRefusal} from '../workspace/room-calls.js';
import type {Rooms} from '../workspace/rooms.js';
import type {Login, Workspace} from '../workspace/workspace.js';
import {directMessages} from './direct-messages.js';
import type {Discussion, Subject} from './discussion.js';
import type {DiscussionMaker} from './discussion-maker.js';
import {discussionName} from './discussion-name.js';
import type {DiscussionRecord, DiscussionRecords, KeptRecord} from './discussion-records.js';

/** Somebody who may have the discussion. */
export interface Asker {
  readonly sub: string;
  /** Of his account at Rocket.Chat. */
  readonly userId: string;
  /** His own login, if he has a chat session. */
  readonly login: Login | undefined;
}

export interface DiscussionsOptions {
  readonly records: DiscussionRecords;
  readonly maker: DiscussionMaker;
  readonly calls: RoomCalls;
  readonly rooms: Rooms;
  readonly workspace: Pick<Workspace, 'find'>;
  readonly locks: Locks;
  readonly audit: Audit;
  /** Of the date in a name. */
  readonly timeZone: string;
}

/**
 * The one discussion of each meeting, however many ask for it at once on however many brokers.
 *
 * What is about to be made is written down first, so that a broker that is killed in the middle leaves
 * the next one a reason to look before it makes anything.
 */
export class Discussions {
  readonly #options: DiscussionsOptions;

  constructor(options: DiscussionsOptions) {
    this.#options = options;
  }

  /**
   * The discussion of a meeting for somebody who may have it, made if need be. He is a member then.
   *
   * @throws {BrokerError} `discussion-missing`, `discussion-not-configured`, `discussion-refused`,
   *   `broker-busy`, and as {@link RoomCalls}
   */
  async open(subject: Subject, asker: Asker): Promise<Discussion> {
    const {records} = this.#options;
    const digest = records.digest(subject);
    const known = await this.#known(digest);
    const kept = known ?? (await this.#make(subject, digest, asker));
    if (subject.isRenewed) await records.renew(digest, kept, subject.life);
    const {name, room} = kept.record;
    if (!room) throw discussionMissing();
    await this.#enter(digest, room, asker);
    return {...room, name};
  }

  async #known(digest: string): Promise<KeptRecord | undefined> {
    const kept = await this.#options.records.get(digest);
    return kept?.record.room ? kept : undefined;
  }

  async #make(subject: Subject, digest: string, asker: Asker): Promise<KeptRecord> {
    const {records, locks} = this.#options;
    if (subject.isOver && !(await records.get(digest))?.record.begun) throw discussionMissing();
    return locks.run(
      `discussion:${digest}`,
      () => this.#known(digest),
      () => this.#makeAlone(subject, digest, asker),
    );
  }

  async #makeAlone(subject: Subject, digest: string, asker: Asker): Promise<KeptRecord> {
    const {records, maker, audit, timeZone} = this.#options;
    const {startsAt, isOver, life} = subject;
    const {sub} = asker;
    const {room: parent, makers} = await this.#placeOf(subject, asker);
    const planned = await records.plan(digest, discussionName(startsAt, timeZone), life);
    const {record} = planned;
    const how = isOver ? 'find' : record.begun ? 'look' : 'make';
    const begun = record.begun
      ? planned
      : await records.replace(digest, planned, {...record, begun: true}, life);
    if (!begun) throw overtaken();
    const message = records.messageId(digest, record);
    const room = await maker.make({room: parent, name: record.name, message, how}, makers);
    if (!room) throw discussionMissing();
    const done: DiscussionRecord = {...begun.record, room};
    const written = await records.replace(digest, begun, done, life);
    await audit.note({what: 'discussion-made', alias: sub, detail: {room: room.roomId}});
    if (!written) throw overtaken();
    return written;
  }

  /** In which room it is made, and in whose names that is tried. */
  async #placeOf(
    {parent, pair}: Subject,
    asker: Asker,
  ): Promise<{readonly room: string; readonly makers: readonly Caller[]}> {
    const {sub, login} = asker;
    if (parent !== undefined) {
      const isMember = login && (await this.#belongs(sub, parent));
      return {room: parent, makers: isMember ? [login, 'service'] : ['service']};
    }
    if (!pair) throw notConfigured();
    const direct = await directMessages(this.#options, pair, asker);
    // The service account is in nobody's direct messages.
    return {room: direct.room, makers: [direct.login]};
  }

  async #enter(
    digest: string,
    {roomId, kind}: Omit<Discussion, 'name'>,
    asker: Asker,
  ): Promise<void> {
    const {records, calls} = this.#options;
    const {sub, userId, login} = asker;
    if (await records.isAdded(digest, userId)) return;
    try {
      await calls.invite({id: roomId, kind}, userId);
    } catch (error) {
      if (!(error instanceof RoomRefusal)) throw error;
      const isMember = login && (await this.#belongs(sub, roomId));
      if (!isMember) throw error.isMissing ? discussionMissing(error) : notAdded(error);
    }
    await records.noteAdded(digest, userId);
  }

  /** Whether it is known that a user belongs to a room: where it cannot be asked now, others are tried. */
  async #belongs(sub: string, roomId: string): Promise<boolean> {
    try {
      return await this.#options.rooms.belongs(sub, roomId);
    } catch (error) {
      if (error instanceof BrokerError && UNKNOWN.includes(error.code)) return false;
      throw error;
    }
  }
}

const UNKNOWN: readonly string[] = ['rate-limited', 'session-missing'];

const discussionMissing = (cause?: Error): BrokerError =>
  new BrokerError(
    404,
    'discussion-missing',
    'This meeting has no discussion: it was over before anybody opened one, or the discussion was deleted at Rocket.Chat.',
    {...(cause && {cause})},
  );

const notConfigured = (): BrokerError =>
  new BrokerError(
    409,
    'discussion-not-configured',
    'This meeting began in no Rocket.Chat room, and the operator has named none for such meetings (discussions.room in the configuration of the broker).',
  );

const notAdded = ({route}: RoomRefusal): BrokerError =>
  workspaceRefused(permissionMissing(route, 'add-user-to-joined-room'));

const overtaken = (): BrokerError =>
  new BrokerError(
    503,
    'broker-busy',
    'Another broker has been making the same discussion. Ask again in a few seconds.',
    {headers: {'retry-after': '2'}},
  );
