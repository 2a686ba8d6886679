import {field, text} from './guards.js';
import {imageAddress} from './image-address.js';
import {visibleName} from './visible-text.js';

/** What a page says of somebody, harmless to show. */
export interface ShownPerson {
  /** Never empty. */
  readonly name?: string;
  /** As {@link imageAddress} takes it. */
  readonly image?: string;
}

/** So much of a name is looked at. */
const LONGEST_NAME = 200_000;

/** Reads what a page's function says of somebody; what cannot be shown is left out. */
export const parsePerson = (given: unknown): ShownPerson => {
  const name = visibleName(text(field(given, 'name'), LONGEST_NAME) ?? '', '');
  const image = imageAddress(field(given, 'image'));
  return {...(name && {name}), ...(image && {image})};
};
