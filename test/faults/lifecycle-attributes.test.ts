import {expect} from '@open-wc/testing';

import {setAttributes, setupCall} from '../support/mount.js';
import {setupPuppetCall, type PuppetRoom} from '../support/puppet-room.js';
import {recordLoads, recordRoom, untilTold} from '../support/room-record.js';
import {simulators} from 'test-simulators';

const LOST = ['pexip-disconnected', {userInitiated: false}];
const READY = ['pexip-ready', {features: ['chat', 'dial-out'], dialect: 'external-chat'}];
const CONNECTED = ['pexip-connected', {}];

/** Each attribute that says where the meeting is: another value, and the address it leads to. */
const ADDRESSES: Readonly<Record<string, readonly [value: string, address: string]>> = {
  node: [simulators.evil, `${simulators.evil}/webapp3/m/consultation`],
  room: ['other', `${simulators.puppetNode}/webapp3/m/other`],
  url: [`${simulators.puppetNode}/clinic/m/link`, `${simulators.puppetNode}/clinic/m/link`],
  path: ['clinic', `${simulators.puppetNode}/clinic/m/consultation`],
  flow: ['express', `${simulators.puppetNode}/webapp3/m/consultation/express`],
};

/** Each join option: a value, and how it stands in the address of the next load. */
const OPTIONS: Readonly<Record<string, readonly [value: string | true, parameter: string]>> = {
  'display-name': ['Ann & Bob', 'name=Ann & Bob'],
  guest: [true, 'role=guest'],
  'call-type': ['audio', 'callType=audio'],
  join: [true, 'join=1'],
  'mute-microphone': [true, 'muteMicrophone=true'],
  'mute-camera': [true, 'muteCamera=true'],
};

/** How often the frame is given an address, from now on. */
const watchAddress = (frame: HTMLIFrameElement): (() => number) => {
  let count = 0;
  const add = (records: readonly MutationRecord[]): number => (count += records.length);
  const observer = new MutationObserver(add);
  observer.observe(frame, {attributeFilter: ['src']});
  return () => add(observer.takeRecords());
};

/** The call goes on: its document hears and is heard. */
const expectUndisturbed = async ({room, says, events, mail, starts}: PuppetRoom): Promise<void> => {
  await room.updateComplete;
  await says('toggle-chat', {active: true});
  await mail.reaches(1);
  expect(events.take().map(([type]) => type)).to.deep.equal([
    'pexip-chat-toggle-request',
    'pexip-chat-toggled',
  ]);
  expect(mail.take()).to.deep.equal([['toggle-chat-button-state', {active: true}]]);
  expect(room.state).to.equal('connected');
  expect(starts.all).to.deep.equal([]);
};

/** The call was lost once, one document has come, and it is heard. */
const expectLoadedOnce = async (setup: PuppetRoom, address: string): Promise<void> => {
  const {room, events, starts, says, frame} = setup;
  await starts.reaches(1);
  expect(frame().src).to.equal(address);
  expect(room.state).to.equal('loading');
  expect(events.take()).to.deep.equal([LOST]);
  await says('ready');
  await says('connected');
  expect(events.take()).to.deep.equal([READY, CONNECTED]);
  expect(starts.all).to.deep.equal([new URL(address).origin]);
  expect(room.renderRoot.querySelectorAll('iframe')).to.have.length(1);
};

describe('in mid-call', () => {
  for (const [name, [value, address]] of Object.entries(ADDRESSES)) {
    it(`another ${name} fires pexip-disconnected once and loads once`, async () => {
      const setup = await setupPuppetCall();
      setup.room.setAttribute(name, value);
      await expectLoadedOnce(setup, address);
    });
  }

  for (const [name, [value, parameter]] of Object.entries(OPTIONS)) {
    it(`another ${name} changes nothing until reload(), which takes it over`, async () => {
      const setup = await setupPuppetCall();
      const [frame, {src}] = [setup.frame(), setup.frame()];
      const addresses = watchAddress(frame);
      setAttributes(setup.room, {[name]: value});
      await expectUndisturbed(setup);
      expect(addresses()).to.equal(0);
      setup.room.reload();
      await expectLoadedOnce(
        setup,
        `${src}?${new URLSearchParams([parameter.split('=') as [string, string]])}`,
      );
    });
  }

  it('another pin changes nothing until reload(), which takes it over', async () => {
    const setup = await setupPuppetCall();
    const {src} = setup.frame();
    const addresses = watchAddress(setup.frame());
    setup.room.pin = '4321';
    await expectUndisturbed(setup);
    expect(addresses()).to.equal(0);
    setup.room.reload();
    await expectLoadedOnce(setup, `${src}?pin=4321`);
  });

  it('ten changes of one task load once, with all of them and the join options', async () => {
    const setup = await setupPuppetCall();
    const addresses = watchAddress(setup.frame());
    const {room} = setup;
    room.path = 'one';
    room.setAttribute('flow', 'step-by-step');
    for (let change = 0; change < 6; change++) room.room = `room-${change}`;
    room.flow = 'express';
    room.displayName = 'Ann';
    await expectLoadedOnce(setup, `${simulators.puppetNode}/one/m/room-5/express?name=Ann`);
    expect(addresses()).to.equal(1);
  });

  it('a change that is taken back in the same task changes nothing', async () => {
    const setup = await setupPuppetCall();
    const addresses = watchAddress(setup.frame());
    setup.room.room = 'other';
    setup.room.path = 'clinic';
    setup.room.node = simulators.evil;
    setup.room.node = simulators.puppetNode;
    setup.room.path = null;
    setup.room.room = 'consultation';
    await expectUndisturbed(setup);
    expect(addresses()).to.equal(0);
  });

  it('another spelling of the same address changes nothing', async () => {
    const setup = await setupPuppetCall();
    const addresses = watchAddress(setup.frame());
    setAttributes(setup.room, {
      room: 'consultation',
      path: 'webapp3',
      flow: '',
      node: `${simulators.puppetNode}/`,
    });
    await expectUndisturbed(setup);
    expect(addresses()).to.equal(0);
  });

  it('the same address as a join link instead changes nothing', async () => {
    const setup = await setupPuppetCall();
    const addresses = watchAddress(setup.frame());
    setup.room.setAttribute('url', setup.frame().src);
    for (const name of ['node', 'room']) setup.room.removeAttribute(name);
    await expectUndisturbed(setup);
    expect(addresses()).to.equal(0);
  });

  it('what the old document says while the new one is awaited is ignored', async () => {
    const setup = await setupPuppetCall();
    const {room, events, says, settle, mail} = setup;
    const id = crypto.randomUUID();
    room.url = `${simulators.puppetNode}/hold?id=${id}`;
    await room.updateComplete;
    expect(room.state).to.equal('loading');
    expect(events.take()).to.deep.equal([LOST]);
    const {unbound} = room.diagnose().messages;
    await says('connected', {conferenceAlias: 'old'});
    await says('toggle-chat', {active: true});
    await says('disconnected', {userInitiated: true});
    await says('dial-out-success', {uuid: 'u-1'});
    await says('ready', {version: 1, features: ['old']});
    room.setChatBadge(true);
    await room.updateComplete;
    await settle();
    expect(room.diagnose().messages.unbound - unbound).to.equal(5);
    expect(events.all).to.deep.equal([]);
    expect(mail.all).to.deep.equal([]);
    expect(room.features).to.deep.equal([]);
    expect(room.chat).to.be.false;
    expect(room.state).to.equal('loading');
    await fetch(`${simulators.puppetNode}/release?id=${id}`, {mode: 'no-cors'});
  });

  it('another room is the end of a call with the real plugin, whose goodbye is not told again', async () => {
    const {room, meeting} = await setupCall();
    const [events, loads] = [recordRoom(room), recordLoads(room)];
    room.room = 'other';
    await untilTold(events, 'pexip-ready');
    expect(events.all).to.deep.equal([LOST, READY]);
    await meeting.join();
    await untilTold(events, 'pexip-connected');
    expect(events.all.at(-1)).to.deep.equal(['pexip-connected', {conferenceAlias: 'other'}]);
    expect(events.all).to.have.length(3);
    await loads.reaches(1);
    expect(loads.all).to.have.length(1);
  });
});
