import type {MarkupStrings} from '../strings/markup-en.js';
import type {Surroundings} from './surroundings.js';

/** What the text of a message needs of where it stands. */
export interface MarkupContext {
  /** The user's own username, whose mentions stand out. */
  readonly me: string | undefined;
  /** BCP 47 tag of the language in which dates are written. */
  readonly tag: string;
  readonly strings: MarkupStrings;
  /** What the page says of people who are named. */
  readonly person?: Surroundings['person'];
  /** The character of a shortcode without colons; without one `:name:` is shown. */
  readonly emoji?: (shortcode: string) => string | undefined;
  /** Opens a room by its name; without it rooms are shown as text. */
  readonly openRoom?: (name: string) => void;
}
