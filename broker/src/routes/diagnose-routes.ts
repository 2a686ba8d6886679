import type {FastifyPluginAsync} from 'fastify';

import {diagnose} from '../../../bin/doctor/index.js';
import {parseFindings, type Finding} from '../../../src/protocol/findings.js';
import type {BrokerSettings} from '../config/settings.js';
import type {BrokerContext} from '../context.js';
import {BrokerError} from '../errors.js';

/** How long findings are told again, ms. */
const KEPT = 60_000;
const KEY = 'diagnosis';

/**
 * What the operator has configured, and nothing that a caller says but the page that asks: one of those
 * that are configured. Others may be for other things, as chat without a meeting, or for other nodes.
 */
const findingsOf = (
  {pexip, rocketChat, users, outgoing}: BrokerSettings,
  pages: readonly string[],
): Promise<Finding[]> =>
  diagnose({
    node: pexip.node,
    path: pexip.path,
    server: rocketChat.server,
    ...(rocketChat.internalUrl !== rocketChat.server && {internalServer: rocketChat.internalUrl}),
    page: pages,
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
 * `POST /v1/diagnose`: what is wrong with the configured node and workspace, for the page that asks, or
 * for all that are configured where no page does. One diagnosis of a page at a time, kept for a minute
 * for all brokers of a store.
 */
export const diagnoseRoutes = ({settings, store, log}: BrokerContext): FastifyPluginAsync => {
  const running = new Map<string, Promise<Finding[]>>();

  const kept = async (key: string, pages: readonly string[]): Promise<Finding[]> => {
    const known = read((await store.get(key)) ?? '');
    if (known.length > 0) return known;
    const findings = await findingsOf(settings, pages);
    const wrong = findings.filter(({status}) => status === 'wrong').map(({id}) => id);
    log.info({wrong}, 'diagnosed the node and the workspace');
    await store.set(key, JSON.stringify({findings}), KEPT);
    return findings;
  };

  return async (app) => {
    app.post('/v1/diagnose', async ({body, headers}) => {
      if (!isEmpty(body)) {
        throw new BrokerError(
          400,
          'invalid-argument',
          'A diagnosis takes no arguments: the body must be {}. What is looked at is configured in the broker.',
        );
      }
      const page = settings.origins.find((each) => each === headers.origin);
      const key = page === undefined ? KEY : `${KEY}:${page}`;
      const pages = page === undefined ? settings.origins : [page];
      const findings = running.get(key) ?? kept(key, pages).finally(() => void running.delete(key));
      running.set(key, findings);
      return {findings: await findings};
    });
  };
};
