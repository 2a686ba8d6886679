import {expect, oneEvent} from '@open-wc/testing';

import type {RosterEntry, SimulatorState} from '../../demo/simulators/web-app3/remote-protocol.js';
import type {WebApp3Remote} from '../../demo/simulators/web-app3/remote.js';
import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import type {Participant} from '../../src/protocol/roster.js';
import {record, remoteOf, setupCall, setupMeeting} from '../support/mount.js';
import {simulators} from 'test-simulators';

const NODES = {'external-chat': simulators.webApp3, videoconf: simulators.videoconf};

const find = (room: PexipChatRoomElement, name: string): Participant | undefined =>
  room.participants?.find(({displayName}) => displayName === name);

/** Resolves once the room's roster is as it is asked for. */
const untilRoster = (
  room: PexipChatRoomElement,
  is: (participants: readonly Participant[]) => boolean,
): Promise<readonly Participant[]> =>
  new Promise((resolve) => {
    const look = (): void => {
      const participants = room.participants ?? [];
      if (!is(participants)) return;
      room.removeEventListener('pexip-roster-changed', look);
      resolve(participants);
    };
    room.addEventListener('pexip-roster-changed', look);
    look();
  });

const there =
  (...names: readonly string[]) =>
  (participants: readonly Participant[]): boolean =>
    names.every((name) => participants.some(({displayName}) => displayName === name));

const inMeeting = (state: SimulatorState, name: string): RosterEntry | undefined =>
  state.roster.find((each) => each.name === name);

const refusal = (promise: Promise<unknown>): Promise<{code: string; message: string}> =>
  promise.then(
    () => Promise.reject(new Error('It was done.')),
    (error) => error,
  );

for (const [dialect, node] of Object.entries(NODES)) {
  describe(`people of a meeting, with the plugin in ${dialect}`, () => {
    let room: PexipChatRoomElement;
    let meeting: WebApp3Remote;

    /** A call of Alice's with Bob in it, whom the page knows. */
    beforeEach(async () => {
      ({room, meeting} = await setupCall({node, 'display-name': 'Alice'}));
      await meeting.bringIn({name: 'Bob'});
      await untilRoster(room, there('Alice', 'Bob'));
    });

    const bob = (): string => find(room, 'Bob')!.uuid;
    const untilBob = (is: (bob: Participant) => boolean): Promise<unknown> =>
      untilRoster(room, (all) => all.some((each) => each.displayName === 'Bob' && is(each)));

    it('are told with the features, and the person in the frame', async () => {
      expect(room.dialect).to.equal(dialect);
      expect(room.features).to.include.members(['chat', 'dial-out', 'roster', 'self', 'mute']);
      const alice = find(room, 'Alice')!;
      expect(alice).to.deep.include({isHost: true, isWaiting: false, isMuted: false});
      expect(alice.can.control).to.be.true;
      expect(find(room, 'Bob')!.can.control).to.be.false;
      expect(room.self).to.deep.include({participantUuid: alice.uuid, canControl: true});
    });

    it('are told of when they present, raise a hand, mute themselves, or leave', async () => {
      await meeting.change('Bob', {presenting: true, handRaised: true, microphoneMuted: true});
      await untilBob((each) => each.isPresenting && each.raisedHand && each.isClientMuted);
      await meeting.sendAway('Bob');
      await untilRoster(room, (all) => !there('Bob')(all));
    });

    it('are muted and unmuted by mute(), and nothing changes before the roster says so', async () => {
      await room.mute(bob());
      expect(find(room, 'Bob')!.isMuted).to.be.false;
      await untilBob(({isMuted}) => isMuted);
      await room.mute(bob(), false);
      await untilBob(({isMuted}) => !isMuted);
    });

    it('have their video stopped by muteVideo()', async () => {
      await room.muteVideo(bob());
      await meeting.until((state) => inMeeting(state, 'Bob')?.videoMuted === true);
    });

    it('are all muted by muteAllGuests(), but for the hosts', async () => {
      await room.muteAllGuests();
      await untilBob(({isMuted}) => isMuted);
      expect(find(room, 'Alice')!.isMuted).to.be.false;
    });

    it('are let in from the lobby by admit()', async () => {
      await meeting.bringIn({name: 'Carol', waiting: true});
      await untilRoster(room, (all) => all.some(({isWaiting}) => isWaiting));
      await room.admit(find(room, 'Carol')!.uuid);
      await untilRoster(room, (all) => there('Carol')(all) && !all.some((each) => each.isWaiting));
    });

    it('are removed by disconnectParticipant()', async () => {
      await room.disconnectParticipant(bob());
      await untilRoster(room, (all) => !there('Bob')(all));
      expect((await meeting.state()).participants).to.deep.equal(['Alice']);
    });

    it('are put in the spotlight by spotlight(), and out of it', async () => {
      await room.spotlight(bob());
      await untilBob(({isSpotlight}) => isSpotlight);
      await room.spotlight(bob(), false);
      await untilBob(({isSpotlight}) => !isSpotlight);
    });

    it('have their hand raised and lowered by raiseHand()', async () => {
      await room.raiseHand(bob());
      await untilBob(({raisedHand}) => raisedHand);
      await room.raiseHand(bob(), false);
      await untilBob(({raisedHand}) => !raisedHand);
    });

    it('become hosts and guests by setRole()', async () => {
      await room.setRole(bob(), 'host');
      await untilBob(({isHost, can}) => isHost && can.control);
      await room.setRole(bob(), 'guest');
      await untilBob(({isHost}) => !isHost);
    });

    it('are sent to another meeting by transfer(), as guests unless it says otherwise', async () => {
      await room.transfer(bob(), {alias: 'waiting-room', pin: '1234'});
      await untilRoster(room, (all) => !there('Bob')(all));
      const {transfers} = await meeting.state();
      expect(transfers).to.have.length(1);
      expect(transfers[0]).to.deep.include({
        destination: 'waiting-room',
        role: 'guest',
        pin: '1234',
      });
    });

    it('hear tones by sendDtmf()', async () => {
      const uuid = bob();
      await room.sendDtmf(uuid, '12#');
      await meeting.until(({dtmf}) => dtmf.some((each) => each.digits === '12#'));
      expect((await meeting.state()).dtmf).to.deep.equal([{uuid, digits: '12#'}]);
    });

    it('are not asked for what their flags forbid: unsupported, and nothing is sent', async () => {
      await meeting.bringIn({name: 'Room system', fields: {canMute: false, canTransfer: false}});
      await untilRoster(room, there('Room system'));
      const {uuid} = find(room, 'Room system')!;
      for (const asked of [room.mute(uuid), room.transfer(uuid, {alias: 'elsewhere'})]) {
        expect((await refusal(asked)).code).to.equal('unsupported');
      }
      expect((await meeting.state()).controls).to.deep.equal([]);
    });

    it('are shown as they are named, cut, and once for each uuid', async () => {
      const name = '<img src=x onerror=alert(1)>\u202e';
      await meeting.bringIn(
        {name},
        {name: 'x'.repeat(5000)},
        {name: 'Odd', fields: {isMuted: 'yes', isPresenting: 1, displayName: 'Odd'}},
      );
      const all = await untilRoster(room, there(name, 'Odd'));
      expect(find(room, 'Odd')).to.deep.include({isMuted: false, isPresenting: false});
      expect(Math.max(...all.map(({displayName}) => displayName.length))).to.equal(256);
      expect(new Set(all.map(({uuid}) => uuid)).size).to.equal(all.length);
    });

    it('are gone when the person leaves, told by one event', async () => {
      const seen = record(room, 'pexip-roster-changed', 'pexip-disconnected');
      await Promise.all([meeting.leave(), oneEvent(room, 'pexip-disconnected')]);
      expect(room.participants).to.deep.equal([]);
      expect(room.self).to.equal(null);
      expect(seen.filter((type) => type === 'pexip-roster-changed')).to.have.length(1);
    });

    it('are told anew after the plugin has started again', async () => {
      const ready = oneEvent(room, 'pexip-ready');
      await meeting.reloadPlugin();
      await ready;
      await untilRoster(room, there('Alice', 'Bob'));
      expect(room.state).to.equal('connected');
    });
  });
}

describe('a guest in the meeting', () => {
  it('may mute itself and raise its hand, and is refused the rest before it is sent', async () => {
    const {room, meeting} = await setupCall({'display-name': 'Gil', guest: true});
    await meeting.bringIn({name: 'Bob', role: 'chair'});
    await untilRoster(room, there('Gil', 'Bob'));
    const {uuid} = find(room, 'Gil')!;
    await room.raiseHand(uuid);
    await room.mute(uuid);
    await untilRoster(room, () => {
      const self = find(room, 'Gil')!;
      return self.raisedHand && self.isMuted;
    });
    const error = await refusal(room.mute(find(room, 'Bob')!.uuid));
    expect(error.code).to.equal('unsupported');
    expect(error.message).to.contain('host');
    expect((await refusal(room.muteAllGuests())).code).to.equal('unsupported');
    expect((await meeting.state()).controls).to.have.length(2);
  });
});

describe('the Participants button of the meeting', () => {
  const named = ({buttons}: SimulatorState): string[] => buttons.map(({name}) => name);

  it('is not there for a page without a panel', async () => {
    const {meeting} = await setupCall();
    expect(named(await meeting.state())).to.deep.equal(['Open Chat']);
  });

  it('comes with setParticipantsActive(), asks the page, and shows what the page says', async () => {
    const {room, meeting} = await setupCall();
    await room.setParticipantsActive(false);
    await meeting.until((state) => named(state).includes('Open Participants'));
    const asked = oneEvent(room, 'pexip-participants-toggle-request');
    await meeting.clickButton('Open Participants');
    expect((await asked).detail).to.deep.equal({active: true});
    expect(named(await meeting.state())).to.include('Open Participants');
    await room.setParticipantsActive(true);
    await meeting.until((state) => named(state).includes('Close Participants'));
  });

  it('is as before after the plugin has started again', async () => {
    const {room, meeting} = await setupCall();
    await room.setParticipantsActive(true);
    await meeting.until((state) => named(state).includes('Close Participants'));
    const ready = oneEvent(room, 'pexip-ready');
    await meeting.reloadPlugin();
    await ready;
    await meeting.until((state) => named(state).includes('Close Participants'));
  });
});

describe('a plugin without these features', () => {
  it('has neither roster nor controls, which reject unsupported', async () => {
    const {room} = await setupMeeting({node: simulators.withoutOrigins});
    await remoteOf(room, simulators.withoutOrigins).join();
    expect([room.participants, room.self]).to.deep.equal([null, null]);
    const error = await refusal(room.mute('anybody'));
    expect(error.code).to.equal('unsupported');
    expect(error.message).to.contain('"mute"');
  });
});

describe('a meeting of 10,000', () => {
  it('is cut to 5,000 participants, and the chat button goes on working', async () => {
    const {room, meeting} = await setupCall();
    await meeting.flood(10_000);
    const all = await untilRoster(room, ({length}) => length === 5_000);
    expect(Object.isFrozen(all)).to.be.true;
    await meeting.clickChat();
    await meeting.until(({button}) => button?.pressed === true);
    expect(room.chat).to.be.true;
    // Twenty-five megabytes on their way through two frames.
  });
});
