import {field} from '../../../../src/protocol/guards.js';
import {MeteorError} from '../meteor-error.js';
import {fromEjson} from './ejson.js';

/** What a client sends. */
export type ClientFrame =
  | {readonly msg: 'connect'; readonly version: unknown}
  | {readonly msg: 'ping' | 'pong'; readonly id?: string}
  | {
      readonly msg: 'method';
      readonly id: string;
      readonly method: string;
      readonly params: readonly unknown[];
    }
  | {
      readonly msg: 'sub';
      readonly id: string;
      readonly name: string;
      readonly params: readonly unknown[];
    }
  | {readonly msg: 'unsub'; readonly id: string};

/** An error within `result` and `nosub`. */
export interface ErrorField {
  readonly isClientSafe: true;
  readonly error: string | number;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly errorType: 'Meteor.Error';
}

const paramsOf = (data: unknown): readonly unknown[] => {
  const params = fromEjson(field(data, 'params'));
  return Array.isArray(params) ? params : [];
};

/** Reads one text frame; undefined for what Meteor calls a bad request. */
export const parseFrame = (data: unknown): ClientFrame | undefined => {
  const msg = field(data, 'msg');
  const id = field(data, 'id');
  const known = typeof id === 'string';
  switch (msg) {
    case 'connect':
      return {msg, version: field(data, 'version')};
    case 'ping':
    case 'pong':
      return {msg, ...(known && {id})};
    case 'method': {
      const method = field(data, 'method');
      return known && typeof method === 'string'
        ? {msg, id, method, params: paramsOf(data)}
        : undefined;
    }
    case 'sub': {
      const name = field(data, 'name');
      return known && typeof name === 'string'
        ? {msg, id, name, params: paramsOf(data)}
        : undefined;
    }
    case 'unsub':
      return known ? {msg, id} : undefined;
  }
};

/** The wire form of an error. What is not made for clients is told as Meteor tells it: not at all. */
export const errorField = (error: unknown): ErrorField => {
  const told = error instanceof MeteorError ? error : new MeteorError(500, 'Internal server error');
  const {code, reason, details, message} = told;
  return {
    isClientSafe: true,
    error: code,
    ...(reason && {reason}),
    ...(details && {details}),
    message,
    errorType: 'Meteor.Error',
  };
};
