import {createCipheriv, createDecipheriv, hkdfSync, randomBytes} from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/** A seal as the broker's own: AES-256-GCM, bound to a purpose; one text has one form only. */
export const fakeSeal = (secret = 'a secret of tests, thirty-two bytes') => {
  const key = (use) => Buffer.from(hkdfSync('sha256', secret, '', use, 32));
  return {
    key,
    close: (purpose, plain) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key(purpose), nonce);
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    },
    open: (purpose, sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.toString('base64url') !== sealed || bytes.length < NONCE + TAG) return;
      try {
        const cipher = createDecipheriv('aes-256-gcm', key(purpose), bytes.subarray(0, NONCE));
        cipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
        return cipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + cipher.final('utf8');
      } catch {
        return;
      }
    },
  };
};
