import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** How far outside the viewport an element counts as near. */
const MARGIN = '200px';

type Host = ReactiveControllerHost & HTMLElement & {readonly loading: string | null};

/**
 * When the frame of an element starts, by the element's `loading`: at once, as soon as the element
 * is near the viewport, or on demand. Once it may start, that stays so.
 */
export class StartController implements ReactiveController {
  readonly #host: Host;
  #started = false;
  #observer: IntersectionObserver | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /** Tells what the frame waits for, and watches for it; empty if it may start. */
  waitsFor(): 'lazy' | 'click' | '' {
    const {loading} = this.#host;
    if (!this.#started && loading === 'click') {
      // Were it lazy again, it would have to be told anew that it is near.
      this.#unwatch();
      return loading;
    }
    if (!this.#started && loading === 'lazy') {
      this.#observe();
      return loading;
    }
    this.#started = true;
    return '';
  }

  /** Somebody wants it now. */
  start(): void {
    this.#started = true;
    this.#host.requestUpdate();
    this.#unwatch();
  }

  hostDisconnected(): void {
    this.#unwatch();
  }

  #unwatch(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  #observe(): void {
    if (this.#observer || !this.#host.isConnected) return;
    this.#observer = new IntersectionObserver(
      (entries) => {
        const near = entries.some(({isIntersecting}) => isIntersecting);
        if (near) this.start();
      },
      {rootMargin: MARGIN},
    );
    this.#observer.observe(this.#host);
  }
}
