import type {Changes} from './changes.js';
import type {Deleted, Message, Room, Subscription} from './model.js';
import {notificationOf} from './notification.js';
import {randomId} from './random.js';
import type {SettingsStore} from './settings.js';
import {unreadIncrease} from './unread.js';
import {referenceOf, type User, type Users} from './users.js';

/** A subscription that has ended. */
type EndedSubscription = Deleted & {readonly userId: string};

/** Subscriptions in a file. */
export interface StoredSubscriptions {
  readonly subscriptions: Subscription[];
  readonly trash: EndedSubscription[];
}

/** Who has which room, and what is unread there. */
export class Subscriptions {
  readonly #settings: SettingsStore;
  readonly #users: Users;
  readonly #changes: Changes;
  #all: Subscription[] = [];
  #trash: EndedSubscription[] = [];

  constructor(settings: SettingsStore, users: Users, changes: Changes) {
    this.#settings = settings;
    this.#users = users;
    this.#changes = changes;
  }

  of(user: User): Subscription[] {
    return this.#all.filter(({u}) => u._id === user._id);
  }

  find(user: User, rid: string): Subscription | undefined {
    return this.#all.find((each) => each.rid === rid && each.u._id === user._id);
  }

  /** Everyone's subscriptions to a room. */
  to(room: Room): Subscription[] {
    return this.#all.filter(({rid}) => rid === room._id);
  }

  /** Those of `user` that have ended after a time, ISO 8601. */
  removedSince(user: User, since: string): Deleted[] {
    return this.#trash
      .filter(({userId, _deletedAt}) => userId === user._id && _deletedAt > since)
      .map(({_id, rid, _deletedAt}) => ({_id, rid, _deletedAt}));
  }

  /** Makes `user` a member of `room`. */
  add(user: User, room: Room): void {
    const now = new Date().toISOString();
    const other = room.usernames.find((name) => name !== user.username) ?? user.username;
    const name = room.t === 'd' ? other : (room.name ?? '');
    const subscription: Subscription = {
      _id: randomId(),
      rid: room._id,
      u: referenceOf(user),
      t: room.t,
      name,
      fname: room.t === 'd' ? this.#users.named(other).name : (room.fname ?? name),
      ...(room.prid && {prid: room.prid}),
      ...(room.encrypted && {encrypted: true}),
      ts: now,
      ...(room.u._id === user._id && room.t !== 'd' && {roles: ['owner']}),
      open: true,
      alert: false,
      unread: 0,
      userMentions: 0,
      groupMentions: 0,
      ls: now,
      _updatedAt: now,
    };
    this.#all.push(subscription);
    this.#changes.tell({type: 'subscription', subscription, begun: room});
  }

  /** Ends a membership. Does nothing without one. */
  remove(user: User, room: Room): void {
    const subscription = this.find(user, room._id);
    if (!subscription) return;
    const {_id, rid} = subscription;
    this.#all = this.#all.filter((each) => each !== subscription);
    this.#trash.push({_id, rid, userId: user._id, _deletedAt: new Date().toISOString()});
    this.#changes.tell({type: 'subscription-removed', subscription});
  }

  /** Changes every member's view of a room. */
  mark(room: Room, fields: Partial<Pick<Subscription, 'archived' | 'encrypted' | 'open'>>): void {
    for (const subscription of this.to(room)) this.#update(subscription, fields);
  }

  /**
   * Takes a room out of its member's list, or puts it back. What is unread there stays, as at the real
   * server (hideByRoomIdAndUserId). @returns how many have changed
   */
  list(user: User, rid: string, open: boolean): number {
    const subscription = this.find(user, rid);
    if (!subscription || subscription.open === open) return 0;
    this.#update(subscription, {open, ...(!open && {alert: false})});
    return 1;
  }

  /** Marks a room as read, its threads on demand. Does nothing without a subscription. */
  read(user: User, rid: string, threads = false): void {
    const subscription = this.find(user, rid);
    if (subscription) this.#markRead(subscription, threads ? {tunread: []} : {});
  }

  /** Marks a thread as read. Does nothing where none of it is unread. */
  readThread(user: User, rid: string, tmid: string): void {
    const subscription = this.find(user, rid);
    if (!subscription?.tunread?.includes(tmid)) return;
    this.#update(subscription, {tunread: subscription.tunread.filter((each) => each !== tmid)});
  }

  /** Notes that a thread has an answer which those who follow it have not read. */
  noteAnswer({_id: tmid, rid}: Message, followers: readonly string[]): void {
    for (const subscription of this.#all) {
      const {u, tunread = []} = subscription;
      if (subscription.rid !== rid || !followers.includes(u._id) || tunread.includes(tmid))
        continue;
      this.#update(subscription, {tunread: [...tunread, tmid]});
    }
  }

  /** Takes a new message in: read for its author, news for the others. */
  take(message: Message, room: Room): void {
    for (const subscription of this.#all) {
      if (subscription.rid !== room._id) continue;
      const {username} = subscription.u;
      if (username === message.u.username) {
        this.#markRead(subscription);
        continue;
      }
      const increase = unreadIncrease(message, room.t, username, this.#settings);
      this.#update(subscription, {
        alert: true,
        open: true,
        unread: subscription.unread + increase.unread,
        userMentions: subscription.userMentions + increase.userMentions,
        groupMentions: subscription.groupMentions + increase.groupMentions,
      });
      this.#changes.tellUser(subscription.u._id, 'notification', notificationOf(message, room));
    }
  }

  /** All of it, as a file can hold it. */
  dump(): StoredSubscriptions {
    return {subscriptions: this.#all, trash: this.#trash};
  }

  /** Puts what was stored in the place of all that there is. */
  load(stored: StoredSubscriptions): void {
    this.#all = stored.subscriptions;
    this.#trash = stored.trash;
  }

  snapshot(): () => void {
    const kept = structuredClone(this.dump());
    return () => {
      this.load(structuredClone(kept));
    };
  }

  #markRead(subscription: Subscription, more: Partial<Subscription> = {}): void {
    const nothing = {alert: false, unread: 0, userMentions: 0, groupMentions: 0};
    this.#update(subscription, {...nothing, ...more, ls: new Date().toISOString()});
  }

  #update(subscription: Subscription, fields: Partial<Subscription>): void {
    Object.assign(subscription, fields, {_updatedAt: new Date().toISOString()});
    this.#changes.tell({type: 'subscription', subscription});
  }
}
