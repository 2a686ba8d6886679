import {expect, oneEvent} from '@open-wc/testing';

import type {BrandingPart} from '../../demo/simulators/web-app3/server.js';
import {ACTION_PREFIX} from '../../src/protocol/external-chat.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {
  setupRestart,
  showPaneBesideRooms,
  snapshotOf,
  STATES,
  type Setup,
  type State,
} from '../support/restart-setup.js';
import {simulators} from 'test-simulators';

interface Restart {
  /** What of the branding is held back until the restart has been looked at. */
  readonly held: BrandingPart;
  readonly start: (setup: Setup) => unknown;
  /**
   * What tells that it has begun: the frame's `load`, or a request for the plugin. Of a frame that is
   * given its address again while it loads, browsers make one request or two.
   */
  readonly begins?: 'load' | 'request';
}

const RESTARTS = {
  'the plugin': {
    held: 'plugin',
    start: ({meeting}) => meeting.reloadPlugin(),
  },
  'the frame of the plugin': {
    held: 'plugin',
    begins: 'request',
    start: async ({meeting}) => {
      await meeting.setPluginFrame(false);
      await meeting.setPluginFrame(true);
    },
  },
  'the page of Web App 3': {
    held: 'manifest',
    begins: 'load',
    start: ({meeting}) => meeting.reload(),
  },
  'the frame, sent elsewhere by the node': {
    held: 'manifest',
    begins: 'load',
    start: ({meeting, path}) => meeting.navigate(`${simulators.heldWebApp3}/${path}/m/elsewhere`),
  },
  'the frame, by reload()': {
    held: 'manifest',
    begins: 'load',
    start: ({room}) => room.reload(),
  },
  'the frame, made again as the room moves': {
    held: 'manifest',
    begins: 'load',
    start: ({room, elsewhere}) => elsewhere.append(room),
  },
} as const satisfies Readonly<Record<string, Restart>>;

/** The state until the new plugin is heard, and the state then. `lost`: pexip-disconnected before. */
type Course = readonly [meanwhile: State, then: State, lost?: 'lost'];

/** Of the room in each state, when the plugin alone starts again. */
const PLUGIN: Readonly<Record<State, Course>> = {
  loading: ['loading', 'ready'],
  unbridged: ['unbridged', 'ready'],
  ready: ['ready', 'ready'],
  connected: ['connected', 'connected'],
  disconnected: ['disconnected', 'ready'],
};

/** When the frame loads a second time: the room has not asked for it, and knows by the load event. */
const LOAD: Readonly<Record<State, Course>> = {
  loading: ['loading', 'ready'],
  unbridged: ['unbridged', 'ready'],
  ready: ['ready', 'ready'],
  connected: ['disconnected', 'ready', 'lost'],
  disconnected: ['disconnected', 'ready'],
};

/** When the room itself loads the meeting again. */
const AGAIN: Readonly<Record<State, Course>> = {
  loading: ['loading', 'ready'],
  unbridged: ['loading', 'ready'],
  ready: ['loading', 'ready'],
  connected: ['loading', 'ready', 'lost'],
  disconnected: ['loading', 'ready'],
};

const COURSES: Readonly<Record<keyof typeof RESTARTS, Readonly<Record<State, Course>>>> = {
  'the plugin': PLUGIN,
  'the frame of the plugin': PLUGIN,
  'the page of Web App 3': LOAD,
  'the frame, sent elsewhere by the node': LOAD,
  'the frame, by reload()': AGAIN,
  'the frame, made again as the room moves': AGAIN,
};

/** What the room has told when it is in a state. That its chat was open in the markup is no event. */
const BEFORE: Readonly<Record<State, readonly string[]>> = {
  loading: [],
  unbridged: ['pexip-error'],
  ready: ['pexip-ready'],
  connected: ['pexip-ready', 'pexip-connected'],
  disconnected: ['pexip-ready', 'pexip-connected', 'pexip-disconnected'],
};

const READY = ['pexip-ready', {features: ['chat', 'dial-out'], dialect: 'external-chat'}];
const LOST = ['pexip-disconnected', {userInitiated: false}];
const BARE_READY = {action: `${ACTION_PREFIX}ready`};
const HELLO_ANSWERED = {...BARE_READY, version: 1, features: ['chat', 'dial-out']};

for (const [name, restart] of Object.entries(RESTARTS) as [keyof typeof RESTARTS, Restart][]) {
  for (const unread of [false, true]) {
    describe(`a restart of ${name}, with ${unread ? 'something' : 'nothing'} unread`, () => {
      let pane: RcChatPaneElement;
      before(async () => {
        pane = await showPaneBesideRooms(unread);
      });
      after(() => pane.remove());

      for (const state of STATES) {
        const [meanwhile, then, lost] = COURSES[name][state];
        for (const chat of [false, true]) {
          const where = `while ${state} with the chat ${chat ? 'open' : 'closed'}`;
          it(`${where} ends ${then}, and all is as before`, async () => {
            const setup = await setupRestart({pane, state, chat, held: restart.held});
            const {room, meeting, branding, events, wire, paneEvents} = setup;
            expect(events.take().map(([type]) => type)).to.deep.equal(BEFORE[state]);
            const before = snapshotOf(pane);
            expect(before).to.include({state: 'ready', shown: chat, inert: !chat, laidOut: true});
            expect(before.unread).to.include({count: unread ? 1 : 0});
            // Only somebody who is in the meeting can dial.
            const pending = state === 'connected' ? await setup.startDialOut() : undefined;
            wire.take();
            paneEvents.take();

            await branding.hold(restart.held);
            const ready = oneEvent(room, 'pexip-ready');
            const begun = restart.begins === 'load' ? setup.nextLoad() : undefined;
            await restart.start(setup);
            await begun;
            if (restart.begins === 'request') await branding.reached(restart.held);
            expect(room.state).to.equal(meanwhile);
            expect(events.all).to.deep.equal(lost ? [LOST] : []);

            await branding.release();
            await ready;
            await wire.reaches(2);
            expect(room.state).to.equal(then);
            expect(events.take()).to.deep.equal(lost ? [LOST, READY] : [READY]);
            expect(wire.all).to.deep.equal([BARE_READY, HELLO_ANSWERED]);
            expect(await pending?.outcome).to.equal(pending && 'disconnected');
            expect(setup.dialOutsFailed()).to.deep.equal(pending ? ['disconnected'] : []);

            if (then !== 'connected') await setup.join();
            const badge = unread && !chat;
            const {button} = await meeting.until(
              (shown) => shown.button?.pressed === chat && shown.button.badge === badge,
            );
            const tooltip = chat ? 'Close Chat' : 'Open Chat';
            expect(button).to.deep.equal({name: tooltip, pressed: chat, badge});
            expect(room.state).to.equal('connected');
            expect(room.chat).to.equal(chat);

            expect(snapshotOf(pane)).to.deep.equal(before);
            expect(paneEvents.all).to.deep.equal([]);
            if (!pending) return;
            await meeting.setRing(0);
            const {displayName} = await room.dialOut(setup.answered);
            expect(displayName).to.equal('carol');
          });
        }
      }
    });
  }
}
