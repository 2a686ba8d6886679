import type {Identity} from '../callers/identity.js';
import type {Store} from '../store/store.js';
import {numericAlias, randomAlias, randomPin, twoPins} from './meeting-aliases.js';
import {
  ENDINGS,
  MeetingEndings,
  type AtEnd,
  type MeetingEndingsOptions,
} from './meeting-endings.js';
import {KEPT_AFTER_END, type MeetingRecords} from './meeting-records.js';
import type {EndedBy, Meeting, MeetingPlan} from './meeting.js';

const DAY = 24 * 60 * 60_000;
/** About how many one person's list has of those that he made, and of those that name him. */
const MOST_LISTED = 1_000;
/** How many of them are looked through at a time. */
const PAGE = 100;

export type MeetingsOptions = Omit<MeetingEndingsOptions, 'records' | 'store'> & {
  readonly store: Store;
  readonly records: MeetingRecords;
};

/** The meetings that brokers have made. */
export class Meetings {
  readonly #options: MeetingsOptions;
  readonly #endings: MeetingEndings;

  constructor(options: MeetingsOptions) {
    this.#options = options;
    this.#endings = new MeetingEndings(options);
  }

  /** Begins to end meetings in time. */
  start(): void {
    this.#endings.start();
  }

  close(): Promise<void> {
    return this.#endings.close();
  }

  /** Has something done at the end of each meeting. */
  atEnd(listener: AtEnd): void {
    this.#endings.atEnd(listener);
  }

  /** Makes a meeting that can be joined at once. */
  async create({sub}: Identity, {numeric, ...plan}: MeetingPlan): Promise<Meeting> {
    const {store, records, audit} = this.#options;
    const createdAt = Date.now();
    const expiresAt = (plan.endsAt ?? createdAt) + DAY;
    const people = plan.people.filter((person) => person.sub !== sub);
    for (;;) {
      const alias = numeric ? numericAlias() : randomAlias();
      const id = records.idFor(alias);
      const pins = numeric ? twoPins() : {hostPin: randomPin()};
      const own = {people, id, alias, creator: sub, createdAt, expiresAt};
      const meeting: Meeting = {...plan, ...pins, ...own};
      // Before it is there, so that a broker that is killed leaves none without an end.
      await store.schedule(ENDINGS, id, expiresAt);
      if (!(await records.insert(meeting))) continue; // ten digits are given only once in their time
      const life = expiresAt + KEPT_AFTER_END - createdAt;
      const groups = [madeBy(sub), ...people.map((person) => naming(person.sub))];
      await Promise.all(groups.map((group) => this.#list(group, meeting, life)));
      await audit.note({what: 'meeting-made', alias: sub, detail: {meeting: id}});
      return meeting;
    }
  }

  /** The meeting of exactly this alias, ended or not. */
  find(alias: string): Promise<Meeting | undefined> {
    return this.#options.records.find(alias);
  }

  byId(id: string): Promise<Meeting | undefined> {
    return this.#options.records.byId(id);
  }

  /**
   * The meetings that a person has made or is named in, the newest first.
   *
   * @param fits which of them count; about a thousand of either kind are known
   */
  async ofPerson(
    sub: string,
    most: number,
    fits: (meeting: Meeting) => boolean | Promise<boolean> = () => true,
  ): Promise<readonly Meeting[]> {
    const {store} = this.#options;
    const [made, named] = await Promise.all([
      store.entries(madeBy(sub)),
      store.entries(naming(sub)),
    ]);
    const ids = [...made, ...named]
      .sort(([, one], [, other]) => Number(other) - Number(one))
      .map(([id]) => id);
    const found: Meeting[] = [];
    for (let at = 0; at < ids.length && found.length < most; at += PAGE) {
      const looks = ids.slice(at, at + PAGE).map(async (id) => {
        const meeting = await this.byId(id);
        return meeting && (await fits(meeting)) ? [meeting] : [];
      });
      found.push(...(await Promise.all(looks)).flat());
    }
    return found.slice(0, most);
  }

  /** @see MeetingEndings.end */
  end(id: string, by: EndedBy, sub?: string): Promise<Meeting | undefined> {
    return this.#endings.end(id, by, sub);
  }

  /** Something has changed by which the meeting may end. */
  review(id: string): Promise<void> {
    return this.#endings.review(id);
  }

  /** The list has an end, as anybody may name anybody in as many meetings as he likes. */
  async #list(group: string, {id, createdAt}: Meeting, life: number): Promise<void> {
    const {store} = this.#options;
    const at = String(createdAt);
    // What is only held may be lost with a broker that is killed.
    if (store.forgets) await store.put(group, id, at, life);
    await store.hold(group, id, at, life, MOST_LISTED);
  }
}

/** Apart, so that nobody drives those out of a list that its owner made. */
const madeBy = (sub: string): string => `meetings-by:${sub}`;
const naming = (sub: string): string => `meetings-naming:${sub}`;
