import {VERSION} from '../../../src/version.js';
import {loadSettings} from '../config/load-settings.js';
import {SettingsError} from '../config/settings-error.js';
import type {BrokerSettings} from '../config/settings.js';
import {fatalLine, secretsOf} from '../log.js';
import {openStore} from '../store/open-store.js';
import {serveBroker} from '../serve.js';
import {readArguments, USAGE, UsageError, type Wish} from './arguments.js';
import {printAudit} from './print-audit.js';
import {quietLog} from './quiet-log.js';
import {untilStopped} from './until-stopped.js';

const DONE = 0;
const FAILED = 1;
const WRONG = 2;

const SETTINGS_HELP = 'The broker did not start. All settings: docs/broker.md#settings\n';

type Surroundings = Pick<NodeJS.Process, 'env' | 'exit' | 'off' | 'on' | 'stderr' | 'stdout'>;

const serve = async (settings: BrokerSettings, process: Surroundings): Promise<number> => {
  const broker = await serveBroker(settings);
  const ending = await untilStopped(broker, {signals: process});
  if (ending.how === 'failed')
    process.stdout.write(
      fatalLine(ending.error, 'An error that nobody caught ended the broker.', secretsOf(settings)),
    );
  // What is left would keep the process: connections that were not waited for.
  const status = ending.how === 'closed' ? DONE : FAILED;
  process.stdout.write('', () => process.exit(status));
  return status;
};

const audit = async (
  settings: BrokerSettings,
  {since, alias}: Wish & {readonly what: 'audit'},
  {stdout, stderr}: Surroundings,
): Promise<number> => {
  const store = await openStore(settings.store, quietLog(settings, stderr));
  // Who reads the first lines only, as `head` does, closes the pipe.
  stdout.on('error', () => undefined);
  try {
    const write = (line: string) => stdout.write(line);
    await printAudit(store, {since, write, ...(alias !== undefined && {alias})});
  } finally {
    await store.close();
  }
  return DONE;
};

const carryOut = async (wish: Wish, process: Surroundings): Promise<number> => {
  if (wish.what === 'help' || wish.what === 'version') {
    process.stdout.write(wish.what === 'help' ? USAGE : `${VERSION}\n`);
    return DONE;
  }
  const settings = loadSettings({file: wish.config, env: process.env});
  if (wish.what === 'serve') return serve(settings, process);
  if (wish.what === 'audit') return audit(settings, wish, process);
  process.stdout.write('The settings are complete. Nothing was started.\n');
  return DONE;
};

/**
 * The command `pexip-chat-room-broker`.
 *
 * @returns the exit status: 0 done or stopped, 1 a failure, 2 wrong settings or command line
 */
export const main = async (words: readonly string[], process: Surroundings): Promise<number> => {
  const {stderr} = process;
  try {
    return await carryOut(readArguments(words, process.env['BROKER_CONFIG']), process);
  } catch (error) {
    if (error instanceof SettingsError) {
      stderr.write(error.problems.map((problem) => `${problem}\n`).join('') + SETTINGS_HELP);
      return WRONG;
    }
    if (error instanceof UsageError) {
      stderr.write(`${error.message}\n`);
      return WRONG;
    }
    stderr.write(fatalLine(error, 'The broker did not start.'));
    return FAILED;
  }
};
