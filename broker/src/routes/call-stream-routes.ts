import {randomBytes} from 'node:crypto';

import type {FastifyPluginAsync} from 'fastify';

import {CallStream} from '../calls/call-stream.js';
import {proofEnd} from '../calls/proof-end.js';
import {BrokerError} from '../errors.js';
import type {MeetingContext} from '../meetings/meeting-context.js';
import {callerOf} from './caller.js';

const leaving = (): BrokerError =>
  new BrokerError(503, 'broker-busy', 'This broker is about to end. Ask again for another one.', {
    headers: {'retry-after': '1', connection: 'close'},
  });

/**
 * `GET /v1/calls/events`: what befalls the caller's calls, as server-sent events. Read by `fetch`, as a
 * browser's `EventSource` sends no `Authorization`.
 */
export const callStreamRoutes =
  ({calls: {streams}}: MeetingContext): FastifyPluginAsync =>
  async (app) => {
    // A server waits for open answers before it closes.
    app.addHook('preClose', (done) => {
      streams.drain();
      done();
    });

    // A HEAD would be open for as long, and hear nothing.
    app.get('/v1/calls/events', {exposeHeadRoute: false}, async (request, reply) => {
      const {sub} = callerOf(request);
      if (streams.isDraining) throw leaving();
      const {raw: response} = reply;
      const id = randomBytes(9).toString('base64url');
      const stream = new CallStream({id, sub, response, until: proofEnd(request)});
      response.once('close', () => streams.remove(stream));
      // What hooks have set goes along, though Fastify does not send it.
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) response.setHeader(name, value);
      await streams.add(stream);
      reply.hijack();
    });
  };
