import type {Change} from '../changes.js';
import {MeteorError} from '../meteor-error.js';
import type {User} from '../users.js';
import type {Workspace} from '../workspace.js';
import type {ClientFrame} from './frames.js';
import {PresenceWatch} from './presence-watch.js';
import {type StreamSubscription, subscriptionFor} from './publications.js';
import {type News, newsOf} from './stream-news.js';

/** What one connection has subscribed to. */
export class StreamSubscriptions {
  readonly #workspace: Workspace;
  readonly #all = new Map<string, StreamSubscription | undefined>();
  readonly #presence = new PresenceWatch();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  has(id: string): boolean {
    return this.#all.has(id);
  }

  /** Throws if the user may not have it. @returns whether it goes on */
  add(frame: ClientFrame & {msg: 'sub'}, user: User | undefined): boolean {
    const {id, name, params} = frame;
    if (name !== 'stream-user-presence') {
      this.#all.set(id, subscriptionFor(this.#workspace, user, frame));
      return true;
    }
    if (!user) throw new MeteorError('not-allowed');
    const goesOn = this.#presence.watch(id, params[1]);
    if (goesOn) this.#all.set(id, undefined);
    return goesOn;
  }

  /** Somebody has signed in, maybe the same user again. */
  renew(): void {
    this.#presence.renew();
  }

  remove(id: string): void {
    this.#all.delete(id);
    this.#presence.forget(id);
  }

  /** Ends what `user` may not have, and returns its ids with the reasons. */
  endForbidden(user: User | undefined): (readonly [string, unknown])[] {
    return [...this.#all].flatMap(([id, subscription]): (readonly [string, unknown])[] => {
      if (!subscription) return [];
      const {stream: name, eventName} = subscription;
      try {
        subscriptionFor(this.#workspace, user, {id, name, params: [eventName]});
        return [];
      } catch (error) {
        this.remove(id);
        return [[id, error]];
      }
    });
  }

  /** What is to be sent of a change, in order; as often as it was subscribed to. */
  newsOf(change: Change, user: User | undefined): News[] {
    const told = newsOf(change, this.#workspace, user);
    const all = [...this.#all.values()];
    const news = told.flatMap((each) =>
      all
        .filter((one) => one?.stream === each.stream && one.eventName === each.eventName)
        .map(() => each),
    );
    // A member who is taken out hears no more of the room, and no word about that.
    if (change.type === 'subscription-removed' && change.subscription.u._id === user?._id) {
      this.#forgetRoom(change.subscription.rid);
    }
    return [...news, ...this.#presence.newsOf(change)];
  }

  #forgetRoom(rid: string): void {
    for (const [id, subscription] of this.#all) {
      if (subscription?.eventName.split('/')[0] === rid) this.#all.delete(id);
    }
  }
}
