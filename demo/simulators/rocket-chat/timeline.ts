import type {Changes} from './changes.js';
import type {Message, Room} from './model.js';
import {randomId} from './random.js';
import type {Subscriptions} from './subscriptions.js';
import {referenceOf, type User, type Users} from './users.js';

/** What a message may have beside its text. */
export interface PostOptions {
  /** The client's own id: posting it again changes nothing. */
  readonly _id?: string;
  /** Default: now. */
  readonly at?: Date;
  /** The discussion that the message announces. */
  readonly discussion?: Room;
}

/** The part of a room's history that is asked for. */
export interface HistoryRange {
  readonly latest?: string | undefined;
  readonly oldest?: string | undefined;
  readonly inclusive?: boolean;
  readonly offset?: number;
  readonly count?: number;
}

/** The messages of a workspace. */
export class Timeline {
  readonly #users: Users;
  readonly #subscriptions: Subscriptions;
  readonly #changes: Changes;
  #all: Message[] = [];

  constructor(users: Users, subscriptions: Subscriptions, changes: Changes) {
    this.#users = users;
    this.#subscriptions = subscriptions;
    this.#changes = changes;
  }

  /** Adds a message and tells everyone. A known `_id` of the same room returns that message. */
  post(author: User, room: Room, msg: string, options: PostOptions = {}): Message {
    const {_id = randomId(), at = new Date(), discussion} = options;
    const known = this.of(room).find((each) => each._id === _id);
    if (known) return known;
    const ts = at.toISOString();
    const message: Message = {
      _id,
      rid: room._id,
      msg,
      ts,
      u: referenceOf(author),
      mentions: this.#mentionsIn(msg),
      _updatedAt: ts,
      ...(discussion && {t: 'discussion-created', drid: discussion._id}),
    };
    this.#all.push(message);
    room.msgs += 1;
    room.lm = ts;
    room._updatedAt = ts;
    // The order of the real server: the message arrives before the unread counts that it causes.
    this.#changes.tell({type: 'message', message, usernames: room.usernames});
    this.#subscriptions.take(message, room);
    return message;
  }

  /** The messages of a room, oldest first. */
  of(room: Room): Message[] {
    return this.#all.filter(({rid}) => rid === room._id);
  }

  /** A page of a room's history, newest first. Dates are ISO 8601. */
  history(room: Room, range: HistoryRange = {}): Message[] {
    const {latest, oldest, inclusive = false, offset = 0, count = 20} = range;
    return this.of(room)
      .filter(({ts}) => !latest || ts < latest || (inclusive && ts === latest))
      .filter(({ts}) => !oldest || ts > oldest || (inclusive && ts === oldest))
      .reverse()
      .slice(offset, count > 0 ? offset + count : undefined);
  }

  snapshot(): () => void {
    const kept = [...this.#all];
    return () => {
      this.#all = [...kept];
    };
  }

  #mentionsIn(msg: string): {_id: string; username: string}[] {
    const names = new Set(Array.from(msg.matchAll(/(?<![\w.])@([\w.-]*\w)/g), ([, name]) => name));
    return [...names].flatMap((name = '') => {
      if (name === 'all' || name === 'here') return [{_id: name, username: name}];
      const user = this.#users.find(name);
      return user ? [{_id: user._id, username: user.username}] : [];
    });
  }
}
