import {field} from '../../../../src/protocol/guards.js';
import type {Change} from '../changes.js';
import {STATUSES} from '../model.js';
import type {News} from './stream-news.js';

const STREAM = 'stream-user-presence';

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

/** Whose presence a connection watches by `stream-user-presence`. */
export class PresenceWatch {
  readonly #watched = new Map<string, Set<string>>();

  /** Takes `{added, removed}` of user ids. */
  watch(id: string, change: unknown): void {
    const ids = this.#watched.get(id) ?? new Set();
    for (const each of strings(field(change, 'added'))) ids.add(each);
    this.#watched.set(id, ids);
    for (const each of strings(field(change, 'removed'))) {
      for (const known of this.#watched.values()) known.delete(each);
    }
  }

  forget(id: string): void {
    this.#watched.delete(id);
  }

  newsOf(change: Change): News[] {
    if (change.type !== 'user-status') return [];
    const {_id, username, status, statusText} = change.user;
    if (![...this.#watched.values()].some((ids) => ids.has(_id))) return [];
    const args = [[username, STATUSES.indexOf(status), statusText]];
    return [{stream: STREAM, eventName: _id, args}];
  }
}
