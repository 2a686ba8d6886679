import {SERVICE_ROLE} from './permissions.js';
import {randomToken} from './random.js';
import type {ServerTraits} from './server-traits.js';
import type {RocketChatSimulator} from './simulator.js';
import type {Workspace} from './workspace.js';

const USERNAME = 'broker.service';

/** Sets up what a broker needs of a workspace; see {@link RocketChatSimulator.serviceAccount}. */
export const serviceAccount = (
  {users}: Workspace,
  traits: ServerTraits,
): ReturnType<RocketChatSimulator['serviceAccount']> => {
  const found = users.find(USERNAME);
  if (!found) users.create({username: USERNAME, roles: ['admin', SERVICE_ROLE]});
  const user = users.named(USERNAME);
  traits.createTokenSecret ??= randomToken();
  return {
    userId: user._id,
    authToken: users.issuePersonal(user, `broker ${user.tokens.size + 1}`, true),
    createTokenSecret: traits.createTokenSecret,
  };
};
