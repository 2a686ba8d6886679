import {randomBytes, randomInt} from 'node:crypto';

/** 128 random bits as 32 hexadecimal digits: every system takes them, and no case is lost. */
export const randomAlias = (): string => randomBytes(16).toString('hex');

/** Ten digits, the first not 0, which telephones and number plans may drop. */
export const numericAlias = (): string => String(randomInt(1_000_000_000, 10_000_000_000));

/** Six digits. */
export const randomPin = (): string => String(randomInt(0, 1_000_000)).padStart(6, '0');

/** Two PINs that differ, as by the same one nobody could tell a guest from a host. */
export const twoPins = (): {readonly hostPin: string; readonly guestPin: string} => {
  const hostPin = randomPin();
  let guestPin = randomPin();
  while (guestPin === hostPin) guestPin = randomPin();
  return {hostPin, guestPin};
};

/** Whether no other system gives such an alias to a meeting; ten digits may be a personal VMR's. */
export const isOursAlone = (text: string): boolean => /^[\da-f]{32}$/.test(text);

/** Whether it could be an alias that this broker makes. */
export const isAlias = (text: string): boolean => /^(?:[\da-f]{32}|[1-9]\d{9})$/.test(text);
