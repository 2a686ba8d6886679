import {readFileSync} from 'node:fs';
import {dirname, resolve} from 'node:path';

import {parse, TomlError} from 'smol-toml';

import {at, isTable, withValue, type Table} from './places.js';
import {Problems} from './problems.js';
import {readWith, SettingsError} from './read-settings.js';
import {hasFile, variableOf, type Setting} from './setting.js';
import {SETTINGS} from './setting-table.js';
import type {BrokerSettings} from './settings.js';
import {findUnknownVariables} from './unknown-keys.js';

/** Environment variables, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where settings are. */
export interface SettingsPlaces {
  /** Path of a configuration file (TOML). */
  readonly file?: string | undefined;
  readonly env: Environment;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'not readable';

/** Reads a file. Its path is not repeated: a secret may have been written in its place. */
const readValue = (path: string, label: string, problems: Problems): string | undefined => {
  try {
    return readFileSync(path, 'utf8').replace(/(\r?\n)+$/, '');
  } catch (error) {
    problems.add(label, `names a file that cannot be read (${codeOf(error)})`);
    return undefined;
  }
};

const parseFile = (file: string, problems: Problems): Table => {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    problems.add(file, `cannot be read (${codeOf(error)})`);
    return {};
  }
  try {
    return parse(text);
  } catch (error) {
    // Its message quotes the line, which may have a secret.
    const place = error instanceof TomlError ? `, line ${error.line}, column ${error.column}` : '';
    problems.add(file, `is no TOML${place}; texts stand in quotation marks`);
    return {};
  }
};

const lines = (text: string): readonly string[] => text.split(/\r?\n/).filter(Boolean);

/** Puts the content of `nameFile` in the place of `name`, in one table. */
const withFiles = (
  table: Table,
  settings: readonly (readonly [string, Setting])[],
  label: string,
  folder: string,
  problems: Problems,
): Table =>
  settings.reduce<Table>((all, [name, setting]) => {
    const path = at(all, `${name}File`);
    if (path === undefined) return all;
    const rest = withoutKey(all, `${name}File`);
    const place = `${label}${name}`;
    if (typeof path !== 'string') problems.add(`${place}File`, 'must be the path of a file');
    else if (at(all, name) !== undefined)
      problems.add(place, `is given twice, as ${name} and ${name}File; keep one`);
    else {
      const value = readValue(resolve(folder, path), `${place}File`, problems);
      return withValue(rest, name, setting.list && value !== undefined ? lines(value) : value);
    }
    return rest;
  }, table);

const withoutKey = (table: Table, path: string): Table => {
  const [name = '', ...rest] = path.split('.');
  if (rest.length) return {...table, [name]: withoutKey(at(table, name) as Table, rest.join('.'))};
  return Object.fromEntries(Object.entries(table).filter(([key]) => key !== name));
};

const OF_ISSUER = 'jwt[].';
const plain = SETTINGS.filter(({path}) => !path.startsWith(OF_ISSUER));
const ofIssuer = SETTINGS.filter(({path}) => path.startsWith(OF_ISSUER)).map(
  (each) => [each.path.slice(OF_ISSUER.length), each] as const,
);

/** The configuration file as `readSettings` takes it: with what its `…File` name, paths resolved. */
const fromFile = (file: string, problems: Problems): Table => {
  const folder = dirname(resolve(file));
  const filed = plain.filter(hasFile).map((each) => [each.path, each] as const);
  let table = withFiles(parseFile(file, problems), filed, '', folder, problems);
  const issuers = at(table, 'jwt');
  if (Array.isArray(issuers))
    table = withValue(
      table,
      'jwt',
      issuers.map((issuer: unknown, index) =>
        isTable(issuer)
          ? withFiles(
              issuer,
              ofIssuer.filter(([, each]) => hasFile(each)),
              `jwt[${index}].`,
              folder,
              problems,
            )
          : issuer,
      ),
    );
  const sqlite = at(table, 'store.sqlite');
  return typeof sqlite === 'string'
    ? withValue(table, 'store.sqlite', resolve(folder, sqlite))
    : table;
};

/** A text of the environment as the configuration file would have it. */
const valueOf = (text: string, {kind, list}: Setting): unknown => {
  if (list) return text.split(/[\s,]+/).filter(Boolean);
  if (kind === 'flag') return {true: true, false: false}[text.toLowerCase()] ?? text;
  return /^(number|time)$/.test(kind) && /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
};

/** What the environment says of a setting. An empty variable says nothing. */
const fromEnvironment = (setting: Setting, env: Environment, problems: Problems): unknown => {
  const {path: place} = setting;
  const name = variableOf(place);
  const text = env[name] || (setting.alias && env[setting.alias]);
  const path = hasFile(setting) ? env[`${name}_FILE`] : undefined;
  if (text && path) problems.add(place, `is given twice, also as ${name}_FILE; keep one`);
  if (text) return valueOf(text, setting);
  if (!path) return undefined;
  const value = readValue(path, `${place.replace('[]', '[0]')}File`, problems);
  return setting.list && value !== undefined ? lines(value) : value;
};

/** The first issuer with what the environment says of it; makes one. */
const withIssuer = (table: Table, env: Environment, problems: Problems): Table => {
  const given = ofIssuer
    .map(([name, setting]) => [name, fromEnvironment(setting, env, problems)] as const)
    .filter(([, value]) => value !== undefined);
  if (!given.length) return table;
  const issuers: unknown = at(table, 'jwt') ?? [];
  if (!Array.isArray(issuers)) return table;
  const [first, ...others] = issuers as readonly unknown[];
  const issuer = given.reduce((all, [name, value]) => withValue(all, name, value), first);
  return withValue(table, 'jwt', [issuer, ...others]);
};

/**
 * Reads the settings of a configuration file and of the environment, which wins. Paths in the file
 * are relative to its folder. An issuer of the environment is the first of the file's.
 *
 * @throws {SettingsError} with every problem at once
 */
export const loadSettings = ({file, env}: SettingsPlaces): BrokerSettings => {
  const problems = new Problems();
  let table = file ? fromFile(file, problems) : {};
  // With no file to go by, all settings would seem to be missing.
  if (file && problems.has(file)) throw new SettingsError(problems.sentences);
  for (const setting of plain.filter(({kind}) => kind !== 'hook')) {
    const value = fromEnvironment(setting, env, problems);
    if (value !== undefined) table = withValue(table, setting.path, value);
  }
  table = withIssuer(table, env, problems);
  findUnknownVariables(env, problems);
  return readWith(table, problems);
};
