import {readFile} from 'node:fs/promises';

import {startWebApp3} from '../../dist/testing/index.js';
import {writeOrigins} from '../../plugin/origins.mjs';
import {bundle} from '../support/bundle.mjs';
import {html, json, nothing, passTo, script, serve} from '../support/serve.mjs';

/**
 * The two sites of the bridge: the page's, and the node's, which has the nested frame of the
 * contenders and, behind everything else, the simulator with the real plugin.
 *
 * @param {import('./page/plan.ts').Plan} plan
 */
export const startSites = async (plan) => {
  const [pageScript, nestedScript] = await Promise.all([
    bundle('bench/bridge/page/page.ts'),
    bundle('bench/bridge/page/plugin.ts'),
  ]);
  let told;
  const outcome = new Promise((resolve) => (told = resolve));
  const page = await serve(
    'page.localhost',
    {
      '/': () => html('<script src="/element.js"></script><body><script src="/bench.js"></script>'),
      '/element.js': async () => script(await readFile('dist/pexip-chat-room.min.js')),
      '/bench.js': () => script(pageScript),
      '/plan': () => json({plan, nodeOrigin: node.origin}),
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
    {
      // Web App 3 sandboxes its plugins without an origin.
      '/nesting.html': () => html('<iframe src="/nested.html" sandbox="allow-scripts"></iframe>'),
      '/nested.html': () => html('<script src="/nested.js"></script>'),
      '/nested.js': () => script(nestedScript),
      '*': passTo(simulator.origin),
    },
    {isolated: true},
  );
  return {
    page: page.origin,
    /** Resolves with what the page has measured. */
    outcome,
    close: () => Promise.all([page, node, simulator].map((server) => server.close())),
  };
};
