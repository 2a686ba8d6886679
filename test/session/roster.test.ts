import {expect} from '@open-wc/testing';

import {toWire} from '../../src/protocol/external-chat.js';
import type {RosterMessage} from '../../src/protocol/roster.js';
import {Roster, type RosterFact} from '../../src/session/roster.js';
import {ODD_VALUES} from '../protocol/hostile.js';
import {Recorder} from './recorders.js';

const SELF = {
  participantUuid: 'u',
  micMuted: false,
  camMuted: true,
  clientMuted: false,
  isHost: true,
  canControl: true,
};

describe('Roster', () => {
  let roster: Roster;
  let facts: Recorder<RosterFact>;

  beforeEach(() => {
    roster = new Roster();
    facts = new Recorder();
    roster.subscribe((_, fact) => facts.add(fact));
  });

  const receive = (message: RosterMessage): boolean => roster.receive(toWire(message, 'videoconf'));
  const tell = (...names: readonly string[]): boolean =>
    roster.receive({
      action: 'rocketchat:videoconf/roster',
      participants: names.map((uuid) => ({uuid})),
    });
  const uuids = (): string[] => roster.getState().participants.map(({uuid}) => uuid);

  it('knows nobody at first', () => {
    expect(roster.getState()).to.deep.equal({participants: [], self: null});
    expect(Object.isFrozen(roster.getState().participants)).to.equal(true);
  });

  it('takes each list for the whole list, and tells of it', () => {
    expect(tell('a', 'b')).to.equal(true);
    expect(tell('c')).to.equal(true);
    expect(uuids()).to.deep.equal(['c']);
    const [first, second] = facts.take();
    expect(first).to.have.nested.property('detail.participants').with.lengthOf(2);
    expect(second).to.deep.equal({
      type: 'roster-changed',
      detail: {participants: roster.getState().participants},
    });
  });

  it('tells of the own person with just the documented fields, frozen', () => {
    receive({type: 'self', ...SELF});
    expect(facts.all).to.deep.equal([{type: 'self-changed', detail: SELF}]);
    expect(roster.getState().self).to.deep.equal(SELF);
    expect(Object.isFrozen(roster.getState().self)).to.equal(true);
    expect(uuids()).to.deep.equal([]);
  });

  it('hands on that the panel is asked for, and keeps nothing of it', () => {
    const before = roster.getState();
    for (const active of [true, false]) receive({type: 'toggle-participants', active});
    expect(facts.all).to.deep.equal([
      {type: 'participants-toggle-request', detail: {active: true}},
      {type: 'participants-toggle-request', detail: {active: false}},
    ]);
    expect(roster.getState()).to.deep.equal(before);
  });

  it('says of anything else that it is no message, and changes nothing', () => {
    tell('a');
    facts.take();
    const odd = ODD_VALUES.map((value) => ({
      action: 'rocketchat:videoconf/self',
      participantUuid: Array.isArray(value) ? value : [value],
    }));
    for (const data of [...ODD_VALUES, ...odd, {action: 'rocketchat:videoconf/ready'}]) {
      expect(roster.receive(data)).to.equal(false);
    }
    expect(facts.all).to.deep.equal([]);
    expect(uuids()).to.deep.equal(['a']);
  });

  it('forgets everybody when it is cleared, and tells so once', () => {
    tell('a');
    receive({type: 'self', ...SELF});
    facts.take();
    roster.clear();
    roster.clear();
    expect(roster.getState()).to.deep.equal({participants: [], self: null});
    expect(facts.all).to.deep.equal([
      {type: 'self-gone'},
      {type: 'roster-changed', detail: {participants: []}},
    ]);
  });

  it('tells of nothing when there was nobody to forget', () => {
    roster.clear();
    tell();
    facts.take();
    roster.clear();
    expect(facts.all).to.deep.equal([]);
  });

  it('has forgotten the own person, too, when it tells that everybody is gone', () => {
    tell('a');
    receive({type: 'self', ...SELF});
    const seen: unknown[] = [];
    roster.subscribe(({participants, self}, {type}) => {
      if (type === 'roster-changed') seen.push([participants.length, self]);
    });
    roster.clear();
    expect(seen).to.deep.equal([[0, null]]);
  });
});
