import {createCipheriv, createDecipheriv, hkdfSync, randomBytes} from 'node:crypto';

import {Memo} from './memo.js';
import type {Seal} from './seal.js';

const VERSION = 'v1.';
const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
/** Longer texts are opened each time, so that the memo's size has a bound. Characters. */
const LONGEST_KEPT = 4_096;

const derive = (secret: string, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'pexip-chat-room-broker', info, 32));

interface Opened {
  readonly purpose: string;
  readonly plain: string;
}

/**
 * The seal of a broker. Its keys are derived from the secret (HKDF-SHA256), one for each use. A sealed
 * text is `v1.` and, as base64url, a random nonce of 96 bits, the encrypted text, and the tag; the
 * purpose is authenticated with it. The same text opens again and again, for each request of a user
 * once, so that the last few thousand are remembered in memory.
 *
 * @param secret at least 32 bytes; brokers with the same one open each other's texts
 */
export const createSeal = (secret: string): Seal => {
  const sealing = derive(secret, 'seal:v1');
  const opened = new Memo<Opened>(4_096);

  const decrypt = (purpose: string, sealed: string): string | undefined => {
    if (!sealed.startsWith(VERSION)) return undefined;
    const text = sealed.slice(VERSION.length);
    const data = Buffer.from(text, 'base64url');
    // Other texts decode to the same bytes, as the last character has bits to spare.
    if (data.toString('base64url') !== text || data.length < NONCE + TAG) return undefined;
    const decipher = createDecipheriv(CIPHER, sealing, data.subarray(0, NONCE), {
      authTagLength: TAG,
    });
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(data.subarray(data.length - TAG));
    const plain = decipher.update(data.subarray(NONCE, data.length - TAG), undefined, 'utf8');
    try {
      return plain + decipher.final('utf8');
    } catch {
      return undefined;
    }
  };

  return {
    close(purpose, plain) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(CIPHER, sealing, nonce, {authTagLength: TAG});
      cipher.setAAD(Buffer.from(purpose));
      const data = [nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return VERSION + Buffer.concat(data).toString('base64url');
    },

    open(purpose, sealed) {
      const known = opened.get(sealed);
      if (known) return known.purpose === purpose ? known.plain : undefined;
      const plain = decrypt(purpose, sealed);
      if (plain !== undefined && sealed.length <= LONGEST_KEPT) {
        opened.set(sealed, {purpose, plain});
      }
      return plain;
    },

    key: (use) => derive(secret, `use:${use}`),
  };
};
