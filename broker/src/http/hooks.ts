import type {FastifyPluginAsync} from 'fastify';
import fp from 'fastify-plugin';

import type {BrokerSettings} from '../config/settings.js';
import {jsonBodies} from './body.js';
import {cors} from './cors.js';
import {errorAnswers} from './errors.js';
import {safeHeaders} from './headers.js';

/** What is done at each request, in this order, before anybody is asked who he is. */
export const brokerHooks = ({origins, limits}: BrokerSettings): FastifyPluginAsync =>
  fp(async (app) => {
    await app.register(errorAnswers);
    await app.register(safeHeaders);
    await app.register(cors(origins));
    await app.register(jsonBodies(limits.body));
  });
