import {checkAgreement} from './agreement.js';
import {KINDS} from './kinds.js';
import {at, isTable, withValue, type Table} from './places.js';
import {Problems} from './problems.js';
import {SettingsError} from './settings-error.js';
import type {Setting} from './setting.js';
import {SETTINGS} from './setting-table.js';
import type {BrokerSettings} from './settings.js';
import {findUnknown} from './unknown-keys.js';
import {Wrong} from './wrong.js';

export {SettingsError} from './settings-error.js';

const LISTED = '[].';
/** Tables whose settings count only if they are there. */
const OPTIONAL = ['cookie'];

const readOne = (value: unknown, setting: Setting, path: string, problems: Problems): unknown => {
  const read = KINDS[setting.kind].read(value, setting);
  if (!(read instanceof Wrong)) return read;
  problems.add(path, read.text);
  return undefined;
};

/** Reads one setting: its value, its default, or a problem. */
const read = (given: unknown, setting: Setting, path: string, problems: Problems): unknown => {
  const value = given ?? setting.default;
  const empty = value === '' || (Array.isArray(value) && !value.length);
  if (value === undefined || (empty && setting.required)) {
    if (setting.required && !problems.has(`${path}File`))
      problems.add(path, `is missing. ${setting.remedy ?? 'Write it'}`);
    return undefined;
  }
  if (!setting.list) return readOne(value, setting, path, problems);
  if (!Array.isArray(value)) {
    problems.add(path, 'must be a list');
    return [];
  }
  const items: readonly unknown[] = value;
  return [
    ...new Set(items.map((item, index) => readOne(item, setting, `${path}[${index}]`, problems))),
  ];
};

/** Settings by the table that they are in, with their names there. */
const namedIn = (table: string): readonly (readonly [string, Setting])[] =>
  SETTINGS.filter(({path}) => path.startsWith(table)).map((each) => [
    each.path.slice(table.length),
    each,
  ]);

const readIssuer = (item: unknown, index: number, problems: Problems): Table => {
  const label = `jwt[${index}]`;
  if (!isTable(item)) {
    problems.add(label, 'must be a table with issuer, and secret or jwksUrl');
    return {algorithms: []};
  }
  const byDefault = at(item, 'jwksUrl') === undefined ? ['HS256'] : ['RS256', 'ES256'];
  const issuer = Object.fromEntries(
    namedIn(`jwt${LISTED}`)
      .map(([name, setting]) => [name, read(at(item, name), setting, `${label}.${name}`, problems)])
      .filter(([, value]) => value !== undefined),
  ) as Table;
  return {algorithms: byDefault, ...issuer};
};

const readIssuers = (input: unknown, problems: Problems): readonly Table[] => {
  const items = at(input, 'jwt') ?? [];
  if (Array.isArray(items)) return items.map((item, index) => readIssuer(item, index, problems));
  problems.add('jwt', 'must be a list of tables, written as [[jwt]] in the file');
  return [];
};

/** The first parts of the paths that have several: `listen` of `listen.port`. */
const GROUPS = [
  ...new Set(
    SETTINGS.filter(({path}) => path.includes('.') && !path.includes(LISTED)).map(
      ({path}) => path.split('.')[0] ?? '',
    ),
  ),
];

/** All settings but the issuers. */
const readPlain = (input: unknown, problems: Problems): Table => {
  const absent = OPTIONAL.filter((group) => at(input, group) === undefined);
  const groups = GROUPS.filter((group) => !absent.includes(group));
  for (const group of groups) {
    const given = at(input, group);
    if (given !== undefined && !isTable(given))
      problems.add(group, `must be a table, written as [${group}] in the file`);
  }
  return SETTINGS.filter(
    ({path}) => !path.includes(LISTED) && !absent.some((group) => path.startsWith(`${group}.`)),
  ).reduce<Table>(
    (table, setting) => {
      const value = read(at(input, setting.path), setting, setting.path, problems);
      return value === undefined ? table : withValue(table, setting.path, value);
    },
    Object.fromEntries(groups.map((group) => [group, {}])),
  );
};

const freeze = <T>(value: T): T => {
  // The application's own function stays as it is.
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
};

/** As {@link readSettings}, with problems that were found before. */
export const readWith = (input: unknown, problems: Problems): BrokerSettings => {
  if (!isTable(input)) problems.add('The configuration', 'must be a table of settings');
  findUnknown(input, problems);
  const plain = readPlain(input, problems);
  const {server, internalUrl = server} = plain['rocketChat'] as Table;
  const complete = {
    ...withValue(plain, 'rocketChat.internalUrl', internalUrl),
    jwt: readIssuers(input, problems),
  };
  // Built by the table of settings, whose agreement with the type is tested.
  const settings = complete as unknown as BrokerSettings;
  checkAgreement(settings, input, problems);
  if (problems.sentences.length) throw new SettingsError(problems.sentences);
  return freeze(settings);
};

/**
 * Reads what the operator decided: a plain object as a configuration file gives, or as
 * `createBroker()` is given. Keys are those of {@link BrokerSettings}; times are seconds, or texts as
 * `"5m"`. What is left out has its default. The answer is complete, frozen, and has times in ms: it
 * cannot be read again.
 *
 * @throws {SettingsError} with every problem at once
 */
export const readSettings = (input: unknown): BrokerSettings => readWith(input, new Problems());
