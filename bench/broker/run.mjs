import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

import {RATIO_COLUMNS, tableOf} from '../support/table.mjs';
import {judgeMemory, judgeRate, LEAST_RATIO, MOST_GROWTH} from './judge.mjs';
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

/** The lease of a page that is already open: what a session costs once it is there. */
const measureRate = async (place) => {
  const rounds = [];
  for (const route of [SESSION, NOTHING]) await place.ask(...route, A_ROUND);
  for (let round = 0; round < ROUNDS; round += 1) {
    // In turn, each first every other time.
    const order = round % 2 ? ['session', 'nothing'] : ['nothing', 'session'];
    const rates = {};
    for (const name of order) {
      const route = name === 'session' ? SESSION : NOTHING;
      rates[name] = await place.ask(...route, A_ROUND);
    }
    rounds.push(rates);
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
    const rate = judgeRate(await measureRate(place));
    const memory = judgeMemory(await measureMemory(place));
    console.log(
      '\nbroker: session route from cache, of a route that does nothing behind the same hooks',
    );
    for (const line of tableOf(RATIO_COLUMNS, [{label: 'requests a second', ...rate}])) {
      console.log(line);
    }
    const verdict = rate.holds ? 'holds' : 'DOES NOT HOLD';
    console.log(`  at least ${LEAST_RATIO}: ${verdict}`);
    const growth = `${Math.round(memory.growth / 1024)} KiB after ${MANY} requests`;
    const flat = memory.holds ? 'holds' : 'DOES NOT HOLD';
    console.log(`  heap: ${growth}, less than ${MOST_GROWTH / 1024} KiB: ${flat}`);
    return rate.holds && memory.holds;
  } finally {
    await place.stop();
  }
};
