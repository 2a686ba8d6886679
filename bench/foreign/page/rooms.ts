import type {Listener} from './foreign.js';
import type {Sight} from './plan.js';

type Room = HTMLElementTagNameMap['pexip-chat-room'];

/** What a plugin could make a room fire. */
const EVENTS = ['pexip-ready', 'pexip-connected', 'pexip-chat-toggle-request'] as const;

/** Rooms on the page, each with a frame of its own in which the plugin has come. */
export class Rooms {
  /** What the rooms do with a message: the very functions that they have put on the window. */
  readonly listeners: Listener[] = [];
  readonly #rooms: Room[] = [];
  readonly #fired: string[] = [];
  readonly #nodeOrigin: string;

  constructor(nodeOrigin: string) {
    this.#nodeOrigin = nodeOrigin;
  }

  /** Events of the rooms since they were ready. */
  get fired(): readonly string[] {
    return this.#fired;
  }

  /** Puts further rooms on the page, and takes the listeners of all of them off the window. */
  async fillUp(count: number): Promise<void> {
    const add = window.addEventListener;
    const noted = (type: string, listener: Listener, options?: AddEventListenerOptions): void => {
      if (type === 'message') this.listeners.push(listener);
      add.call(window, type, listener as EventListener, options);
    };
    window.addEventListener = noted as typeof window.addEventListener;
    while (this.#rooms.length < count) this.#rooms.push(await this.#enter());
    window.addEventListener = add;
    if (this.listeners.length !== count) throw new Error('A room has not just one listener.');
    for (const each of this.listeners) removeEventListener('message', each);
  }

  /** What the first room has seen. */
  sight(): Sight {
    const [room] = this.#rooms;
    const {messages, ...rest} = room!.diagnose();
    return {messages: {...messages}, rest: JSON.stringify({...rest, chat: room!.chat})};
  }

  async #enter(): Promise<Room> {
    const room = document.createElement('pexip-chat-room');
    room.node = this.#nodeOrigin;
    room.room = `bench-${this.#rooms.length}`;
    const ready = new Promise((resolve) => room.addEventListener('pexip-ready', resolve));
    document.body.append(room);
    await ready;
    for (const type of EVENTS) room.addEventListener(type, () => this.#fired.push(type));
    return room;
  }
}
