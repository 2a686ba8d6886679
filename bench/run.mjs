/**
 * `npm run bench`: the figures of the project, and whether their budgets hold. Needs a build.
 * Names of benches after `--` choose some of them; BROWSERS chooses browsers.
 */
import {BROWSERS} from '../test/support/e2e-browser.mjs';
import {benchBridge} from './bridge/run.mjs';
import {benchBroker} from './broker/run.mjs';
import {benchForeign} from './foreign/run.mjs';
import {benchMounts} from './mounts/run.mjs';
import {benchNative} from './native/run.mjs';
import {benchRecovery} from './recovery/run.mjs';
import {checkSizes} from './sizes/run.mjs';

const BENCHES = {
  sizes: () => checkSizes(),
  bridge: () => benchBridge(BROWSERS),
  broker: () => benchBroker(),
  foreign: () => benchForeign(BROWSERS),
  mounts: () => benchMounts(),
  native: () => benchNative(BROWSERS),
  // What comes back is the client's doing, not the browser's: one is enough unless others are asked for.
  recovery: () => benchRecovery(process.env.BROWSERS ? BROWSERS : ['chromium']),
};

// So that what was started for the bench ends with it.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length) {
  console.error(
    `There is no bench "${unknown[0]}". There are: ${Object.keys(BENCHES).join(', ')}.`,
  );
  process.exit(1);
}
for (const name of asked.length ? asked : Object.keys(BENCHES)) {
  if (!(await BENCHES[name]())) process.exitCode = 1;
}
