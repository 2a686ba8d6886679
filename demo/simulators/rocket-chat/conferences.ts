import {field} from '../../../src/protocol/guards.js';
import type {UserReference} from './model.js';
import {randomId} from './random.js';
import {referenceOf, type User} from './users.js';

/** Rocket.Chat's VideoConference. */
export interface Conference {
  readonly _id: string;
  readonly type: 'direct' | 'videoconference';
  readonly rid: string;
  readonly title?: string;
  readonly createdBy: UserReference;
  readonly createdAt: string;
  readonly providerName: string;
  readonly messages: {readonly started?: string};
  readonly ringing: boolean;
  users: readonly (UserReference & {readonly ts: string})[];
  /** 0 calling, 1 started, 2 expired, 3 ended, 4 declined. */
  status: number;
  url?: string;
  endedAt?: string;
  _updatedAt: string;
}

/** The video conferences of a workspace. Without a provider nobody starts any. */
export class Conferences {
  #all: Conference[] = [];

  start(
    creator: User,
    about: Pick<Conference, 'type' | 'rid' | 'title' | 'providerName' | 'messages' | 'ringing'>,
  ): Conference {
    const now = new Date().toISOString();
    const conference: Conference = {
      _id: randomId(),
      ...about,
      createdBy: referenceOf(creator),
      createdAt: now,
      users: [],
      status: 0,
      _updatedAt: now,
    };
    this.#all.push(conference);
    return conference;
  }

  byId(callId: unknown): Conference | undefined {
    return this.#all.find(({_id}) => _id === callId);
  }

  /** Those of a room, newest first. */
  of(rid: string): Conference[] {
    return this.#all.filter((each) => each.rid === rid).reverse();
  }

  /** Lets a user in; the first one starts the conference. */
  join(conference: Conference, user: User, url: string): void {
    const now = new Date().toISOString();
    const others = conference.users.filter(({_id}) => _id !== user._id);
    conference.users = [...others, {...referenceOf(user), ts: now}];
    conference.status = 1;
    conference.url = url;
    conference._updatedAt = now;
  }

  cancel(conference: Conference): void {
    const now = new Date().toISOString();
    conference.status = 4;
    conference.endedAt = now;
    conference._updatedAt = now;
  }

  /** Whether `data` is what `user` may ring others about: a conference that there is, as oneself. */
  isRinging(data: unknown, user: User): boolean {
    const params = field(data, 'params');
    return !!this.byId(field(params, 'callId')) && field(params, 'uid') === user._id;
  }
}
