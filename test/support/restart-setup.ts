import {oneEvent} from '@open-wc/testing';

import type {SimulatorState} from '../../demo/simulators/web-app3/remote.js';
import type {BrandingPart} from '../../demo/simulators/web-app3/server.js';
import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {ACTION_PREFIX} from '../../src/protocol/external-chat.js';
import {Recorder} from '../session/recorders.js';
import {setupConversation} from './conversation.js';
import {heldBranding} from './held-branding.js';
import {makePane, place, remoteOf, setAttributes} from './mount.js';
import {simulators} from 'test-simulators';

/** The states in which something of the meeting can start again. */
export const STATES = ['loading', 'unbridged', 'ready', 'connected', 'disconnected'] as const;
export type State = (typeof STATES)[number];

// Not those of features and people, which follow as soon as the plugin has answered hello.
const ROOM_EVENTS = [
  'pexip-ready',
  'pexip-connected',
  'pexip-disconnected',
  'pexip-chat-toggle-request',
  'pexip-chat-toggled',
  'pexip-error',
] as const;

const PANE_EVENTS = [
  'rc-ready',
  'rc-logged-in',
  'rc-logged-out',
  'rc-room-opened',
  'rc-unread-changed',
  'rc-active-request',
  'rc-error',
] as const;

let life = new AbortController();
afterEach(() => {
  life.abort();
  life = new AbortController();
});

const dial = (destination: string) => ({role: 'GUEST', destination, protocol: 'sip'}) as const;

/**
 * A pane in the page, for a room that comes and goes, with one mention unread or none. To be called in
 * a `before`, as a conversation takes its time; removed after the tests of the same suite.
 */
export const showPaneBesideRooms = async (unread: boolean): Promise<RcChatPaneElement> => {
  const conversation = await setupConversation();
  const pane = makePane('', {room: `#${conversation.name}`, for: 'meeting'});
  pane.auth = conversation.auth;
  const ready = oneEvent(pane, 'rc-ready');
  document.body.append(pane);
  await ready;
  if (!unread) return pane;
  const listening = new AbortController();
  const counted = new Promise<void>((resolve) => {
    const check = ({detail}: {detail: {count: number}}): void => {
      if (detail.count === 1) resolve();
    };
    pane.addEventListener('rc-unread-changed', check, {signal: listening.signal});
  });
  await conversation.write(`@${conversation.me.username} hello`);
  await counted;
  listening.abort();
  return pane;
};

/** What the pane tells from now on; `load` is its frame's. */
const recordPane = (pane: RcChatPaneElement): Recorder<string> => {
  const events = new Recorder<string>();
  const {signal} = life;
  for (const type of PANE_EVENTS) pane.addEventListener(type, () => events.add(type), {signal});
  const frame = pane.renderRoot.querySelector('iframe')!;
  frame.addEventListener('load', () => events.add('load'), {signal});
  return events;
};

/** What can be seen of the pane. */
export const snapshotOf = (pane: RcChatPaneElement) => {
  const frame = pane.renderRoot.querySelector('iframe')!;
  return {
    frame,
    state: pane.state,
    unread: pane.unread,
    active: pane.active,
    shown: frame.checkVisibility({visibilityProperty: true}),
    laidOut: frame.checkVisibility(),
    inert: !!pane.renderRoot.querySelector('[inert]'),
  };
};

/** What the plugin has told the page, as it travelled; what it tells of a dial-out is left out. */
const recordWire = (): Recorder<unknown> => {
  const wire = new Recorder<unknown>();
  const listen = ({data}: MessageEvent<{action?: unknown} | null>): void => {
    const action = String(data?.action);
    if (action.startsWith(ACTION_PREFIX) && !action.includes('dial-out')) wire.add(data);
  };
  window.addEventListener('message', listen, {signal: life.signal});
  return wire;
};

export interface SetupOptions {
  readonly pane: RcChatPaneElement;
  readonly state: State;
  /** The chat is open in the room's first markup. */
  readonly chat: boolean;
  /** What of the branding keeps the room from becoming ready, in the first two states. */
  readonly held: BrandingPart;
}

/** A room in one of {@link STATES}, with `pane` beside it, on real origins. */
export const setupRestart = async ({pane, state, chat, held}: SetupOptions) => {
  const branding = heldBranding();
  const isBefore = state === 'loading' || state === 'unbridged';
  if (isBefore) await branding.hold(held);

  const room = document.createElement('pexip-chat-room');
  const events = new Recorder<readonly [string, unknown]>();
  const wire = recordWire();
  const failed: string[] = [];
  const {signal} = life;
  for (const type of ROOM_EVENTS) {
    const note = ({detail}: CustomEvent<unknown>): void => events.add([type, detail]);
    room.addEventListener(type, note as EventListener, {signal});
  }
  room.addEventListener('pexip-dial-out-failed', ({detail}) => failed.push(detail.code), {signal});
  const happens = (type: (typeof ROOM_EVENTS)[number]): Promise<void> =>
    events.until((all) => all.some(([each]) => each === type));

  setAttributes(room, {
    id: 'meeting',
    node: simulators.heldWebApp3,
    path: branding.path,
    room: 'consultation',
    chat,
    'plugin-timeout': state === 'unbridged' ? '1' : undefined,
  });
  const meeting = remoteOf(room, simulators.heldWebApp3);
  signal.addEventListener('abort', () => meeting.close());
  const join = async (): Promise<SimulatorState> => {
    const connected = oneEvent(room, 'pexip-connected');
    const joined = await meeting.join();
    await connected;
    return joined;
  };
  /** The `load` of the frame the room has then. */
  const nextLoad = async (): Promise<void> => {
    // A room that was moved has another frame by then.
    await Promise.resolve();
    await room.updateComplete;
    await oneEvent(room.renderRoot.querySelector('iframe')!, 'load');
  };

  const elsewhere = place(document.createElement('div'));
  place(room);
  const loaded = nextLoad();
  // A plugin that is held back can hold back the load event, too.
  if (!isBefore || held === 'manifest') await loaded;
  if (state === 'unbridged') {
    await happens('pexip-error');
    // What is loaded from now on may take its time.
    room.removeAttribute('plugin-timeout');
  }
  if (isBefore) await branding.reached(held);
  else await wire.reaches(2);
  if (state === 'connected' || state === 'disconnected') await join();
  if (state === 'disconnected') {
    const lost = oneEvent(room, 'pexip-disconnected');
    await meeting.drop();
    await lost;
  }
  return {
    room,
    meeting,
    paneEvents: recordPane(pane),
    branding,
    path: branding.path,
    elsewhere,
    /** What the room has told, with details. */
    events,
    wire,
    join,
    nextLoad,
    /** Dials somebody who never answers, and resolves when the telephone rings. */
    startDialOut: async () => {
      const outcome = room.dialOut(dial('never@example.com')).then(
        () => 'joined',
        ({code}: {code: string}) => code,
      );
      await meeting.until(({ringing}) => ringing.length === 1);
      return {outcome};
    },
    /** The codes of the dial-outs that have failed. */
    dialOutsFailed: (): readonly string[] => failed,
    /** A dial-out that somebody answers. */
    answered: dial('carol@example.com'),
  };
};

export type Setup = Awaited<ReturnType<typeof setupRestart>> & {room: PexipChatRoomElement};
