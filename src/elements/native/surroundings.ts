import type {PaneOptions} from '../../events/options-events.js';
import {parsePerson, type ShownPerson} from '../../protocol/pane-person.js';

/** What the page around a pane has told it; another object whenever it tells anew. */
export interface Surroundings {
  /** What it says of somebody; where it says nothing, what the workspace tells counts. */
  readonly person: (username: string) => ShownPerson;
  /** Whether files can be sent. */
  readonly files: boolean;
}

/** What was given, as it is now; nothing if that is nothing, or a getter or proxy of it throws. */
const read = (given: PaneOptions): PaneOptions => {
  try {
    const {person, files} = given;
    return {person, files};
  } catch {
    return {};
  }
};

/** Reads what was given. Its function is the page's code: whatever it does, something is shown. */
export const surroundings = (given: PaneOptions = {}): Surroundings => {
  const {person, files} = read(given);
  const known = new Map<string, ShownPerson>();
  const ask = (username: string): ShownPerson => {
    try {
      return parsePerson(person?.call(given, username));
    } catch {
      return {};
    }
  };
  return {
    files: files !== false,
    person: (username) => {
      const told = known.get(username) ?? ask(username);
      known.set(username, told);
      return told;
    },
  };
};
