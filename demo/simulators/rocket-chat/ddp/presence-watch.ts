import {field} from '../../../../src/protocol/guards.js';
import type {Change} from '../changes.js';
import {STATUSES} from '../model.js';
import type {News} from './stream-news.js';

const STREAM = 'stream-user-presence';

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

/**
 * Whose presence a connection watches by `stream-user-presence`: one list, which the first subscription
 * holds. Later ones change it and end at once; the end of the first one empties it.
 *
 * Source: apps/meteor/app/notifications/server/lib/Presence.ts.
 */
export class PresenceWatch {
  #holder: {readonly id: string; readonly change: unknown} | undefined;
  readonly #ids = new Set<string>();

  /** Takes `{added, removed}` of user ids. @returns whether the subscription goes on */
  watch(id: string, change: unknown): boolean {
    for (const each of strings(field(change, 'added'))) this.#ids.add(each);
    for (const each of strings(field(change, 'removed'))) this.#ids.delete(each);
    this.#holder ??= {id, change};
    return this.#holder.id === id;
  }

  forget(id: string): void {
    if (this.#holder?.id !== id) return;
    this.#holder = undefined;
    this.#ids.clear();
  }

  /** Meteor begins all subscriptions anew at a sign-in, with what each was begun with. */
  renew(): void {
    this.#ids.clear();
    if (this.#holder) this.watch(this.#holder.id, this.#holder.change);
  }

  newsOf(change: Change): News[] {
    if (change.type !== 'user-status') return [];
    const {_id, username, status, statusText} = change.user;
    if (!this.#ids.has(_id)) return [];
    const args = [[username, STATUSES.indexOf(status), statusText]];
    return [{stream: STREAM, eventName: _id, args}];
  }
}
