import {bundle} from '../support/bundle.mjs';
import {measureInField, startField} from '../support/field.mjs';
import {html, script} from '../support/serve.mjs';
import {bridgeFigures, judgeBridge} from './figures.mjs';
import {bridgeTable} from './table.mjs';

/** @type {import('./page/plan.ts').Plan} */
const PLAN = {rounds: 5, blocks: 20, trips: 100, wholeTrips: 200};

/** Its trips are short, and a figure needs many of them to be rid of what others do meanwhile. */
const PLANS = {webkit: {...PLAN, blocks: 60}};

/** The node also has the nested frame of the contenders. */
const startSites = async (plan) => {
  const nested = await bundle('bench/bridge/page/plugin.ts');
  return startField({
    script: 'bench/bridge/page/page.ts',
    plan: (nodeOrigin) => ({plan, nodeOrigin}),
    onNode: {
      // Web App 3 sandboxes its plugins without an origin.
      '/nesting.html': () => html('<iframe src="/nested.html" sandbox="allow-scripts"></iframe>'),
      '/nested.html': () => html('<script src="/nested.js"></script>'),
      '/nested.js': () => script(nested),
    },
  });
};

const measureIn = async (browser) => {
  const sites = await startSites(PLANS[browser] ?? PLAN);
  try {
    return bridgeFigures(browser, await measureInField(browser, sites));
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
    for (const line of bridgeTable(figures)) console.log(line);
    for (const {dialect, holds, text} of judgeBridge(figures)) {
      console.log(`  frame-channel, ${dialect}: ${text}`);
      allHold &&= holds;
    }
  }
  return allHold;
};
