import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {CHROMIUM_ARGS, FIREFOX_PREFS} from '../../test/support/browsers.mjs';
import {openBrowser} from '../../test/support/e2e-browser.mjs';
import {PATHS} from '../../test/support/machine.mjs';

const PROGRAMS = {
  chromium: (profile, url) => [
    PATHS.chromium,
    [...CHROMIUM_ARGS, '--headless=new', '--site-per-process', `--user-data-dir=${profile}`, url],
  ],
  firefox: (profile, url) => [
    PATHS.firefox,
    ['--headless', '--no-remote', '--profile', profile, url],
  ],
};

/** What a fresh profile of Firefox would otherwise open instead of the page, or fetch meanwhile. */
const QUIET = {
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'trailhead.firstrun.didSeeAboutWelcome': true,
};

const startProgram = async (name, url) => {
  const profile = await mkdtemp(join(tmpdir(), 'bench-'));
  const prefs = Object.entries({...FIREFOX_PREFS, ...QUIET}).map(
    ([pref, value]) => `user_pref(${JSON.stringify(pref)}, ${JSON.stringify(value)});\n`,
  );
  if (name === 'firefox') await writeFile(join(profile, 'user.js'), prefs);
  const [program, args] = PROGRAMS[name](profile, url);
  const browser = spawn(program, args, {stdio: 'ignore'});
  const exited = once(browser, 'exit');
  await once(browser, 'spawn');
  const kill = () => browser.kill('SIGTERM');
  process.once('exit', kill);
  return async () => {
    kill();
    await exited;
    process.off('exit', kill);
    await rm(profile, {recursive: true, force: true, maxRetries: 10, retryDelay: 200});
  };
};

/**
 * Shows a page as in the field, with a process for each site where the browser has them. Not by
 * puppeteer, which keeps the frames of Firefox, and the sandboxed ones of Chromium, in the page's
 * process.
 *
 * @param {string} name `chromium`, `firefox` or `webkit` @param {string} url
 * @returns {Promise<() => Promise<void>>} ends the browser
 */
export const showInField = async (name, url) => {
  if (name !== 'webkit') return startProgram(name, url);
  const browser = await openBrowser(name);
  await browser.open(url);
  return () => browser.close();
};
