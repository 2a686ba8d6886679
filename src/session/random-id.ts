/**
 * An id for a message, as Rocket.Chat's own are: letters and digits. Not every page has
 * `crypto.randomUUID()`.
 */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
