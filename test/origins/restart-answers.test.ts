import {expect, oneEvent} from '@open-wc/testing';

import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import {setupConversation} from '../support/conversation.js';
import {wire} from '../support/hand-written-page.js';
import {makePane, mountRoom, place, record, setupCall} from '../support/mount.js';
import {nextMessage, puppetMail, puppetSends} from '../support/puppet.js';
import {setupRestart, showPaneBesideRooms, STATES, type State} from '../support/restart-setup.js';
import {simulators} from 'test-simulators';

/** A room in a state, whose plugin is a puppet: what it is told can be seen. */
const setupPuppetPlugin = async (state: State, chat: boolean) => {
  const loaded = nextMessage(({data}) => data?.puppet === 'here');
  const impatient = state === 'unbridged';
  const room: PexipChatRoomElement = mountRoom({
    node: simulators.puppetNode,
    room: 'x',
    chat,
    'plugin-timeout': impatient && '1',
  });
  const unbridged = impatient ? oneEvent(room, 'pexip-error') : undefined;
  await loaded;
  await unbridged;
  const plugin = room.renderRoot.querySelector('iframe')!.contentWindow!;
  const says = (name: string, fields: object = {}): Promise<void> =>
    puppetSends(plugin, wire(name, fields));
  if (STATES.indexOf(state) >= STATES.indexOf('ready')) await says('ready');
  if (state === 'connected' || state === 'disconnected') await says('connected');
  if (state === 'disconnected') await says('disconnected', {userInitiated: true});
  expect(room.state).to.equal(state);
  return {room, says};
};

describe('the answer to a bare ready', () => {
  for (const state of STATES) {
    for (const chat of [false, true]) {
      for (const badge of [false, true]) {
        const where = `while ${state} with the chat ${chat ? 'open' : 'closed'}`;
        it(`${where} is button state, badge (${badge ? 'shown' : 'hidden'}) and hello, once`, async () => {
          const {room, says} = await setupPuppetPlugin(state, chat);
          room.setChatBadge(badge);
          await room.updateComplete;
          // By the end of this the plugin has got all that was sent before.
          await says('dial-out-error', {message: 'nobody has dialled'});
          const mail = puppetMail();
          await says('ready');
          await says('ready', {version: 1, features: ['chat', 'dial-out']});
          expect(mail).to.deep.equal([
            wire('toggle-chat-button-state', {active: chat}),
            wire('toggle-chat-badge', {visible: badge}),
            wire('hello', {version: 1}),
          ]);
        });
      }
    }
  }
});

describe('between a restart and the next ready', () => {
  it('keeps what the page sets, and has the new button show it', async () => {
    const pane = await showPaneBesideRooms(false);
    place(pane);
    const setup = await setupRestart({pane, state: 'connected', chat: false, held: 'manifest'});
    const {room, meeting, branding, events} = setup;
    events.take();
    await branding.hold('manifest');
    const loaded = setup.nextLoad();
    await meeting.reload();
    await loaded;
    room.setChatActive(true);
    room.setChatBadge(true);
    await room.updateComplete;
    expect(pane.active).to.equal(true);
    const ready = oneEvent(room, 'pexip-ready');
    await branding.release();
    await ready;
    await setup.join();
    const {button} = await meeting.until((state) => !!state.button?.pressed && state.button.badge);
    expect(button!.name).to.equal('Close Chat');
    expect(events.all.map(([type]) => type)).to.deep.equal([
      'pexip-disconnected',
      'pexip-chat-toggled',
      'pexip-ready',
      'pexip-connected',
    ]);
  });

  it('refuses to dial where the meeting was lost, and not where the plugin alone has gone', async () => {
    const {room, meeting} = await setupCall();
    const dial = {role: 'GUEST', destination: 'carol@example.com', protocol: 'sip'} as const;
    const ready = oneEvent(room, 'pexip-ready');
    await meeting.reloadPlugin();
    await ready;
    expect((await room.dialOut(dial)).uuid).to.be.a('string');
    const lost = oneEvent(room, 'pexip-disconnected');
    await meeting.reload();
    await lost;
    const error = await room.dialOut(dial).catch((reason) => reason);
    expect(error.code).to.equal('not-connected');
  });
});

describe('restarts one after another', () => {
  it('of the plugin are each a ready, and the call goes on', async () => {
    const {room, meeting} = await setupCall({chat: true});
    const seen = record(room, 'pexip-ready', 'pexip-connected', 'pexip-disconnected');
    for (let time = 0; time < 5; time++) {
      const ready = oneEvent(room, 'pexip-ready');
      await meeting.reloadPlugin();
      await ready;
    }
    expect(seen).to.deep.equal(Array.from({length: 5}, () => 'pexip-ready'));
    expect(room.state).to.equal('connected');
    await meeting.until(({button}) => button?.pressed === true);
  });

  it('of the plugin and then of Web App 3 are a lost meeting, once', async () => {
    const {room, meeting} = await setupCall();
    const ready = oneEvent(room, 'pexip-ready');
    await meeting.reloadPlugin();
    await ready;
    const seen = record(room, 'pexip-connected', 'pexip-disconnected');
    const again = oneEvent(room, 'pexip-ready');
    const lost = oneEvent(room, 'pexip-disconnected');
    await meeting.reload();
    await Promise.all([again, lost]);
    expect(seen).to.deep.equal(['pexip-disconnected']);
    expect(room.state).to.equal('ready');
  });

  it('by two reload() in one task are one', async () => {
    const {room, meeting} = await setupCall();
    const seen = record(room, 'pexip-ready', 'pexip-disconnected');
    const ready = oneEvent(room, 'pexip-ready');
    room.reload();
    room.reload();
    await ready;
    await meeting.join();
    expect(seen).to.deep.equal(['pexip-disconnected', 'pexip-ready']);
  });
});

it('a reload() with join comes back into the meeting by itself', async () => {
  const {room, meeting} = await setupCall({chat: true});
  room.join = true;
  const seen = record(room, 'pexip-ready', 'pexip-connected', 'pexip-disconnected');
  const connected = oneEvent(room, 'pexip-connected');
  room.reload();
  await connected;
  expect(seen).to.deep.equal(['pexip-disconnected', 'pexip-ready', 'pexip-connected']);
  await meeting.until(({button}) => button?.pressed === true);
});

it('a room that moves with its pane inside loads both again, and has its badge as before', async () => {
  const conversation = await setupConversation();
  const pane = makePane('', {room: `#${conversation.name}`});
  pane.auth = conversation.auth;
  const first = oneEvent(pane, 'rc-ready');
  const {room, meeting} = await setupCall({}, pane);
  await first;
  await conversation.write('hello');
  await meeting.until(({button}) => button?.badge === true);
  const seen = record(pane, 'rc-ready', 'rc-logged-in', 'rc-active-request', 'rc-error');
  const again = [oneEvent(room, 'pexip-ready'), oneEvent(pane, 'rc-ready')];
  place(document.createElement('div')).append(room);
  await Promise.all(again);
  await meeting.join();
  await meeting.until(({button}) => button?.badge === true);
  expect(seen).to.deep.equal(['rc-logged-in', 'rc-ready']);
  expect(pane.active).to.equal(false);
  expect(pane.unread.alert).to.equal(true);
});
