import type {ReactiveController, ReactiveControllerHost} from 'lit';

import {PexipRoomConnectEvent, type RcPaneConnectEvent} from '../events/pairing-events.js';

type Room = ReactiveControllerHost & HTMLElement;

/** The rooms of this window: a pane that names none belongs to the only one. */
const rooms = new Set<Room>();

const elementOf = (pane: HTMLElement, id: string): Element | null => {
  const root = pane.getRootNode();
  return (root instanceof ShadowRoot && root.getElementById(id)) || document.getElementById(id);
};

/** The nearest ancestor of that name, through shadow roots, closed ones included. */
const roomAround = (pane: Node, localName: string): Element | undefined => {
  let node: Node | null = pane;
  while (node) {
    if (node instanceof Element && node.localName === localName) return node;
    node = (node as Element).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host ?? null;
  }
};

/**
 * The room's half of the pairing: takes the panes that belong to it, and keeps listening to them
 * until either leaves.
 *
 * Heard on the document in the capture phase, so that a page's stopPropagation cannot part the two,
 * and "inside" is decided by an ancestor's local name, as that ancestor may not be defined yet.
 */
export class RoomPairingController implements ReactiveController {
  readonly #host: Room;
  readonly #paired: (pane: HTMLElement, signal: AbortSignal) => void;
  #life = new AbortController();
  #pairings = new AbortController();
  #id = '';

  /** @param paired called for each pane that was taken, with the signal that ends the pairing */
  constructor(host: Room, paired: (pane: HTMLElement, signal: AbortSignal) => void) {
    this.#host = host;
    this.#paired = paired;
    host.addController(this);
  }

  hostConnected(): void {
    rooms.add(this.#host);
    this.#life = new AbortController();
    document.addEventListener('rc-pane-connect', this.#handlePane, {
      capture: true,
      signal: this.#life.signal,
    });
    this.announce();
  }

  hostDisconnected(): void {
    rooms.delete(this.#host);
    this.#life.abort();
    this.#pairings.abort();
  }

  /** The room's id has changed: who was paired by it looks again. */
  idChanged(): void {
    if (this.#host.isConnected && this.#host.id !== this.#id) this.announce();
  }

  /** Lets go of all panes, and asks those without a room to come. */
  announce(): void {
    this.#id = this.#host.id;
    this.#pairings.abort();
    this.#pairings = new AbortController();
    this.#host.dispatchEvent(new PexipRoomConnectEvent());
  }

  #handlePane = (event: RcPaneConnectEvent): void => {
    const {pane, accept} = event.detail;
    if (!this.#owns(pane)) return;
    event.stopImmediatePropagation();
    const {signal} = this.#pairings;
    const theirs = accept(this.#host, signal);
    this.#paired(pane, theirs ? AbortSignal.any([signal, theirs]) : signal);
  };

  #owns(pane: HTMLElement): boolean {
    const above = roomAround(pane, this.#host.localName);
    if (above) return above === this.#host;
    const id = pane.getAttribute('for');
    return id ? elementOf(pane, id) === this.#host : rooms.size === 1;
  }
}
