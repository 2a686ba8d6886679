import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

import {RATIO_COLUMNS, tableOf} from '../support/table.mjs';
import {judgeMemory, judgeRoute, LEAST_RATIO, MOST_GROWTH} from './judge.mjs';
import {startPlace} from './place.mjs';

const SESSION = ['/v1/chat/session', {surfaces: ['embed', 'live']}];
const NOTHING = ['/v1/nothing', {surfaces: ['embed', 'live']}];
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

/** Tokens that are there already, and a new lease each time: what a page costs that is opened. */
const measureRate = async (place) => {
  const rounds = [];
  for (const route of [SESSION, NOTHING]) await place.ask(...route, A_ROUND);
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    // In turn, each first every other time.
    const order = turn % 2 ? ['session', 'nothing'] : ['nothing', 'session'];
    const round = {rate: {}, work: {}};
    for (const name of order) {
      const route = name === 'session' ? SESSION : NOTHING;
      const before = process.cpuUsage();
      round.rate[name] = await place.ask(...route, A_ROUND);
      const {user, system} = process.cpuUsage(before);
      round.work[name] = A_ROUND / (user + system);
    }
    rounds.push(round);
  }
  return rounds;
};

const measureMemory = async (place) => {
  await place.ask(...SESSION, MANY / 10);
  const before = [heap()];
  await place.ask(...SESSION, MANY);
  return {before, after: [heap()]};
};

/** `npm run bench -- broker`: the session route beside one that does nothing behind the same hooks. */
export const benchBroker = async () => {
  const place = await startPlace();
  try {
    const route = judgeRoute(await measureRate(place));
    const memory = judgeMemory(await measureMemory(place));
    console.log(
      '\nbroker: session route from cache, of a route that does nothing behind the same hooks',
    );
    const lines = [
      {label: 'requests a second', ...route.rate},
      {label: "requests a second of the broker's processor time", ...route.work},
    ];
    for (const line of tableOf(RATIO_COLUMNS, lines)) console.log(line);
    const verdict = route.holds ? `holds, by ${route.by.join(' and ')}` : 'DOES NOT HOLD by either';
    console.log(`  at least ${LEAST_RATIO}: ${verdict}`);
    const growth = `${Math.round(memory.growth / 1024)} KiB after ${MANY} requests`;
    const flat = memory.holds ? 'holds' : 'DOES NOT HOLD';
    console.log(`  heap: ${growth}, less than ${MOST_GROWTH / 1024} KiB: ${flat}`);
    return route.holds && memory.holds;
  } finally {
    await place.stop();
  }
};
