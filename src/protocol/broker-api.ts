/**
 * What a page and the broker say to each other, as far as the chat needs it (docs/architecture.md):
 * the routes below `/v1`, whose errors are `{error: {code, message}}`.
 */
import {credentialToken, credentialUser, type Surface} from './credentials.js';
import {field, identifier, LIMITS} from './guards.js';
import {list} from './list.js';

/** The header that goes with the cookie of the host application, against forged requests. */
export const COOKIE_GUARD = {'X-Requested-With': 'pexip-chat-room'} as const;

/** The body of `POST /v1/chat/session`. */
export interface ChatSessionRequest {
  /** The surfaces that need a token; default `['live']`. */
  readonly surfaces?: readonly Surface[];
  /** The lease to be renewed. */
  readonly lease?: string;
  /** The surfaces whose token the workspace has refused: the broker looks before it lends it again. */
  readonly rejected?: readonly Surface[];
}

/** The answer of `POST /v1/chat/session`. */
export interface ChatSession {
  readonly lease: string;
  /** ISO 8601: when the lease ends unless it is renewed. */
  readonly leaseExpiresAt: string;
  readonly userId: string;
  readonly username: string;
  readonly surfaces: Readonly<Partial<Record<Surface, {readonly authToken: string}>>>;
  /** ISO 8601: when the tokens end. */
  readonly expiresAt: string;
}

/** The answer of `GET /v1/config`: a page then needs only the broker's address. */
export interface BrokerConfig {
  /** The Conferencing Node's origin. */
  readonly node?: string;
  /** Branding path of Web App 3. */
  readonly path?: string;
  /** The Rocket.Chat workspace's address. */
  readonly server?: string;
  /** What the broker can do; others than these may be among them. */
  readonly features?: readonly string[];
}

/**
 * The body of `POST /v1/dial-outs`: what a page dialled in the name of its user, for the broker's audit
 * log. An address counts without what stands behind a `?` or `;`.
 */
export interface DialOutNote {
  readonly requestId: string;
  readonly outcome: 'asked' | 'failed' | 'succeeded';
  /** With `asked`. */
  readonly destination?: string;
  readonly protocol?: string;
  readonly role?: string;
  /** The meeting's alias, as the page has it. */
  readonly meeting?: string;
  /** With `failed`. */
  readonly code?: string;
}

/** What the broker says of a refusal. */
export interface BrokerRefusal {
  readonly code: string;
  /** Place in the queue of those who wait for a token (`sign-in-queued`). */
  readonly position?: number;
}

const ADDRESS = 2048;
const MOST_FEATURES = 100;
const LEASE = 512;

const instant = (value: unknown): string | undefined => {
  const given = identifier(value, LIMITS.code);
  return given && Number.isFinite(Date.parse(given)) ? given : undefined;
};

const surfacesOf = (data: unknown): ChatSession['surfaces'] => {
  const embed = credentialToken(field(field(data, 'embed'), 'authToken'));
  const live = credentialToken(field(field(data, 'live'), 'authToken'));
  return {...(embed && {embed: {authToken: embed}}), ...(live && {live: {authToken: live}})};
};

/** Reads a chat session; `undefined` for anything else. A token that is none is left out. */
export const parseChatSession = (data: unknown): ChatSession | undefined => {
  const lease = identifier(field(data, 'lease'), LEASE);
  const leaseExpiresAt = instant(field(data, 'leaseExpiresAt'));
  const expiresAt = instant(field(data, 'expiresAt'));
  const userId = credentialUser(field(data, 'userId'));
  const username = identifier(field(data, 'username'));
  if (!lease || !leaseExpiresAt || !expiresAt || !userId || !username) return;
  const surfaces = surfacesOf(field(data, 'surfaces'));
  return {lease, leaseExpiresAt, userId, username, surfaces, expiresAt};
};

/** Reads the configuration; what is missing or no text is left out. */
export const parseBrokerConfig = (data: unknown): BrokerConfig => {
  const [node, path, server] = ['node', 'path', 'server'].map((name) =>
    identifier(field(data, name), ADDRESS),
  );
  const features = list(field(data, 'features'))
    .slice(0, MOST_FEATURES)
    .flatMap((each) => identifier(each, LIMITS.code) ?? []);
  return {
    ...(node && {node}),
    ...(path && {path}),
    ...(server && {server}),
    ...(features.length > 0 && {features}),
  };
};

/** Reads a refusal; `undefined` for an answer that is none of the broker's. */
export const parseBrokerRefusal = (data: unknown): BrokerRefusal | undefined => {
  const error = field(data, 'error');
  const code = identifier(field(error, 'code'), LIMITS.code);
  // Anything else might be what a proxy repeats of the request.
  if (!code || !/^[a-z]+([-_][a-z]+)*$/.test(code)) return;
  const position = field(error, 'position');
  return {
    code,
    ...(Number.isSafeInteger(position) && {position: position as number}),
  };
};
