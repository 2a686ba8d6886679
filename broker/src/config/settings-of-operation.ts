import type {Setting} from './setting.js';
import {DAY, HOUR} from './units.js';

const MEBIBYTE = 1024 * 1024;

/** Times, limits, and what the broker does at its edges. */
export const OPERATION: readonly Setting[] = [
  {
    path: 'sessions.tokenLifetime',
    kind: 'time',
    default: '24h',
    least: 10,
    most: 60 * DAY,
    about: 'How long a token is lent.',
  },
  {
    path: 'sessions.leaseTime',
    kind: 'time',
    default: '5m',
    least: 10,
    most: DAY,
    about: 'How long a page keeps its session without a sign of life.',
  },
  {
    path: 'sessions.afterLast',
    kind: 'time',
    default: '60s',
    least: 0,
    most: DAY,
    about: "A user's tokens end that long after the last lease.",
  },
  {
    path: 'limits.perUser',
    kind: 'number',
    default: 3000,
    least: 1,
    most: 1_000_000,
    about: 'Requests of one user in a minute.',
  },
  {
    path: 'limits.refusedPerAddress',
    kind: 'number',
    default: 30,
    least: 1,
    most: 1_000_000,
    about: 'Refused proofs of sign-in from one address in a minute.',
  },
  {
    path: 'limits.mintsPerUser',
    kind: 'number',
    default: 6,
    least: 1,
    most: 10_000,
    about: 'Tokens that one user is made in a minute.',
  },
  {
    path: 'limits.lookUpsPerUser',
    kind: 'number',
    default: 30,
    least: 1,
    most: 10_000,
    about: 'Look-ups of other users by one user in a minute.',
  },
  {
    path: 'limits.body',
    kind: 'number',
    default: 128 * 1024,
    least: 1024,
    most: 16 * MEBIBYTE,
    about: 'Largest JSON body, in bytes.',
  },
  {
    path: 'limits.upload',
    kind: 'number',
    default: 100 * MEBIBYTE,
    least: 1024,
    most: 16 * 1024 * MEBIBYTE,
    about: "Largest upload, in bytes; the default is Rocket.Chat's.",
  },
  {
    path: 'outgoing.ca',
    kind: 'pem',
    file: true,
    about: 'Certificates (PEM) of authorities to trust beside the usual ones.',
  },
  {
    path: 'outgoing.proxy',
    kind: 'proxy',
    secret: true,
    about: "Proxy for the broker's own calls, as `http://proxy.example.com:3128`.",
  },
  {
    path: 'outgoing.noProxy',
    kind: 'host',
    list: true,
    default: [],
    about: 'Hosts that are asked without it; a domain stands for all below it, too.',
  },
  {
    path: 'audit.retention',
    kind: 'time',
    default: '90d',
    least: HOUR,
    most: 3660 * DAY,
    about: 'How long the audit log is kept.',
  },
  {
    path: 'log.level',
    kind: 'choice',
    choices: ['debug', 'info', 'warn', 'error', 'silent'],
    default: 'info',
    about: 'What is logged.',
  },
];
