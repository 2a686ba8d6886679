import {field} from '../../../../src/protocol/guards.js';
import {invalidRoom} from '../meteor-error.js';
import {membersOf, personOf, spotlight} from '../people.js';
import {callerOf, type Method} from './method-call.js';

/** Whoever is not signed in finds nothing. */
const find: Method = ({workspace, session, params}) => {
  const [asked, except, type, rid] = params;
  if (typeof asked !== 'string' || !session.login) return {users: [], rooms: []};
  const options = {except: Array.isArray(except) ? except : [], type, rid};
  return spotlight(workspace, session.login.user, asked, options);
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
  ['spotlight', find],
  ['getUsersOfRoom', getUsersOfRoom],
];
