import {VERSION} from '../version.js';

/** What a diagnosis of either element has. */
export interface Diagnosis {
  /** Version of this package. */
  readonly package: string;
  /** The diagnosis as text, to paste in a ticket. */
  toString(): string;
}

class Findings {
  toString(): string {
    return JSON.stringify(this, null, 1);
  }
}

/** Makes a diagnosis of what an element can tell. */
export const diagnosis = <Fields extends object>(fields: Fields): Fields & Diagnosis =>
  Object.assign(new Findings(), {package: VERSION, ...fields});
