import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {Recorder} from '../session/recorders.js';

/** Without those that tell of features and people, which come when the plugin gets to them. */
const ROOM_EVENTS = [
  'pexip-ready',
  'pexip-connected',
  'pexip-disconnected',
  'pexip-chat-toggle-request',
  'pexip-chat-toggled',
  'pexip-dial-out-request',
  'pexip-dial-out-succeeded',
  'pexip-dial-out-failed',
  'pexip-error',
];

const PANE_EVENTS = [
  'rc-ready',
  'rc-logged-in',
  'rc-logged-out',
  'rc-room-opened',
  'rc-unread-changed',
  'rc-active-request',
  'rc-error',
];

let life = new AbortController();
afterEach(() => {
  life.abort();
  life = new AbortController();
});

/** Ends with the test. */
export const testSignal = (): AbortSignal => life.signal;

/** An event as it is compared: its type, and its detail. */
export type Told = readonly [type: string, detail: unknown];

const recordEvents = (target: Element, types: readonly string[]): Recorder<Told> => {
  const events = new Recorder<Told>();
  const listen = (event: Event): void => {
    // What a child fires is the child's.
    if (event.target === target) events.add([event.type, (event as CustomEvent<unknown>).detail]);
  };
  for (const type of types) target.addEventListener(type, listen, {signal: life.signal});
  return events;
};

/** What a room tells from now on, with details; not what a room inside it tells. */
export const recordRoom = (room: PexipChatRoomElement): Recorder<Told> =>
  recordEvents(room, ROOM_EVENTS);

/** What a pane tells from now on, with details. */
export const recordPane = (pane: RcChatPaneElement): Recorder<Told> =>
  recordEvents(pane, PANE_EVENTS);

/** The address of each document that a frame of this element loads from now on, in whichever frame. */
export const recordLoads = (element: RcChatPaneElement | PexipChatRoomElement) => {
  const loads = new Recorder<string>();
  const note = ({target}: Event): void => loads.add((target as HTMLIFrameElement).src);
  // A load event does not bubble, but it is captured.
  element.renderRoot.addEventListener('load', note, {capture: true, signal: life.signal});
  return loads;
};

/** Resolves when all that was told of `types` has come, in any order. */
export const untilTold = (events: Recorder<Told>, ...types: readonly string[]): Promise<void> =>
  events.until((all) => types.every((type) => all.some(([each]) => each === type)));
