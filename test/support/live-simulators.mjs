import {startBroker, startRocketChat} from '../../dist/testing/index.js';
import {startFaultProxy} from './fault-proxy.mjs';

const PATH = '/test-proxy/';

/** The faults of the proxy that a page may ask for, and how each takes its parameters. */
const FAULTS = {
  drop: () => [],
  reset: () => [],
  flow: () => [],
  refuse: () => [],
  listenAgain: () => [],
  stall: ({direction}) => [direction],
  slow: (pace) => [pace],
  chop: ({size}) => [size],
  cutAfter: ({bytes, times}) => [bytes, times],
  loseReplies: ({on}) => [on],
};

/** What tests in a browser import: each function asks the test runner's server. */
const CODE = `
const ask = async (what, params) => {
  const query = new URLSearchParams({params: JSON.stringify(params)});
  const response = await fetch('${PATH}' + what + '?' + query, {cache: 'no-store'});
  const {answer, error} = await response.json();
  if (error) throw new Error(what + ': ' + error);
  return answer;
};
export const startProxied = async (settings = {}, options = {}) => {
  const {origin, direct} = await ask('start', {settings, options});
  return {
    origin,
    direct,
    fault: async (name, params = {}) => {
      await ask('fault', {origin, name, params});
    },
    counters: () => ask('counters', {origin}),
  };
};
export const startBrokerFor = (workspace, options = {}) => ask('broker', {workspace, options});
export const hostSignIn = (broker, username) => ask('host-session', {broker, username});
`;

/**
 * Starts workspaces behind a fault proxy, and brokers, when a test in a browser asks for them.
 *
 * @param {{pageOrigin: string, embeddable: object, running: {origin: string, close(): unknown}[]}}
 *   context where the tests are, the settings that let a page embed a workspace, and everything that
 *   runs, to which is added what is started here
 */
export const liveSimulators = ({pageOrigin, embeddable, running}) => {
  /** The workspaces by the proxies' origins. */
  const behind = new Map();
  const keep = (simulator) => {
    running.push(simulator);
    return simulator;
  };
  const at = (origin) => {
    const found = running.find((simulator) => simulator.origin === origin);
    if (!found) throw new Error(`Nothing runs at ${origin}.`);
    return found;
  };
  const asks = {
    start: async ({settings, options}) => {
      const workspace = await startRocketChat({
        publicHost: 'chat.localhost',
        remoteControl: true,
        bypassRateLimit: true,
        ...options,
        settings: {...embeddable, ...settings},
      });
      const {origin: direct} = keep(workspace);
      const {origin} = keep(await startFaultProxy(direct, {publicHost: 'proxied.localhost'}));
      behind.set(origin, workspace);
      return {origin, direct};
    },
    fault: async ({origin, name, params}) => {
      if (!Object.hasOwn(FAULTS, name)) throw new Error(`No fault ${name}.`);
      await at(origin)[name](...FAULTS[name](params));
    },
    counters: ({origin}) => {
      const proxy = at(origin);
      return {now: proxy.connections(), ever: proxy.connectionsEver(), bytes: proxy.bytes()};
    },
    broker: async ({workspace: server, options}) => {
      const broker = await startBroker({
        publicHost: 'broker.localhost',
        origins: [pageOrigin],
        // Faults between page and workspace are none between broker and workspace.
        workspace: behind.get(server) ?? at(server),
        remoteControl: true,
        ...options,
        config: {server, ...options.config},
      });
      return keep(broker).origin;
    },
  };
  /** As a host application answers that is where the page is: no script reads its cookie. */
  const hostCookie = ({broker, username}) =>
    username
      ? `${at(broker).cookie(username)}; Path=/; HttpOnly; SameSite=Strict`
      : `${at(broker).cookie('nobody').replace(/=.*/, '=')}; Path=/; HttpOnly; Max-Age=0`;
  return {
    /** What the module for tests has in addition. */
    code: CODE,
    /** Answers what that code asks; `undefined` for anything else. */
    serve: async ({path, query}) => {
      if (!path.startsWith(PATH)) return undefined;
      let body;
      const headers = {'cache-control': 'no-store'};
      try {
        const what = path.slice(PATH.length);
        if (what === 'host-session') {
          headers['set-cookie'] = hostCookie(JSON.parse(query.params));
          return {body: '{}', type: 'json', headers};
        }
        if (!Object.hasOwn(asks, what)) throw new Error('is not known');
        body = {answer: await asks[what](JSON.parse(query.params))};
      } catch (error) {
        body = {error: String(error)};
      }
      return {body: JSON.stringify(body), type: 'json', headers};
    },
  };
};
