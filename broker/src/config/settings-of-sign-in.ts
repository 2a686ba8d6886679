import type {Setting} from './setting.js';

/** Signatures by a shared secret, and by a key pair (RFC 7518 3.1, RFC 8037 3.1). */
export const SHARED_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;
export const KEY_PAIR_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
] as const;

/** Who asks, and as whom he is signed in. */
export const SIGN_IN: readonly Setting[] = [
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
];
