import {field} from '../../../../src/protocol/guards.js';
import {type UserStatus, STATUSES} from '../model.js';
import {findPeople, membersOf, personOf, spotlight} from '../people.js';
import {failure, invalidParams, meteorFailure, type Reply, success} from '../replies.js';
import {
  callerOf,
  namedRoom,
  optional,
  paged,
  type RestCall,
  type Route,
  signedIn,
} from './route.js';

const MOST = 10;

const parsed = (text: string | null): unknown => {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return;
  }
};

/** Users by what somebody types: `selector` is JSON of `{term, exceptions?}`. */
const autocomplete = (call: RestCall): Reply => {
  const selector = parsed(call.query.get('selector'));
  if (typeof selector !== 'object' || selector === null) {
    return failure("The 'selector' param is required");
  }
  const [term, exceptions] = [field(selector, 'term'), field(selector, 'exceptions')];
  const except = Array.isArray(exceptions) ? exceptions : [];
  const found = findPeople(call.workspace, typeof term === 'string' ? term : '', except);
  return success({items: found.slice(0, MOST).map(personOf)});
};

/** Users and rooms by what somebody types, without a word on who is in which room. */
const find = (call: RestCall): Reply => {
  const query = call.query.get('query');
  if (query === null) return invalidParams("must have required property 'query'");
  return success({...spotlight(call.workspace, callerOf(call), query)});
};

const directMembers = (call: RestCall): Reply => {
  const room = namedRoom(call);
  if (room.t !== 'd') {
    const text =
      'The required "roomId" or "username" param provided does not match any direct message';
    return meteorFailure('error-room-not-found', text);
  }
  const members = membersOf(call.workspace, room, {}).map((user) => ({
    ...personOf(user),
    utcOffset: 0,
  }));
  return success(paged(call, 'members', members));
};

const setStatus = (call: RestCall): Reply => {
  const user = callerOf(call);
  const [status = user.status, message = user.statusText] = [
    optional(call, 'status'),
    optional(call, 'message'),
  ];
  if (!STATUSES.includes(status as UserStatus)) {
    const text = 'Valid status types include online, away, offline, and busy.';
    return meteorFailure('error-invalid-status', text);
  }
  call.workspace.users.setStatus(user, status as UserStatus, message);
  return success();
};

/** Who there is, and how they are. */
export const PEOPLE_ROUTES: readonly [string, Route][] = [
  ['GET users.autocomplete', signedIn(autocomplete)],
  ['GET spotlight', signedIn(find)],
  ['GET im.members', signedIn(directMembers)],
  ['GET dm.members', signedIn(directMembers)],
  ['POST users.setStatus', signedIn(setStatus)],
];
