import {setTimeout as later} from 'node:timers/promises';

import {openBrowser} from '../../test/support/e2e-browser.mjs';
import {bundle} from '../support/bundle.mjs';
import {html, script, serve} from '../support/serve.mjs';
import {judgeRecovery} from './judge.mjs';
import {SCALE, startPlace} from './place.mjs';
import {playRounds} from './rounds.mjs';
import {scheduleOf} from './schedule.mjs';
import {recoveryTable} from './table.mjs';
import {tallyOf} from './tally.mjs';

/** `SEED` in the environment chooses another schedule. */
const SEED = Number(process.env.SEED ?? 5);

const LABELS = {ours: 'live client', theirs: 'simpleddp 2.2.4'};

/** How long what was written last may be on its way, in ms. */
const LAST_WORDS = 500;

const startPage = async () => {
  const bench = await bundle('bench/recovery/page/page.ts');
  return serve('page.localhost', {
    '/': () => html('<link rel="icon" href="data:," /><script src="/bench.js"></script>'),
    '/bench.js': () => script(bench),
  });
};

/** Both contenders on one page, each with a place of its own where the same happens. */
const measureIn = async (name, schedule) => {
  const places = {
    ours: await startPlace('ours.localhost'),
    theirs: await startPlace('theirs.localhost'),
  };
  const site = await startPage();
  const browser = await openBrowser(name);
  try {
    const page = await browser.open(site.origin);
    const entries = {ours: places.ours.entry, theirs: places.theirs.entry};
    await page.evaluate((each) => globalThis.recoveryBench.start(each), entries);
    await playRounds({page, places, schedule});
    await later(LAST_WORDS);
    const outcome = await page.evaluate(() => globalThis.recoveryBench.outcome());
    return Object.entries(places).map(([contender, {posted, messages, ended}]) => {
      const {told, sockets} = outcome[contender];
      const tally = tallyOf({posted, messages, told, ended});
      return {label: LABELS[contender], ...tally, ...sockets};
    });
  } finally {
    await browser.close();
    await Promise.all([site, ...Object.values(places)].map((each) => each.close()));
  }
};

/** Breaks connections in each browser and prints what comes back. Returns whether the budget holds. */
export const benchRecovery = async (browsers) => {
  const schedule = scheduleOf(SEED);
  console.log(
    `Recovery: ${schedule.length} faults, the same for both; seed ${SEED}, heartbeats 1:${SCALE}`,
  );
  let allHold = true;
  for (const browser of browsers) {
    const lines = await measureIn(browser, schedule);
    console.log(`${browser}:`);
    for (const line of recoveryTable(lines)) console.log(line);
    for (const {holds, text} of judgeRecovery(lines[0])) {
      console.log(`  live client: ${text}`);
      allHold &&= holds;
    }
  }
  return allHold;
};
