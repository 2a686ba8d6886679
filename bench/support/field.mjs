import {readFile} from 'node:fs/promises';
import {setTimeout as delay} from 'node:timers/promises';

import {startWebApp3} from '../../dist/testing/index.js';
import {writeOrigins} from '../../plugin/origins.mjs';
import {bundle} from './bundle.mjs';
import {showInField} from './field-browser.mjs';
import {html, json, nothing, passTo, script, serve} from './serve.mjs';

/** How long one browser may take for all of it, in ms. */
const PATIENCE = 600_000;

/**
 * The two sites of a bench: the page's, with the bench's script and the built one, and the node's,
 * which has the simulator with the real plugin behind everything else.
 *
 * @param {object} bench
 * @param {string} bench.script the module that runs in the page
 * @param {(nodeOrigin: string) => object} bench.plan what the page gets to know
 * @param {Record<string, any>} [bench.onNode] further routes of the node
 */
export const startField = async ({script: entry, plan, onNode = {}}) => {
  const benchScript = await bundle(entry);
  let told;
  const outcome = new Promise((resolve) => (told = resolve));
  const page = await serve(
    'page.localhost',
    {
      '/': () => html('<script src="/bench.js"></script><script src="/element.js"></script><body>'),
      '/element.js': async () => script(await readFile('dist/pexip-chat-room.min.js')),
      '/bench.js': () => script(benchScript),
      '/plan': () => json(plan(node.origin)),
      '/outcome': (_, body) => {
        told(JSON.parse(body));
        return nothing;
      },
    },
    {isolated: true},
  );
  const simulator = await startWebApp3({
    remoteControl: true,
    plugin: {
      html: async () =>
        writeOrigins(await readFile('dist/plugin/index.html', 'utf8'), [page.origin]),
      script: () => readFile('dist/plugin/index.js', 'utf8'),
    },
  });
  const node = await serve(
    'pexip.localhost',
    {...onNode, '*': passTo(simulator.origin)},
    {isolated: true},
  );
  return {
    page: page.origin,
    /** Resolves with what the page has measured. */
    outcome,
    close: () => Promise.all([page, node, simulator].map((server) => server.close())),
  };
};

const withinPatience = async (outcome, browser) => {
  const late = new AbortController();
  const fail = () =>
    Promise.reject(new Error(`${browser} has measured nothing within ${PATIENCE / 1000} s.`));
  const patience = delay(PATIENCE, undefined, {signal: late.signal});
  return Promise.race([outcome, patience.then(fail)]).finally(() => late.abort());
};

/** Shows the page of such sites in a browser, and resolves with what it has measured. */
export const measureInField = async (browser, sites) => {
  const close = await showInField(browser, sites.page);
  try {
    const outcome = await withinPatience(sites.outcome, browser);
    if (outcome.error) throw new Error(`${browser}: ${outcome.error}`);
    if (!outcome.isolated) throw new Error(`${browser}: the page is not isolated: no fine clock`);
    return outcome;
  } finally {
    await close();
  }
};
