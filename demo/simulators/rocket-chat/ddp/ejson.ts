/**
 * EJSON as far as Rocket.Chat uses it: dates are `{"$date": ms}`. The workspace keeps its dates as
 * the ISO strings of the REST API, so that what leaves by DDP is translated by the fields' names.
 */
import {field} from '../../../../src/protocol/guards.js';

const DATES: ReadonlySet<string> = new Set([
  '_deletedAt',
  '_updatedAt',
  'createdAt',
  'dlm',
  'editedAt',
  'endedAt',
  'lm',
  'lr',
  'ls',
  'tlm',
  'tokenExpires',
  'ts',
  'until',
  'uploadedAt',
]);

/** Translates a value of the workspace for DDP. A `Date` is a date in any field. */
export const toEjson = (value: unknown, name = ''): unknown => {
  if (value instanceof Date) return {$date: value.getTime()};
  if (typeof value === 'string' && DATES.has(name)) {
    const ms = Date.parse(value);
    return Number.isNaN(ms) ? value : {$date: ms};
  }
  if (Array.isArray(value)) return value.map((each) => toEjson(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toEjson(each, key)]));
};

/** Translates what came by DDP: every `{"$date": ms}` becomes a `Date`. */
export const fromEjson = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(fromEjson);
  if (typeof value !== 'object' || value === null) return value;
  const ms = field(value, '$date');
  if (typeof ms === 'number' && Object.keys(value).length === 1) return new Date(ms);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fromEjson(each)]));
};

/** The ISO form of a date that a client sent as a `Date` or as a string; undefined if it is none. */
export const isoDate = (value: unknown): string | undefined => {
  if (!(value instanceof Date) && typeof value !== 'string') return;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};
