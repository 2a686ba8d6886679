import {expect, oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from '../support/conversation.js';
import {watchListeners} from '../support/listeners.js';
import {makePane, place, remoteOf, setAttributes, setupCall} from '../support/mount.js';
import {kept, MOVES, moveTo, type Frames} from '../support/moves.js';
import {
  recordLoads,
  recordPane,
  recordRoom,
  testSignal,
  untilTold,
} from '../support/room-record.js';
import {simulators} from 'test-simulators';

const LOST = ['pexip-disconnected', {userInitiated: false}];
const READY = ['pexip-ready', {features: ['chat', 'dial-out'], dialect: 'external-chat'}];
const CONNECTED = ['pexip-connected', {conferenceAlias: 'consultation'}];
const OPENED = [
  ['pexip-chat-toggle-request', {active: true}],
  ['pexip-chat-toggled', {active: true, by: 'toolbar'}],
];

/** A room in a call, what it tells and loads from now on, and a place to move it to. */
const setupMovable = async (pane?: RcChatPaneElement, where: 'inside' | 'beside' = 'inside') => {
  const room = document.createElement('pexip-chat-room');
  setAttributes(room, {id: 'moved', node: simulators.webApp3, room: 'consultation'});
  const around = document.createElement('div');
  around.append(room);
  if (pane) (where === 'inside' ? room : around).append(pane);
  const meeting = remoteOf(room);
  const connected = oneEvent(room, 'pexip-connected');
  place(around);
  await Promise.all([meeting.join(), connected]);
  const frame = room.renderRoot.querySelector('iframe')!;
  return {
    room,
    meeting,
    frame,
    around,
    elsewhere: place(document.createElement('section')),
    events: recordRoom(room),
    loads: recordLoads(room),
  };
};
type Movable = Awaited<ReturnType<typeof setupMovable>>;

/** Presses the Chat button: it is asked about once, and the button shows the answer. */
const expectBridge = async ({room, meeting, events}: Movable): Promise<void> => {
  await meeting.clickChat();
  await meeting.until(({button}) => button?.pressed === true);
  expect(events.take()).to.deep.equal(OPENED);
  expect(room.chat).to.be.true;
};

/** The room is in its call as if nothing had been. */
const expectKept = async (movable: Movable): Promise<void> => {
  const {room, frame, events, loads} = movable;
  expect(room.renderRoot.querySelector('iframe')).to.equal(frame);
  expect(room.state).to.equal('connected');
  await expectBridge(movable);
  expect(loads.all).to.deep.equal([]);
  expect(events.all).to.deep.equal([]);
};

/** The room has lost its call once, has loaded its frame once, and hears each message once. */
const expectLoadedOnce = async (movable: Movable, frames: Frames = 'anew'): Promise<void> => {
  const {room, meeting, events, loads} = movable;
  if (frames === 'anew') expect(events.all).to.deep.equal([LOST]);
  // Where the browser itself has loaded the frame, the room knows by its load event.
  await untilTold(events, 'pexip-disconnected', 'pexip-ready');
  if (frames === 'anew') expect(events.take()).to.deep.equal([LOST, READY]);
  else expect(events.take()).to.have.deep.members([LOST, READY]);
  const connected = oneEvent(room, 'pexip-connected');
  await Promise.all([meeting.join(), connected]);
  expect(events.take()).to.deep.equal([CONNECTED]);
  await expectBridge(movable);
  // Its plugin may be quicker than the load of its page.
  await loads.reaches(1);
  expect(loads.all).to.have.length(1);
  expect(room.renderRoot.querySelectorAll('iframe')).to.have.length(1);
};

const expectAfterMove = (movable: Movable, frames: Frames): Promise<void> =>
  frames === 'kept' ? expectKept(movable) : expectLoadedOnce(movable, frames);

describe('a room that is moved in mid-call', () => {
  it('with append fires pexip-disconnected once, loads its frame once, is ready again and hears each message once', async () => {
    const movable = await setupMovable();
    moveTo(movable.elsewhere, movable.room, 'append');
    await expectLoadedOnce(movable);
  });

  it(`with moveBefore fires nothing, loads nothing, stays connected and works${kept('moveBefore')}`, async () => {
    const movable = await setupMovable();
    const frames = moveTo(movable.elsewhere, movable.room, 'moveBefore');
    await expectAfterMove(movable, frames);
  });

  it('with append, ten times in one task, loses its call once and loads once', async () => {
    const movable = await setupMovable();
    const places = [movable.elsewhere, movable.around];
    for (let move = 0; move < 10; move++) moveTo(places[move % 2]!, movable.room, 'append');
    await expectLoadedOnce(movable);
  });

  for (const how of MOVES) {
    for (const where of ['inside', 'beside'] as const) {
      it(`with ${how} and a pane ${where} it keeps the pane, which shows and counts as before${kept(how)}`, async () => {
        const conversation = await setupConversation();
        const pane = makePane('', {room: `#${conversation.name}`, for: 'moved'});
        pane.auth = conversation.auth;
        const shown = oneEvent(pane, 'rc-ready');
        const movable = await setupMovable(pane, where);
        await shown;
        const {meeting, elsewhere, around} = movable;
        const [told, loaded] = [recordPane(pane), recordLoads(pane)];
        const frame = pane.renderRoot.querySelector('iframe');

        const frames = moveTo(elsewhere, around, how);
        const again = frames === 'anew' && untilTold(told, 'rc-ready');
        await Promise.all([expectAfterMove(movable, frames), again]);
        if (frames === 'kept') {
          expect(pane.renderRoot.querySelector('iframe')).to.equal(frame);
          expect([told.all, loaded.all]).to.deep.equal([[], []]);
        } else {
          await loaded.reaches(1);
          expect(loaded.all).to.have.length(1);
        }
        expect(pane.state).to.equal('ready');
        expect(pane.diagnose().paired).to.be.true;
        expect(pane.active).to.be.true;
        movable.room.setChatActive(false);
        await conversation.write('hello');
        await meeting.until(({button}) => button?.badge === true);
        expect(pane.active).to.be.false;
      });
    }
  }
});

describe('a room that is removed in mid-call', () => {
  const dial = (destination: string) => ({role: 'GUEST', destination, protocol: 'sip'}) as const;

  it('fires pexip-disconnected once, rejects what is pending, and leaves no frame and no listener', async () => {
    const listening = watchListeners(testSignal());
    const {room, meeting} = await setupCall();
    const events = recordRoom(room);
    const codes = [dial('never@example.com'), dial('never.too@example.com')].map((request) =>
      room.dialOut(request).then(
        () => 'joined',
        ({code}: {code: string}) => code,
      ),
    );
    await meeting.until(({ringing}) => ringing.length === 2);
    meeting.close();
    expect(listening()).to.include.members(['message', 'rc-pane-connect', 'visibilitychange']);
    const shown = room.renderRoot.querySelector('iframe')!.contentWindow!;
    expect(shown.closed).to.be.false;
    events.take();

    room.remove();
    expect(shown.closed).to.be.true;
    expect(room.renderRoot.querySelector('iframe')).to.equal(null);
    expect(room.state).to.equal('idle');
    expect(await Promise.all(codes)).to.deep.equal(['disconnected', 'disconnected']);
    const types = events.all.map(([type]) => type).sort();
    expect(types).to.deep.equal([
      'pexip-dial-out-failed',
      'pexip-dial-out-failed',
      'pexip-disconnected',
    ]);
    expect(events.all).to.deep.include(LOST);
    expect(listening()).to.deep.equal([]);
  });

  it('loads once when it is added again, is ready, and hears each message once', async () => {
    const movable = await setupMovable();
    movable.room.remove();
    await movable.room.updateComplete;
    expect(movable.events.all).to.deep.equal([LOST]);
    movable.elsewhere.append(movable.room);
    await expectLoadedOnce(movable);
  });

  it('does not dial again what was pending, and dials anew when it is back in a call', async () => {
    const movable = await setupMovable();
    const {room, meeting, elsewhere} = movable;
    const pending = room.dialOut(dial('never@example.com')).catch(({code}) => code);
    await meeting.until(({ringing}) => ringing.length === 1);
    movable.events.take();
    room.remove();
    expect(await pending).to.equal('disconnected');
    const refused = await room.dialOut(dial('carol@example.com')).catch(({code}) => code);
    expect(refused).to.equal('not-connected');
    elsewhere.append(room);
    const connected = oneEvent(room, 'pexip-connected');
    await Promise.all([meeting.join(), connected]);
    expect((await meeting.setRing(0)).dials).to.deep.equal([]);
    expect((await room.dialOut(dial('carol@example.com'))).displayName).to.equal('carol');
  });
});
