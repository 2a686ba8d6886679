import {isUtf8} from 'node:buffer';

import type {FastifyInstance} from 'fastify';

import {invalidJson} from '../http/body.js';
import {isShallow} from '../http/json-shape.js';

/** Each event has some fifty keys: about 40,000 events. */
const MOST_KEYS = 2_000_000;

/**
 * Reads the bodies of a scope, which may be as large as a bulk of events after an outage: more keys than
 * in any other body, but no deeper.
 *
 * @param limit bytes
 * @param refused is told of a body that is no such JSON
 */
export const eventBodies = (app: FastifyInstance, limit: number, refused: () => void): void => {
  const invalid = () => {
    refused();
    return invalidJson();
  };
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    'application/json',
    {parseAs: 'buffer', bodyLimit: limit},
    (request, body, done) => {
      if (!isShallow(body, MOST_KEYS) || !isUtf8(body)) return done(invalid());
      void parse(request, body.toString('utf8'), (error, value: unknown) =>
        done(error ? invalid() : null, value),
      );
    },
  );
};
