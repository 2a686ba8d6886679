import {MeteorError} from '../meteor-error.js';
import type {Login, User} from '../users.js';
import type {Workspace} from '../workspace.js';

/** Whoever calls: a connection, or the REST API's `method.call`. */
export interface Session {
  readonly login: Login | undefined;
  signIn(login: Login): void;
  signOut(): void;
}

/** A call of a method. Dates among `params` are `Date`s. */
export interface MethodCall {
  readonly workspace: Workspace;
  readonly session: Session;
  readonly params: readonly unknown[];
}

/** A method; it throws to refuse. */
export type Method = (call: MethodCall) => unknown;

/** The caller of a method that needs a login. */
export const callerOf = ({session}: MethodCall, method: string): User => {
  if (!session.login) throw new MeteorError('error-invalid-user', 'Invalid user', {method});
  return session.login.user;
};
