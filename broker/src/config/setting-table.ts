import type {Setting} from './setting.js';
import {MEETINGS} from './settings-of-meetings.js';
import {OPERATION} from './settings-of-operation.js';
import {SERVICE} from './settings-of-service.js';
import {SIGN_IN} from './settings-of-sign-in.js';
import {SYSTEMS} from './settings-of-systems.js';

/** Every setting; reading, checks, names of variables and the table in docs/broker.md come from it. */
export const SETTINGS: readonly Setting[] = [
  ...SERVICE,
  ...SYSTEMS,
  ...MEETINGS,
  ...SIGN_IN,
  ...OPERATION,
];
