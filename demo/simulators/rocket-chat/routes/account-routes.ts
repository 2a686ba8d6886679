import {field, identifier} from '../../../../src/protocol/guards.js';
import {loginFailed, type Reply, success} from '../replies.js';
import {accountOf} from '../users.js';
import {callerOf, open, type RestCall, type Route, signedIn} from './route.js';

const login = ({workspace: {users}, body}: RestCall): Reply => {
  const name = ['user', 'username', 'email']
    .map((key) => identifier(field(body, key)))
    .find(Boolean);
  const resume = field(body, 'resume');
  const entry =
    resume === undefined
      ? users.loginWithPassword(name ?? '', field(body, 'password'))
      : users.resume(resume);
  if (!entry) return loginFailed();
  const {user, token} = entry;
  return success({
    status: 'success',
    data: {userId: user._id, authToken: token, me: accountOf(user)},
  });
};

const logout = ({workspace: {users}, login: entry}: RestCall): Reply => {
  if (entry) users.end(entry.user, [entry.token]);
  return success({status: 'success', data: {message: "You've been logged out!"}});
};

const publicSettings = ({workspace: {settings}, query}: RestCall): Reply => {
  const ids = query.get('_id')?.split(',');
  const found = Object.entries(settings.public())
    .filter(([_id]) => !ids || ids.includes(_id))
    .map(([_id, value]) => ({_id, value, enterprise: false}));
  return success({settings: found, count: found.length, offset: 0, total: found.length});
};

/** All permissions with the roles that hold each, as anybody who is signed in may see them. */
const permissionList = ({permissions}: RestCall): Reply =>
  success({
    update: Object.entries(permissions).map(([_id, roles]) => ({_id, roles})),
    remove: [],
  });

/** Signing in and out, oneself, and what the server tells everybody. */
export const ACCOUNT_ROUTES: readonly [string, Route][] = [
  ['POST login', open(login)],
  ['POST logout', signedIn(logout)],
  ['GET me', signedIn((call) => success({...accountOf(callerOf(call))}))],
  ['GET info', open(({traits}) => success({version: traits.serverVersion}))],
  ['GET settings.public', open(publicSettings)],
  ['GET permissions.listAll', signedIn(permissionList)],
];
