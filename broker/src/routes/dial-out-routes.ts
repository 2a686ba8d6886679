import type {FastifyPluginAsync} from 'fastify';

import {field, identifier, LIMITS} from '../../../src/protocol/guards.js';
import type {AuditEvent} from '../audit.js';
import type {BrokerContext} from '../context.js';
import {BrokerError} from '../errors.js';
import {callerOf} from './caller.js';
import {demandRate} from './rate.js';

const MINUTE = 60_000;
/** A room makes 10 calls a minute unless its page allows more; each is told twice. */
const NOTES_PER_MINUTE = 120;
const OUTCOMES: ReadonlySet<unknown> = new Set(['asked', 'failed', 'succeeded']);
const TEXTS = {destination: LIMITS.name, protocol: 16, role: 16, meeting: LIMITS.name, code: 64};

const invalid = (name: string): BrokerError =>
  new BrokerError(
    400,
    'invalid-argument',
    `The note of a dial-out has a missing or wrong "${name}". Send requestId and outcome (asked, failed or succeeded), and texts for the rest.`,
  );

/** An address without parameters, and of a stream only the host: tones, PINs, tokens and keys stand there. */
const withoutParameters = (text: string): string =>
  text.replace(/[?;,].*$/su, '').replace(/^(rtmps?:\/\/[^/]*).*$/isu, '$1');

/** Reads what a page says of a dial-out. */
export const readDialOut = (body: unknown): NonNullable<AuditEvent['detail']> => {
  const requestId = identifier(field(body, 'requestId'), LIMITS.code);
  const outcome = field(body, 'outcome');
  if (!requestId) throw invalid('requestId');
  if (!OUTCOMES.has(outcome)) throw invalid('outcome');
  const detail: Record<string, string> = {requestId, outcome: String(outcome)};
  for (const [name, most] of Object.entries(TEXTS)) {
    const value = field(body, name);
    if (value === undefined) continue;
    const text = identifier(value, most);
    if (!text) throw invalid(name);
    detail[name] = withoutParameters(text);
  }
  return detail;
};

/**
 * `POST /v1/dial-outs`: keeps in the audit log what a page dialled in the name of its user. It is what
 * the page says: what Pexip Infinity has really dialled, its own records tell.
 */
export const dialOutRoutes =
  ({audit, store}: BrokerContext): FastifyPluginAsync =>
  async (app) => {
    app.post('/v1/dial-outs', async (request, reply) => {
      const {sub: alias} = callerOf(request);
      const detail = readDialOut(request.body);
      await demandRate(store, `dial-outs:${alias}`, NOTES_PER_MINUTE, MINUTE);
      await audit.note({what: 'dial-out', alias, detail});
      return reply.code(204).send();
    });
  };
