import type {Finding} from '../../src/protocol/findings.js';

import {CHECKS} from './checks/all.js';
import type {DiagnoseOptions} from './options.js';
import {Scene} from './scene.js';
import {unchecked, type Check, type Subject, type Verdict} from './verdict.js';

export type {BrokerUse, DiagnoseOptions, NodeAddress, ServiceAccount} from './options.js';
export type {Subject} from './verdict.js';

/** What each finding is about, by its id, in the order in which they are told. */
export const SUBJECTS: ReadonlyMap<string, Subject> = new Map(
  CHECKS.map(({id, subject}) => [id, subject]),
);

/**
 * Looks at everything that a meeting with a chat needs, as far as it is seen from here: one finding
 * for each id, with what is wrong and what to change. It changes nothing anywhere, joins no meeting and
 * makes no token; at most 30 requests and one connection for each address of a name, each with the
 * time limit.
 *
 * @throws {TypeError} for an address that is none
 */
export const diagnose = async (options: DiagnoseOptions): Promise<Finding[]> => {
  const scene = new Scene(options);
  const checks = CHECKS.filter(({when}) => !when || when(scene));
  return Promise.all(
    checks.map(async (check) => ({id: check.id, ...(await verdictOf(check, scene))})),
  );
};

/** A defect of one check must not cost the other findings. */
const verdictOf = async ({run}: Check, scene: Scene): Promise<Verdict> => {
  try {
    return await run(scene);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    return unchecked(
      `The doctor itself failed here (${name}).`,
      'Check this by hand (docs/doctor.md), and report it.',
    );
  }
};
