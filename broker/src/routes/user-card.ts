import type {Readable} from 'node:stream';

import {field, identifier, LIMITS} from '../../../src/protocol/guards.js';
import type {BrokerContext} from '../context.js';
import {loginHeaders} from '../pass-through/headers.js';
import {askWorkspace, discard} from '../pass-through/upstream.js';
import type {Account} from '../workspace/workspace.js';

/** What others see of a user. */
export interface UserCard {
  readonly name: string;
  readonly status: 'away' | 'busy' | 'offline' | 'online';
}

const CARD_LIFETIME = 60_000;
const LARGEST_ANSWER = 256 * 1024;
const STATUSES: readonly unknown[] = ['away', 'busy', 'offline', 'online'];

const parseCard = (data: unknown, username: string): UserCard => {
  const status = field(data, 'status');
  return {
    name: identifier(field(data, 'name'), LIMITS.name) ?? username,
    status: STATUSES.includes(status) ? (status as UserCard['status']) : 'offline',
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return;
  }
};

const textOf = async (body: Readable): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

/**
 * Asks the workspace for a user's name and status as the caller sees them. Remembered for a minute,
 * as a workspace allows ten such calls a minute. Where the workspace does not say them, the card has
 * the username and `offline`, and is not remembered.
 */
export const userCard = async (
  context: BrokerContext,
  {alias, userId, username}: Account,
  {caller, signal}: {readonly caller: string; readonly signal: AbortSignal},
): Promise<UserCard> => {
  const {store, sessions} = context;
  const key = `user-card:${alias}`;
  const kept = await store.get(key);
  if (kept !== undefined) return parseCard(parsed(kept), username);
  const unknown = parseCard(undefined, username);
  const login = await sessions.login(caller);
  if (!login) return unknown;
  try {
    const {statusCode, body} = await askWorkspace(context, {
      method: 'GET',
      path: `/api/v1/users.info?userId=${encodeURIComponent(userId)}`,
      headers: {accept: 'application/json', ...loginHeaders(login)},
      signal,
    });
    if (statusCode !== 200) {
      discard(body);
      return unknown;
    }
    const user = field(parsed(await textOf(body)), 'user');
    if (field(user, '_id') !== userId) return unknown;
    const card = parseCard(user, username);
    await store.set(key, JSON.stringify(card), CARD_LIFETIME);
    return card;
  } catch (cause) {
    context.log.debug({err: cause}, 'Rocket.Chat did not tell of a user.');
    return unknown;
  }
};
