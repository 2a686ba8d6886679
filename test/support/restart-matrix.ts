import {FEATURES} from '../../plugin/src/features.js';
import {expect, oneEvent} from '@open-wc/testing';

import type {BrandingPart} from '../../demo/simulators/web-app3/server.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {wire as onWire} from './hand-written-page.js';
import {
  setupRestart,
  showPaneBesideRooms,
  snapshotOf,
  STATES,
  type Setup,
  type State,
} from './restart-setup.js';

/** How something starts again. */
export interface Restart {
  /** What starts again, in words. */
  readonly of: string;
  /** What of the branding is held back until the restart has been looked at. */
  readonly held: BrandingPart;
  readonly start: (setup: Setup) => unknown;
  /**
   * What tells that it has begun: the frame's `load`, or a request for the plugin. Of a frame that is
   * given its address again while it loads, browsers make one request or two.
   */
  readonly begins?: 'load' | 'request';
}

/**
 * What becomes of a room in each state: its state until the new plugin is heard, and its state then.
 * `lost`: it fires pexip-disconnected before.
 */
export type Courses = Readonly<
  Record<State, readonly [meanwhile: State, then: State, lost?: 'lost']>
>;

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
const HELLO_ANSWERED = {version: 1, features: FEATURES};

/** States in which chat and unread are combined in every way; in the others each is there and not. */
const ALL_FOUR: readonly State[] = ['ready', 'connected'];

/**
 * The tests of one restart: in every state, with the chat open and closed, with and without something
 * unread. Each looks at the room before the new plugin is heard and after, then joins and looks at
 * the button; pane and conversation are the same all the time.
 */
export const describeRestart = ({of, held, start, begins}: Restart, courses: Courses): void => {
  for (const unread of [false, true]) {
    describe(`a restart of ${of}, with ${unread ? 'something' : 'nothing'} unread`, () => {
      let pane: RcChatPaneElement;
      before(async () => {
        pane = await showPaneBesideRooms(unread);
      });
      after(() => pane.remove());

      for (const state of STATES) {
        const [meanwhile, then, lost] = courses[state];
        for (const chat of [false, true]) {
          if (!ALL_FOUR.includes(state) && chat === unread) continue;
          const where = `while ${state} with the chat ${chat ? 'open' : 'closed'}`;
          it(`${where} ends ${then}, and all is as before`, async () => {
            const setup = await setupRestart({pane, state, chat, held});
            const {room, meeting, branding, events, wire, paneEvents} = setup;
            expect(events.take().map(([type]) => type)).to.deep.equal(BEFORE[state]);
            const before = snapshotOf(pane);
            expect(before).to.include({state: 'ready', shown: chat, inert: !chat, laidOut: true});
            expect(before.unread).to.include({count: unread ? 1 : 0});
            // Only somebody who is in the meeting can dial.
            const pending = state === 'connected' ? await setup.startDialOut() : undefined;
            wire.take();
            paneEvents.take();

            await branding.hold(held);
            const ready = oneEvent(room, 'pexip-ready');
            const begun = begins === 'load' ? setup.nextLoad() : undefined;
            await start(setup);
            await begun;
            if (begins === 'request') await branding.reached(held);
            expect(room.state).to.equal(meanwhile);
            expect(events.all).to.deep.equal(lost ? [LOST] : []);

            await branding.release();
            await ready;
            await wire.reaches(2);
            expect(room.state).to.equal(then);
            expect(events.take()).to.deep.equal(lost ? [LOST, READY] : [READY]);
            expect(wire.all).to.deep.equal([onWire('ready'), onWire('ready', HELLO_ANSWERED)]);
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
};
