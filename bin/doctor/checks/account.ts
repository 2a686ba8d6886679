import {jsonOf, type Asked} from '../net/answer.js';
import {holdersOf, rolesOf} from '../judge/permissions.js';
import {whatCame} from '../judge/page-kind.js';
import type {Scene} from '../scene.js';
import {unchecked, type Verdict} from '../verdict.js';
import {good} from './common.js';

/** The finding of what only the service account sees, where it was not given. */
export const withoutAccount = (what: string, byHand: string): Verdict =>
  unchecked(
    `${what} is seen by the service account only, which was not given.`,
    `Run the doctor with --user-id and its token in ROCKETCHAT_AUTH_TOKEN, or: ${byHand}`,
  );

/** What the workspace says of the account, and of its limits. */
export const askMe = (scene: Scene, server: URL): Promise<Asked | undefined> =>
  scene.askAsAccount(server, 'api/v1/me');

/** The account's roles, and who holds which permission; a text says why that is not known. */
export const accountRights = async (
  scene: Scene,
  server: URL,
): Promise<
  | {readonly roles: readonly string[]; readonly holders: ReadonlyMap<string, readonly string[]>}
  | string
> => {
  const me = good(await askMe(scene, server));
  const roles = me && rolesOf(jsonOf(me));
  if (!roles) return 'the account could not sign in (see service-permissions)';
  const answer = await scene.askAsAccount(server, 'api/v1/permissions.listAll');
  const list = good(answer);
  const holders = list && holdersOf(jsonOf(list));
  return holders
    ? {roles, holders}
    : `api/v1/permissions.listAll has ${answer ? whatCame(answer) : 'not been asked'}`;
};
