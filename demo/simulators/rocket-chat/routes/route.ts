import type {IncomingHttpHeaders} from 'node:http';

import {field, identifier} from '../../../../src/protocol/guards.js';
import type {Room} from '../model.js';
import {may, type Permissions} from '../permissions.js';
import {
  failure,
  invalidParams,
  notLoggedIn,
  permissionMissing,
  Refusal,
  type Reply,
} from '../replies.js';
import type {ServerTraits} from '../server-traits.js';
import type {Login, User} from '../users.js';
import type {Workspace} from '../workspace.js';

/** A REST call that has passed authentication and the rate limit. */
export interface RestCall {
  readonly workspace: Workspace;
  readonly permissions: Permissions;
  readonly traits: ServerTraits;
  readonly login: Login | undefined;
  readonly headers: IncomingHttpHeaders;
  /** What stands behind the route's name in the path. */
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** The file of a form. */
  readonly file: File | undefined;
}

/** One route of the REST API. */
export interface Route {
  readonly signedIn: boolean;
  readonly answer: (call: RestCall) => Reply | Promise<Reply>;
  /** A limit of its own instead of the workspace's. */
  readonly limit?: {readonly calls: number; readonly time: number};
}

/** A route for everybody. */
export const open = (answer: Route['answer']): Route => ({signedIn: false, answer});

/** A route for users. */
export const signedIn = (answer: Route['answer'], limit?: Route['limit']): Route => ({
  signedIn: true,
  answer,
  ...(limit && {limit}),
});

/** The user who calls. */
export const callerOf = ({login}: RestCall): User => {
  if (!login) throw new Refusal(notLoggedIn());
  return login.user;
};

/** Refuses a caller without the permission. */
export const assertPermission = (call: RestCall, permission: keyof Permissions): void => {
  if (!may(call.permissions, callerOf(call), permission)) throw new Refusal(permissionMissing());
};

/** A required text of the body. */
export const required = (call: RestCall, name: string): string => {
  const value = field(call.body, name);
  if (typeof value === 'string' && value) return value;
  throw new Refusal(invalidParams(`must have required property '${name}'`));
};

/** An optional text of the body. */
export const optional = (call: RestCall, name: string): string | undefined => {
  const value = field(call.body, name);
  return typeof value === 'string' && value ? value : undefined;
};

/** The texts of a list in the body; a list with anything else is refused. */
export const listOf = (call: RestCall, name: string): string[] => {
  const value = field(call.body, name) ?? [];
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new Refusal(invalidParams(`Body parameter "${name}" must be an array.`));
};

/** The room that a call names by id or name, if the caller may read it. */
export const roomOf = (call: RestCall, reference: unknown): Room => {
  const {rooms} = call.workspace;
  const room = rooms.byId(reference) ?? rooms.all().find(({name}) => name && name === reference);
  if (!room) throw new Refusal(failure('not-allowed', 'error-room-not-found'));
  if (!rooms.readable(callerOf(call), room)) {
    throw new Refusal(failure('not-allowed', 'Not Allowed'));
  }
  return room;
};

/** The room by `roomId`, or else by `roomName`, in the query or the body: neither is taken for the other. */
export const namedRoom = (call: RestCall): Room => {
  const {query, body} = call;
  const given = (name: string): unknown => query.get(name) ?? field(body, name) ?? undefined;
  const [id, name] = [given('roomId'), identifier(given('roomName'))];
  const {rooms} = call.workspace;
  const room = id ? rooms.byId(id) : rooms.all().find((each) => each.name && each.name === name);
  return roomOf(call, room?._id);
};

/** A page of a list as the REST API answers it. */
export const paged = <Item>(
  {query}: RestCall,
  name: string,
  all: readonly Item[],
): Readonly<Record<string, unknown>> => {
  const offset = Number(query.get('offset')) || 0;
  const count = Number(query.get('count') ?? 50) || 0;
  const items = all.slice(offset, count > 0 ? offset + count : undefined);
  return {[name]: items, count: items.length, offset, total: all.length};
};
