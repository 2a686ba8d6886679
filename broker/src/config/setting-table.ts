import type {Kind} from './kinds.js';

/** One thing that the operator decides. */
export interface Setting {
  /** Its place in `BrokerSettings` and in the configuration file; `[]` after a list of tables. */
  readonly path: string;
  readonly kind: Kind;
  /** A line for docs/broker.md. */
  readonly about: string;
  /** As it would be written in the configuration file; without one the setting is absent. */
  readonly default?: string | number | boolean | readonly string[];
  /** Missing is a problem; within `cookie` and `jwt[]` only if that is there. */
  readonly required?: true;
  /** How to come by a value, where it is missing. */
  readonly remedy?: string;
  /** Several values of the kind. */
  readonly list?: true;
  /** Its value is never repeated, and it can be read from a file of its own (`…File`, `…_FILE`). */
  readonly secret?: true;
  /** Not secret, but can be read from a file of its own, too. */
  readonly file?: true;
  /** Another environment variable, as other programs call it. */
  readonly alias?: string;
  /** Of a number: bounds, included. Of a time: in seconds. Of a secret: bytes. */
  readonly least?: number;
  readonly most?: number;
  /** Of a choice. */
  readonly choices?: readonly string[];
  /** Of an address: where http will do; default `loopback`. */
  readonly http?: 'anywhere' | 'loopback';
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MEBIBYTE = 1024 * 1024;

/** Signatures by a shared secret, and by a key pair (RFC 7518 3.1, RFC 8037 3.1). */
export const SHARED_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;
export const KEY_PAIR_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
] as const;

const RANDOM = 'Make one: openssl rand -base64 32';

/** Every setting; reading, checks, names of variables and the table in docs/broker.md come from it. */
export const SETTINGS: readonly Setting[] = [
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
  {path: 'pexip.node', kind: 'origin', about: 'Conferencing Node that `GET /v1/config` tells.'},
  {path: 'pexip.path', kind: 'branding-path', about: 'Branding path of Web App 3 that it tells.'},
  {
    path: 'jwt[].issuer',
    kind: 'text',
    required: true,
    remedy: 'Write the claim "iss" of its tokens, exactly',
    about: 'Claim `iss` of access tokens that count, exactly.',
  },
  {
    path: 'jwt[].audience',
    kind: 'text',
    default: 'pexip-chat-room',
    about: 'What their claim `aud` must name.',
  },
  {
    path: 'jwt[].secret',
    kind: 'secret',
    secret: true,
    least: 32,
    about: 'Shared with the application that signs them; or `jwksUrl`.',
  },
  {
    path: 'jwt[].jwksUrl',
    kind: 'url',
    about: "Where the issuer's public keys are; or `secret`.",
  },
  {
    path: 'jwt[].algorithms',
    kind: 'choice',
    list: true,
    choices: [...SHARED_ALGORITHMS, ...KEY_PAIR_ALGORITHMS],
    about: 'Signatures that count: `HS256` with `secret`, `RS256` and `ES256` with `jwksUrl`.',
  },
  {
    path: 'cookie.name',
    kind: 'cookie-name',
    required: true,
    remedy: "Write the name of your application's session cookie",
    about: "Your application's session cookie.",
  },
  {
    path: 'cookie.url',
    kind: 'url',
    about: 'Asked with that cookie; answers `{sub, name?, email?, email_verified?}`, else 401.',
  },
  {path: 'cookie.hook', kind: 'hook', about: 'A function in its place, in `createBroker()` only.'},
  {
    path: 'apiKeys',
    kind: 'secret',
    list: true,
    secret: true,
    default: [],
    least: 32,
    about: "Keys of your application's servers for `POST /v1/credentials`.",
  },
  {
    path: 'users.link',
    kind: 'choice',
    choices: ['none', 'username', 'verified-email'],
    default: 'none',
    about: 'Which accounts that the broker did not make it may sign in to.',
  },
  {
    path: 'users.create',
    kind: 'flag',
    default: true,
    about: 'Whether a missing account is made.',
  },
  {
    path: 'users.ownEmail',
    kind: 'flag',
    default: false,
    about: "Whether a new account gets the user's own verified address.",
  },
  {
    path: 'users.emailDomain',
    kind: 'domain',
    default: 'pexip-chat-room.invalid',
    about: 'Domain of the address that it gets otherwise; the default receives no mail.',
  },
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

const unbracketed = (path: string): string => path.replace(/\[\d*\]/g, '');

/** The environment variable of a setting: `BROKER_ROCKET_CHAT_USER_ID` of `rocketChat.userId`. */
export const variableOf = (path: string): string =>
  `BROKER_${unbracketed(path)
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toUpperCase()}`;

/** Whether the value may stand in a file of its own. */
export const hasFile = ({secret, file}: Setting): boolean => Boolean(secret ?? file);
