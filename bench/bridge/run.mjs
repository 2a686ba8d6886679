import {setTimeout as delay} from 'node:timers/promises';

import {showInField} from '../support/field-browser.mjs';
import {bridgeFigures, judgeBridge} from './figures.mjs';
import {startSites} from './servers.mjs';
import {bridgeTable} from './table.mjs';

/** @type {import('./page/plan.ts').Plan} */
const PLAN = {rounds: 5, blocks: 20, trips: 100, wholeTrips: 200};

/** Its trips are short, and a figure needs many of them to be rid of what others do meanwhile. */
const PLANS = {webkit: {...PLAN, blocks: 30}};

/** How long one browser may take for all of it, in ms. */
const PATIENCE = 600_000;

const withinPatience = async (outcome, browser) => {
  const late = new AbortController();
  const fail = () =>
    Promise.reject(new Error(`${browser} has measured nothing within ${PATIENCE / 1000} s.`));
  const patience = delay(PATIENCE, undefined, {signal: late.signal});
  return Promise.race([outcome, patience.then(fail)]).finally(() => late.abort());
};

const measureIn = async (browser) => {
  const sites = await startSites(PLANS[browser] ?? PLAN);
  try {
    const close = await showInField(browser, sites.page);
    try {
      const outcome = await withinPatience(sites.outcome, browser);
      if (outcome.error) throw new Error(`${browser}: ${outcome.error}`);
      if (!outcome.isolated) throw new Error(`${browser}: the page is not isolated: no fine clock`);
      return bridgeFigures(browser, outcome);
    } finally {
      await close();
    }
  } finally {
    await sites.close();
  }
};

/** Measures the bridge in each browser and prints the figures. Returns whether the budget holds. */
export const benchBridge = async (browsers) => {
  console.log('Bridge: round trip between a page and a nested, opaque frame of another site');
  let allHold = true;
  for (const browser of browsers) {
    const figures = await measureIn(browser);
    const {holds, text} = judgeBridge(figures);
    for (const line of bridgeTable(figures)) console.log(line);
    console.log(`  frame-channel: ${text}`);
    allHold &&= holds;
  }
  return allHold;
};
