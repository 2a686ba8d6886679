import {randomBytes} from 'node:crypto';

import type {Surface} from '../../../src/protocol/credentials.js';
import {field, identifier} from '../../../src/protocol/guards.js';
import type {Login} from '../workspace/workspace.js';

/** A token with less of its lifetime left is not lent any more. */
const LEAST_LEFT = 0.1;
const LONGEST = 4096;

/** A Rocket.Chat token that was made for one surface of one user. */
export interface TokenRecord extends Login {
  readonly id: string;
  readonly alias: string;
  readonly surface: Surface;
  readonly username: string;
  /** Epoch ms. */
  readonly mintedAt: number;
  /** Epoch ms: the broker ends the token then. */
  readonly expiresAt: number;
  /** The user's latest sign-out when the token was asked for, which must not end it. */
  readonly after?: string;
}

/** A token, and the text in the store that it was read from. */
export interface Kept {
  readonly sealed: string;
  readonly record: TokenRecord;
}

/** The name of a new token, which tells its surface and its age without its text being opened. */
export const newTokenId = (surface: Surface, mintedAt: number): string =>
  `${surface}.${String(mintedAt).padStart(15, '0')}.${randomBytes(9).toString('base64url')}`;

/** Whether a token is for a surface, by its name. */
export const isFor = (id: string, surface: Surface): boolean => id.startsWith(`${surface}.`);

/** The surface of a token, by its name. */
export const surfaceOf = (id: string): Surface => (isFor(id, 'embed') ? 'embed' : 'live');

/** Whether a token lasts for long enough to be lent. */
export const canBeLent = ({mintedAt, expiresAt}: TokenRecord, now: number): boolean =>
  expiresAt - now >= (expiresAt - mintedAt) * LEAST_LEFT && expiresAt > now;

const time = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) ? (value as number) : undefined;

/** Reads what was kept, for whom the seal says that it was; `undefined` for anything else. */
export const parseRecord = (
  text: string,
  alias: string,
  surface: Surface,
): TokenRecord | undefined => {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return;
  }
  const [id, userId, username, authToken] = ['id', 'userId', 'username', 'authToken'].map((name) =>
    identifier(field(data, name), LONGEST),
  );
  const mintedAt = time(field(data, 'mintedAt'));
  const expiresAt = time(field(data, 'expiresAt'));
  if (!id || !userId || !username || !authToken) return;
  if (mintedAt === undefined || expiresAt === undefined) return;
  const after = identifier(field(data, 'after'), LONGEST);
  const record = {id, alias, surface, userId, username, authToken, mintedAt, expiresAt};
  return after === undefined ? record : {...record, after};
};
