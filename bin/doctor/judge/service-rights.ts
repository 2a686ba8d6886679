import type {BrokerUse} from '../options.js';
import {ok, wrong, type Verdict} from '../verdict.js';
import {missingOf} from './permissions.js';

/** Where an administrator changes who may do what. */
export const PERMISSIONS_PLACE = 'Manage > Workspace > Permissions';

/** A permission of a broker's service account, by Rocket.Chat's name, and what the broker does with it. */
interface Right {
  readonly permission: string;
  /** Half a sentence. */
  readonly purpose: string;
  /** Whether a broker so configured cannot do without. */
  needs(use: BrokerUse): boolean;
}

const RIGHTS: readonly Right[] = [
  {
    permission: 'view-full-other-user-info',
    purpose: 'without which nobody is signed in',
    needs: () => true,
  },
  {
    permission: 'create-user',
    purpose: 'to make missing accounts (users.create)',
    needs: ({create}) => create,
  },
  {
    permission: 'edit-other-user-info',
    purpose: "to set managed passwords (mint), and users' own addresses (users.ownEmail)",
    needs: ({mint, create, ownEmail}) => mint === 'managed-password' || (create && ownEmail),
  },
];

/** Of a broker that uses all of it. */
export const ALL_PERMISSIONS = RIGHTS.map(({permission}) => permission);

/** Where nobody knows how the broker is configured: what every one needs. */
const LEAST: BrokerUse = {mint: 'auto', create: false, ownEmail: false};

const namesOf = (rights: readonly Right[]): string =>
  rights.map(({permission}) => permission).join(', ');
const wordsOf = (rights: readonly Right[]): string =>
  rights.map(({permission, purpose}) => `${permission} (${purpose})`).join(', ');

/** Judges what the account lacks, by what its broker is configured to do. */
export const judgeRights = (
  roles: readonly string[],
  holders: ReadonlyMap<string, readonly string[]>,
  use: BrokerUse | undefined,
): Verdict => {
  const missing = missingOf(ALL_PERMISSIONS, roles, holders);
  const lacking = RIGHTS.filter(({permission}) => missing.includes(permission));
  const needed = lacking.filter((each) => each.needs(use ?? LEAST));
  if (needed.length > 0) {
    const told = use ? needed : lacking;
    return wrong(
      `No role of the service account holds ${wordsOf(told)}.`,
      `Under ${PERMISSIONS_PLACE}, give ${namesOf(told)} to a role of the service account.`,
    );
  }
  // A broker that does not do it is right not to have it.
  if (lacking.length === 0 || use) {
    const held = RIGHTS.filter((each) => !lacking.includes(each));
    return ok(
      `The service account may do what ${use ? 'this' : 'a'} broker does with it (${namesOf(held)}).`,
    );
  }
  return ok(
    `The service account may do what every broker does with it. It does not hold ${wordsOf(lacking)}.`,
    `Only if your broker is to do that: under ${PERMISSIONS_PLACE}, give ${namesOf(lacking)} to a role of the service account.`,
  );
};
