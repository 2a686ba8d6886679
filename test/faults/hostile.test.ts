import {expect, oneEvent} from '@open-wc/testing';

import {PageChannel} from '../../plugin/src/page-channel.js';
import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import {captureConsole, fakeWindows} from '../plugin/fakes.js';
import {
  HOSTILE_CONTROLS,
  HOSTILE_MESSAGES,
  prototypeKeys,
  type HostileMessage,
} from '../protocol/hostile.js';
import {place, record, setupSettledCall} from '../support/mount.js';
import {nextMessage, puppetSendsAll} from '../support/puppet.js';
import {setupPuppetPlugin} from '../support/puppet-plugin.js';
import {ROOM_EVENTS} from '../support/room-events.js';
import {uncaught} from '../support/uncaught.js';
import {simulators} from 'test-simulators';

type EventName = (typeof ROOM_EVENTS)[number];

const CORPUS = HOSTILE_MESSAGES.map(({data}) => data);
const puppetIsHere = (): Promise<MessageEvent> => nextMessage(({data}) => data?.puppet === 'here');

/** All that can be seen of a room but what it has counted. */
const snapshotOf = (room: PexipChatRoomElement) => {
  const {messages: _, seen: __, wrongOrigin: ___, ...diagnosis} = room.diagnose();
  const {state, chat, features, dialect} = room;
  return {...diagnosis, state, chat, features, dialect, nodes: room.renderRoot.textContent};
};

/** What a room in a call that is not moved shows after `attack`, and what it has counted of it. */
const endure = async (room: PexipChatRoomElement, attack: () => Promise<void>) => {
  const errors = uncaught();
  const [keys, before] = [prototypeKeys(), snapshotOf(room)];
  const seen = record(room, ...ROOM_EVENTS);
  const {messages: counted} = room.diagnose();
  await attack();
  await room.updateComplete;
  expect(errors).to.deep.equal([]);
  expect(seen).to.deep.equal([]);
  expect(snapshotOf(room)).to.deep.equal(before);
  expect(prototypeKeys()).to.deep.equal(keys);
  expect(({} as {polluted?: number}).polluted).to.equal(undefined);
  const {messages} = room.diagnose();
  expect(messages.accepted - counted.accepted).to.equal(0);
  return {foreign: messages.foreign - counted.foreign, origin: messages.origin - counted.origin};
};

type Effects = {readonly must: readonly EventName[]; readonly may: readonly EventName[]};

const NONE: Effects = {must: [], may: []};

/** What is about people is a message of the second dialect alone, and read by a file that comes later. */
const PEOPLE = {
  roster: 'pexip-roster-changed',
  self: 'pexip-self-changed',
  'toggle-participants': 'pexip-participants-toggle-request',
} as const;

/** Its payload has all that its name can want. */
const isWhole = (payload: HostileMessage['payload']): boolean =>
  payload === 'right' || payload === 'huge';

/** A roster whose list is one, whatever is in it. */
const isList = ({name, payload}: HostileMessage): boolean =>
  name === 'roster' && payload === 'exotic';

/** Is told of people, and has to be. */
const isOfRightPeople = (
  message: HostileMessage,
): message is HostileMessage & {name: keyof typeof PEOPLE} =>
  Object.hasOwn(PEOPLE, message.name ?? '') && !message.documented && isWhole(message.payload);

const isOfPeople = (type: EventName): boolean =>
  (Object.values(PEOPLE) as readonly EventName[]).includes(type);

const wholeEffects = (name: string, whole: boolean): Effects => {
  switch (name) {
    case 'ready':
      return {must: ['pexip-ready'], may: []};
    case 'connected':
      return {must: [], may: ['pexip-connected']};
    case 'disconnected':
      return whole ? {must: [], may: ['pexip-disconnected']} : NONE;
    case 'toggle-chat':
      return whole ? {must: ['pexip-chat-toggle-request'], may: ['pexip-chat-toggled']} : NONE;
    default:
      return NONE;
  }
};

/** The events that a message of the bound window has to fire, and those that it may fire; in both dialects. */
const effectsOf = ({name = '', payload}: HostileMessage): Effects =>
  payload ? wholeEffects(name, isWhole(payload)) : NONE;

/** After each bare ready of the corpus there is nobody for the room, which is told, too. */
const RESTARTS = HOSTILE_MESSAGES.filter(({name}) => name === 'ready').length;

describe('the corpus of hostile messages', () => {
  it('has 28 odd values, and 26 names with 7 payloads in each dialect', () => {
    const odd = HOSTILE_MESSAGES.filter(({name}) => name === undefined);
    expect(odd).to.have.length(28);
    for (const documented of [true, false]) {
      const named = HOSTILE_MESSAGES.filter((each) => each.documented === documented);
      expect(named).to.have.length(182);
      expect(new Set(named.map(({name}) => name)).size).to.equal(26);
      expect(new Set(named.map(({payload}) => payload)).size).to.equal(7);
    }
  });

  it('from a frame beside the room is foreign, all of it', async () => {
    const {room} = await setupSettledCall();
    const loaded = puppetIsHere();
    const sibling = place(document.createElement('iframe'));
    sibling.title = 'puppet';
    sibling.src = `${simulators.evil}/`;
    await loaded;
    const counted = await endure(room, () => puppetSendsAll(sibling.contentWindow!, CORPUS));
    expect(counted.foreign).to.be.at.least(CORPUS.length);
  });

  it('from a foreign frame nested in Web App 3 has the wrong origin, all of it', async () => {
    const {room, meeting} = await setupSettledCall();
    const frame = room.renderRoot.querySelector('iframe')!.contentWindow!;
    const place = frame.length;
    const loaded = puppetIsHere();
    await meeting.addFrame({url: `${simulators.evil}/`});
    await loaded;
    const counted = await endure(room, () => puppetSendsAll(frame[place]!, CORPUS, {up: 2}));
    expect(counted.origin).to.be.at.least(CORPUS.length);
  });

  it('from the bound window has the effects of its valid messages and no other', async () => {
    const errors = uncaught();
    const {room, says, saysAll} = await setupPuppetPlugin();
    await says('ready');
    // With the file that reads them here, nothing of people waits for it until a ready forgets it.
    const roster = (uuid: string): unknown => ({
      action: 'rocketchat:videoconf/roster',
      participants: [{uuid}],
    });
    const first = oneEvent(room, 'pexip-roster-changed');
    await saysAll([roster('first')]);
    await first;
    const keys = prototypeKeys();
    const people = record(room, ...Object.values(PEOPLE));
    const seen = record(room, ...ROOM_EVENTS.filter((type) => !isOfPeople(type)));
    for (const message of HOSTILE_MESSAGES) {
      // What is told of people comes a moment later, and of two alike in that moment the last.
      const later = isOfRightPeople(message) && oneEvent(room, PEOPLE[message.name]);
      await saysAll([message.data]);
      await later;
      const {must, may} = effectsOf(message);
      const told = seen.splice(0);
      expect(told, message.words).to.include.members(must);
      expect([...must, ...may], message.words).to.include.members(told);
    }
    for (const [name, type] of Object.entries(PEOPLE)) {
      const said = HOSTILE_MESSAGES.filter((each) => each.name === name && !each.documented);
      const right = said.filter(isOfRightPeople);
      const readable = said.filter((each) => isWhole(each.payload) || isList(each));
      const told = people.filter((each) => each === type);
      expect(told.length, type).to.be.at.least(right.length);
      expect(told.length, type).to.be.at.most(readable.length + RESTARTS);
    }
    expect(errors).to.deep.equal([]);
    expect(prototypeKeys()).to.deep.equal(keys);
    expect(room.renderRoot.querySelector('img')).to.equal(null);

    await says('toggle-chat', {active: !room.chat});
    expect(seen).to.deep.equal(['pexip-chat-toggle-request', 'pexip-chat-toggled']);
    expect(({} as {polluted?: number}).polluted).to.equal(undefined);
  });

  it('from its page makes the plugin throw nothing, and reaches no listener after it', () => {
    const {page, self} = fakeWindows();
    const {lines, restore} = captureConsole();
    const life = new AbortController();
    const errors = uncaught();
    const keys = prototypeKeys();
    const heard: string[] = [];
    const late: Event[] = [];
    const origins = ['https://app.example.com'];
    const channel = new PageChannel({
      self: self.asWindow(),
      page: page.asWindow(),
      origins,
      dialect: 'external-chat',
      signal: life.signal,
    });
    self.addEventListener('message', (event) => late.push(event), {signal: life.signal});
    channel.announce(({type}) => heard.push(type));
    for (const {data} of HOSTILE_MESSAGES) self.receive(page, origins[0]!, data);
    restore();
    life.abort();
    expect(errors).to.deep.equal([]);
    expect(late).to.deep.equal([]);
    expect(prototypeKeys()).to.deep.equal(keys);
    expect(heard).to.include('toggle-chat-button-state');
    for (const type of heard) {
      expect(type).to.match(/^(?:toggle-chat-button-state|toggle-chat-badge|dial-out)$/);
    }
    // One line for each kind, however many there are.
    expect(lines).to.have.length(2);
  });

  it('from its page controls nothing by what is no whole control of the second dialect', () => {
    const {page, self} = fakeWindows();
    const {restore} = captureConsole();
    const life = new AbortController();
    const errors = uncaught();
    const heard: string[] = [];
    const origin = 'https://app.example.com';
    const channel = new PageChannel({
      self: self.asWindow(),
      page: page.asWindow(),
      origins: [origin],
      dialect: 'external-chat',
      signal: life.signal,
    });
    channel.announce(({type}) => heard.push(type));
    const told = (messages: readonly HostileMessage[]): string[] => {
      heard.length = 0;
      for (const {data} of messages) self.receive(page, origin, data);
      return [...new Set(heard)].sort();
    };
    expect(told(HOSTILE_CONTROLS.filter(({documented}) => documented))).to.deep.equal([]);
    expect(told(HOSTILE_CONTROLS.filter(({payload}) => !isWhole(payload)))).to.deep.equal([]);
    expect(told(HOSTILE_CONTROLS)).to.deep.equal(
      HOSTILE_CONTROLS.map(({name}) => name!)
        .filter((name, i, all) => all.indexOf(name) === i)
        .sort(),
    );
    restore();
    life.abort();
    expect(errors).to.deep.equal([]);
  });
});
