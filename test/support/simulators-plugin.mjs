import {readFile} from 'node:fs/promises';

import {startRocketChat, startWebApp3} from '../../dist/testing/index.js';
import {writeDialect} from '../../plugin/dialect.mjs';
import {writeOrigins} from '../../plugin/origins.mjs';
import {brandingGates} from './branding-gates.mjs';
import {startFaulty} from './faulty-server.mjs';
import {KEEPER, keeperPage} from './keeper.mjs';
import {liveSimulators} from './live-simulators.mjs';
import {probePlugin} from './probe-bundle.mjs';
import {startPuppet} from './puppet-server.mjs';

const MODULE = 'test-simulators';
const PATH = '/test-simulators.js';
/** Where tests hold and release the branding of `heldWebApp3`. */
const GATE = '/test-branding-gate';
/** Where tests mend a path of `faultyNode`. */
const MEND = '/test-mend';
const START = '/test-simulators/rocket-chat/';

/** What an administrator sets so that a page of another origin can embed the workspace. */
const EMBEDDABLE = {
  Iframe_Restrict_Access: false,
  Iframe_Integration_send_enable: true,
  Iframe_Integration_receive_enable: true,
};

/**
 * Starts the simulators on sites of their own while the tests run, and tells the tests where they
 * are: `import {simulators} from 'test-simulators'`. Names below .localhost reach loopback in every
 * browser and are other sites, so that frames are as far apart as they are in the field. A test that
 * changes settings starts a workspace of its own, as browsers run at the same time.
 */
export const simulatorsPlugin = (pageOrigin) => {
  const running = [];
  const gates = brandingGates();
  const live = liveSimulators({pageOrigin, embeddable: EMBEDDABLE, running});
  let origins;
  let faulty;
  const plugin = (allowed, dialect) => ({
    html: async () => {
      const html = writeDialect(await readFile('dist/plugin/index.html', 'utf8'), dialect);
      return allowed ? writeOrigins(html, allowed) : html;
    },
    script: () => readFile('dist/plugin/index.js', 'utf8'),
  });
  const start = async (started) => {
    const simulator = await started;
    running.push(simulator);
    return simulator.origin;
  };
  const remoteControl = true;
  const rocketChat = (publicHost, settings) =>
    start(startRocketChat({publicHost, remoteControl, bypassRateLimit: true, settings}));
  return {
    name: 'simulators',
    async serverStart() {
      const webApp3 = (publicHost, options) =>
        start(startWebApp3({publicHost, remoteControl, ...options}));
      const allowed = [pageOrigin];
      origins = {
        webApp3: await webApp3('pexip.localhost', {plugin: plugin(allowed)}),
        sameOriginSandbox: await webApp3('same.localhost', {
          plugin: plugin(allowed),
          sandboxValues: ['allow-same-origin'],
        }),
        videoconf: await webApp3('conference.localhost', {plugin: plugin(allowed, 'videoconf')}),
        withoutOrigins: await webApp3('open.localhost', {plugin: plugin()}),
        otherOrigins: await webApp3('other.localhost', {
          plugin: plugin(['https://app.example.com']),
        }),
        withoutPlugin: await webApp3('bare.localhost', {plugin: null}),
        heldWebApp3: await webApp3('held.localhost', {
          plugin: plugin(allowed),
          beforeBranding: gates.pass,
        }),
        // With a plugin that does what a test says, in place of ours.
        probeWebApp3: await webApp3('probe.localhost', {plugin: await probePlugin()}),
        puppetNode: await start(startPuppet('node.localhost')),
        evil: await start(startPuppet('evil.localhost')),
        rocketChat: await rocketChat('chat.localhost', EMBEDDABLE),
        // Where no test has signed in before.
        freshRocketChat: await rocketChat('fresh.localhost', EMBEDDABLE),
        factoryRocketChat: await rocketChat('factory.localhost', {}),
      };
      faulty = await startFaulty('faulty.localhost', origins.webApp3);
      origins.faultyNode = await start(faulty);
    },
    async serve({path, query}) {
      if (path === GATE) {
        await gates[query.ask](query.path, query.part);
        return {body: 'ok', type: 'text', headers: {'cache-control': 'no-store'}};
      }
      if (path === KEEPER) {
        // The site of workspaces that tests start: a port makes no other site.
        const gated = origins.rocketChat.replace('chat.', 'gates.');
        const {heldWebApp3: _held, faultyNode: _faulty, ...ready} = origins;
        return keeperPage([...Object.values(ready), gated]);
      }
      if (path === MEND) {
        faulty.mend(query.path);
        if (query.answer) faulty.answer(query.path);
        return {body: 'ok', type: 'text', headers: {'cache-control': 'no-store'}};
      }
      if (path.startsWith(START)) {
        const settings = JSON.parse(decodeURIComponent(path.slice(START.length)));
        const origin = await rocketChat('gates.localhost', {...EMBEDDABLE, ...settings});
        return {body: JSON.stringify(origin), type: 'json', headers: {'cache-control': 'no-store'}};
      }
      if (path !== PATH) return live.serve({path, query});
      const body = `export const simulators = ${JSON.stringify(origins)};
export const startWorkspace = async (settings = {}) =>
  (await fetch('${START}' + encodeURIComponent(JSON.stringify(settings)))).json();
${live.code}`;
      return {body, type: 'js'};
    },
    resolveImport: ({source}) => (source === MODULE ? PATH : undefined),
    serverStop: () => Promise.all(running.map((simulator) => simulator.close())),
  };
};
