import type {LiveFact} from '../../session/live-state.js';
import type {LiveSession} from '../../session/live-session.js';
import {NOTHING_UNREAD, type Unread} from '../../session/chat-state.js';
import {callsOf, type DeskCalls} from './desk-calls.js';
import type {DeskBroker} from './desk-broker.js';
import {DeskChats} from './desk-chats.js';
import {DeskEvents} from './desk-events.js';
import {DeskNames} from './desk-names.js';
import {DeskNews} from './desk-news.js';
import {peopleOf, type DeskPeople} from './desk-people.js';
import {DeskReads} from './desk-reads.js';
import {DeskRooms} from './desk-rooms.js';
import type {ChatEntry} from './desk-types.js';
import type {DeskUsers} from './desk-users.js';

export interface DeskWorkOptions {
  readonly host: HTMLElement;
  readonly session: LiveSession;
  readonly broker: DeskBroker;
  readonly users: DeskUsers;
  readonly username: string;
  readonly alias: () => string | undefined;
  /** The page has not turned chat off. */
  readonly isOn: () => boolean;
  readonly changed: () => void;
}

/** All that is done for a user from the sign-in to its end. */
export class DeskWork {
  readonly session: LiveSession;
  readonly names: DeskNames;
  readonly chats: DeskChats;
  readonly rooms: DeskRooms;
  readonly news: DeskNews;
  readonly people: DeskPeople;
  readonly #options: DeskWorkOptions;
  readonly #reads: DeskReads;
  readonly #calls: DeskCalls;
  readonly #life = new AbortController();

  constructor(options: DeskWorkOptions) {
    const {host, session, broker, users, username, alias, changed} = options;
    this.#options = options;
    this.session = session;
    const statusOf: DeskPeople['statusOf'] = (each) => this.people?.statusOf(each);
    this.names = new DeskNames({users, username, alias, statusOf});
    const {names} = this;
    this.chats = new DeskChats(session, names);
    const {chats} = this;
    this.rooms = new DeskRooms(session);
    const events = new DeskEvents(host, (some) => names.learn(some), this.#life.signal);
    this.news = new DeskNews({events, chats, names});
    const {news} = this;
    this.#reads = new DeskReads(session, chats, username, (...read) => news.read(...read));
    this.people = peopleOf({
      session,
      username,
      typing: (...typing) => options.isOn() && news.typing(...typing),
      presence: (...presence) => {
        news.presence(...presence);
        changed();
      },
    });
    this.#calls = callsOf({broker: broker.base, accessToken: () => broker.accessToken});
    this.#calls.start();
    this.follow();
  }

  /** The user's chats; none where the page has turned chat off. */
  get entries(): readonly ChatEntry[] {
    const {chats} = this;
    return this.#options.isOn() ? chats.rooms.map((room) => chats.entry(room)) : [];
  }

  get unread(): Pick<Unread, 'alert' | 'count'> {
    const {unread} = this.session.getState();
    return this.#options.isOn() ? unread : NOTHING_UNREAD;
  }

  /** The chats may be others, or the page has turned chat on or off. */
  follow(): void {
    const {chats, names, news} = this;
    if (!this.#options.isOn() || !this.session.getState().known) return;
    // The list is shown at once, and has the aliases as soon as they are known, which is a change.
    void names.learn([...new Set(chats.rooms.flatMap(({roomId}) => chats.named(roomId)))]);
    news.follow();
  }

  hear(fact: LiveFact): void {
    if (!this.#options.isOn()) return;
    this.chats.latest.hear(fact);
    if (fact.type === 'rooms') this.follow();
    // That a message has come is told before that it was read.
    this.news.hear(fact);
    this.#reads.hear(fact);
  }

  stop(): void {
    this.#life.abort();
    this.people.stop();
    this.#reads.stop();
    this.#calls.stop();
  }
}
