/** How users and rooms are found by what somebody types. */
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
