import {expect} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {RcUnreadChangedEvent} from '../../src/events/chat-events.js';
import {place, setupCall} from '../support/mount.js';
import {setupPuppetRoom, type PuppetRoom} from '../support/puppet-room.js';
import {recordPane, recordRoom, type Told} from '../support/room-record.js';

const READY: Told = ['pexip-ready', {features: ['chat', 'dial-out'], dialect: 'external-chat'}];
const LOST: Told = ['pexip-disconnected', {userInitiated: false}];

type Mail = readonly [name: string, fields: Readonly<Record<string, unknown>>];

/** What a plugin says, what its room then tells, and what the plugin is answered. */
interface Step {
  readonly says: readonly [name: string, fields?: object];
  readonly tells: readonly Told[];
  readonly answers: readonly Mail[];
}

const button = (active: boolean): Mail => ['toggle-chat-button-state', {active}];
const badge = (visible: boolean): Mail => ['toggle-chat-badge', {visible}];

const toggle = (active: boolean): Step => ({
  says: ['toggle-chat', {active}],
  tells: [
    ['pexip-chat-toggle-request', {active}],
    ['pexip-chat-toggled', {active, by: 'toolbar'}],
  ],
  answers: [button(active)],
});

/** A whole call in five messages, with a name that no other call has. */
const callNamed = (name: string): Step[] => [
  {
    says: ['ready'],
    tells: [READY],
    answers: [button(false), badge(false), ['hello', {version: 1}]],
  },
  {
    says: ['connected', {conferenceAlias: name}],
    tells: [['pexip-connected', {conferenceAlias: name}]],
    answers: [],
  },
  toggle(true),
  toggle(false),
  {
    says: ['disconnected', {userInitiated: true, errorCode: name}],
    tells: [['pexip-disconnected', {userInitiated: true, errorCode: name}]],
    answers: [],
  },
];

const calls = (prefix: string, count: number): Step[] =>
  Array.from({length: count}, (_, index) => callNamed(`${prefix}-${index}`)).flat();

/** The same numbers in each run, so that a failure can be seen again. */
const numbers = (seed: number) => (below: number) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * below);
};

interface Party extends PuppetRoom {
  readonly pane: RcChatPaneElement;
}

/** Has each puppet say its steps in their order, and all of them at once, in any. */
const play = async (plans: ReadonlyMap<Party, readonly Step[]>): Promise<void> => {
  const left = new Map([...plans].map(([party, steps]) => [party, [...steps]]));
  const random = numbers(plans.size);
  while (left.size) {
    const batch: Promise<void>[] = [];
    while (left.size && batch.length < 100) {
      const [party, steps] = [...left][random(left.size)]!;
      batch.push(party.says(...steps.shift()!.says));
      if (!steps.length) left.delete(party);
    }
    await Promise.all(batch);
  }
  await Promise.all([...plans.keys()].map((party) => party.settle()));
};

/** Each room has told, and each plugin was answered, what its own steps ask for and nothing else. */
const expectOwn = (plans: ReadonlyMap<Party, readonly Step[]>): void => {
  for (const [{events, mail}, steps] of plans) {
    expect(events.take()).to.deep.equal(steps.flatMap(({tells}) => tells));
    expect(mail.take()).to.deep.equal(steps.flatMap(({answers}) => answers));
  }
};

const countUnread = (pane: RcChatPaneElement, count: number): void => {
  pane.dispatchEvent(new RcUnreadChangedEvent({count, alert: count > 0, rooms: []}));
};

describe('twenty rooms on one page, all with the same node and alias', () => {
  it('keep a thousand interleaved messages apart, with one moved and one removed in between', async () => {
    const parties: Party[] = [];
    for (let index = 0; index < 20; index++) {
      const pane = document.createElement('rc-chat-pane');
      parties.push({...(await setupPuppetRoom({}, pane)), pane});
    }
    const paneEvents = parties.map(({pane}) => recordPane(pane));
    const all = parties.map((_, index) => calls(`room ${index}`, 10));
    const plan = (from: number, to: number, without: readonly Party[] = []) =>
      new Map(
        parties
          .map((party, index) => [party, all[index]!.slice(from, to)] as const)
          .filter(([party]) => !without.includes(party)),
      );

    // To where each person is in a call.
    const before = plan(0, 22);
    await play(before);
    expectOwn(before);

    const [moved, removed] = [parties[7]!, parties[13]!];
    place(document.createElement('section')).append(moved.room);
    removed.room.remove();
    await moved.starts.reaches(1);
    const after = plan(22, 50, [moved, removed]);
    const movedCalls = calls('moved', 12);
    await play(new Map([...after, [moved, movedCalls]]));
    for (const {events} of [moved, removed]) expect(events.all.splice(0, 1)).to.deep.equal([LOST]);
    expectOwn(new Map([...after, [moved, movedCalls], [removed, []]]));
    for (const {starts} of parties)
      expect(starts.take()).to.have.length(starts === moved.starts ? 1 : 0);
    for (const {all: told} of paneEvents) expect(told).to.deep.equal([]);
  });

  it('have a badge and a chat each, of which no other room and no other pane knows', async () => {
    const parties: Party[] = [];
    for (let index = 0; index < 20; index++) {
      const pane = document.createElement('rc-chat-pane');
      parties.push({...(await setupPuppetRoom({}, pane)), pane});
    }
    const settle = async (): Promise<void> => {
      await Promise.all(parties.map(({room}) => room.updateComplete));
      await Promise.all(parties.map((party) => party.settle()));
    };
    await Promise.all(parties.map(({join}) => join()));

    for (const [index, {pane}] of parties.entries()) if (index % 2) countUnread(pane, index);
    await settle();
    for (const [index, {mail, events}] of parties.entries()) {
      expect(mail.take()).to.deep.equal(index % 2 ? [badge(true)] : []);
      expect(events.take()).to.deep.equal([]);
    }

    for (const [index, {pane}] of parties.entries()) if (index % 2) countUnread(pane, 0);
    await settle();
    for (const {mail} of parties) mail.take();
    for (const [index, {pane, says}] of parties.entries()) {
      if (index % 3 === 0) await says('toggle-chat', {active: true});
      if (index % 3 === 1) pane.active = true;
    }
    await settle();
    for (const [index, {room, pane, mail, events}] of parties.entries()) {
      const by = ['toolbar', 'pane'][index % 3];
      expect([room.chat, pane.active]).to.deep.equal([!!by, !!by]);
      expect(mail.take()).to.deep.equal(by ? [button(true)] : []);
      const toggled = events.take().filter(([type]) => type === 'pexip-chat-toggled');
      expect(toggled.map(([, detail]) => detail)).to.deep.equal(by ? [{active: true, by}] : []);
    }
  });
});

describe('three rooms on one page with the real plugin', () => {
  it('have a call each, and a move and a removal are noticed by no other', async () => {
    const setup = async () => {
      const pane = document.createElement('rc-chat-pane');
      const call = await setupCall({}, pane);
      return {...call, pane, events: recordRoom(call.room)};
    };
    const parties = [await setup(), await setup(), await setup()] as const;
    const [a, b, c] = parties;
    const told = () => parties.map(({events}) => events.take().map(([type]) => type));
    const buttons = async () =>
      (await Promise.all(parties.map(({meeting}) => meeting.state()))).map(({button}) => [
        button?.pressed,
        button?.badge,
      ]);

    await b.meeting.clickChat();
    await b.meeting.until(({button}) => button?.pressed === true);
    countUnread(c.pane, 1);
    await c.meeting.until(({button}) => button?.badge === true);
    expect(await buttons()).to.deep.equal([
      [false, false],
      [true, false],
      [false, true],
    ]);
    expect(parties.map(({pane}) => pane.active)).to.deep.equal([false, true, false]);
    expect(told()).to.deep.equal([[], ['pexip-chat-toggle-request', 'pexip-chat-toggled'], []]);

    const dialled = {role: 'GUEST', destination: 'carol@example.com', protocol: 'sip'} as const;
    expect((await a.room.dialOut(dialled)).displayName).to.equal('carol');
    const present = await Promise.all(parties.map(({meeting}) => meeting.state()));
    expect(present.map(({participants}) => participants.includes('carol'))).to.deep.equal([
      true,
      false,
      false,
    ]);
    expect(told()).to.deep.equal([['pexip-dial-out-request', 'pexip-dial-out-succeeded'], [], []]);

    place(document.createElement('section')).append(a.room);
    b.room.remove();
    await a.events.until((all) => all.some(([type]) => type === 'pexip-ready'));
    await c.meeting.clickChat();
    await c.meeting.until(({button}) => button?.pressed === true);
    expect(told()).to.deep.equal([
      ['pexip-disconnected', 'pexip-ready'],
      ['pexip-disconnected'],
      ['pexip-chat-toggle-request', 'pexip-chat-toggled'],
    ]);
    expect(parties.map(({room}) => room.state)).to.deep.equal(['ready', 'idle', 'connected']);
  });
});
