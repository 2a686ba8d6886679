import {field, identifier} from '../../../src/protocol/guards.js';
import type {Answer} from './answer.js';
import {answerOdd, WayRefused} from './faults.js';

/** Longest login token that is taken, in UTF-16 code units; Rocket.Chat's have 43. */
const LONGEST = 128;

/** The login token of a success, which must be of the account that it was asked for. */
export const tokenOf = (route: string, {body}: Answer, userId: string): string => {
  const data = field(body, 'data');
  const token = identifier(field(data, 'authToken'), LONGEST);
  if (token !== undefined && /^[\w-]+$/.test(token) && field(data, 'userId') === userId) {
    return token;
  }
  throw new WayRefused(answerOdd(route, 'has no token of that account'), true);
};
