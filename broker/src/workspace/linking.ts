import type {Identity} from '../callers/identity.js';
import type {BrokerSettings} from '../config/settings.js';
import {BrokerError} from '../errors.js';
import type {AccountNames} from './account-names.js';
import {permissionMissing, workspaceRefused} from './faults.js';
import type {UserInfo} from './user-info.js';

const POWERFUL = ['admin', 'bot', 'app'];

/** How accounts that the broker did not make may be used. */
export type LinkRule = BrokerSettings['users']['link'];

/** An account that a user had can be used no more: the cause of the refusal. */
export class AccountGone extends Error {
  readonly reason: 'user_deleted' | 'user_disabled';

  constructor(reason: AccountGone['reason']) {
    super(
      `Refused: the Rocket.Chat account was ${reason === 'user_deleted' ? 'deleted' : 'deactivated'}.`,
    );
    this.name = 'AccountGone';
    this.reason = reason;
  }
}

/** Whether nobody is signed in as this account by the broker, whoever made it. */
export const isOffLimits = (user: UserInfo, serviceUserId: string): boolean =>
  !user.active ||
  user.userId === serviceUserId ||
  [user.type, ...(user.roles ?? [])].some((each) => POWERFUL.includes(each));

/** Refuses an account that nobody is signed in as. Whose roles cannot be seen is refused too. */
export const assertUsable = (user: UserInfo, serviceUserId: string): void => {
  if (!user.roles) {
    throw workspaceRefused(permissionMissing('users.info', 'view-full-other-user-info'));
  }
  if (!isOffLimits(user, serviceUserId)) return;
  throw new BrokerError(
    403,
    'account-refused',
    'The broker signs nobody in as this Rocket.Chat account: it is deactivated, or an administrator, a bot or an app. Use an ordinary, active account.',
    user.active ? {} : {cause: new AccountGone('user_disabled')},
  );
};

/** Whether the broker made the account for this alias. */
export const isOwn = (user: UserInfo, alias: string, names: AccountNames): boolean =>
  user.verifiedEmails.includes(names.email(alias));

/** Whether a rule lets an alias have an account that the broker did not make for it. */
export const mayLink = (
  rule: LinkRule,
  {sub, email, emailVerified}: Pick<Identity, 'sub' | 'email' | 'emailVerified'>,
  user: UserInfo,
  names: AccountNames,
): boolean => {
  // What a broker made for one alias is never another's, even after the broker's store was lost.
  if (user.verifiedEmails.some((each) => names.isDerived(each))) return false;
  if (rule === 'username') return user.username === sub;
  if (rule === 'none' || !email || emailVerified !== true) return false;
  return user.verifiedEmails.includes(email.toLowerCase());
};

/** The alias's name belongs to somebody else at Rocket.Chat. */
export const accountExists = (): BrokerError =>
  new BrokerError(
    403,
    'account-exists',
    "There is a Rocket.Chat account of this name that the broker did not make. The operator can let such accounts be used (users.link in the broker's configuration: verified-email or username), or rename the account.",
  );

/** There is no account, and none is made. */
export const accountMissing = (cause?: AccountGone): BrokerError =>
  new BrokerError(
    403,
    'account-missing',
    'This user has no Rocket.Chat account, and the broker makes none. The operator can make the account, or let the broker make it (users.create in its configuration).',
    cause && {cause},
  );
