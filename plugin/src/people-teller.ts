import type {Participant, RosterMessage, SelfState} from '../../src/protocol/roster.js';

/** The least time between two rosters, in milliseconds. */
export const ROSTER_PAUSE = 100;

/** Whom the page is told of. */
export interface PeopleNow {
  /** The same list as long as nothing in it has changed. */
  readonly participants: readonly Participant[];
  readonly self: SelfState | undefined;
}

/**
 * Tells the page of the people: the whole roster each time it has changed, and our own user. A change
 * is told at once if nothing was for {@link ROSTER_PAUSE}; else all of it at the end of that time.
 */
export class PeopleTeller {
  readonly #people: PeopleNow;
  readonly #send: (message: RosterMessage) => void;
  #roster: readonly Participant[] | undefined;
  #self = '';
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(people: PeopleNow, send: (message: RosterMessage) => void) {
    this.#people = people;
    this.#send = send;
  }

  /** Tells all there is at once, to a page that has heard nothing yet. */
  start(): void {
    this.#forget();
    // An empty roster is what a page starts with.
    if (this.#roster?.length) this.#roster = undefined;
    this.#tell();
  }

  /** Something has changed. What changes in one go is told in one message. */
  changed(): void {
    queueMicrotask(() => {
      if (this.#pause === undefined) this.#tell();
    });
  }

  /** The meeting is over: the page knows that everybody is gone. */
  ended(): void {
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#roster = this.#people.participants;
    this.#self = '';
  }

  #tell(): void {
    const {participants, self} = this.#people;
    const telling = JSON.stringify(self) ?? '';
    const isNewRoster = participants !== this.#roster;
    const isNewSelf = telling !== this.#self;
    if (!isNewRoster && !isNewSelf) return;
    this.#roster = participants;
    this.#self = telling;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.#tell();
    }, ROSTER_PAUSE);
    if (isNewRoster) this.#send({type: 'roster', participants});
    if (isNewSelf && self) this.#send({type: 'self', ...self});
  }
}
