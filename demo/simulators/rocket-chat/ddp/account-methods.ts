import {field} from '../../../../src/protocol/guards.js';
import {MeteorError} from '../meteor-error.js';
import {STATUSES, type UserStatus} from '../model.js';
import type {Login, Users} from '../users.js';
import {callerOf, type Method} from './method-call.js';

const LOGGED_OUT = "You've been logged out by the server. Please log in again.";

const byPassword = (users: Users, params: unknown): Login => {
  const who = field(params, 'user');
  const user = users.forLogin(
    typeof who === 'string' ? who : (field(who, 'username') ?? field(who, 'email')),
  );
  if (!user) throw new MeteorError(403, 'User not found');
  if (!users.isPassword(user, field(params, 'password'))) {
    throw new MeteorError(403, 'Incorrect password');
  }
  if (!user.active) throw new MeteorError('error-user-is-not-activated', 'User is not activated');
  return users.issue(user);
};

const login: Method = ({workspace: {users}, session, params: [params]}) => {
  const resume = field(params, 'resume');
  if (resume === undefined && field(params, 'password') === undefined) {
    throw new MeteorError(400, 'Unrecognized options for login request');
  }
  const entry = resume === undefined ? byPassword(users, params) : users.resume(resume);
  if (!entry) throw new MeteorError(403, LOGGED_OUT);
  session.signIn(entry);
  return {
    id: entry.user._id,
    token: entry.token,
    // A personal access token has no end; Meteor tells one all the same.
    tokenExpires: new Date(Math.min(entry.expires, 8.64e15)),
    type: resume === undefined ? 'password' : 'resume',
  };
};

const logout: Method = ({workspace: {users}, session}) => {
  const {login: entry} = session;
  // This connection lets go of the token first, so that it is not cut off with the others.
  session.signOut();
  if (entry) users.end(entry.user, [entry.token]);
};

const setUserStatus: Method = (call) => {
  const user = callerOf(call, 'setUserStatus');
  const [status = user.status, text = user.statusText] = call.params;
  if (!STATUSES.includes(status as UserStatus)) {
    throw new MeteorError('error-invalid-status', 'Invalid status', {method: 'setUserStatus'});
  }
  call.workspace.users.setStatus(user, status as UserStatus, String(text));
};

const presence =
  (status: UserStatus): Method =>
  ({workspace, session: {login: entry}}) => {
    if (entry && entry.user.status !== status) workspace.users.setStatus(entry.user, status);
  };

/** What somebody chooses to be from now on, beside what the connection tells. */
const setDefaultStatus: Method = (call) => {
  const method = 'UserPresence:setDefaultStatus';
  const user = callerOf(call, method);
  const [status] = call.params;
  if (!STATUSES.includes(status as UserStatus)) {
    throw new MeteorError('error-invalid-status', 'Invalid status', {method});
  }
  call.workspace.users.setStatus(user, status as UserStatus);
};

/** Methods about who one is. */
export const ACCOUNT_METHODS: readonly [string, Method][] = [
  ['login', login],
  ['logout', logout],
  ['setUserStatus', setUserStatus],
  ['UserPresence:online', presence('online')],
  ['UserPresence:away', presence('away')],
  ['UserPresence:setDefaultStatus', setDefaultStatus],
];
