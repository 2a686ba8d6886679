import {MOST_ASKED} from '../../protocol/user-list.js';
import {NOTHING_UNREAD, type Unread} from '../../session/chat-state.js';
import type {LiveFact} from '../../session/live-state.js';
import type {LiveSession} from '../../session/live-session.js';
import type {PexipChatError} from '../../errors.js';
import type {DeskBroker} from './desk-broker.js';
import type {DeskCalls} from './desk-calls.js';
import {DeskChats} from './desk-chats.js';
import {DeskEvents} from './desk-events.js';
import type {DeskMemory} from './desk-memory.js';
import {DeskNames} from './desk-names.js';
import {DeskNews} from './desk-news.js';
import type {Parts} from '../../parts/parts.js';
import type {DeskPeople} from './desk-people.js';
import type {DeskReads} from './desk-reads.js';
import {DeskRooms} from './desk-rooms.js';
import type {ChatEntry} from './desk-types.js';
import type {DeskWait} from './desk-wait.js';
import type {Users} from './users.js';

export interface DeskWorkOptions {
  readonly host: HTMLElement;
  readonly session: LiveSession;
  readonly broker: DeskBroker;
  readonly users: Users;
  /** What is loaded with the desk. */
  readonly part: Parts['users'];
  readonly memory: DeskMemory;
  readonly alias: () => string | undefined;
  /** The page has not turned chat off. */
  readonly isOn: () => boolean;
  readonly changed: () => void;
  readonly report: (error: PexipChatError) => void;
}

/** All that is done for a user from the sign-in to its end. */
export class DeskWork {
  readonly session: LiveSession;
  readonly names: DeskNames;
  readonly chats: DeskChats;
  readonly rooms: DeskRooms;
  readonly #news: DeskNews;
  readonly #options: DeskWorkOptions;
  readonly #people: DeskPeople;
  readonly #reads: DeskReads;
  readonly #calls: DeskCalls | undefined;
  readonly #life = new AbortController();

  constructor(options: DeskWorkOptions) {
    const {host, session, broker, users, part, memory, alias, isOn, changed, report} = options;
    const {username} = memory;
    const {signal} = this.#life;
    this.#options = options;
    this.session = session;
    this.names = new DeskNames({
      users,
      username,
      alias,
      statusOf: (each) => this.#people.statusOf(each),
    });
    const {names} = this;
    const chats = (this.chats = new DeskChats(session, names));
    this.rooms = new DeskRooms(session);
    const events = new DeskEvents(host, (some) => names.learn(some), signal);
    const news = (this.#news = new DeskNews({events, chats, memory, names}));
    this.#reads = part.reads(session, chats, memory, (...read) => news.read(...read));
    this.#people = part.people({
      session,
      chats,
      username,
      typing: (...typing) => isOn() && news.typing(...typing),
      presence: (...presence) => news.presence(...presence),
      changed,
    });
    this.follow();
    if (broker.can('meetings'))
      this.#calls = part.calls({
        broker: broker.base,
        client: () => broker.client(),
        alias: () => this.#ownAlias(),
        memory,
        report,
      });
  }

  /** The user's chats; none where the page has turned chat off. */
  get entries(): readonly ChatEntry[] {
    const {chats} = this;
    return this.#options.isOn() ? chats.rooms.map((room) => chats.entry(room)) : [];
  }

  get unread(): Pick<Unread, 'alert' | 'count'> {
    return this.#options.isOn() ? this.session.getState().unread : NOTHING_UNREAD;
  }

  /** The chats may be others, or the page has turned chat on or off. */
  follow(): void {
    const {chats, names} = this;
    if (!this.#options.isOn() || !this.session.getState().known) return;
    for (const {roomId, name} of chats.rooms) {
      const other = chats.other(roomId);
      if (other) names.called(other, name);
    }
    this.#news.follow();
  }

  hear(fact: LiveFact): void {
    this.#people.hear(fact);
    if (!this.#options.isOn()) return;
    this.chats.latest.hear(fact);
    if (fact.type === 'rooms') this.follow();
    // That a message has come is told before that it was read.
    this.#news.hear(fact);
    this.#reads.hear(fact);
  }

  /** Resolves when it is known who is named by the latest chats, or will not be: by one question at most. */
  async learn(wait: DeskWait): Promise<void> {
    const {chats, names, session} = this;
    await wait.until(() => session.getState().known);
    const named = new Set(chats.rooms.flatMap(({roomId}) => chats.named(roomId)));
    await names.learn([...named].slice(0, MOST_ASKED.names));
  }

  /** The user has another token: who was refused for the one before asks again. */
  goOn(): void {
    void this.#calls?.goOn();
  }

  stop(): void {
    this.#life.abort();
    this.#calls?.stop();
    this.#people.stop();
    this.#reads.stop();
  }

  async #ownAlias(): Promise<string> {
    const {names} = this;
    await names.learn([names.username]);
    return names.alias(names.username);
  }
}
