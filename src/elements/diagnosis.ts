import {loadPart} from '../parts/load-part.js';
import type {Finding} from '../protocol/findings.js';
import type {AccessToken} from '../transport/broker-client.js';
import {VERSION} from '../version.js';

/** What a diagnosis of either element has. */
export interface Diagnosis {
  /** Version of this package. */
  readonly package: string;
  /** The diagnosis as text, to paste in a ticket. */
  toString(): string;
}

/** What a diagnosis that was waited for has beside that. */
export interface Examination {
  /**
   * What the broker has found of its node and its workspace. Where none could be asked, one finding
   * named `broker`, which is `unchecked` and says why.
   */
  readonly findings: readonly Finding[];
}

/** A diagnosis: at once what the element has seen, and awaited also what its broker finds. */
export type Diagnosing<Seen> = Seen & PromiseLike<Seen & Examination>;

/** Makes a diagnosis of what an element can tell. The broker is asked only if it is awaited. */
export const diagnosis = <Fields extends object>(
  fields: Fields,
  broker: string | null,
  accessToken: AccessToken | undefined,
): Diagnosing<Fields & Diagnosis> => {
  const seen = {package: VERSION, ...fields};
  const then: PromiseLike<typeof seen & Examination>['then'] = (resolve, reject) =>
    loadPart('findings')
      .then(({examined}) => examined(seen, broker, accessToken))
      .then(resolve, reject);
  // Not among its own properties, which are what was seen.
  return Object.assign(Object.create({toString: () => JSON.stringify(seen, null, 1), then}), seen);
};
