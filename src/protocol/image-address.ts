/** The longest address, and the longest image within one, in UTF-16 code units. */
const LONGEST = {address: 2_048, data: 65_536} as const;

// An SVG is a document of its own, and is no picture of a person.
const DATA = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/;

const httpsAddress = (value: string): string | undefined => {
  // What `URL` would drop, a person would not see.
  if (value.length > LONGEST.address || /[\0-\x20\x7f\\]/.test(value)) return;
  try {
    const {protocol, username, password, href} = new URL(value);
    return protocol === 'https:' && !username && !password ? href : undefined;
  } catch {
    return;
  }
};

/**
 * The address of a picture as the page gave it: https, or `data:` with a PNG, JPEG, GIF or WebP in base64.
 *
 * @returns `undefined` for anything else
 */
export const imageAddress = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return;
  if (!value.startsWith('data:')) return httpsAddress(value);
  return value.length <= LONGEST.data && DATA.test(value) ? value : undefined;
};
