import {field} from '../../../../src/protocol/guards.js';
import {MeteorError} from '../meteor-error.js';
import {may} from '../permissions.js';
import {failure, type Reply, success} from '../replies.js';
import {assertTwoFactor} from '../two-factor.js';
import {accountOf, type User} from '../users.js';
import {
  assertPermission,
  callerOf,
  listOf,
  optional,
  required,
  type RestCall,
  type Route,
  signedIn,
} from './route.js';

const MOST_MINUTES = 10;

const taken = (value: string): MeteorError =>
  new MeteorError('error-field-unavailable', `<strong>${value}</strong> is already in use :(`);

const create = (call: RestCall): Reply => {
  const [name, email] = [required(call, 'name'), required(call, 'email')];
  const [username, password] = [required(call, 'username'), required(call, 'password')];
  assertPermission(call, 'create-user');
  assertTwoFactor(call);
  const {users, rooms} = call.workspace;
  if (users.lookUp(username)) throw taken(username);
  if (users.forLogin(email)) throw taken(email);
  if (!/^[\w.-]+$/.test(username)) {
    throw new MeteorError('error-invalid-username', `${username} is not a valid username`);
  }
  const roles = listOf(call, 'roles');
  const customFields = field(call.body, 'customFields');
  users.create({
    name,
    email,
    username,
    password,
    emailVerified: field(call.body, 'verified') === true,
    ...(roles.length && {roles}),
    active: field(call.body, 'active') !== false,
    ...(typeof customFields === 'object' &&
      customFields !== null && {customFields: customFields as Record<string, unknown>}),
  });
  const user = users.named(username);
  const general = rooms.all().find((room) => room.name === 'general');
  if (general && field(call.body, 'joinDefaultChannels') !== false) rooms.add(user, general);
  return success({user: accountOf(user)});
};

const update = (call: RestCall): Reply => {
  const user = call.workspace.users.byId(required(call, 'userId'));
  assertTwoFactor(call);
  assertPermission(call, 'edit-other-user-info');
  if (!user) throw new MeteorError('error-invalid-user', 'Invalid user');
  const data = field(call.body, 'data');
  const password = field(data, 'password');
  const name = field(data, 'name');
  const active = field(data, 'active');
  const email = field(data, 'email');
  if (typeof email === 'string' && email) {
    const holder = call.workspace.users.forLogin(email);
    if (holder && holder !== user) throw taken(email);
  }
  call.workspace.users.update(user, {
    ...(typeof password === 'string' && password && {password}),
    ...(typeof name === 'string' && name && {name}),
    ...(typeof active === 'boolean' && {active}),
    ...(typeof email === 'string' &&
      email && {email, emailVerified: field(data, 'verified') === true}),
  });
  return success({user: accountOf(user)});
};

const logout = (call: RestCall): Reply => {
  const caller = callerOf(call);
  const {users} = call.workspace;
  const user = users.byId(optional(call, 'userId') ?? caller._id);
  if (user !== caller) assertPermission(call, 'logout-other-user');
  if (!user) throw new MeteorError('error-invalid-user', 'Invalid user');
  users.end(user);
  return success({message: `User ${user._id} has been logged out!`});
};

const info = (call: RestCall): Reply => {
  const {users} = call.workspace;
  const {query} = call;
  const user = users.byId(query.get('userId')) ?? users.lookUp(query.get('username'));
  if (!user) return failure('User not found.');
  const caller = callerOf(call);
  const account = accountOf(user);
  if (user === caller || may(call.permissions, caller, 'view-full-other-user-info')) {
    return success({user: account});
  }
  const {_id, username, name, status, statusText, utcOffset, roles, type, active} = account;
  const {createdAt, _updatedAt} = account;
  const told = {_id, username, name, status, statusText, utcOffset, roles, type, active};
  return success({user: {...told, createdAt, _updatedAt}});
};

const presenceOf = ({_id, username, name, status, statusText}: User): object => ({
  _id,
  username,
  name,
  status,
  statusText,
  utcOffset: 0,
});

const presence = ({workspace, query}: RestCall): Reply => {
  const {users, settings} = workspace;
  if (settings.get('Presence_broadcast_disabled')) return success({users: [], full: true});
  const ids = query.getAll('ids').flatMap((each) => each.split(','));
  if (ids.length) {
    const found = users.all().filter(({_id}) => ids.includes(_id));
    return success({users: found.map(presenceOf), full: false});
  }
  const from = Date.parse(query.get('from') ?? '');
  const recent = Date.now() - from < MOST_MINUTES * 60_000;
  const found = users.all().filter(({_updatedAt}) => !recent || Date.parse(_updatedAt) > from);
  return success({users: found.map(presenceOf), full: !recent});
};

/** Accounts, one's own and others'. */
export const USER_ROUTES: readonly [string, Route][] = [
  ['POST users.create', signedIn(create)],
  ['POST users.update', signedIn(update)],
  ['POST users.logout', signedIn(logout)],
  ['GET users.info', signedIn(info)],
  ['GET users.presence', signedIn(presence)],
];
