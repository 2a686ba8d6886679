/**
 * The frames of DDP, Meteor's protocol over a WebSocket, as far as Rocket.Chat's live data needs it.
 *
 * Source: github.com/meteor/meteor, packages/ddp/DDP.md; the streams are Rocket.Chat's own
 * (developer.rocket.chat, "Realtime API").
 */
import {field, identifier, LIMITS, text} from './guards.js';
import {list} from './list.js';

/** Why the server refused a method or a subscription. */
export interface DdpError {
  /** Such as 403 or `error-not-allowed`. */
  readonly code: string;
  readonly reason: string;
  /** When to ask again, in ms, where too much was asked. */
  readonly wait?: number;
}

/** What the server says. */
export type DdpFrame =
  | {readonly type: 'connected'}
  | {readonly type: 'failed'}
  | {readonly type: 'ping'; readonly id?: string}
  | {readonly type: 'pong'}
  | {readonly type: 'ready'; readonly ids: readonly string[]}
  | {readonly type: 'nosub'; readonly id: string; readonly error?: DdpError}
  | {
      readonly type: 'result';
      readonly id: string;
      readonly result?: unknown;
      readonly error?: DdpError;
    }
  | {
      readonly type: 'changed';
      /** Such as `stream-room-messages`. */
      readonly stream: string;
      /** Such as the id of a room. */
      readonly event: string;
      readonly args: readonly unknown[];
    };

const errorOf = (data: unknown): DdpError | undefined => {
  if (data === undefined || data === null) return;
  const code = field(data, 'error');
  const wait = field(field(data, 'details'), 'timeToReset');
  return {
    code: String(typeof code === 'number' ? code : (text(code, LIMITS.code) ?? 'unknown')),
    reason: text(field(data, 'reason') ?? field(data, 'message'), LIMITS.message) ?? '',
    ...(Number.isFinite(wait) && {wait: wait as number}),
  };
};

const frameOf = (data: unknown): DdpFrame | undefined => {
  const type = field(data, 'msg');
  const id = identifier(field(data, 'id'));
  const error = errorOf(field(data, 'error'));
  switch (type) {
    case 'connected':
    case 'failed':
    case 'pong':
      return {type};
    case 'ping':
      return {type, ...(id && {id})};
    case 'ready':
      return {type, ids: list(field(data, 'subs')).map(String)};
    case 'nosub':
      return id ? {type, id, ...(error && {error})} : undefined;
    case 'result':
      return id ? {type, id, result: field(data, 'result'), ...(error && {error})} : undefined;
    case 'changed': {
      const stream = identifier(field(data, 'collection'));
      const event = identifier(field(field(data, 'fields'), 'eventName'), 2 * LIMITS.id);
      const args = list(field(field(data, 'fields'), 'args'));
      return stream && event ? {type, stream, event, args} : undefined;
    }
  }
  return;
};

/** Reads a frame; `undefined` for what is none, or is nothing to us (`added`, `updated`, …). */
export const parseDdpFrame = (data: unknown): DdpFrame | undefined => {
  if (typeof data !== 'string') return;
  try {
    return frameOf(JSON.parse(data));
  } catch {
    return;
  }
};

const ISO = /^\d{4}-\d\d-\d\dT/;

/** A date as a method takes it. */
export const ddpDate = (time: number): {readonly $date: number} => ({$date: time});

/** Reads a date of DDP (`{$date}`) or of REST (ISO 8601): epoch ms, `undefined` for anything else. */
export const parseTime = (value: unknown): number | undefined => {
  const time =
    typeof value === 'string' && ISO.test(value) ? Date.parse(value) : field(value, '$date');
  // Not beyond what a Date can hold.
  return Number.isInteger(time) && Math.abs(time as number) <= 864e13
    ? (time as number)
    : undefined;
};
