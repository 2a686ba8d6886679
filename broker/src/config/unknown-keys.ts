import {isTable} from './places.js';
import type {Problems} from './problems.js';
import {variableOf} from './setting.js';
import {SETTINGS} from './setting-table.js';

const PATHS = SETTINGS.map(({path}) => path);
/** How far a name may be from one that is meant: letters to be changed. */
const NEAR = 3;

/** Letters to insert, remove or change to make one text of the other (Levenshtein). */
const distance = (one: string, other: string): number => {
  let row = Array.from({length: other.length + 1}, (_, index) => index);
  for (const [index, letter] of Array.from(one).entries()) {
    const next = [index + 1];
    for (const [column, its] of Array.from(other).entries())
      next.push(
        Math.min(
          (row[column] ?? 0) + (letter === its ? 0 : 1),
          (row[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
};

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/g, '');

/** A sentence that names the nearest of the names, if one is near. */
export const didYouMean = (name: string, names: readonly string[]): string => {
  const [nearest] = names
    .map((each) => ({each, far: distance(bare(name).slice(0, 100), bare(each))}))
    .filter(({each, far}) => far <= Math.min(NEAR, each.length / 3))
    .sort((one, other) => one.far - other.far);
  return nearest ? `; did you mean ${nearest.each}?` : '';
};

const shown = (name: string): string =>
  JSON.stringify(name.slice(0, 60)).replace(/^"([\w$-]+)"$/, '$1');

/** Complains of each key that is no setting: most are settings with a slip of the pen. */
export const findUnknown = (input: unknown, problems: Problems, above = '', label = ''): void => {
  if (Array.isArray(input)) {
    input.forEach((item, index) => findUnknown(item, problems, `${above}[]`, `${label}[${index}]`));
    return;
  }
  if (!isTable(input)) return;
  for (const [name, value] of Object.entries(input)) {
    const path = above ? `${above}.${name}` : name;
    const place = label ? `${label}.${shown(name)}` : shown(name);
    const inList = PATHS.some((each) => each.startsWith(`${path}[].`));
    // What is no list is complained of where the list is read.
    if (PATHS.includes(path) || (inList && !Array.isArray(value))) continue;
    if (inList || PATHS.some((each) => each.startsWith(`${path}.`)))
      findUnknown(value, problems, path, place);
    else problems.add(place, `is no setting of the broker${didYouMean(path, PATHS)}`);
  }
};

/** What Kubernetes sets for a service named "broker". */
const OF_KUBERNETES =
  /^BROKER_(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/;
const VARIABLES = SETTINGS.filter(({kind}) => kind !== 'hook').flatMap((setting) => [
  variableOf(setting.path),
  ...(setting.secret || setting.file ? [`${variableOf(setting.path)}_FILE`] : []),
]);

/** Complains of each environment variable `BROKER_…` that is none of ours. */
export const findUnknownVariables = (
  env: Readonly<Record<string, string | undefined>>,
  problems: Problems,
): void => {
  for (const name of Object.keys(env)) {
    if (!name.startsWith('BROKER_') || name === 'BROKER_CONFIG') continue;
    if (VARIABLES.includes(name) || OF_KUBERNETES.test(name)) continue;
    problems.add(shown(name), `is no variable of the broker${didYouMean(name, VARIABLES)}`);
  }
};
