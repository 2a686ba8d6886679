import type {ChatRoom} from '../session/chat-state.js';
import type {SocketStatus} from '../transport/ddp-socket.js';
import {aroundStyles} from './around/around.styles.js';
import {RoomList} from './around/room-list.js';
import {StatusLine} from './around/status-line.js';
import type {Language} from './strings/strings.js';

/** How long a connection that is back is said to be so, in ms. */
const CONNECTED_FOR = 5000;

/** Where it stands, and what it does. */
export interface AroundPlace {
  readonly root: ShadowRoot;
  /**
   * The pane's column with its notice and its stage. Nothing in it is ever moved, as the frame in
   * the stage would load again.
   */
  readonly body: HTMLElement;
  /** A room was chosen. */
  open(room: ChatRoom): void;
  /** The person wants to sign in, for the first time or again. */
  signIn(): void;
}

export interface AroundContent {
  readonly language: Language;
  /** How the live connection is; undefined: there is none. */
  readonly status: SocketStatus | undefined;
  /** Nobody is signed in, and it could not be mended. */
  readonly signedOut: boolean;
  /** Somebody has been signed in: where nobody is any more, that has ended. */
  readonly wasSignedIn: boolean;
  /** Place in the broker's queue: null is one that is not known, undefined is none. */
  readonly queued: number | null | undefined;
  /** Where the conversation can be opened in a window of its own; set when the pane cannot show it properly. */
  readonly link: string | undefined;
  /** The user's rooms; undefined: no list is to be shown. */
  readonly rooms: readonly ChatRoom[] | undefined;
  /** The room that is shown. */
  readonly roomId: string | undefined;
}

/** What stands around the conversation in a pane: how it is connected, and the user's rooms. */
export class Around {
  readonly #body: HTMLElement;
  readonly #status: StatusLine;
  readonly #rooms: RoomList;

  /** @param connectedFor how long a connection that is back is said to be so, in ms */
  constructor({root, body, open, signIn}: AroundPlace, connectedFor = CONNECTED_FOR) {
    this.#body = body;
    this.#status = new StatusLine(signIn, connectedFor);
    this.#rooms = new RoomList(root, open);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(aroundStyles);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    body.prepend(this.#status.line, this.#rooms.region);
  }

  show(content: AroundContent): void {
    this.#status.show(content);
    this.#rooms.show(content);
    this.#body.classList.toggle('with-rooms', !!content.rooms);
  }

  /** Lets go of its timer and its listeners. {@link show} goes on. */
  stop(): void {
    this.#status.stop();
    this.#rooms.stop();
  }

  remove(): void {
    this.#status.line.remove();
    this.#rooms.region.remove();
    this.#body.classList.remove('with-rooms');
  }
}

/** A file that is loaded when a pane has a live connection, a list of rooms, or a way out to offer. */
export const around = (place: AroundPlace): Around => new Around(place);
