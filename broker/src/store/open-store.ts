import type {FastifyBaseLogger} from 'fastify';

import type {BrokerSettings} from '../config/settings.js';
import {openSqlite} from './open-sqlite.js';
import {readRedisAddress} from './redis-address.js';
import {RedisConnection} from './redis-connection.js';
import {RedisStore} from './redis-store.js';
import type {Store} from './store.js';

/**
 * Opens the store of a broker: Redis where `redis` is set, else the SQLite file.
 *
 * @param options `ca`: PEM texts of authorities beside the usual ones, for a Redis behind TLS; `alone`:
 *   refuse an SQLite file that another broker has
 * @throws Error that says where, why, and the remedy, without a password
 */
export const openStore = async (
  settings: BrokerSettings['store'],
  log: FastifyBaseLogger,
  {ca, alone = false}: {readonly ca?: string; readonly alone?: boolean} = {},
): Promise<Store> => {
  if (settings.redis === undefined) return openSqlite(settings.sqlite, {alone});
  const connection = new RedisConnection(readRedisAddress(settings.redis, ca), log);
  await connection.open();
  return new RedisStore(connection);
};
