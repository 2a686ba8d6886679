import type {IncomingHttpHeaders} from 'node:http';

import type {Login} from '../workspace/workspace.js';
import type {Passage} from './allowed-routes.js';

/** Headers of an answer, as undici reads them. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

const DOWN =
  /^(accept-ranges|content-(disposition|encoding|length|range|type)|retry-after|x-ratelimit-.+)$/;

/** On the broker's address nothing of the workspace may do more than be looked at or saved. */
export const HARMLESS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
} as const;

const text = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** What a caller says to be at the workspace; the token is missing if he says none. */
export const claimedLogin = (
  headers: IncomingHttpHeaders,
): (Pick<Login, 'userId'> & Partial<Login>) | undefined => {
  const userId = text(headers['x-user-id']);
  const authToken = text(headers['x-auth-token']);
  return userId === undefined ? undefined : {userId, ...(authToken && {authToken})};
};

/** The headers of the REST API that say who asks. */
export const loginHeaders = ({userId, authToken}: Partial<Login>): Record<string, string> => ({
  ...(userId && {'x-user-id': userId}),
  ...(authToken && {'x-auth-token': authToken}),
});

/** The cookie of Rocket.Chat's own pages. */
const loginCookie = ({userId, authToken}: Partial<Login>): Record<string, string> =>
  userId && authToken
    ? {cookie: `rc_uid=${encodeURIComponent(userId)}; rc_token=${encodeURIComponent(authToken)}`}
    : {};

/**
 * What goes up: a list of what is needed, and so never what the broker knows its callers by, what
 * proxies say of them, or a header that `Connection` would take away on the way.
 */
export const headersUp = (
  headers: IncomingHttpHeaders,
  {isFile, byCookie}: Passage,
  {login = {}, hasBody}: {login?: Partial<Login> | undefined; hasBody: boolean},
): Record<string, string> => {
  const {accept, range} = headers;
  const type = headers['content-type'];
  const length = headers['content-length'];
  return {
    ...(accept && {accept}),
    // Nothing is unpacked on the way, so that what is counted is what there is.
    'accept-encoding': 'identity',
    ...(isFile && range && {range}),
    ...(hasBody && type && {'content-type': type}),
    ...(hasBody && length && {'content-length': length}),
    ...loginHeaders(login),
    ...(byCookie && loginCookie(login)),
  };
};

/** What comes down of the workspace's headers: what says how to read the answer, and when to ask again. */
export const headersDown = (headers: AnswerHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value !== undefined && DOWN.test(name) ? [[name, String(value)]] : [],
    ),
  );
