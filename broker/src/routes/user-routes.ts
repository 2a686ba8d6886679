import type {FastifyPluginAsync} from 'fastify';

import {field, identifier, LIMITS} from '../../../src/protocol/guards.js';
import type {BrokerContext} from '../context.js';
import {BrokerError, type BrokerErrorCode} from '../errors.js';
import type {Account, Workspace} from '../workspace/workspace.js';
import {callerOf, departure} from './caller.js';
import {demandRate} from './rate.js';
import {userCard} from './user-card.js';

const MINUTE = 60_000;
const MISSING: readonly BrokerErrorCode[] = [
  'account-exists',
  'account-missing',
  'account-refused',
  'user-not-found',
];

/** Who is refused an account is not told apart from who has none. */
const accountOf = async (workspace: Workspace, alias: string): Promise<Account> => {
  const account = await workspace.find(alias).catch((error: unknown) => {
    if (error instanceof BrokerError && MISSING.includes(error.code)) return;
    throw error;
  });
  if (account) return account;
  throw new BrokerError(
    404,
    'user-not-found',
    'Nobody in chat has this alias. Aliases are compared exactly; who never signed in may be missing.',
  );
};

/**
 * Whether there is such a user.
 *
 * @throws {BrokerError} `user-not-found`, and what the workspace refuses
 */
export const demandUser = async (workspace: Workspace, alias: string): Promise<void> => {
  await accountOf(workspace, alias);
};

/** `GET /v1/users?alias=`: whom an alias stands for. Nobody can be searched for. */
export const userRoutes =
  (context: BrokerContext): FastifyPluginAsync =>
  async (app) => {
    app.get('/v1/users', async (request, reply) => {
      const caller = callerOf(request).sub;
      const alias = identifier(field(request.query, 'alias'), LIMITS.name);
      if (alias === undefined) {
        throw new BrokerError(400, 'invalid-argument', 'Ask for one user: ?alias=<alias>.');
      }
      const {lookUpsPerUser} = context.settings.limits;
      await demandRate(context.store, `look-ups:${caller}`, lookUpsPerUser, MINUTE);
      const account = await accountOf(context.workspace, alias);
      const {name, status} = await userCard(context, account, {caller, signal: departure(reply)});
      return reply
        .header('cache-control', 'no-store')
        .send({alias, username: account.username, name, status});
    });
  };
