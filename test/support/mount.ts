import {oneEvent} from '@open-wc/testing';

import {RocketChatRemote} from '../../demo/simulators/rocket-chat/remote.js';
import {WebApp3Remote} from '../../demo/simulators/web-app3/remote.js';
import '../../src/define.js';
import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {simulators} from 'test-simulators';

const placed: Element[] = [];
afterEach(() => placed.splice(0).forEach((element) => element.remove()));

/**
 * Puts an element into the page until the test has ended. Unlike open-wc's `fixture` it waits for no
 * animation frame, which a tab in the background never gets.
 */
export const place = <Placed extends Element>(element: Placed): Placed => {
  placed.push(element);
  document.body.append(element);
  return element;
};

/** Writes attributes as a page does: `true` for a boolean one, nothing for undefined. */
export const setAttributes = (
  element: Element,
  attributes: Readonly<Record<string, string | boolean | undefined>>,
): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : value);
  }
};

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** A room in the page, without waiting for anything. Removed after the test. */
export const mountRoom = (
  attributes: Attributes,
  ...children: readonly Element[]
): PexipChatRoomElement => {
  const room = document.createElement('pexip-chat-room');
  setAttributes(room, attributes);
  room.append(...children);
  return place(room);
};

/** The remote control of the meeting in a room. */
export const remoteOf = (
  room: PexipChatRoomElement,
  origin: string = simulators.webApp3,
): WebApp3Remote =>
  new WebApp3Remote(() => room.renderRoot.querySelector('iframe')?.contentWindow ?? null, origin);

/** A room whose plugin is ready. */
export const setupMeeting = async (
  attributes: Attributes = {},
  ...children: readonly Element[]
): Promise<{room: PexipChatRoomElement; meeting: WebApp3Remote}> => {
  const room = document.createElement('pexip-chat-room');
  const ready = oneEvent(room, 'pexip-ready');
  setAttributes(room, {node: simulators.webApp3, room: 'consultation', ...attributes});
  room.append(...children);
  place(room);
  await ready;
  return {room, meeting: remoteOf(room, String(attributes['node'] ?? simulators.webApp3))};
};

/** A room whose person has joined. */
export const setupCall = async (
  attributes: Attributes = {},
  ...children: readonly Element[]
): Promise<{room: PexipChatRoomElement; meeting: WebApp3Remote}> => {
  const {room, meeting} = await setupMeeting(attributes, ...children);
  const connected = oneEvent(room, 'pexip-connected');
  await Promise.all([meeting.join(), connected]);
  await meeting.setRing(0);
  return {room, meeting};
};

/** A call whose plugin has told all it has to tell of its own accord, which is read by a file that comes later. */
export const setupSettledCall: typeof setupCall = async (...setup) => {
  const call = await setupCall(...setup);
  const {room} = call;
  while (!room.self || !room.participants?.length)
    await Promise.race([
      oneEvent(room, 'pexip-roster-changed'),
      oneEvent(room, 'pexip-self-changed'),
    ]);
  return call;
};

/** The remote control of the Rocket.Chat workspace. */
export const rocketChat = (): RocketChatRemote => new RocketChatRemote(simulators.rocketChat);

/** A pane, not yet in the page, that signs in as `username`. */
export const makePane = (
  username: string | undefined = 'alice',
  attributes: Attributes = {},
): RcChatPaneElement => {
  const pane = document.createElement('rc-chat-pane');
  setAttributes(pane, {server: simulators.rocketChat, room: '#consultation', ...attributes});
  if (username) pane.auth = () => rocketChat().token(username);
  return pane;
};

/** Puts a pane into the page and waits until it shows its room. Removed after the test. */
export const showPane = async (pane: RcChatPaneElement): Promise<RcChatPaneElement> => {
  const ready = oneEvent(pane, 'rc-ready');
  place(pane);
  await ready;
  return pane;
};

/** The pane's frame, once its view has come. */
export const frameIn = async (pane: RcChatPaneElement): Promise<HTMLIFrameElement> => {
  const frame = pane.renderRoot.querySelector('iframe');
  if (frame) return frame;
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(pane.renderRoot, {childList: true, subtree: true});
  });
  return frameIn(pane);
};

/** Collects the types of the events that come, in their order. */
export const record = (target: EventTarget, ...types: readonly string[]): string[] => {
  const seen: string[] = [];
  for (const type of types) target.addEventListener(type, () => seen.push(type));
  return seen;
};
