import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

import {RATIO_COLUMNS, tableOf} from '../support/table.mjs';
import {judgeMemory, judgeRoute, LEAST_POLICY_RATIO, LEAST_RATIO, MOST_GROWTH} from './judge.mjs';
import {startPlace} from './place.mjs';

const ROUNDS = 9;
const A_ROUND = 3000;
const MANY = 100_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const heap = () => {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

/** Both routes, in turn: `route` is what is judged, `nothing` one that does nothing. */
const measureRate = async (place, both) => {
  const rounds = [];
  for (const each of Object.values(both)) await place.ask(each, A_ROUND);
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    // In turn, each first every other time.
    const order = turn % 2 ? ['route', 'nothing'] : ['nothing', 'route'];
    const round = {rate: {}, work: {}};
    for (const name of order) {
      const before = process.cpuUsage();
      round.rate[name] = await place.ask(both[name], A_ROUND);
      const {user, system} = process.cpuUsage(before);
      round.work[name] = A_ROUND / (user + system);
    }
    rounds.push(round);
  }
  return rounds;
};

const measureMemory = async (place) => {
  await place.ask(place.routes.session, MANY / 10);
  const before = [heap()];
  await place.ask(place.routes.session, MANY);
  return {before, after: [heap()]};
};

const printRoute = (title, judged, least) => {
  console.log(`\nbroker: ${title}`);
  const lines = [
    {label: 'requests a second', ...judged.rate},
    {label: "requests a second of the broker's processor time", ...judged.work},
  ];
  for (const line of tableOf(RATIO_COLUMNS, lines)) console.log(line);
  const verdict = judged.holds ? `holds, by ${judged.by.join(' and ')}` : 'DOES NOT HOLD by either';
  console.log(`  at least ${least}: ${verdict}`);
};

/**
 * `npm run bench -- broker`: the session route beside one that does nothing behind the same hooks, and
 * the policy route beside one of the same server without any.
 */
export const benchBroker = async () => {
  const place = await startPlace();
  const {session, nothing, policy, bare} = place.routes;
  try {
    // Tokens that are there already, and a new lease each time: what a page costs that is opened.
    const route = judgeRoute(await measureRate(place, {route: session, nothing}));
    const rule = judgeRoute(
      await measureRate(place, {route: policy, nothing: bare}),
      LEAST_POLICY_RATIO,
    );
    const memory = judgeMemory(await measureMemory(place));
    printRoute(
      'session route from cache, of a route that does nothing behind the same hooks',
      route,
      LEAST_RATIO,
    );
    const growth = `${Math.round(memory.growth / 1024)} KiB after ${MANY} requests`;
    const flat = memory.holds ? 'holds' : 'DOES NOT HOLD';
    console.log(`  heap: ${growth}, less than ${MOST_GROWTH / 1024} KiB: ${flat}`);
    printRoute('policy route, of a bare route of the same server', rule, LEAST_POLICY_RATIO);
    return route.holds && rule.holds && memory.holds;
  } finally {
    await place.stop();
  }
};
