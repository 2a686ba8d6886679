import type {WidgetUserDetail} from '../../events/widget-events.js';
import type {Presence, PresenceStatus} from '../../protocol/presence.js';
import {MOST_PEOPLE} from './alias-book.js';

/** A status as the widget's events and operations tell it. */
export type WidgetStatus = WidgetUserDetail['status'];

/** Somebody can be reached now, or no longer. */
export type PresenceFact = 'connected' | 'disconnected';

/** Who is away from the keyboard can be reached all the same. */
export const widgetStatus = (status: PresenceStatus): WidgetStatus =>
  status === 'away' ? 'online' : status;

/** Who can be reached. What a connection that broke has told counts until it is told anew. */
export class PeoplePresence {
  readonly #tell: (fact: PresenceFact, username: string, status: WidgetStatus) => void;
  readonly #people = new Map<string, PresenceStatus>();

  constructor(tell: (fact: PresenceFact, username: string, status: WidgetStatus) => void) {
    this.#tell = tell;
  }

  /** As Rocket.Chat tells it; undefined where it is not known. */
  status(username: string): PresenceStatus | undefined {
    return this.#people.get(username);
  }

  /**
   * What the server answered when it was asked, as after each connection. Of who was not known nothing is
   * told; of others, what has changed while nobody listened.
   *
   * @returns whether something is another
   */
  answered(people: readonly Presence[]): boolean {
    return people.filter((each) => this.#take(each, this.#people.has(each.username))).length > 0;
  }

  /** What the server tells by itself: a change, also of who was not known. @returns as `answered` */
  told(presence: Presence): boolean {
    return this.#take(presence, true);
  }

  /** These are no longer of interest. */
  keep(usernames: ReadonlySet<string>): void {
    for (const username of this.#people.keys())
      if (!usernames.has(username)) this.#people.delete(username);
  }

  #take({username, status}: Presence, isNews: boolean): boolean {
    const before = this.#people.get(username);
    if (status === before) return false;
    if (before === undefined && this.#people.size >= MOST_PEOPLE) return false;
    this.#people.set(username, status);
    const was = (before ?? 'offline') !== 'offline';
    const is = status !== 'offline';
    // Of who was not known, it is not known that there was anything before.
    if (isNews && (was !== is || before === undefined))
      this.#tell(is ? 'connected' : 'disconnected', username, widgetStatus(status));
    return true;
  }
}
