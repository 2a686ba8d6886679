import {field} from '../../../../src/protocol/guards.js';
import {invalidRoom} from '../meteor-error.js';
import {findPeople, findRooms, membersOf, personOf} from '../people.js';
import {callerOf, type Method} from './method-call.js';

// Number_of_users_autocomplete_suggestions
const MOST = 5;

/**
 * What somebody may mean by a text: users, of `rid`'s members first, and open rooms they are not in.
 * `@` asks for users only, `#` for rooms only. Whoever is not signed in finds nothing.
 */
const spotlight: Method = ({workspace, session, params}) => {
  const [asked, except, type = {users: true, rooms: true}, rid] = params;
  if (typeof asked !== 'string' || !session.login) return {users: [], rooms: []};
  const {user} = session.login;
  const text = asked.replace(/^[@#]/, '');
  const names = Array.isArray(except) ? except : [];
  const room = workspace.rooms.byId(rid);
  const inRoom = room && workspace.rooms.readable(user, room) ? room.usernames : undefined;
  const isOutside = (username: string): boolean => !!inRoom && !inRoom.includes(username);
  const people =
    asked.startsWith('#') || !field(type, 'users') ? [] : findPeople(workspace, text, names);
  const sorted = people.sort(
    (one, other) => Number(isOutside(one.username)) - Number(isOutside(other.username)),
  );
  const rooms =
    asked.startsWith('@') || !field(type, 'rooms') ? [] : findRooms(workspace, user, text);
  return {
    users: sorted
      .slice(0, MOST)
      .map((each) => ({...personOf(each), ...(inRoom && {outside: isOutside(each.username)})})),
    rooms: rooms.slice(0, MOST).map(({_id, t, name, fname}) => ({_id, t, name, fname})),
  };
};

/** `total` counts all members, whatever is filtered. */
const getUsersOfRoom: Method = (call) => {
  const method = 'getUsersOfRoom';
  const user = callerOf(call, method);
  const {workspace, params} = call;
  const [rid, showAll, page, filter] = params;
  const room = workspace.rooms.byId(rid);
  if (!room || !workspace.rooms.readable(user, room)) throw invalidRoom(method);
  const [limit, skip] = [Number(field(page, 'limit')) || 0, Number(field(page, 'skip')) || 0];
  const found = membersOf(workspace, room, {
    showAll: showAll === true,
    ...(typeof filter === 'string' && {filter}),
  });
  const records = found.slice(skip, limit > 0 ? skip + limit : undefined).map(personOf);
  return {total: room.usersCount, records};
};

/** Methods about who there is. */
export const PEOPLE_METHODS: readonly [string, Method][] = [
  ['spotlight', spotlight],
  ['getUsersOfRoom', getUsersOfRoom],
];
