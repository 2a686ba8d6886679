import type {InfinityParticipant} from '@pexip/plugin-api';
import {expect} from '@open-wc/testing';

import {createParticipant} from '../../demo/simulators/web-app3/page/participants.js';
import {People} from '../../plugin/src/people.js';
import {ROSTER_LIMIT} from '../../src/protocol/roster.js';
import {anything, keepingPrototypes} from '../protocol/hostile.js';
import {turn} from '../support/turn.js';
import {fakeEvents, fromReply} from './fakes.js';
import fc from 'fast-check';

const [JOIN, LEAVE, UPDATE] = [0, 1, 2] as const;
const someone = (
  name: string,
  changes: Partial<InfinityParticipant> = {},
): InfinityParticipant => ({
  ...createParticipant({name, role: 'guest'}),
  uuid: name as unknown as InfinityParticipant['uuid'],
  ...changes,
});
const ALICE = someone('alice', {isHost: true, canControl: true, role: 'chair'});
const BOB = someone('bob');
const CAROL = someone('carol');

describe('People', () => {
  let web: ReturnType<typeof fakeEvents>;
  let requests: ((reply: unknown) => void)[];
  let people: People;
  let told: string[];
  let controller: AbortController;

  beforeEach(() => {
    web = fakeEvents();
    requests = [];
    told = [];
    controller = new AbortController();
    people = new People({
      events: web.events,
      request: () => new Promise((reply) => requests.push(reply)),
      signal: controller.signal,
    });
  });

  const listener = {
    changed: (): void => void told.push('changed'),
    ended: (): void => void told.push('ended'),
  };
  const activity = (type: 0 | 1 | 2, ...participants: object[]): void =>
    web.emit(
      'participantsActivities',
      participants.map((participant) => ({roomId: 'main', activity: {type, participant}})),
    );
  const list = (participants: readonly object[], id = 'main'): void =>
    web.emit('participants', {id, participants});
  const me = (participant: object = ALICE): void => web.emit('me', {id: 'main', participant});
  const joins = (...participants: object[]): void =>
    participants.forEach((participant) => web.emit('participantJoined', {id: 'main', participant}));
  const names = (): string[] => people.participants.map(({uuid}) => uuid);
  const reply = async (participants: readonly unknown[], index = requests.length - 1) => {
    requests[index]?.({status: 200, data: {status: 'success', result: participants}});
    await turn();
  };

  describe('knows', () => {
    it('who came and who left, told in either way', () => {
      me();
      joins(BOB);
      activity(JOIN, BOB, CAROL);
      expect(names()).to.deep.equal(['alice', 'bob', 'carol']);
      activity(LEAVE, CAROL);
      web.emit('participantLeft', {id: 'main', participant: BOB});
      expect(names()).to.deep.equal(['alice']);
    });

    it('what has changed of someone', () => {
      joins(BOB);
      activity(UPDATE, {...BOB, raisedHand: true, isPresenting: true});
      expect(people.participants[0]).to.include({raisedHand: true, isPresenting: true});
      activity(UPDATE, BOB);
      expect(people.participants[0]).to.include({raisedHand: false, isPresenting: false});
    });

    it('who waits in the lobby', () => {
      joins({...BOB, isWaiting: true, serviceType: 'waiting_room'});
      expect(people.participants[0]?.isWaiting).to.equal(true);
      activity(UPDATE, BOB);
      expect(people.participants[0]?.isWaiting).to.equal(false);
    });

    it('nobody whose phone still rings', () => {
      joins({...BOB, serviceType: 'connecting'});
      activity(JOIN, {...BOB, serviceType: 'connecting'});
      expect(names()).to.deep.equal([]);
      activity(UPDATE, BOB);
      expect(names()).to.deep.equal(['bob']);
    });

    it('that whoever is not in the list of a room has left it unheard', () => {
      list([ALICE, BOB]);
      list([CAROL], 'breakout-1');
      list([ALICE]);
      expect(names()).to.deep.equal(['alice', 'carol']);
    });

    it('at most as many as a roster takes', () => {
      list(Array.from({length: ROSTER_LIMIT + 10}, (_, index) => ({uuid: `u-${index}`})));
      expect(people.participants).to.have.length(ROSTER_LIMIT);
    });

    it('the same list as long as nothing in it has changed', () => {
      list([ALICE, BOB]);
      const {participants} = people;
      joins({...BOB});
      activity(UPDATE, {...ALICE, startTime: 1});
      expect(people.participants).to.equal(participants);
      activity(UPDATE, {...ALICE, isMuted: true});
      expect(people.participants).not.to.equal(participants);
    });

    it('nothing of what is no participant', () => {
      keepingPrototypes(() =>
        fc.assert(
          fc.property(anything(), anything(), (data, other) => {
            for (const name of [
              'me',
              'participants',
              'participantJoined',
              'participantLeft',
            ] as const) {
              web.emit(name, data);
              web.emit(name, {id: other, participant: data, participants: data});
            }
            web.emit('participants', {id: other, participants: [data, other]});
            web.emit('participantsActivities', data);
            web.emit('participantsActivities', [data, {roomId: data, activity: other}]);
          }),
          {numRuns: 500, seed: 20_261_121},
        ),
      );
      expect(names()).to.deep.equal([]);
    });
  });

  describe('knows our own user', () => {
    it('from the event that tells who it is', () => {
      expect(people.self).to.equal(undefined);
      joins(ALICE);
      expect(people.self).to.equal(undefined);
      me({...ALICE, isCameraMuted: true});
      expect(people.self).to.deep.equal({
        participantUuid: 'alice',
        micMuted: false,
        camMuted: true,
        clientMuted: false,
        isHost: true,
        canControl: true,
      });
    });

    it('as changed by an activity', () => {
      me();
      activity(UPDATE, {...ALICE, isMuted: true, isClientMuted: true, isHost: false});
      expect(people.self).to.include({micMuted: true, clientMuted: true, isHost: false});
    });

    it('apart from all others', () => {
      me();
      activity(UPDATE, {...BOB, isMuted: true});
      expect(people.self).to.include({participantUuid: 'alice', micMuted: false});
    });
  });

  describe('asks the meeting who is in it', () => {
    it('once it is wanted, and at each join', () => {
      web.emit('connected');
      expect(requests).to.have.length(0);
      people.follow(listener);
      people.follow(listener);
      expect(requests).to.have.length(1);
      web.emit('connected');
      expect(requests).to.have.length(2);
    });

    it('and takes whom nothing was told of, as after a start in mid-call', async () => {
      people.follow(listener);
      await reply([fromReply(ALICE), fromReply(BOB)]);
      expect(names()).to.deep.equal(['alice', 'bob']);
      expect(people.participants[0]?.can.control).to.equal(true);
      expect(told).to.deep.equal(['changed']);
    });

    it('and takes over what was known before it asked', async () => {
      joins(BOB);
      people.follow(listener);
      await reply([fromReply({...BOB, isMuted: true})]);
      expect(people.participants[0]?.isMuted).to.equal(true);
    });

    it('but leaves what events have told since, which is newer', async () => {
      joins(ALICE, BOB);
      people.follow(listener);
      activity(UPDATE, {...BOB, isMuted: true});
      activity(LEAVE, ALICE);
      activity(LEAVE, CAROL);
      await reply([ALICE, BOB, CAROL].map(fromReply));
      expect(names()).to.deep.equal(['bob']);
      expect(people.participants[0]?.isMuted).to.equal(true);
    });

    it('and does not count a phone that still rings', async () => {
      people.follow(listener);
      await reply([{...fromReply(BOB), service_type: 'connecting'}]);
      expect(names()).to.deep.equal([]);
    });

    it('and goes on without a reply, and with one that is none', async () => {
      people.follow(listener);
      for (const wrong of [undefined, null, 'no', {status: 403}, {data: {result: 'no'}}]) {
        web.emit('connected');
        requests.at(-1)?.(wrong);
        await turn();
      }
      await reply([null, 1, {}, fromReply(BOB)]);
      joins(CAROL);
      expect(names()).to.deep.equal(['carol']);
      web.emit('connected');
      await reply([null, 1, {}, fromReply(BOB)]);
      expect(names()).to.deep.equal(['carol', 'bob']);
    });

    it('and goes on after a request that failed', async () => {
      const failing = new People({
        events: web.events,
        request: () => Promise.reject(new Error('lost')),
        signal: controller.signal,
      });
      failing.follow(listener);
      await turn();
      joins(BOB);
      expect(failing.participants.map(({uuid}) => uuid)).to.deep.equal(['bob']);
    });

    it('and heeds the last reply alone', async () => {
      people.follow(listener);
      web.emit('connected');
      await reply([fromReply(BOB)], 0);
      expect(names()).to.deep.equal([]);
      await reply([fromReply(CAROL)], 1);
      expect(names()).to.deep.equal(['carol']);
    });
  });

  describe('forgets everybody when our own user leaves', () => {
    for (const end of ['disconnected', 'userInitiatedDisconnect'] as const) {
      it(`told as ${end}`, () => {
        people.follow(listener);
        me();
        web.emit(end);
        expect(people.participants).to.deep.equal([]);
        expect(people.self).to.equal(undefined);
        expect(told.at(-1)).to.equal('ended');
      });
    }

    it('and hears of nobody until the next join', () => {
      people.follow(listener);
      me();
      web.emit('disconnected');
      joins(BOB);
      activity(UPDATE, CAROL);
      list([ALICE]);
      expect(names()).to.deep.equal([]);
      expect(told.at(-1)).to.equal('ended');
      for (const begin of ['authenticatedWithConference', 'connected'] as const) {
        web.emit(begin);
        joins(BOB);
        expect(names()).to.deep.equal(['bob']);
        web.emit('userInitiatedDisconnect');
      }
      me();
      joins(BOB);
      expect(names()).to.deep.equal(['alice', 'bob']);
    });

    it('and takes no reply of the meeting before', async () => {
      people.follow(listener);
      web.emit('disconnected');
      await reply([fromReply(BOB)], 0);
      web.emit('authenticatedWithConference', {});
      expect(names()).to.deep.equal([]);
    });
  });

  it('may include anybody while nobody is known, then those that are', () => {
    expect(people.mayInclude('bob')).to.equal(true);
    joins(ALICE);
    expect(people.mayInclude('bob')).to.equal(false);
    expect(people.mayInclude('alice')).to.equal(true);
    expect(people.mayInclude('__proto__')).to.equal(false);
  });

  it('hears nothing once its signal is aborted', () => {
    controller.abort();
    me();
    joins(BOB);
    expect(names()).to.deep.equal([]);
  });
});
