/** How users and rooms are found by what somebody types. */
import {field} from '../../../src/protocol/guards.js';
import type {Room, UserStatus} from './model.js';
import type {User} from './users.js';
import type {Workspace} from './workspace.js';

/** A user as lists of people tell of one. */
export interface Person {
  readonly _id: string;
  readonly username: string;
  readonly name: string;
  readonly status: UserStatus;
  readonly statusText: string;
}

/** The short form of a user with the presence. */
export const personOf = ({_id, username, name, status, statusText}: User): Person => ({
  _id,
  username,
  name,
  status,
  statusText,
});

const isFound = ({username, name}: Pick<User, 'username' | 'name'>, text: string): boolean =>
  [username, name].some((each) => each.toLowerCase().includes(text.toLowerCase()));

const byUsername = (one: User, other: User): number => one.username.localeCompare(other.username);

/**
 * The active users whose username or name has the text in it, in the order of their usernames; whose
 * username it is exactly comes first.
 */
export const findPeople = (
  {users}: Workspace,
  text: string,
  except: readonly unknown[] = [],
): User[] => {
  const found = users
    .all()
    .filter(({active, username}) => active && !except.includes(username))
    .filter((user) => isFound(user, text))
    .sort(byUsername);
  const exact = found.find(({username}) => username === text);
  return exact ? [exact, ...found.filter((user) => user !== exact)] : found;
};

/** Members of a room by name, the offline ones only with `showAll`. */
export const membersOf = (
  {users}: Workspace,
  room: Room,
  {showAll = true, filter = ''}: {showAll?: boolean; filter?: string},
): User[] =>
  room.usernames
    .flatMap((username) => users.find(username) ?? [])
    .filter((user) => (showAll || user.status !== 'offline') && isFound(user, filter))
    .sort(byUsername);

/** The open rooms that a user is not in whose name has the text in it. */
export const findRooms = ({rooms}: Workspace, user: User, text: string): Room[] =>
  rooms
    .all()
    .filter((room) => room.t === 'c' && !rooms.isMember(user, room))
    .filter(({name = '', fname = ''}) =>
      [name, fname].some((each) => each.toLowerCase().includes(text.toLowerCase())),
    );

// Number_of_users_autocomplete_suggestions
const MOST_SUGGESTED = 5;

/** What is looked for beside the text. */
export interface SpotlightOptions {
  /** Usernames that are left out. */
  readonly except?: readonly unknown[];
  /** Both by default. */
  readonly type?: unknown;
  /** The room whose members come first. */
  readonly rid?: unknown;
}

/**
 * What a user may mean by a text: users, and open rooms that the user is not in. `@` asks for users
 * only, `#` for rooms only.
 */
export const spotlight = (
  workspace: Workspace,
  user: User,
  asked: string,
  {except = [], type = {users: true, rooms: true}, rid}: SpotlightOptions = {},
): Readonly<Record<'users' | 'rooms', readonly object[]>> => {
  const text = asked.replace(/^[@#]/, '');
  const room = workspace.rooms.byId(rid);
  const inRoom = room && workspace.rooms.readable(user, room) ? room.usernames : undefined;
  const isOutside = (username: string): boolean => !!inRoom && !inRoom.includes(username);
  const people =
    asked.startsWith('#') || !field(type, 'users') ? [] : findPeople(workspace, text, except);
  const sorted = people.sort(
    (one, other) => Number(isOutside(one.username)) - Number(isOutside(other.username)),
  );
  const rooms =
    asked.startsWith('@') || !field(type, 'rooms') ? [] : findRooms(workspace, user, text);
  return {
    users: sorted
      .slice(0, MOST_SUGGESTED)
      .map((each) => ({...personOf(each), ...(inRoom && {outside: isOutside(each.username)})})),
    rooms: rooms.slice(0, MOST_SUGGESTED).map(({_id, t, name, fname}) => ({_id, t, name, fname})),
  };
};
