import {createCipheriv, randomBytes} from 'node:crypto';

import type {EncryptedContent} from './model.js';

// Rocket.Chat's name for AES with a key of the room's, in servers since 6.
const ALGORITHM = 'rc.v1.aes-sha2';

/** A message as a client of an encrypted room sends it. */
export interface EncryptedMessage {
  /** No text: what servers and clients that do not know `content` read. */
  readonly msg: string;
  readonly t: 'e2e';
  readonly e2e: 'pending';
  readonly content: EncryptedContent;
}

/** Encrypts a text with a key that nobody has. */
export const encryptedAs = (text: string): EncryptedMessage => {
  const [key, iv] = [randomBytes(16), randomBytes(16)];
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  const bytes = Buffer.concat([iv, cipher.update(JSON.stringify({text})), cipher.final()]);
  const ciphertext = bytes.toString('base64');
  return {msg: ciphertext, t: 'e2e', e2e: 'pending', content: {algorithm: ALGORITHM, ciphertext}};
};
