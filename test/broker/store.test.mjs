import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe} from 'node:test';

import {openStore} from '../../broker/dist/store/open-store.js';
import {startRedis} from '../support/redis.mjs';
import {storeContract} from '../support/store-contract.mjs';

const log = {warn() {}, info() {}};

/** Two stores on what `start` gives, which are closed before `stop` is called. */
const pairOf = (start) => {
  let open;
  let place;
  before(async () => {
    place = await start();
    open = [await openStore(place.settings, log), await openStore(place.settings, log)];
  });
  after(async () => {
    for (const store of open ?? []) await store.close();
    await place?.stop();
  });
  return {one: () => open[0], other: () => open[1]};
};

describe('the store of one broker', () => {
  const stores = pairOf(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'store-'));
    return {
      settings: {sqlite: join(folder, 'broker.db')},
      stop: () => rm(folder, {recursive: true}),
    };
  });
  storeContract('SQLite', stores);
});

describe('the store of several brokers', () => {
  const stores = pairOf(async () => {
    const {url, stop} = await startRedis();
    return {settings: {sqlite: 'unused', redis: url}, stop};
  });
  storeContract('Redis', stores);
});
