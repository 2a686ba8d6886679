import {field} from '../../../../src/protocol/guards.js';
import {MeteorError} from '../meteor-error.js';
import {may} from '../permissions.js';
import {invalidParams, meteorFailure, type Reply, success} from '../replies.js';
import {majorOf} from '../server-traits.js';
import {assertTwoFactor} from '../two-factor.js';
import type {User} from '../users.js';
import {
  assertPermission,
  callerOf,
  required,
  type RestCall,
  type Route,
  signedIn,
} from './route.js';

const NOT_AUTHORIZED = meteorFailure('error-not-authorized', 'Not authorized');

const tokenFor = (call: RestCall, user: User | undefined, allowed: boolean): Reply => {
  const caller = callerOf(call);
  const other = caller !== user;
  if (!allowed || (other && !may(call.permissions, caller, 'user-generate-access-token'))) {
    return NOT_AUTHORIZED;
  }
  if (!user) {
    const text = 'The required "userId" or "username" param provided does not match any users';
    return meteorFailure('error-invalid-user', text);
  }
  const {token} = call.workspace.users.issue(user);
  return success({data: {userId: user._id, authToken: token}});
};

/** The form of the lines 6 and 7, off unless the operator has said otherwise. */
const legacy = (call: RestCall): Reply => {
  const {users} = call.workspace;
  const userId = field(call.body, 'userId');
  const user = userId === undefined ? users.find(field(call.body, 'username')) : users.byId(userId);
  return tokenFor(call, user, call.traits.legacyCreateTokens);
};

const createToken = (call: RestCall): Reply => {
  if (majorOf(call.traits) < 8) return legacy(call);
  const [userId, secret] = [required(call, 'userId'), required(call, 'secret')];
  if (Object.keys(call.body as object).length > 2) {
    return invalidParams('must NOT have additional properties');
  }
  assertTwoFactor(call);
  const {createTokenSecret} = call.traits;
  // Without a secret of the operator no value is right: the parameter itself is required.
  return tokenFor(call, call.workspace.users.byId(userId), secret === createTokenSecret);
};

const personalToken = (call: RestCall): Reply => {
  const tokenName = required(call, 'tokenName');
  assertPermission(call, 'create-personal-access-tokens');
  assertTwoFactor(call);
  const user = callerOf(call);
  if ([...user.tokens.values()].some(({personal}) => personal === tokenName)) {
    throw new MeteorError('error-token-already-exists', 'A token with this name already exists');
  }
  const bypass = field(call.body, 'bypassTwoFactor') === true;
  return success({token: call.workspace.users.issuePersonal(user, tokenName, bypass)});
};

const removePersonalToken = (call: RestCall): Reply => {
  const tokenName = required(call, 'tokenName');
  assertTwoFactor(call);
  const user = callerOf(call);
  const found = [...user.tokens].find(([, {personal}]) => personal === tokenName);
  if (!found) {
    throw new MeteorError('error-token-does-not-exists', 'Token does not exist');
  }
  call.workspace.users.end(user, [found[0]]);
  return success();
};

const listPersonalTokens = (call: RestCall): Reply => {
  const tokens = [...callerOf(call).tokens].flatMap(([token, each]) =>
    each.personal === undefined
      ? []
      : {
          name: each.personal,
          createdAt: new Date(each.when).toISOString(),
          lastTokenPart: token.slice(-6),
          bypassTwoFactor: each.bypassTwoFactor ?? false,
        },
  );
  return success({tokens});
};

/** Tokens that are made for somebody else, or to last. */
export const TOKEN_ROUTES: readonly [string, Route][] = [
  ['POST users.createToken', signedIn(createToken)],
  ['POST users.generatePersonalAccessToken', signedIn(personalToken)],
  ['POST users.removePersonalAccessToken', signedIn(removePersonalToken)],
  ['GET users.getPersonalAccessTokens', signedIn(listPersonalTokens)],
];
