import {meetingNotFound} from '../meetings/access.js';
import {isOursAlone} from '../meetings/meeting-aliases.js';
import {KEPT_AFTER_END} from '../meetings/meeting-records.js';
import {isOver, type Meeting, roleOf} from '../meetings/meeting.js';
import type {Meetings} from '../meetings/meetings.js';
import type {Roster} from '../events/roster.js';
import {BrokerError} from '../errors.js';
import type {Rooms} from '../workspace/rooms.js';
import {plainAlias, withoutDomain} from './conference-alias.js';
import type {Subject} from './discussion.js';

const HOUR = 60 * 60_000;
/** How long the discussion of a meeting that is not the broker's is the same one after the last ask; ms. */
const EXTERNAL_LIFE = 12 * HOUR;

export interface SubjectsOptions {
  readonly meetings: Pick<Meetings, 'find'>;
  readonly roster: Pick<Roster, 'hasSeen'>;
  readonly rooms: Rooms;
  /** Id of the room for the discussions of scheduled and external meetings. */
  readonly room: string | undefined;
}

/** Which meeting a person asks about, and whether its discussion is for him. */
export class Subjects {
  readonly #options: SubjectsOptions;

  constructor(options: SubjectsOptions) {
    this.#options = options;
  }

  /**
   * @param alias as Web App 3 or a page tells it
   * @throws {BrokerError} `meeting-not-found`: for a meeting that is not his as for one that is not there
   */
  async find(sub: string, alias: string): Promise<Subject> {
    const plain = plainAlias(alias);
    if (plain === undefined) throw meetingNotFound();
    const own = withoutDomain(plain);
    const meeting = await this.#options.meetings.find(own);
    // One that has been forgotten gets no second discussion, and what was made up none at all.
    if (!meeting && isOursAlone(own)) throw meetingNotFound();
    return meeting ? this.#own(sub, meeting) : this.#external(sub, plain);
  }

  async #own(sub: string, meeting: Meeting): Promise<Subject> {
    if (!(await this.#isFor(sub, meeting))) throw meetingNotFound();
    const {id, call, startsAt, createdAt, endedAt, expiresAt} = meeting;
    return {
      key: `meeting ${id}`,
      // Many may read the configured room, and a channel's discussion is open to all of them.
      parent: meeting.room ?? (call ? undefined : this.#options.room),
      ...(call && {pair: [meeting.creator, ...meeting.people.map((person) => person.sub)]}),
      startsAt: startsAt ?? createdAt,
      isOver: isOver(meeting),
      life: Math.max(1, (endedAt ?? expiresAt) + KEPT_AFTER_END - Date.now()),
      isRenewed: false,
    };
  }

  async #external(sub: string, alias: string): Promise<Subject> {
    const {room} = this.#options;
    if (room === undefined || !(await this.#belongs(sub, room))) throw meetingNotFound();
    return {
      key: `external ${alias}`,
      parent: room,
      startsAt: Date.now(),
      isOver: false,
      life: EXTERNAL_LIFE,
      isRenewed: true,
    };
  }

  async #isFor(sub: string, meeting: Meeting): Promise<boolean> {
    const {roster} = this.#options;
    if (roleOf(meeting, sub) !== undefined || (await roster.hasSeen(meeting.id, sub))) return true;
    return meeting.room !== undefined && this.#belongs(sub, meeting.room);
  }

  /** Without a chat session nobody can be asked for his rooms: that must not tell that there is a meeting. */
  async #belongs(sub: string, roomId: string): Promise<boolean> {
    try {
      return await this.#options.rooms.belongs(sub, roomId);
    } catch (error) {
      if (error instanceof BrokerError && error.code === 'session-missing') return false;
      throw error;
    }
  }
}
