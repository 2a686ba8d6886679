import type {IncomingHttpHeaders} from 'node:http';

import {field, text} from '../../../src/protocol/guards.js';

/** An answer of the REST API that could be read: a success, or a refusal with its reason. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Untrusted JSON. */
  readonly body: unknown;
}

const LONGEST = 300;
const CODE = /\[([\w-]{1,64})\]\s*$/;

/** Whether the workspace did what was asked. */
export const isDone = ({status, body}: Answer): boolean =>
  status >= 200 && status < 300 && field(body, 'success') !== false;

/** What a refusal says, for people; cut. */
export const reasonOf = ({body}: Answer): string =>
  text(field(body, 'error'), LONGEST) ?? text(field(body, 'message'), LONGEST) ?? '';

/**
 * The code of a refusal, such as `error-not-authorized`; empty if it has none. Not all routes have
 * `errorType`, and some have a text in it: then the code stands in brackets behind the text.
 */
export const codeOf = (answer: Answer): string => {
  const inText = CODE.exec(reasonOf(answer))?.[1];
  return inText ?? text(field(answer.body, 'errorType'), LONGEST) ?? reasonOf(answer);
};

/** Whether a second factor is demanded of the caller. */
export const demandsTwoFactor = (answer: Answer): boolean =>
  ['totp-required', 'totp-invalid'].some(
    (code) =>
      code === codeOf(answer) ||
      code === field(answer.body, 'error') ||
      code === field(answer.body, 'errorType'),
  );

/** Whether the caller's role has no permission for it, rather than what he asks for being wrong. */
export const isForbidden = (answer: Answer): boolean =>
  answer.status === 403 ||
  ['error-unauthorized', 'error-action-not-allowed', 'error-not-allowed', 'unauthorized'].includes(
    codeOf(answer),
  );

/** Whether the server does not know the route at all. */
export const isRouteMissing = (answer: Answer): boolean =>
  answer.status === 404 && /resource not found/i.test(reasonOf(answer));

const header = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** A whole number of a header that is not negative, else `undefined`. */
export const countOf = (
  headers: IncomingHttpHeaders,
  name: `x-ratelimit-${'limit' | 'remaining' | 'reset'}`,
): number | undefined => {
  const value = header(headers[name])?.trim() ?? '';
  return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
};

/** Ms that a `Retry-After` asks for: whole seconds or a date. */
const retryAfter = (value: string | undefined, now: number): number | undefined => {
  if (value === undefined) return;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? wait : undefined;
};

/**
 * How long a 429 asks to wait, in ms: 1 to `most`, whatever it says. The time of the reset is exact,
 * but by the server's clock: it counts only where the text or `Retry-After` do not contradict it.
 *
 * Source: server/api/v1/ApiClass.ts: "You must wait N seconds before trying this endpoint again."
 */
export const waitOf = (answer: Answer, most: number, now = Date.now()): number => {
  const seconds = /must wait (\d{1,15}) seconds/.exec(reasonOf(answer))?.[1];
  const told =
    seconds === undefined
      ? retryAfter(header(answer.headers['retry-after']), now)
      : Number(seconds) * 1000;
  const reset = (countOf(answer.headers, 'x-ratelimit-reset') ?? 0) - now;
  const exact = reset > 0 && reset <= Math.min(told ?? most, most) ? reset : told;
  if (exact === undefined || exact < 0) return most;
  return Math.min(most, Math.max(1, exact));
};
