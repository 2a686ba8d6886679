import {expect} from '@open-wc/testing';

import {PeopleTeller, ROSTER_PAUSE} from '../../plugin/src/people-teller.js';
import {
  readParticipant,
  type Participant,
  type RosterMessage,
  type SelfState,
} from '../../src/protocol/roster.js';
import {turn} from '../support/turn.js';
import {fakeTimers} from './fakes.js';

const named = (...names: string[]): Participant[] =>
  names.map((uuid) => readParticipant({uuid, displayName: uuid})!);
const SELF: SelfState = {
  participantUuid: 'a',
  micMuted: false,
  camMuted: false,
  clientMuted: false,
  isHost: true,
  canControl: true,
};

describe('PeopleTeller', () => {
  let people: {participants: readonly Participant[]; self: SelfState | undefined};
  let sent: RosterMessage[];
  let teller: PeopleTeller;
  let timers: ReturnType<typeof fakeTimers>;

  beforeEach(() => {
    timers = fakeTimers();
    people = {participants: named('a'), self: SELF};
    sent = [];
    teller = new PeopleTeller(people, (message) => sent.push(message));
  });
  afterEach(() => timers.restore());

  const change = async (participants: readonly Participant[]): Promise<void> => {
    people.participants = participants;
    teller.changed();
    await turn();
  };
  /** Who was in each roster that was sent. */
  const rosters = (): string[] =>
    sent
      .filter((message) => message.type === 'roster')
      .map(({participants}) => participants.map(({uuid}) => uuid).join(''));

  it('tells all there is at once when the page may hear it', () => {
    teller.start();
    expect(sent).to.deep.equal([
      {type: 'roster', participants: named('a')},
      {type: 'self', ...SELF},
    ]);
  });

  it('tells it again to a page that is to hear it again', () => {
    teller.start();
    teller.start();
    expect(sent.map(({type}) => type)).to.deep.equal(['roster', 'self', 'roster', 'self']);
  });

  it('says nothing of nobody, which is what a page starts with', () => {
    people = Object.assign(people, {participants: [], self: undefined});
    teller.start();
    expect(sent).to.deep.equal([]);
  });

  it('tells that the last one has gone', async () => {
    teller.start();
    timers.run();
    await change([]);
    expect(rosters()).to.deep.equal(['a', '']);
  });

  it('tells a change at once if nothing was told for 100 ms', async () => {
    teller.start();
    timers.run();
    await change(named('a', 'b'));
    expect(rosters()).to.deep.equal(['a', 'ab']);
    expect(timers.waits).to.deep.equal([ROSTER_PAUSE, ROSTER_PAUSE]);
    expect(ROSTER_PAUSE).to.equal(100);
  });

  it('tells all changes within 100 ms in one message at their end, the last state', async () => {
    teller.start();
    await change(named('a', 'b'));
    await change(named('a', 'b', 'c'));
    await change(named('c'));
    expect(rosters()).to.deep.equal(['a']);
    timers.run();
    expect(rosters()).to.deep.equal(['a', 'c']);
  });

  it('makes two messages of 10,000 changes, and stops', async () => {
    people.participants = [];
    for (let index = 0; index < 10_000; index++) {
      people.participants = named(`u-${index}`);
      teller.changed();
    }
    await turn();
    for (let index = 0; index < 10_000; index++) {
      people.participants = named(`v-${index}`);
      teller.changed();
    }
    for (let turn = 0; turn < 9 && timers.size; turn++) timers.run();
    expect(timers.size).to.equal(0);
    expect(rosters()).to.deep.equal(['u-9999', 'v-9999']);
  });

  it('says nothing when nothing has changed', async () => {
    teller.start();
    timers.run();
    teller.changed();
    await turn();
    expect(sent).to.have.length(2);
    expect(timers.size).to.equal(0);
  });

  it('tells of our own user when it differs from what was told, and without the roster', async () => {
    teller.start();
    timers.run();
    people.self = {...SELF};
    teller.changed();
    people.self = {...SELF, micMuted: true};
    teller.changed();
    await turn();
    expect(sent.slice(2)).to.deep.equal([{type: 'self', ...SELF, micMuted: true}]);
  });

  it('says nothing of a meeting that is over, not even what was to be told', async () => {
    teller.start();
    await change(named('a', 'b'));
    Object.assign(people, {participants: [], self: undefined});
    teller.ended();
    expect(timers.size).to.equal(0);
    teller.changed();
    await turn();
    expect(sent).to.have.length(2);
  });

  it('tells all of the next meeting, also what is as it was before', async () => {
    teller.start();
    Object.assign(people, {participants: [], self: undefined});
    teller.ended();
    Object.assign(people, {participants: named('a'), self: SELF});
    teller.changed();
    await turn();
    expect(sent.slice(2)).to.deep.equal([
      {type: 'roster', participants: named('a')},
      {type: 'self', ...SELF},
    ]);
  });
});
