import type {FastifyPluginAsync} from 'fastify';

import {field, identifier, LIMITS} from '../../../src/protocol/guards.js';
import type {BrokerContext} from '../context.js';
import {BrokerError} from '../errors.js';
import type {Account, Workspace} from '../workspace/workspace.js';
import {callerOf, departure} from './caller.js';
import {demandRate} from './rate.js';
import {userCard} from './user-card.js';
import {isMissing, userList, type UserQuestion} from './user-list.js';

const MINUTE = 60_000;
/** So many names are asked for together. */
const MOST = 100;

const accountOf = async (workspace: Workspace, alias: string): Promise<Account> => {
  const account = await workspace.find(alias).catch((error: unknown) => {
    if (isMissing(error)) return;
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

const namesOf = (query: unknown, name: string): readonly string[] => {
  const given = field(query, name);
  const each = [given === undefined ? [] : given].flat().map((one) => identifier(one, LIMITS.name));
  if (each.every((one) => one !== undefined)) return [...new Set(each)];
  throw new BrokerError(400, 'invalid-argument', `Each ${name} is a text of 1 to 256 characters.`);
};

const questionOf = (query: unknown): UserQuestion => {
  const [aliases, usernames] = [namesOf(query, 'alias'), namesOf(query, 'username')];
  const count = aliases.length + usernames.length;
  if (count >= 1 && count <= MOST) return {aliases, usernames};
  throw new BrokerError(
    400,
    'invalid-argument',
    `Ask for 1 to ${MOST} users: ?alias=<alias> or ?username=<username>, each as often as you need.`,
  );
};

/** `GET /v1/users?alias=&username=`: who is who. Nobody can be searched for. */
export const userRoutes =
  (context: BrokerContext): FastifyPluginAsync =>
  async (app) => {
    app.get('/v1/users', async (request, reply) => {
      const caller = callerOf(request).sub;
      const question = questionOf(request.query);
      const {lookUpsPerUser, namesPerUser} = context.settings.limits;
      const {store} = context;
      reply.header('cache-control', 'no-store');
      const {aliases, usernames} = question;
      const [alias, another] = aliases;
      if (alias === undefined || another !== undefined || usernames.length) {
        const names = aliases.length + usernames.length;
        await demandRate(store, `names:${caller}`, namesPerUser, MINUTE, names);
        return reply.send(await userList(context.workspace, question));
      }
      await demandRate(store, `look-ups:${caller}`, lookUpsPerUser, MINUTE);
      const account = await accountOf(context.workspace, alias);
      const {name, status} = await userCard(context, account, {caller, signal: departure(reply)});
      return reply.send({alias, username: account.username, name, status});
    });
  };
