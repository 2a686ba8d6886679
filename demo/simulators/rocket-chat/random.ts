import {randomBytes} from 'node:crypto';

// Meteor's alphabet: no character that is easily taken for another.
const UNMISTAKABLE = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz';

/** Returns a random id as Meteor makes them, 17 characters by default. */
export const randomId = (length = 17): string =>
  Array.from(randomBytes(length), (byte) => UNMISTAKABLE[byte % UNMISTAKABLE.length]).join('');

/** Returns a login token: 43 characters of `[\w-]`, 256 random bits. */
export const randomToken = (): string => randomBytes(32).toString('base64url');
