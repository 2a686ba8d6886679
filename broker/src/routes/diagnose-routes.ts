import type {FastifyPluginAsync} from 'fastify';

import {diagnose} from '../../../bin/doctor/index.js';
import {parseFindings, type Finding} from '../../../src/protocol/findings.js';
import type {BrokerSettings} from '../config/settings.js';
import type {BrokerContext} from '../context.js';
import {BrokerError} from '../errors.js';

/** How long findings are told again, ms. */
const KEPT = 60_000;
const KEY = 'diagnosis';

/** What the operator has configured, and nothing that a caller says. */
const findingsOf = ({
  pexip,
  rocketChat,
  users,
  origins,
  outgoing,
}: BrokerSettings): Promise<Finding[]> =>
  diagnose({
    node: pexip.node,
    path: pexip.path,
    server: rocketChat.server,
    ...(rocketChat.internalUrl !== rocketChat.server && {internalServer: rocketChat.internalUrl}),
    page: origins,
    readPages: false,
    serviceAccount: {userId: rocketChat.userId, authToken: rocketChat.authToken},
    brokerUse: {mint: rocketChat.mint, create: users.create, ownEmail: users.ownEmail},
    ca: outgoing.ca,
    timeout: rocketChat.timeout,
    showAddresses: false,
    behindProxy: outgoing.proxy !== undefined,
  });

const isEmpty = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  !Array.isArray(body) &&
  Object.keys(body).length === 0;

const read = (text: string): Finding[] => {
  try {
    return parseFindings(JSON.parse(text));
  } catch {
    return [];
  }
};

/**
 * `POST /v1/diagnose`: what is wrong with the configured node and workspace, for the page's user. One
 * diagnosis at a time, kept for a minute for all brokers of a store.
 */
export const diagnoseRoutes = ({settings, store, log}: BrokerContext): FastifyPluginAsync => {
  let running: Promise<Finding[]> | undefined;

  const kept = async (): Promise<Finding[]> => {
    const known = read((await store.get(KEY)) ?? '');
    if (known.length > 0) return known;
    const findings = await findingsOf(settings);
    const wrong = findings.filter(({status}) => status === 'wrong').map(({id}) => id);
    log.info({wrong}, 'diagnosed the node and the workspace');
    await store.set(KEY, JSON.stringify({findings}), KEPT);
    return findings;
  };

  return async (app) => {
    app.post('/v1/diagnose', async ({body}) => {
      if (!isEmpty(body)) {
        throw new BrokerError(
          400,
          'invalid-argument',
          'A diagnosis takes no arguments: the body must be {}. What is looked at is configured in the broker.',
        );
      }
      running ??= kept().finally(() => {
        running = undefined;
      });
      return {findings: await running};
    });
  };
};
