import {expect} from '@open-wc/testing';
import type {ReactiveController, ReactiveControllerHost} from 'lit';

import {PanePairingController} from '../../src/controllers/pane-pairing-controller.js';
import {RoomPairingController} from '../../src/controllers/room-pairing-controller.js';
import {place} from '../support/mount.js';

/** An element with controllers and nothing else, so that each test can define its own pair of names. */
abstract class Host extends HTMLElement implements ReactiveControllerHost {
  readonly #controllers: ReactiveController[] = [];
  readonly updateComplete = Promise.resolve(true);
  addController(controller: ReactiveController): void {
    this.#controllers.push(controller);
  }
  removeController(): void {}
  requestUpdate(): void {}
  connectedCallback(): void {
    for (const controller of this.#controllers) controller.hostConnected?.();
  }
  disconnectedCallback(): void {
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }
}

const setupNames = () => {
  const id = crypto.randomUUID().slice(0, 8);
  class Room extends Host {
    static observedAttributes = ['id'];
    readonly panes = new Set<HTMLElement>();
    readonly pairing = new RoomPairingController(this, (pane, signal) => {
      this.panes.add(pane);
      signal.addEventListener('abort', () => this.panes.delete(pane));
    });
    attributeChangedCallback(): void {
      this.pairing?.idChanged();
    }
  }
  class Pane extends Host {
    static observedAttributes = ['for'];
    readonly pairing = new PanePairingController(this, () => undefined);
    attributeChangedCallback(): void {
      if (this.isConnected) this.pairing.announce();
    }
  }
  const [room, pane] = [`test-room-${id}`, `test-pane-${id}`];
  return {
    room,
    pane,
    defineRoom: () => customElements.define(room, Room),
    definePane: () => customElements.define(pane, Pane),
    make: (html: {tag: string; id?: string; for?: string}, ...children: Element[]) => {
      const element = document.createElement(html.tag) as Room & Pane;
      if (html.id) element.id = html.id;
      if (html.for) element.setAttribute('for', html.for);
      element.append(...children);
      return element;
    },
  };
};

type Made = ReturnType<ReturnType<typeof setupNames>['make']>;
const expectPair = (room: Made, pane: Made): void => {
  expect(pane.pairing.room).to.equal(room);
  expect([...room.panes]).to.include(pane);
};
const expectAlone = (pane: Made): void => {
  expect(pane.pairing.room).to.equal(undefined);
};

/** A host with a shadow root, as an application's own elements are. */
const inShadow = (mode: ShadowRootMode, ...children: Element[]): HTMLElement => {
  const host = document.createElement('div');
  host.attachShadow({mode}).append(...children);
  return host;
};

describe('pairing', () => {
  for (const order of ['room first', 'pane first'] as const) {
    it(`pairs a pane inside a room, defined ${order}, whatever was parsed before`, () => {
      const {room, pane, make, defineRoom, definePane} = setupNames();
      const inner = make({tag: pane});
      const outer = place(make({tag: room}, inner));
      if (order === 'room first') [defineRoom, definePane].forEach((define) => define());
      else [definePane, defineRoom].forEach((define) => define());
      expectPair(outer, inner);
    });

    it(`pairs by for, defined ${order}`, () => {
      const {room, pane, make, defineRoom, definePane} = setupNames();
      const other = place(make({tag: pane, for: 'the-room'}));
      const named = place(make({tag: room, id: 'the-room'}));
      if (order === 'room first') [defineRoom, definePane].forEach((define) => define());
      else [definePane, defineRoom].forEach((define) => define());
      expectPair(named, other);
    });
  }

  const defined = () => {
    const names = setupNames();
    names.defineRoom();
    names.definePane();
    return names;
  };

  it('pairs a pane that names a room which comes later', () => {
    const {room, pane, make} = defined();
    const waiting = place(make({tag: pane, for: 'late'}));
    expectAlone(waiting);
    expectPair(place(make({tag: room, id: 'late'})), waiting);
  });

  it('pairs when the room gets its id later, and parts when it loses it', () => {
    const {room, pane, make} = defined();
    const waiting = place(make({tag: pane, for: 'named'}));
    const unnamed = place(make({tag: room}));
    expectAlone(waiting);
    unnamed.id = 'named';
    expectPair(unnamed, waiting);
    unnamed.id = 'other';
    expectAlone(waiting);
    expect(unnamed.panes.size).to.equal(0);
  });

  it('pairs when for is set later', () => {
    const {room, pane, make} = defined();
    const first = place(make({tag: room, id: 'first'}));
    place(make({tag: room, id: 'second'}));
    const free = place(make({tag: pane}));
    expectAlone(free);
    free.setAttribute('for', 'first');
    expectPair(first, free);
  });

  it("pairs a pane that names none with the document's only room, and with none of two", () => {
    const {room, pane, make} = defined();
    const only = place(make({tag: room}));
    expectPair(only, place(make({tag: pane})));
    place(make({tag: room}));
    expectAlone(place(make({tag: pane})));
  });

  it('never pairs a pane with a room that it does not name', () => {
    const {room, pane, make} = defined();
    place(make({tag: room, id: 'one'}));
    expectAlone(place(make({tag: pane, for: 'another'})));
  });

  for (const mode of ['open', 'closed'] as const) {
    it(`pairs by for within one ${mode} shadow root`, () => {
      const {room, pane, make} = defined();
      const [named, wanting] = [make({tag: room, id: 'inner'}), make({tag: pane, for: 'inner'})];
      place(inShadow(mode, wanting, named));
      expectPair(named, wanting);
    });

    it(`pairs a pane inside a ${mode} shadow root inside the room`, () => {
      const {room, pane, make} = defined();
      const inner = make({tag: pane});
      const outer = place(make({tag: room}, inShadow(mode, inner)));
      expectPair(outer, inner);
    });
  }

  it('looks for the named room in the document when its own root has none', () => {
    const {room, pane, make} = defined();
    const named = place(make({tag: room, id: 'outside'}));
    const inner = make({tag: pane, for: 'outside'});
    place(inShadow('closed', inner));
    expectPair(named, inner);
  });

  it('gives each pane the room around it, even if the first room is upgraded before the second', () => {
    const {room, pane, make, defineRoom, definePane} = setupNames();
    const panes = [make({tag: pane}), make({tag: pane})] as const;
    const rooms = panes.map((inner) => place(make({tag: room}, inner)));
    definePane();
    defineRoom();
    expectPair(rooms[0]!, panes[0]);
    expectPair(rooms[1]!, panes[1]);
  });

  it('re-pairs a pane that moves from room to room', () => {
    const {room, pane, make} = defined();
    const moving = make({tag: pane});
    const [from, to] = [place(make({tag: room}, moving)), place(make({tag: room}))];
    expectPair(from, moving);
    to.append(moving);
    expectPair(to, moving);
    expect(from.panes.size).to.equal(0);
  });

  it('parts when either leaves, and pairs again when it comes back', () => {
    const {room, pane, make} = defined();
    const wanting = place(make({tag: pane, for: 'back'}));
    const named = place(make({tag: room, id: 'back'}));
    named.remove();
    expectAlone(wanting);
    place(named);
    expectPair(named, wanting);
    wanting.remove();
    expect(named.panes.size).to.equal(0);
    place(wanting);
    expectPair(named, wanting);
  });

  it('pairs although the page stops every event on its way', () => {
    const {room, pane, make} = defined();
    const wanting = make({tag: pane, for: 'quiet'});
    const wall = document.createElement('div');
    for (const type of ['rc-pane-connect', 'pexip-room-connect']) {
      wall.addEventListener(type, (event) => event.stopPropagation());
    }
    const named = make({tag: room, id: 'quiet'});
    place(wall).append(wanting, named);
    expectPair(named, wanting);
  });

  it('stops the event once a room has accepted', () => {
    const {room, pane, make} = defined();
    const seen: string[] = [];
    const life = new AbortController();
    document.addEventListener('rc-pane-connect', ({type}) => seen.push(type), {
      signal: life.signal,
    });
    place(make({tag: room}, make({tag: pane})));
    life.abort();
    expect(seen).to.deep.equal([]);
  });
});
