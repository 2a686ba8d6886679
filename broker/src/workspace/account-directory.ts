import {randomBytes} from 'node:crypto';

import {codeOf, demandsTwoFactor, isDone, isForbidden, reasonOf} from './answer.js';
import type {Answer} from './answer.js';
import {
  answerOdd,
  permissionMissing,
  twoFactorDemanded,
  WorkspaceFault,
  workspaceRefused,
} from './faults.js';
import type {Rest} from './rest.js';
import {parseUserInfo, type UserInfo} from './user-info.js';

/** What a new account is made of. */
export interface NewAccount {
  readonly username: string;
  readonly name: string;
  readonly email: string;
}

/** Longest name for people that is given to an account, in UTF-16 code units. */
const LONGEST_NAME = 128;

/** A password that fits every usual policy of a workspace. */
const randomPassword = (): string => `${randomBytes(30).toString('base64url')}-aA1!`;

/** A name for people as accounts have it: one line, without what turns or hides text. */
export const displayName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);

/** The accounts of the workspace, as the service account sees and changes them. */
export class AccountDirectory {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  /** Looks an account up; `undefined` if there is none. */
  async lookUp(
    by: {readonly userId: string} | {readonly username: string},
  ): Promise<UserInfo | undefined> {
    const answer = await this.#rest.get('users.info', {query: {...by}});
    if (isDone(answer)) {
      const user = parseUserInfo(answer.body);
      if (user) return user;
      throw workspaceRefused(answerOdd('users.info', 'has no user'));
    }
    if (/user not found/i.test(reasonOf(answer)) || codeOf(answer) === 'error-invalid-user') return;
    throw this.#refusal('users.info', 'view-full-other-user-info', answer);
  }

  /** Makes an account; `undefined` if its name or address is taken. */
  async create({username, name, email}: NewAccount): Promise<string | undefined> {
    const answer = await this.#rest.post('users.create', {
      body: {
        username,
        name: displayName(name) || username,
        email,
        password: randomPassword(),
        verified: true,
        requirePasswordChange: false,
        sendWelcomeEmail: false,
      },
    });
    if (isDone(answer)) {
      const user = parseUserInfo(answer.body);
      if (user) return user.userId;
      throw workspaceRefused(answerOdd('users.create', 'has no user'));
    }
    if (codeOf(answer) === 'error-field-unavailable' || /already in use/.test(reasonOf(answer))) {
      return;
    }
    throw this.#refusal('users.create', 'create-user', answer);
  }

  /** Gives an account another address; resolves with why it has not got it. */
  async setEmail(userId: string, email: string): Promise<string | undefined> {
    const answer = await this.#rest.post('users.update', {
      body: {userId, data: {email, verified: true}},
    });
    return isDone(answer) ? undefined : codeOf(answer);
  }

  #refusal(route: string, permission: string, answer: Answer): Error {
    if (demandsTwoFactor(answer)) return workspaceRefused(twoFactorDemanded(route));
    if (isForbidden(answer)) return workspaceRefused(permissionMissing(route, permission));
    return workspaceRefused(
      new WorkspaceFault(
        'account-not-made',
        `Rocket.Chat refuses ${route} (${answer.status}, ${codeOf(answer)}).`,
        'See what the code says in the settings of the workspace, such as Accounts and its rules for usernames.',
      ),
    );
  }
}
