import {expect} from '@open-wc/testing';
import type {InfinityParticipant} from '@pexip/plugin-api';

import type {PersonTraits, RosterEntry} from '../../demo/simulators/web-app3/remote.js';
import {setupProbe} from '../support/probe.js';

/** A control of one participant. */
interface Control {
  /** Of plugin-api's `conference`. */
  readonly method: string;
  readonly payload: object;
  /** Bob, before the call. */
  readonly before?: PersonTraits;
  /** Bob in the roster after it; `null` if he has gone. */
  readonly after: Partial<RosterEntry> | null;
  /** What a participant must allow. */
  readonly flag?: keyof InfinityParticipant;
  /** Who does it to themselves needs not be a host. */
  readonly own?: boolean;
  /** The answer is not SUCCESS. */
  readonly answer?: undefined;
}

const SUCCESS = {status: 200, data: {status: 'success', result: true}};
const OWN = {flag: 'canMute', own: true} as const;
const DESTINATION = {destination: 'other@example.com', pin: '1234', role: 'guest'};

const CONTROLS: Readonly<Record<string, Control>> = {
  'mute a microphone': {method: 'mute', payload: {mute: true}, after: {muted: true}, ...OWN},
  'unmute a microphone': {
    method: 'mute',
    payload: {mute: false},
    before: {muted: true},
    after: {muted: false},
    ...OWN,
  },
  'mute a camera': {
    method: 'muteVideo',
    payload: {muteVideo: true},
    after: {videoMuted: true},
    ...OWN,
  },
  'unmute a camera': {
    method: 'muteVideo',
    payload: {muteVideo: false},
    before: {cameraMuted: true},
    after: {videoMuted: false},
    ...OWN,
  },
  'raise a hand': {
    method: 'raiseHand',
    payload: {raise: true},
    after: {hand: true},
    flag: 'canRaiseHand',
    own: true,
  },
  'lower a hand': {
    method: 'raiseHand',
    payload: {raise: false},
    before: {handRaised: true},
    after: {hand: false},
    flag: 'canRaiseHand',
    own: true,
  },
  'put somebody into the spotlight': {
    method: 'spotlight',
    payload: {enable: true},
    after: {spotlight: true},
    flag: 'canSpotlight',
  },
  'take somebody out of the spotlight': {
    method: 'spotlight',
    payload: {enable: false},
    before: {spotlight: true},
    after: {spotlight: false},
    flag: 'canSpotlight',
  },
  'make somebody a host': {
    method: 'setRole',
    payload: {role: 'chair'},
    after: {role: 'chair'},
    answer: undefined,
  },
  'make somebody a guest': {
    method: 'setRole',
    payload: {role: 'guest'},
    before: {role: 'chair'},
    after: {role: 'guest'},
    answer: undefined,
  },
  'admit somebody': {
    method: 'admit',
    payload: {},
    before: {waiting: true},
    after: {waiting: false},
  },
  'disconnect somebody': {
    method: 'disconnect',
    payload: {},
    after: null,
    flag: 'canDisconnect',
  },
  'transfer somebody': {
    method: 'transfer',
    payload: DESTINATION,
    after: null,
    flag: 'canTransfer',
  },
};

const setupMeeting = async (bob: PersonTraits = {}, query = '') => {
  const probe = await setupProbe(query);
  await probe.meeting.join();
  const {roster} = await probe.meeting.bringIn({name: 'Bob', ...bob});
  const [alice, {uuid}] = roster as [RosterEntry, RosterEntry];
  return {...probe, alice: alice.uuid, uuid};
};

describe('the controls of the Web App 3 simulator', () => {
  for (const [does, {method, payload, before = {}, after, ...rest}] of Object.entries(CONTROLS)) {
    it(`${does} for a host, told by activities`, async () => {
      const {meeting, call, eventsOf, uuid} = await setupMeeting(before);
      let answer: unknown;
      const events = await eventsOf(async () => {
        answer = await call(method, {...payload, participantUuid: uuid});
      });
      expect(answer).to.deep.equal('answer' in rest ? rest.answer : SUCCESS);
      expect(events.map(({name}) => name)).to.include('participantsActivities');
      const {roster, controls} = await meeting.state();
      const bob = roster.find((each) => each.uuid === uuid);
      if (after) expect(bob).to.include(after);
      else expect(bob).to.be.undefined;
      expect(controls.at(-1)!.payload).to.deep.equal({...payload, participantUuid: uuid});
    });
  }

  it('give a host control, and take it, with the role', async () => {
    const {call, eventsOf, uuid} = await setupMeeting();
    const rights = async (role: string) => {
      const events = await eventsOf(() => call('setRole', {role, participantUuid: uuid}));
      const [{activity}] = events.at(-1)!.payload as [
        {activity: {participant: InfinityParticipant}},
      ];
      const {isHost, canControl, canChangeLayout} = activity.participant;
      return {isHost, canControl, canChangeLayout};
    };
    const all = {isHost: true, canControl: true, canChangeLayout: true};
    const none = {isHost: false, canControl: false, canChangeLayout: false};
    expect(await rights('chair')).to.deep.equal(all);
    expect(await rights('guest')).to.deep.equal(none);
  });

  it('mute all guests and those who come, but no host, and tell the status', async () => {
    const {meeting, call, eventsOf} = await setupMeeting();
    await meeting.bringIn({name: 'Carol', role: 'chair'}, {name: 'Dan', waiting: true});
    const events = await eventsOf(() => call('muteAllGuests', {mute: true}));
    expect(events.map(({name}) => name)).to.deep.equal([
      'conferenceStatus',
      'participantsActivities',
    ]);
    expect(events[0]!.payload).to.have.nested.property('status.guestsMuted', true);
    const muted = async (): Promise<string[]> =>
      (await meeting.state()).roster.filter((each) => each.muted).map(({name}) => name);
    expect(await muted()).to.deep.equal(['Bob']);
    const {roster} = await meeting.bringIn({name: 'Eve'});
    await call('admit', {participantUuid: roster.find(({name}) => name === 'Dan')!.uuid});
    expect(await muted()).to.deep.equal(['Bob', 'Dan', 'Eve']);
    await call('muteAllGuests', {mute: false});
    expect(await muted()).to.deep.equal([]);
  });

  it('lock the meeting, and guests who come then wait', async () => {
    const {meeting, call, eventsOf} = await setupMeeting();
    const events = await eventsOf(() => call('lock', {lock: true}));
    expect(events[0]!.payload).to.have.nested.property('status.locked', true);
    await meeting.bringIn({name: 'Carol'}, {name: 'Dan', role: 'chair'});
    const {roster, locked} = await meeting.state();
    expect(locked).to.be.true;
    expect(roster.filter(({waiting}) => waiting).map(({name}) => name)).to.deep.equal(['Carol']);
  });

  it('tell the remote control transfers and digits as they came', async () => {
    const {meeting, call, uuid} = await setupMeeting();
    await call('sendDTMF', {digits: '12#', participantUuid: uuid});
    const payload = {...DESTINATION, participantUuid: uuid};
    await call('transfer', payload);
    const {transfers, dtmf, controls} = await meeting.state();
    expect(dtmf).to.deep.equal([{uuid, digits: '12#'}]);
    expect(transfers).to.deep.equal([payload]);
    expect(controls.map(({name}) => name)).to.deep.equal([
      'participant:sendDTMF',
      'participant:transfer',
    ]);
  });

  it('mean the caller where the uuid is left out, a guest, too, who hears it by event:me', async () => {
    const {meeting, call, eventsOf} = await setupMeeting({}, '&role=guest');
    const events = await eventsOf(async () => {
      await call('mute', {mute: true});
      await call('muteVideo', {muteVideo: true});
      await call('raiseHand', {raise: true});
      await call('sendDTMF', {digits: '1'});
    });
    const {roster, dtmf} = await meeting.state();
    expect(roster[0]).to.include({name: 'Alice', muted: true, videoMuted: true, hand: true});
    expect(roster[1]).to.include({name: 'Bob', muted: false, videoMuted: false, hand: false});
    expect(dtmf).to.deep.equal([{uuid: roster[0]!.uuid, digits: '1'}]);
    const told = ['me', 'participantsActivities'];
    expect(events.map(({name}) => name)).to.deep.equal([...told, ...told, ...told]);
  });

  it('end the call of a host who disconnects himself', async () => {
    const {meeting, eventsOf, call, alice} = await setupMeeting();
    const events = await eventsOf(() => call('disconnect', {participantUuid: alice}));
    expect(events.map(({name}) => name)).to.deep.equal(['disconnected']);
    expect((await meeting.state()).phase).to.equal('dropped');
  });

  it('are answered with nothing outside a meeting', async () => {
    const {meeting, call, uuid} = await setupMeeting();
    await meeting.leave();
    expect(await call('mute', {mute: true, participantUuid: uuid})).to.be.undefined;
    expect(await call('requestParticipants')).to.be.undefined;
  });
});

describe('the refusals of the Web App 3 simulator', () => {
  type Meeting = Awaited<ReturnType<typeof setupMeeting>>;
  const DIGITS = {method: 'sendDTMF', payload: {digits: '1'}};
  const ONES = [...Object.values(CONTROLS), DIGITS];

  /** What was answered, or told, or has changed: nothing of it may be. */
  const seen = async (
    {meeting, isAnswered, eventsOf}: Meeting,
    calls: readonly {method: string; payload: object}[],
  ): Promise<unknown[]> => {
    const shown = async (): Promise<string> => {
      const {roster, guestsMuted, locked, dtmf, transfers} = await meeting.state();
      return JSON.stringify({roster, guestsMuted, locked, dtmf, transfers});
    };
    const found: unknown[] = [];
    for (const {method, payload} of calls) {
      const before = await shown();
      const events = await eventsOf(async () => {
        if (await isAnswered(method, payload)) found.push({method, payload, answered: true});
      });
      if (events.length > 0) found.push({method, payload, events});
      if ((await shown()) !== before) found.push({method, payload, changed: true});
    }
    expect((await meeting.state()).controls).to.have.lengthOf(calls.length);
    return found;
  };

  it("leave a guest's calls about others unanswered", async () => {
    const guest = await setupMeeting({waiting: true}, '&role=guest');
    const calls = [
      ...ONES.map(({method, payload}) => ({
        method,
        payload: {...payload, participantUuid: guest.uuid},
      })),
      {method: 'muteAllGuests', payload: {mute: true}},
      {method: 'lock', payload: {lock: true}},
    ];
    expect(await seen(guest, calls)).to.deep.equal([]);
  });

  it("leave a guest's calls for more rights unanswered", async () => {
    const guest = await setupMeeting({}, '&role=guest');
    const calls = ['setRole', 'spotlight', 'admit', 'disconnect'].map((method) => ({
      method,
      payload: {role: 'chair', enable: true, participantUuid: guest.alice},
    }));
    expect(await seen(guest, calls)).to.deep.equal([]);
  });

  for (const participantUuid of ['00000000-0000-4000-8000-000000000000', '', 42, null]) {
    it(`leave calls about ${JSON.stringify(participantUuid)}, who is nobody, unanswered`, async () => {
      const host = await setupMeeting();
      const calls = ONES.map(({method, payload}) => ({
        method,
        payload: {...payload, participantUuid},
      }));
      expect(await seen(host, calls)).to.deep.equal([]);
    });
  }

  it('leave what the participant does not allow unanswered', async () => {
    const flagged = Object.values(CONTROLS).filter(({flag}) => flag);
    const fields = Object.fromEntries(flagged.map(({flag}) => [flag!, false]));
    const host = await setupMeeting({fields});
    const calls = flagged.map(({method, payload}) => ({
      method,
      payload: {...payload, participantUuid: host.uuid},
    }));
    expect(await seen(host, calls)).to.deep.equal([]);
  });

  it('leave wrong values unanswered', async () => {
    const host = await setupMeeting();
    const calls = [
      {method: 'setRole', payload: {role: 'host'}},
      {method: 'transfer', payload: {...DESTINATION, role: 'chair'}},
      {method: 'transfer', payload: {...DESTINATION, destination: ''}},
      {method: 'sendDTMF', payload: {digits: ''}},
      {method: 'sendDTMF', payload: {digits: 1}},
    ].map(({method, payload}) => ({method, payload: {...payload, participantUuid: host.uuid}}));
    expect(await seen(host, calls)).to.deep.equal([]);
  });

  it('follow the role that the person has now', async () => {
    const host = await setupMeeting();
    const demoted = await host.call('setRole', {role: 'guest', participantUuid: host.alice});
    expect(demoted).to.be.undefined;
    expect(await host.isAnswered('mute', {mute: true, participantUuid: host.uuid})).to.be.false;
    await host.meeting.changeSelf({role: 'chair'});
    expect(await host.isAnswered('mute', {mute: true, participantUuid: host.uuid})).to.be.true;
  });
});
