import {field, identifier, text} from './guards.js';
import {parseSecureUrl} from './secure-url.js';
import {visibleName} from './visible-text.js';

/** What a page says of somebody, harmless to show. */
export interface ShownPerson {
  /** Never empty. */
  readonly name?: string;
  /** `https:` (`http:` on loopback), or `data:image/…`. */
  readonly image?: string;
}

/** A picture in an address of its own, in characters: 150 kB. */
const LONGEST_PICTURE = 200_000;
const PICTURE = /^data:image\/[\w.+-]+[;,]/i;

const imageOf = (value: unknown): string | undefined => {
  const address = identifier(value, LONGEST_PICTURE);
  if (!address) return;
  return PICTURE.test(address) || parseSecureUrl(address) instanceof URL ? address : undefined;
};

/** Reads what a page's function says of somebody; what cannot be shown is left out. */
export const parsePerson = (given: unknown): ShownPerson => {
  const name = visibleName(text(field(given, 'name'), LONGEST_PICTURE) ?? '', '');
  const image = imageOf(field(given, 'image'));
  return {...(name && {name}), ...(image && {image})};
};
