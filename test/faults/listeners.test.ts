import {expect, oneEvent} from '@open-wc/testing';

import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import type {DialRequest} from '../../src/protocol/dial-request.js';
import {record, setupCall} from '../support/mount.js';
import {nextMessage} from '../support/puppet.js';
import {setupPuppetPlugin} from '../support/puppet-plugin.js';
import {ROOM_EVENTS} from '../support/room-events.js';
import {uncaught} from '../support/uncaught.js';

const DIAL: DialRequest = {role: 'GUEST', destination: 'carol@example.com', protocol: 'sip'};

/** What the plugin tells of people, by the event it leads to. */
const PEOPLE = [
  ['pexip-roster-changed', {action: 'rocketchat:videoconf/roster', participants: [{uuid: 'bob'}]}],
  [
    'pexip-self-changed',
    {action: 'rocketchat:videoconf/self', participantUuid: 'alice', isHost: true},
  ],
  [
    'pexip-participants-toggle-request',
    {action: 'rocketchat:videoconf/toggle-participants', active: true},
  ],
] as const;

/** Has a listener throw in each of these events, and records those that come after it. */
const throwIn = (room: PexipChatRoomElement, ...types: readonly string[]): string[] => {
  for (const type of types) {
    room.addEventListener(type, () => {
      throw new Error(`thrown in ${type}`);
    });
  }
  return record(room, ...types);
};

describe('F23: listeners of the page that throw', () => {
  it('in every event keep no other from it, and the room goes on as if they had not', async () => {
    const errors = uncaught();
    const {room, says, saysAll} = await setupPuppetPlugin();
    const seen = throwIn(room, ...ROOM_EVENTS);
    await says('ready');
    await says('ready', {version: 1, features: ['chat']});
    await says('connected');
    expect(room.state).to.equal('connected');
    await says('toggle-chat', {active: true});
    expect(room.chat).to.equal(true);

    for (const [event, message] of PEOPLE) {
      const told = oneEvent(room, event);
      await saysAll([message]);
      await told;
    }

    for (const answer of ['dial-out-success', 'dial-out-error']) {
      const got = nextMessage(
        ({data}) =>
          data?.puppet === 'got' &&
          String((data.data as {action?: unknown} | null)?.action).endsWith('/dial-out'),
      );
      const dial = room.dialOut(DIAL).then(
        ({uuid}) => uuid,
        ({code}) => code,
      );
      const {requestId} = (await got).data.data;
      await says(answer, {requestId, uuid: 'u-1', message: 'no'});
      expect(await dial).to.equal(answer === 'dial-out-success' ? 'u-1' : 'dial-out-refused');
    }

    room.setAttribute('loading', 'nonsense');
    await room.updateComplete;
    const failed = room.getAttribute('node')!;
    room.setAttribute('node', 'javascript:alert(1)');
    await room.updateComplete;
    expect(room.state).to.equal('failed');
    expect(seen).to.have.members([
      ...ROOM_EVENTS,
      'pexip-dial-out-request',
      'pexip-roster-changed', // nobody is there any more
    ]);
    expect(errors).to.have.length(seen.length);
    for (const [index, text] of errors.entries()) {
      expect(text).to.contain(`thrown in ${seen[index]}`);
    }
    room.setAttribute('node', failed);
    await room.updateComplete;
    expect(room.state).to.equal('loading');
  });

  it('in a request that can be cancelled do not cancel it: the button echoes what came of it', async () => {
    const errors = uncaught();
    const {room, meeting} = await setupCall();
    const seen = throwIn(room, 'pexip-chat-toggle-request', 'pexip-chat-toggled');
    for (const pressed of [true, false, true]) {
      await meeting.clickChat();
      await meeting.until(({button}) => button?.pressed === pressed);
      expect(room.chat).to.equal(pressed);
    }
    expect(seen).to.have.length(6);
    expect(errors).to.have.length(6);
  });

  it('after one that cancelled do not undo that', async () => {
    const errors = uncaught();
    const {room, meeting} = await setupCall();
    room.addEventListener('pexip-chat-toggle-request', (event) => event.preventDefault());
    const seen = throwIn(room, 'pexip-chat-toggle-request');
    await meeting.clickChat();
    // The badge goes the same way after it: once it is there, an echo would have come.
    room.setChatBadge(true);
    const {button} = await meeting.until((state) => state.button?.badge === true);
    expect(button!.pressed).to.equal(false);
    expect(room.chat).to.equal(false);
    expect(seen).to.have.length(1);
    expect(errors).to.have.length(1);
  });

  it('in pexip-error leave the meeting unbridged, shown, and able to become ready', async () => {
    const errors = uncaught();
    const mounted = setupPuppetPlugin({'plugin-timeout': '1'});
    const room = document.querySelector('pexip-chat-room')!;
    const seen = throwIn(room, 'pexip-error');
    const failed = oneEvent(room, 'pexip-error');
    const {says} = await mounted;
    await failed;
    await room.updateComplete;
    expect(room.state).to.equal('unbridged');
    expect(room.renderRoot.querySelector('[part=notice]')!.checkVisibility()).to.equal(true);
    await says('ready');
    expect(room.state).to.equal('ready');
    expect(seen).to.have.length(1);
    expect(errors).to.have.length(1);
  });

  it('in a getter of a dial-out have it refused as it is, and the next one is dialled', async () => {
    const errors = uncaught();
    const {room, meeting} = await setupCall();
    const thrower = (): never => {
      throw new Error('thrown by the page');
    };
    const odd = [
      Object.defineProperty({...DIAL}, 'destination', {get: thrower, enumerable: true}),
      new Proxy({...DIAL}, {get: thrower}),
      new Proxy({...DIAL}, {ownKeys: thrower}),
    ];
    for (const request of odd) {
      const code = await room.dialOut(request).then(
        () => 'joined',
        (error) => error.code,
      );
      expect(code).to.equal('invalid-argument');
    }
    expect((await meeting.state()).dials).to.deep.equal([]);
    expect((await room.dialOut(DIAL)).displayName).to.equal('carol');
    expect(errors).to.deep.equal([]);
  });
});
