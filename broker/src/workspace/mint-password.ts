import {createHmac} from 'node:crypto';

import type {Seal} from '../store/seal.js';
import type {AccountRecord} from './account-records.js';
import type {Accounts} from './accounts.js';
import {codeOf, demandsTwoFactor, isDone, isForbidden} from './answer.js';
import {permissionMissing, twoFactorDemanded, WayRefused, WorkspaceFault} from './faults.js';
import type {Rest} from './rest.js';
import {tokenOf} from './token-answer.js';

/** Makes tokens by signing in with a password, on accounts that the broker made and no others. */
export class PasswordMint {
  readonly #rest: Rest;
  readonly #accounts: Accounts;
  readonly #key: Buffer;

  constructor(rest: Rest, accounts: Accounts, seal: Seal) {
    this.#rest = rest;
    this.#accounts = accounts;
    this.#key = seal.key('managed-password');
  }

  /** Signs in; the account first gets the derived password if it has another one. */
  async mint(account: AccountRecord): Promise<string> {
    if (!account.own) throw new WayRefused(notOwn());
    if (account.managed) {
      const token = await this.#logIn(account);
      if (token !== undefined) return token;
    }
    // A new password ends the account's other logins: no two surfaces may set it one after the other.
    return this.#accounts.alone(account.alias, async () => {
      const now = await this.#accounts.record(account.alias);
      // The other surface has set it while this one waited.
      const isSet = now?.managed === true && !account.managed;
      if (!isSet) await this.#setPassword(account);
      const token = await this.#logIn(account);
      if (token === undefined) throw new WayRefused(loginRefused(), true);
      return token;
    });
  }

  #password(userId: string): string {
    // The end fits a workspace that demands some of each kind of character.
    return `${createHmac('sha256', this.#key).update(userId).digest('base64url')}-aA1!`;
  }

  async #setPassword(account: AccountRecord): Promise<void> {
    const {userId} = account;
    const answer = await this.#rest.post('users.update', {
      body: {userId, data: {password: this.#password(userId), requirePasswordChange: false}},
    });
    if (isDone(answer)) return this.#accounts.setManaged(account);
    if (demandsTwoFactor(answer)) throw new WayRefused(twoFactorDemanded('users.update'), true);
    if (isForbidden(answer)) {
      throw new WayRefused(permissionMissing('users.update', 'edit-other-user-info'));
    }
    throw new WayRefused(
      new WorkspaceFault(
        'way-missing',
        `Rocket.Chat refuses a managed password (${answer.status}, ${codeOf(answer)}).`,
        'See its rules for passwords (Accounts_Password_Policy), and whether the service account may change those of others (edit-other-user-password).',
      ),
    );
  }

  /** `undefined` if the password is another one. */
  async #logIn({userId, username}: AccountRecord): Promise<string | undefined> {
    const answer = await this.#rest.post('login', {
      by: 'nobody',
      body: {user: username, password: this.#password(userId)},
    });
    if (isDone(answer)) return tokenOf('login', answer, userId);
    if (!demandsTwoFactor(answer)) return;
    throw new WayRefused(
      new WorkspaceFault(
        'two-factor-demanded',
        'Rocket.Chat demands a second factor of an account that the broker signs in by password.',
        'Turn off Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In, or let the broker make tokens by users.createToken.',
      ),
      true,
    );
  }
}

const notOwn = (): WorkspaceFault =>
  new WorkspaceFault(
    'way-missing',
    'The broker sets a password only on accounts that it made, and this one is linked.',
    'Let the broker make tokens by users.createToken: set rocketChat.createTokenSecret (Rocket.Chat 8 and later), or CREATE_TOKENS_FOR_USERS at Rocket.Chat 6 and 7.',
  );

const loginRefused = (): WorkspaceFault =>
  new WorkspaceFault(
    'way-missing',
    'Rocket.Chat refuses the password that the broker has just set.',
    'Check that it lets its own users sign in by username and password (Accounts_ShowFormLogin, and any rule of a login provider).',
  );
