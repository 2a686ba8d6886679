import {parseArgs} from 'node:util';

/** What the command line asks for. */
export type Wish =
  | (WithSettings & {readonly what: 'audit'; readonly since: number; readonly alias?: string})
  | (WithSettings & {readonly what: 'check'})
  | (WithSettings & {readonly what: 'serve'})
  | {readonly what: 'help'}
  | {readonly what: 'version'};

interface WithSettings {
  /** Path of the configuration file. */
  readonly config?: string;
}

/** The command line cannot be understood; the message says why, and how it is written. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `pexip-chat-room-broker [--config broker.toml] [--check]
pexip-chat-room-broker audit [--since 2026-11-01] [--alias x] [--config broker.toml]

  --config   configuration file (TOML); each setting also has an environment variable BROKER_…,
             and that of this option is BROKER_CONFIG
  --check    look at the settings, and start nothing
  --since    events from then on (ISO 8601); all that are kept without it
  --alias    events of this user only
  --version  print the version
  --help     print this

Exit status: 0 done or stopped, 1 a failure, 2 the settings or the command line are wrong.
Settings: docs/broker.md
`;

const OPTIONS = {
  config: {type: 'string'},
  check: {type: 'boolean'},
  since: {type: 'string'},
  alias: {type: 'string'},
  version: {type: 'boolean'},
  help: {type: 'boolean', short: 'h'},
} as const;

const parse = (words: readonly string[]) => {
  try {
    return parseArgs({args: [...words], options: OPTIONS, allowPositionals: true});
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    throw new UsageError(`${reason.replace(/\.? To specify.*$/, '')}. See --help.`, {cause});
  }
};

const instant = (text: string | undefined): number => {
  const at = text === undefined ? 0 : Date.parse(text);
  if (Number.isFinite(at)) return at;
  throw new UsageError('--since needs a date, as 2026-11-01 or 2026-11-01T08:00:00Z.');
};

/**
 * Reads the command line.
 *
 * @param byDefault the configuration file where none is named
 * @throws {UsageError}
 */
export const readArguments = (words: readonly string[], byDefault?: string): Wish => {
  const {values, positionals} = parse(words);
  if (values.help) return {what: 'help'};
  if (values.version) return {what: 'version'};
  const path = values.config ?? byDefault;
  const config = path ? {config: path} : {};
  const [command, ...others] = positionals;
  if (others.length || (command !== undefined && command !== 'audit'))
    throw new UsageError('There is one command, audit; without it the broker starts. See --help.');
  if (command === 'audit') {
    if (values.check) throw new UsageError('--check does not go with audit.');
    const {alias} = values;
    return {
      what: 'audit',
      ...config,
      since: instant(values.since),
      ...(alias !== undefined && {alias}),
    };
  }
  if (values.since !== undefined || values.alias !== undefined)
    throw new UsageError('--since and --alias go with audit only.');
  return {what: values.check ? 'check' : 'serve', ...config};
};
