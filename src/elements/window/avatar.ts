import type {PresenceStatus} from '../../session/room-activity.js';
import {make, setText} from '../dom.js';

/** So many colours there are in the style sheet. */
const COLOURS = 8;

/** The same for a name, always. */
const colourOf = (name: string): number => {
  let sum = 0;
  for (let i = 0; i < name.length; i++) sum = (sum * 31 + name.charCodeAt(i)) % 9973;
  return sum % COLOURS;
};

let segmenter: Intl.Segmenter | undefined;

const initialOf = (name: string): string => {
  const [first] = (segmenter ??= new Intl.Segmenter()).segment(name);
  return first?.segment.toLocaleUpperCase() ?? '';
};

/** Who a picture is of. */
export interface Pictured {
  readonly name: string;
  /** Address of a picture, which has been checked. */
  readonly image?: string | undefined;
  readonly status?: PresenceStatus | undefined;
}

/** A picture, or the first letter of the name, with a dot for the status. It says nothing that words do not. */
export class Avatar {
  readonly #initial = make('span');
  readonly #dot = make('span');
  readonly element = make(
    'span',
    {class: 'avatar', 'aria-hidden': 'true'},
    this.#initial,
    this.#dot,
  );
  #image: HTMLImageElement | undefined;
  #address: string | undefined;

  show({name, image, status}: Pictured): void {
    setText(this.#initial, initialOf(name));
    this.#initial.className = `initial c${colourOf(name)}`;
    this.#dot.className = status ? `presence ${status}` : '';
    if (image === this.#address) return;
    this.#address = image;
    this.#image?.remove();
    if (!image) return;
    const picture = make('img', {
      alt: '',
      loading: 'lazy',
      referrerpolicy: 'no-referrer',
      src: image,
    });
    // What the page's policy stops, or is no picture, leaves the letter.
    picture.addEventListener('error', () => picture.remove(), {once: true});
    this.#initial.after((this.#image = picture));
  }
}
