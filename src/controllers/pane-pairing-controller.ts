import type {ReactiveController, ReactiveControllerHost} from 'lit';

import {RcPaneConnectEvent} from '../events/pairing-events.js';

type Pane = ReactiveControllerHost & HTMLElement;

/** The pane's half of the pairing: announces itself until a room takes it, and again when that ends. */
export class PanePairingController implements ReactiveController {
  readonly #host: Pane;
  readonly #paired: (room: HTMLElement, signal: AbortSignal) => void;
  #life = new AbortController();
  #own = new AbortController();
  #room: HTMLElement | undefined;
  #for: string | null = null;

  /** @param paired called when a room has taken the pane, with the signal that ends the pairing */
  constructor(host: Pane, paired: (room: HTMLElement, signal: AbortSignal) => void) {
    this.#host = host;
    this.#paired = paired;
    host.addController(this);
  }

  get room(): HTMLElement | undefined {
    return this.#room;
  }

  hostConnected(): void {
    this.#life = new AbortController();
    const {signal} = this.#life;
    document.addEventListener(
      'pexip-room-connect',
      () => {
        if (!this.#room) this.announce();
      },
      {capture: true, signal},
    );
    this.announce();
  }

  hostDisconnected(): void {
    this.#life.abort();
    this.#own.abort();
  }

  /** The pane may name another room now. */
  forChanged(): void {
    if (this.#host.isConnected && this.#host.getAttribute('for') !== this.#for) this.announce();
  }

  /** Leaves the room it has, and looks for the one it belongs to. */
  announce(): void {
    this.#for = this.#host.getAttribute('for');
    this.#own.abort();
    this.#own = new AbortController();
    this.#host.dispatchEvent(new RcPaneConnectEvent({pane: this.#host, accept: this.#accept}));
  }

  #lookAgain(): void {
    if (this.#host.isConnected && !this.#room) this.announce();
  }

  #accept = (room: HTMLElement, theirs: AbortSignal): AbortSignal => {
    const own = this.#own.signal;
    const signal = AbortSignal.any([own, theirs]);
    this.#room = room;
    signal.addEventListener('abort', () => {
      this.#room = undefined;
      this.#host.requestUpdate();
      // The room has gone, and another may be there already.
      if (!own.aborted) queueMicrotask(() => this.#lookAgain());
    });
    this.#paired(room, signal);
    this.#host.requestUpdate();
    return own;
  };
}
