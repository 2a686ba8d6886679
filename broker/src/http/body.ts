import {isUtf8} from 'node:buffer';

import type {FastifyPluginAsync, FastifyRequest} from 'fastify';
import plugin from 'fastify-plugin';

import {BrokerError} from '../errors.js';
import {DEEPEST, isShallow, MOST_KEYS} from './json-shape.js';

const JSON_TYPE = 'application/json';
/** How long a JSON body may take to arrive; ms. The server's own limit has to do for uploads. */
const ARRIVAL = 15_000;

/** A form, a text, or something packed: the first two a page of any origin can send unasked. */
export const contentTypeRefused = (): BrokerError =>
  new BrokerError(
    415,
    'content-type-refused',
    'This route takes JSON only. Send it with "Content-Type: application/json" and without Content-Encoding.',
  );

export const invalidJson = (): BrokerError =>
  new BrokerError(
    400,
    'invalid-json',
    'The body is no JSON that counts here. Send one JSON text in UTF-8, without keys like "__proto__".',
  );

const tooDeep = (): BrokerError =>
  new BrokerError(
    400,
    'body-too-deep',
    `The body is deeper than ${DEEPEST} levels, or has more than ${MOST_KEYS} keys. Send no more than the route's documentation names.`,
  );

const noObject = (): BrokerError =>
  new BrokerError(400, 'invalid-argument', 'The body is no JSON object. Send one, {} at least.');

/** Whether there is a body, which is read here before anything else happens. */
const bringsJson = ({headers, server}: FastifyRequest): boolean =>
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0) &&
  headers['content-type']?.toLowerCase().startsWith(JSON_TYPE) === true &&
  server.hasContentTypeParser(JSON_TYPE);

/**
 * Reads the bodies of an app's routes, and of those below: one JSON object, `{}` if there is none
 * (GET has none at all). Everything else is refused. Of a key that comes twice the last one counts,
 * for every reader alike, as the text is parsed once and never handed on.
 *
 * A scope that hands bodies on removes all parsers there and adds its own.
 *
 * @param limit bytes; a route may have another `bodyLimit`
 */
export const jsonBodies = (limit: number): FastifyPluginAsync =>
  plugin(
    async (app) => {
      // Refuses __proto__, and constructor with a prototype in it, however they are written.
      const parse = app.getDefaultJsonParser('error', 'error');
      app.removeAllContentTypeParsers();
      app.addContentTypeParser<Buffer>(
        JSON_TYPE,
        {parseAs: 'buffer', bodyLimit: limit},
        (request, body, done) => {
          if (!body.length) return done(null, {});
          if (!isShallow(body)) return done(tooDeep());
          if (!isUtf8(body)) return done(invalidJson());
          void parse(request, body.toString('utf8'), (error, value: unknown) => {
            if (error) return done(invalidJson());
            const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
            done(isObject ? null : noObject(), value);
          });
        },
      );
      app.addHook('onRequest', (request, _reply, done) => {
        const encoding = request.headers['content-encoding'];
        const isPlain = encoding === undefined || encoding.toLowerCase() === 'identity';
        done(isPlain ? undefined : contentTypeRefused());
      });
      app.addHook('preParsing', (request, _reply, payload, done) => {
        if (bringsJson(request)) {
          const limit = setTimeout(() => request.raw.destroy(), ARRIVAL).unref();
          for (const over of ['end', 'close']) payload.once(over, () => clearTimeout(limit));
        }
        done(null, payload);
      });
      app.addHook('preValidation', (request, _reply, done) => {
        // A scope that has put other readers in the place of this one gets what they read.
        const isOurs = request.method !== 'GET' && request.server.hasContentTypeParser(JSON_TYPE);
        if (isOurs) request.body ??= {};
        done();
      });
    },
    {name: 'pexip-chat-room-bodies', fastify: '5.x'},
  );
