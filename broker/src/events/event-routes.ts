import type {FastifyPluginAsync} from 'fastify';

import type {BrokerSettings} from '../config/settings.js';
import {BrokerError} from '../errors.js';
import {eventBodies} from './event-bodies.js';
import type {EventSink} from './event-sink.js';
import {parseSinkBody} from './sink-body.js';

const noEvents = (): BrokerError =>
  new BrokerError(
    400,
    'invalid-argument',
    'The body is neither an event of Pexip Infinity nor a bulk of them. Set the event sink to version 2.',
  );

/**
 * `POST /events`: Pexip Infinity's event sink (version 2). Answered as soon as the events are in the
 * store; 503 where that cannot be used, so that Pexip Infinity sends them again.
 */
export const eventRoutes =
  ({
    settings,
    sink,
  }: {
    readonly settings: Pick<BrokerSettings, 'limits'>;
    readonly sink: Pick<EventSink, 'noteBad' | 'take'>;
  }): FastifyPluginAsync =>
  async (app) => {
    const limit = settings.limits.events;
    eventBodies(app, limit, () => sink.noteBad());
    app.post('/events', {config: {cors: false}, bodyLimit: limit}, async ({body}) => {
      const read = parseSinkBody(body);
      if (!read) {
        sink.noteBad();
        throw noEvents();
      }
      await sink.take(read);
      return {};
    });
  };
