import type {Setting} from './setting.js';

const RANDOM = 'Make one: openssl rand -base64 32';

/** How the broker is reached, and where it keeps its data. */
export const SERVICE: readonly Setting[] = [
  {
    path: 'publicUrl',
    kind: 'address',
    required: true,
    remedy: 'Write the address at which browsers reach the broker, as https://broker.example.com',
    about: 'Address at which browsers reach the broker; may have a path.',
  },
  {
    path: 'origins',
    kind: 'origin',
    list: true,
    required: true,
    remedy: 'List the origin of each page that may ask, as https://app.example.com',
    about: 'Origins of the pages that may ask, exactly as a browser writes them.',
  },
  {
    path: 'secret',
    kind: 'secret',
    secret: true,
    required: true,
    least: 32,
    remedy: RANDOM,
    about: 'All keys of the broker are derived from it; the same for all brokers of one store.',
  },
  {
    path: 'listen.host',
    kind: 'text',
    default: '127.0.0.1',
    about: 'Address to listen at; `0.0.0.0` for all.',
  },
  {
    path: 'listen.port',
    kind: 'number',
    default: 8090,
    least: 0,
    most: 65535,
    about: 'Port to listen at; 0 for any that is free.',
  },
  {
    path: 'trustProxy',
    kind: 'network',
    list: true,
    default: [],
    about: 'Addresses and ranges of the proxies whose `X-Forwarded-For` counts.',
  },
  {
    path: 'store.sqlite',
    kind: 'path',
    default: 'pexip-chat-room-broker.sqlite',
    about: 'File of the embedded store, for one broker; its folder must be there.',
  },
  {
    path: 'store.redis',
    kind: 'redis',
    secret: true,
    alias: 'REDIS_URL',
    about: 'Redis in the place of that file, for any number of brokers.',
  },
];
