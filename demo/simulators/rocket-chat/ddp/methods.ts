import {MeteorError} from '../meteor-error.js';
import {ACCOUNT_METHODS} from './account-methods.js';
import {HISTORY_METHODS} from './history-methods.js';
import {MESSAGE_METHODS} from './message-methods.js';
import type {Method, MethodCall} from './method-call.js';
import {PEOPLE_METHODS} from './people-methods.js';
import {ROOM_METHODS} from './room-methods.js';
import {STREAM_METHODS} from './stream-methods.js';

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ...ACCOUNT_METHODS,
  ...HISTORY_METHODS,
  ...MESSAGE_METHODS,
  ...PEOPLE_METHODS,
  ...ROOM_METHODS,
  ...STREAM_METHODS,
]);

/** Runs a method by name. */
export const runMethod = (name: string, call: MethodCall): unknown => {
  const method = METHODS.get(name);
  if (!method) throw new MeteorError(404, `Method '${name}' not found`);
  return method(call);
};
