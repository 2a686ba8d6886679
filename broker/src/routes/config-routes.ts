import type {FastifyPluginAsync} from 'fastify';

import type {BrokerContext} from '../context.js';

/** What this broker can do, for pages that can do without. */
const FEATURES = ['chat-session', 'diagnose', 'files', 'pass-through', 'users'] as const;

/**
 * `GET /v1/config`, open to everyone: where the node and the workspace are, so that a page needs the
 * broker's address alone.
 */
export const configRoutes =
  ({settings}: BrokerContext): FastifyPluginAsync =>
  async (app) => {
    const {chats, pexip, rocketChat} = settings;
    const more = [
      ...(pexip.node && pexip.username ? ['meetings'] : []),
      ...(chats.delete ? ['delete-chats'] : []),
    ];
    const config = {
      ...(pexip.node && {node: pexip.node}),
      ...(pexip.path && {path: pexip.path}),
      server: rocketChat.server,
      features: [...FEATURES, ...more].sort(),
    };
    app.get('/v1/config', async () => config);
  };
