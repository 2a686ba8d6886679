import {readFileSync} from 'node:fs';

import {parseSecureUrl} from '../src/protocol/secure-url.js';

import type {DiagnoseOptions} from './doctor/index.js';
import {parsedArguments, UsageError} from './usage.js';

/** What `pexip-chat-room doctor` was asked. */
export interface DoctorArguments {
  readonly options: DiagnoseOptions;
  readonly json: boolean;
}

const TOKEN = 'ROCKETCHAT_AUTH_TOKEN';
const MOST_SECONDS = 120;

const OPTIONS = {
  node: {type: 'string'},
  path: {type: 'string'},
  server: {type: 'string'},
  page: {type: 'string', multiple: true},
  broker: {type: 'string'},
  ca: {type: 'string'},
  'user-id': {type: 'string'},
  'auth-token-file': {type: 'string'},
  timeout: {type: 'string'},
  json: {type: 'boolean'},
} as const;

/** An http or https address; plain http is for the doctor to find, not to refuse. */
const address = (name: string, value: string): string => {
  const url = parseSecureUrl(value);
  if (url === 'credentials') {
    throw new UsageError(`--${name} has a user name or password in it. Leave them out.`);
  }
  if (url === 'malformed' || (url === 'insecure' && !/^http:\/\//i.test(value))) {
    throw new UsageError(`--${name} is no address. Write it as in https://${name}.example.com.`);
  }
  return value;
};

const fileOf = (name: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`The file of --${name} cannot be read.`, {cause: error});
  }
};

const secondsOf = (value: string): number => {
  const seconds = Number(value);
  if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
    throw new UsageError(`--timeout is in seconds, more than 0 and at most ${MOST_SECONDS}.`);
  }
  return seconds * 1000;
};

/**
 * Reads the arguments of the doctor, and the token from its file or the environment: an argument would
 * be seen in every list of processes.
 *
 * @throws {UsageError}
 */
export const doctorArguments = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): DoctorArguments => {
  const values = parsedArguments(args, OPTIONS);
  if (!values.node && !values.server) {
    throw new UsageError('Nothing to look at: give --node, --server, or both.');
  }
  for (const name of ['node', 'server', 'broker'] as const) {
    if (values[name] !== undefined) address(name, values[name]);
  }
  const page = (values.page ?? []).map((each) => address('page', each));
  const path = values.path?.replace(/^\/+|\/+$/g, '');
  if (path !== undefined && !/^[\w.~-]+(?:\/[\w.~-]+)*$/.test(path)) {
    throw new UsageError('--path is a branding path such as webapp3.');
  }
  const userId = values['user-id'];
  const tokenFile = values['auth-token-file'];
  const authToken = (tokenFile ? fileOf('auth-token-file', tokenFile) : env[TOKEN])?.trim();
  if (tokenFile && !userId) throw new UsageError('--auth-token-file needs --user-id.');
  if (userId && !authToken) {
    throw new UsageError(`--user-id needs its token in ${TOKEN} or --auth-token-file.`);
  }
  if (/[^\x21-\x7e]/.test(`${userId ?? ''}${userId ? authToken : ''}`)) {
    throw new UsageError('User id and token have no spaces and no characters outside of ASCII.');
  }
  return {
    json: values.json ?? false,
    options: {
      node: values.node,
      path,
      server: values.server,
      page,
      broker: values.broker,
      ...(values.ca && {ca: fileOf('ca', values.ca)}),
      ...(userId && authToken && {serviceAccount: {userId, authToken}}),
      ...(values.timeout !== undefined && {timeout: secondsOf(values.timeout)}),
    },
  };
};
