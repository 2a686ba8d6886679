import type {Setting} from './setting.js';
import {HOUR, MINUTE} from './units.js';

/** The systems of others that the broker works with: Rocket.Chat. */
export const SYSTEMS: readonly Setting[] = [
  {
    path: 'rocketChat.server',
    kind: 'address',
    required: true,
    remedy: 'Write the address of the Rocket.Chat workspace, as https://chat.example.com',
    about: 'The workspace as pages reach it.',
  },
  {
    path: 'rocketChat.internalUrl',
    kind: 'address',
    http: 'anywhere',
    about: 'The workspace as the broker reaches it, if otherwise; http only in a network of yours.',
  },
  {
    path: 'rocketChat.userId',
    kind: 'text',
    required: true,
    remedy: 'Write the id of the service account, as Rocket.Chat shows it with its access token',
    about: 'Id of the service account.',
  },
  {
    path: 'rocketChat.authToken',
    kind: 'secret',
    secret: true,
    required: true,
    least: 16,
    remedy:
      'Make a personal access token of the service account, with "Ignore Two Factor Authentication"',
    about: 'Personal access token of the service account.',
  },
  {
    path: 'rocketChat.createTokenSecret',
    kind: 'secret',
    secret: true,
    least: 16,
    about: "The workspace's `CREATE_TOKENS_FOR_USERS_SECRET` (8.0 and later).",
  },
  {
    path: 'rocketChat.mint',
    kind: 'choice',
    choices: ['auto', 'create-token', 'legacy-create-token', 'managed-password'],
    default: 'auto',
    about: 'How tokens are made; `auto` goes by what the workspace answers.',
  },
  {
    path: 'rocketChat.calls',
    kind: 'number',
    default: 10,
    least: 1,
    most: 100_000,
    about: 'Calls of one route that the workspace takes within `window`.',
  },
  {
    path: 'rocketChat.window',
    kind: 'time',
    default: '60s',
    least: 1,
    most: HOUR,
    about: "Time of the workspace's rate limit.",
  },
  {
    path: 'rocketChat.timeout',
    kind: 'time',
    default: '10s',
    least: 0.1,
    most: 2 * MINUTE,
    about: 'How long an answer of the workspace may take.',
  },
];
