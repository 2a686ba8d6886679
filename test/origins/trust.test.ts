import {expect, oneEvent} from '@open-wc/testing';

import {ACTION_PREFIX} from '../../src/protocol/external-chat.js';
import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import {mountRoom, place, record, setupCall} from '../support/mount.js';
import {nextMessage, puppetMail, puppetSends} from '../support/puppet.js';
import {simulators} from 'test-simulators';

const ALL = [
  'pexip-ready',
  'pexip-features-changed',
  'pexip-connected',
  'pexip-disconnected',
  'pexip-chat-toggle-request',
  'pexip-chat-toggled',
  'pexip-dial-out-succeeded',
  'pexip-dial-out-failed',
  'pexip-error',
];

const action = (name: string, fields: object = {}): object => ({
  action: ACTION_PREFIX + name,
  ...fields,
});

const ATTACK = [
  action('ready'),
  action('connected'),
  action('disconnected', {userInitiated: true}),
  action('toggle-chat', {active: true}),
  action('dial-out-success', {uuid: 'u-1'}),
  action('dial-out-error', {message: 'x'}),
];

const here = (): Promise<MessageEvent> => nextMessage(({data}) => data?.puppet === 'here');

/** A puppet beside the room, on a foreign origin. */
const setupSibling = async (): Promise<Window> => {
  const loaded = here();
  const frame = place(document.createElement('iframe'));
  frame.title = 'puppet';
  frame.src = `${simulators.evil}/`;
  await loaded;
  return frame.contentWindow!;
};

/** A room whose node is a puppet: what it sends comes from the right window and origin. */
const setupPuppetRoom = async (): Promise<{room: PexipChatRoomElement; puppet: Window}> => {
  const loaded = here();
  const room = mountRoom({node: simulators.puppetNode, room: 'x'});
  await loaded;
  return {room, puppet: room.renderRoot.querySelector('iframe')!.contentWindow!};
};

describe('what the room accepts', () => {
  it('is moved by the attack when it comes from the right window and origin', async () => {
    const {room, puppet} = await setupPuppetRoom();
    const seen = record(room, ...ALL);
    for (const message of ATTACK) await puppetSends(puppet, message);
    await room.updateComplete;
    expect(seen).to.deep.equal([
      'pexip-ready',
      'pexip-connected',
      'pexip-disconnected',
      'pexip-chat-toggle-request',
      'pexip-chat-toggled',
    ]);
  });

  it('is not moved by the same attack from a frame beside it, a thousand times', async () => {
    const {room} = await setupCall();
    const puppet = await setupSibling();
    const seen = record(room, ...ALL);
    const {foreign} = room.diagnose().messages;
    for (const message of ATTACK) await puppetSends(puppet, message, {times: 1000});
    expect(seen).to.deep.equal([]);
    expect(room.chat).to.be.false;
    expect(room.diagnose().messages.foreign - foreign).to.be.at.least(6000);
  });

  it('is not moved by a foreign frame nested in Web App 3', async () => {
    const {room, meeting} = await setupCall();
    const frame = room.renderRoot.querySelector('iframe')!.contentWindow!;
    const before = frame.length;
    const loaded = here();
    await meeting.addFrame({url: `${simulators.evil}/`});
    await loaded;
    const puppet = frame[before]!;
    const seen = record(room, ...ALL);
    for (const message of ATTACK) await puppetSends(puppet, message, {up: 2});
    expect(seen).to.deep.equal([]);
    expect(room.diagnose().messages.origin).to.be.at.least(6);
  });

  it('is not moved by a second opaque frame beside the bound plugin', async () => {
    const {room, meeting} = await setupCall();
    const frame = room.renderRoot.querySelector('iframe')!.contentWindow!;
    const before = frame.length;
    const loaded = here();
    await meeting.addFrame({url: `${simulators.evil}/`, sandbox: 'allow-scripts'});
    await loaded;
    const puppet = frame[before]!;
    const seen = record(room, ...ALL);
    for (const message of ATTACK) await puppetSends(puppet, message, {up: 2});
    expect(seen).to.deep.equal([]);
    expect(room.diagnose().messages.unbound).to.be.at.least(6);
  });

  it('counts what is no message, and takes no harm from it', async () => {
    const {room, puppet} = await setupPuppetRoom();
    await puppetSends(puppet, action('ready'));
    const seen = record(room, ...ALL);
    const odd: unknown[] = [
      null,
      1,
      'text',
      [],
      {},
      new Map([['action', 'x']]),
      new Date(NaN),
      {action: null},
      {action: ACTION_PREFIX},
      action('__proto__'),
      action('constructor'),
      action('toString'),
      action(' ready'),
      action('READY'),
      action('toggle-chat', {active: 1}),
      action('toggle-chat', {active: 'true'}),
      action('disconnected'),
      action('dial-out-success', {uuid: 'x'.repeat(1e6)}),
      {action: 'x'.repeat(2e7)},
      JSON.parse(
        '{"__proto__": {"polluted": 1}, "action": "pexip:plugin:external-chat/toggle-chat"}',
      ),
    ];
    for (const message of odd) await puppetSends(puppet, message);
    expect(seen).to.deep.equal([]);
    expect(room.diagnose().messages.malformed).to.be.at.least(odd.length);
    expect(({} as {polluted?: number}).polluted).to.equal(undefined);
  });

  it('never sends to a frame that has gone to another origin', async () => {
    const {room, meeting} = await setupCall();
    const mail = puppetMail();
    const loaded = here();
    await meeting.navigate(`${simulators.evil}/`);
    await loaded;
    room.setChatActive(true);
    room.setChatBadge(true);
    await room.updateComplete;
    await puppetSends(room.renderRoot.querySelector('iframe')!.contentWindow!, {done: true});
    expect(mail).to.deep.equal([]);
  });

  it('shows nothing of what a plugin says as HTML', async () => {
    const {room, puppet} = await setupPuppetRoom();
    await puppetSends(puppet, action('ready'));
    await puppetSends(puppet, action('connected'));
    const failed = oneEvent(room, 'pexip-dial-out-failed');
    const dial = room
      .dialOut({role: 'GUEST', destination: 'a@b', protocol: 'sip'})
      .catch((error) => error);
    await nextMessage(
      ({data}) =>
        data?.puppet === 'got' && (data.data as {action: string}).action.endsWith('/dial-out'),
    );
    const text = '<img src=x onerror=alert(1)>';
    await puppetSends(puppet, action('dial-out-error', {message: text}));
    expect((await failed).detail.message).to.equal(text);
    expect((await dial).message).to.equal(text);
    expect(room.renderRoot.querySelector('img')).to.equal(null);
  });
});
