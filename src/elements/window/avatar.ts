import type {PresenceStatus} from '../../session/room-activity.js';
import {make, setText} from '../dom.js';
import {colourOf, initialOf} from '../letter-picture.js';

/** Who a picture is of. */
export interface Pictured {
  readonly name: string;
  /** Of a person, by which the colour goes; else it goes by the name. */
  readonly username?: string | undefined;
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

  show({name, username = name, image, status}: Pictured): void {
    setText(this.#initial, initialOf(name));
    this.#initial.className = `initial c${colourOf(username)}`;
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
