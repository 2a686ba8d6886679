/** What has changed in a room since a client last looked: `messages/get` and `chat.syncMessages`. */
import {MeteorError} from './meteor-error.js';
import type {Deleted, Message, Room} from './model.js';
import type {SortedList} from './sorted-list.js';
import type {Workspace} from './workspace.js';

/** What is asked for. Dates are ISO 8601, cursors are epoch ms. */
export interface SyncRequest {
  readonly lastUpdate?: string | undefined;
  readonly type?: unknown;
  readonly next?: string | undefined;
  readonly previous?: string | undefined;
  readonly count?: number | undefined;
}

/** What is answered; a cursor is null where nothing is left. */
export interface SyncResult {
  readonly updated?: readonly Message[];
  readonly deleted?: readonly Pick<Deleted, '_id' | '_deletedAt'>[];
  readonly cursor?: {readonly next: string | null; readonly previous: string | null};
}

const DEFAULT_COUNT = 20;

const atCursor = (cursor: string): string => {
  const date = new Date(Number.parseInt(cursor, 10));
  if (Number.isNaN(date.getTime())) {
    throw new MeteorError('error-invalid-params', 'The "cursor" parameter is invalid');
  }
  return date.toISOString();
};

const assertModes = ({lastUpdate, type, next, previous}: SyncRequest): void => {
  if (type !== undefined && type !== 'UPDATED' && type !== 'DELETED') {
    throw new MeteorError(
      'error-type-param-not-supported',
      'The "type" parameter must be either "UPDATED" or "DELETED"',
    );
  }
  const cursor = next ?? previous;
  if (cursor !== undefined && type === undefined) {
    throw new MeteorError(
      'error-type-param-required',
      'The "type" parameter is required when using the "next" or "previous" parameters',
    );
  }
  if (next !== undefined && previous !== undefined) {
    throw new MeteorError(
      'error-cursor-conflict',
      'You cannot provide both "next" and "previous" parameters',
    );
  }
  if (cursor !== undefined && lastUpdate !== undefined) {
    throw new MeteorError(
      'error-cursor-and-lastUpdate-conflict',
      'The attributes "next", "previous" and "lastUpdate" cannot be used together',
    );
  }
};

/** A page of a list by time, forwards from `next` or backwards from `previous`. */
const page = <Item>(
  list: SortedList<Item>,
  timeOf: (item: Item) => string,
  {next, previous, count = DEFAULT_COUNT}: SyncRequest,
): {items: Item[]; cursor: {next: string | null; previous: string | null}} => {
  const cursorOf = (item: Item | undefined): string | null =>
    item ? String(Date.parse(timeOf(item))) : null;
  const {all} = list;
  if (previous !== undefined) {
    const end = list.at(atCursor(previous));
    const start = Math.max(0, end - count);
    const items = all.slice(start, end).reverse();
    return {
      items,
      cursor: {next: cursorOf(items[0]), previous: start > 0 ? cursorOf(items.at(-1)) : null},
    };
  }
  const start = list.after(atCursor(next ?? '0'));
  const items = all.slice(start, start + count);
  return {
    items,
    cursor: {
      next: start + count < all.length ? cursorOf(items.at(-1)) : null,
      previous: cursorOf(items[0]),
    },
  };
};

/** Tells what has changed, by `lastUpdate` or page by page. Throws if the two are mixed. */
export const syncMessages = (
  {timeline}: Workspace,
  room: Room,
  request: SyncRequest,
): SyncResult => {
  assertModes(request);
  const {updated, deleted} = timeline.in(room._id);
  const gone = ({_id, _deletedAt}: Deleted): Pick<Deleted, '_id' | '_deletedAt'> => ({
    _id,
    _deletedAt,
  });
  const {lastUpdate, type} = request;
  if (lastUpdate !== undefined) {
    const news = updated.all.slice(updated.after(lastUpdate));
    return {
      updated: news.sort((one, other) => other.ts.localeCompare(one.ts)),
      deleted: deleted.all.slice(deleted.after(lastUpdate)).map(gone),
    };
  }
  if (type === 'DELETED') {
    const {items, cursor} = page(deleted, ({_deletedAt}) => _deletedAt, request);
    return {deleted: items.map(gone), cursor};
  }
  const {items, cursor} = page(updated, ({_updatedAt}) => _updatedAt, request);
  return {updated: items, cursor};
};
