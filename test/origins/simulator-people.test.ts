import {expect} from '@open-wc/testing';
import {ParticipantActivities, type InfinityParticipant} from '@pexip/plugin-api';

import {setupProbe, type ProbeEvent} from '../support/probe.js';

const {Join, Leave, Update} = ParticipantActivities;

interface Told {
  readonly type: ParticipantActivities;
  readonly participant: InfinityParticipant;
}

/** Each `participantsActivities` event as the list of its activities. */
const activitiesIn = (events: readonly ProbeEvent[]): Told[][] =>
  events
    .filter(({name}) => name === 'participantsActivities')
    .map(({payload}) => (payload as {activity: Told}[]).map(({activity}) => activity));

const namesIn = (events: readonly ProbeEvent[]): string[] => events.map(({name}) => name);

const setupMeeting = async (query = '') => {
  const probe = await setupProbe(query);
  await probe.meeting.join();
  return probe;
};

describe('the people of the Web App 3 simulator', () => {
  it('are there when the person joins, and are told with the person', async () => {
    const {meeting, eventsOf} = await setupProbe();
    await meeting.bringIn({name: 'Bob'}, {name: 'Carol', role: 'chair'});
    const events = await eventsOf(() => meeting.join());
    const {participants} = events.find(({name}) => name === 'participants')!.payload as {
      participants: InfinityParticipant[];
    };
    expect(participants.map(({displayName}) => displayName)).to.deep.equal([
      'Alice',
      'Bob',
      'Carol',
    ]);
    const [activities] = activitiesIn(events);
    expect(activities!.map(({type}) => type)).to.deep.equal([Join, Join, Join]);
    expect(namesIn(events)).to.deep.equal([
      'authenticatedWithConference',
      'conferenceStatus',
      'me',
      'participants',
      'participantsActivities',
      'connected',
    ]);
  });

  it('come, change and leave, which each is told once', async () => {
    const {meeting, eventsOf} = await setupMeeting();
    const coming = await eventsOf(() => meeting.bringIn({name: 'Bob'}));
    expect(namesIn(coming)).to.deep.equal(['participantJoined', 'participantsActivities']);
    expect(activitiesIn(coming)[0]![0]!.type).to.equal(Join);

    const changing = await eventsOf(() => meeting.change('Bob', {presenting: true}));
    expect(namesIn(changing)).to.deep.equal(['participantsActivities']);
    const [[update] = []] = activitiesIn(changing);
    expect(update!.type).to.equal(Update);
    expect(update!.participant.isPresenting).to.be.true;
    expect(update!.participant.rawData.is_presenting).to.equal('YES');
    expect((await meeting.state()).roster[1]).to.include({name: 'Bob', presenting: true});

    const leaving = await eventsOf(() => meeting.sendAway('Bob'));
    expect(namesIn(leaving)).to.deep.equal(['participantLeft', 'participantsActivities']);
    expect(activitiesIn(leaving)[0]![0]!.type).to.equal(Leave);
    expect((await meeting.state()).participants).to.deep.equal(['Alice']);
  });

  it('are told nothing of where nothing changes', async () => {
    const {meeting, eventsOf} = await setupMeeting();
    await meeting.bringIn({name: 'Bob', muted: true, handRaised: true});
    const events = await eventsOf(() => meeting.change('Bob', {muted: true, handRaised: true}));
    expect(events).to.deep.equal([]);
  });

  it("tell event:me of the person's own changes, and event:raiseHand of another's hand", async () => {
    const {meeting, eventsOf} = await setupMeeting();
    await meeting.bringIn({name: 'Bob'});
    const own = await eventsOf(() => meeting.changeSelf({microphoneMuted: true, handRaised: true}));
    expect(namesIn(own)).to.deep.equal(['me', 'participantsActivities']);
    expect((own[0]!.payload as {participant: InfinityParticipant}).participant).to.include({
      displayName: 'Alice',
      isClientMuted: true,
      raisedHand: true,
    });
    const others = await eventsOf(() => meeting.change('Bob', {handRaised: true}));
    expect(namesIn(others)).to.deep.equal(['raiseHand', 'participantsActivities']);
    const lowered = await eventsOf(() => meeting.change('Bob', {handRaised: false}));
    expect(namesIn(lowered)).to.deep.equal(['raiseHand', 'participantsActivities']);
  });

  it('wait in the lobby without control, hosts too, and are in no list of those in the meeting', async () => {
    const {meeting, eventsOf} = await setupMeeting();
    const events = await eventsOf(() =>
      meeting.bringIn({name: 'Bob', role: 'chair', waiting: true}),
    );
    expect(activitiesIn(events)[0]![0]!.participant).to.include({
      serviceType: 'waiting_room',
      isWaiting: true,
      isHost: true,
      canControl: false,
    });
    const {participants, roster} = await meeting.state();
    expect(participants).to.deep.equal(['Alice']);
    expect(roster[1]).to.include({name: 'Bob', waiting: true});
  });

  it('are told with fields of any type, as a test gives them', async () => {
    const {meeting, eventsOf} = await setupMeeting();
    const fields = {uuid: 42, displayName: {toString: 1}, isMuted: 'NO', canMute: null};
    const coming = await eventsOf(() => meeting.bringIn({fields}));
    expect(activitiesIn(coming)[0]![0]!.participant).to.deep.include(fields);
    const changing = await eventsOf(() => meeting.changeSelf({fields: {isHost: 'yes'}}));
    expect(activitiesIn(changing)[0]![0]!.participant).to.include({isHost: 'yes', role: 'chair'});
  });

  it('may have one uuid twice', async () => {
    const {meeting} = await setupMeeting();
    const twin = {fields: {uuid: 'twin'}};
    const {roster} = await meeting.bringIn({name: 'Bob', ...twin}, {name: 'Carol', ...twin});
    expect(roster.map(({uuid}) => uuid).slice(1)).to.deep.equal(['twin', 'twin']);
  });

  it('are listed for conference:requestParticipants as the REST interface does', async () => {
    const {meeting, call} = await setupMeeting();
    const {roster} = await meeting.bringIn(
      {name: 'Bob', muted: true, handRaised: true},
      {name: 'Carol', role: 'chair', waiting: true, fields: {canMute: false}},
    );
    const reply = (await call('requestParticipants')) as {
      status: number;
      data: {status: string; result: InfinityParticipant['rawData'][]};
    };
    expect(reply.status).to.equal(200);
    expect(reply.data.status).to.equal('success');
    const [alice, bob, carol] = reply.data.result;
    expect(alice).to.include({display_name: 'Alice', role: 'chair', is_muted: 'NO'});
    expect(bob).to.include({uuid: roster[1]!.uuid, is_muted: 'YES', mute_supported: 'YES'});
    expect(bob!.buzz_time).to.be.above(0);
    expect(carol).to.include({service_type: 'waiting_room', mute_supported: 'NO'});
  });

  it('are 10,000 at once, told in one event, and the meeting still works', async () => {
    const {meeting, call, eventsOf} = await setupMeeting();
    const events = await eventsOf(() => meeting.flood(10_000, {role: 'guest'}));
    expect(namesIn(events)).to.deep.equal(['participantsActivities']);
    expect(activitiesIn(events)[0]).to.have.lengthOf(10_000);
    const {roster} = await meeting.state();
    expect(roster).to.have.lengthOf(10_001);
    const {name, uuid} = roster.at(-1)!;
    expect(name).to.equal('Participant 10000');

    await call('mute', {mute: true, participantUuid: uuid});
    expect((await meeting.state()).roster.at(-1)!.muted).to.be.true;
    expect((await meeting.leave()).roster).to.deep.equal([]);
    // Twenty-five megabytes on their way through two frames.
  });

  it('have gone when the person joins again', async () => {
    const {meeting, call} = await setupMeeting();
    await meeting.bringIn({name: 'Bob'});
    await call('muteAllGuests', {mute: true});
    await meeting.drop();
    const {participants, guestsMuted} = await meeting.join();
    expect(participants).to.deep.equal(['Alice']);
    expect(guestsMuted).to.be.false;
  });
});

describe('the toolbar of the Web App 3 simulator', () => {
  it('has the buttons of a plugin, each pressed by its name', async () => {
    const {meeting, eventsOf, addButton} = await setupMeeting();
    const button = {position: 'toolbar', icon: 'IconGroup', tooltip: 'Participants'};
    await addButton({...button, icon: 'IconChat', tooltip: 'Chat'});
    await addButton({...button, isActive: true, badge: {isVisible: true}});
    const {button: first, buttons} = await meeting.state();
    expect(first).to.deep.equal({name: 'Chat', pressed: false, badge: false});
    expect(buttons).to.deep.equal([
      {name: 'Chat', pressed: false, badge: false, icon: 'IconChat'},
      {name: 'Participants', pressed: true, badge: true, icon: 'IconGroup'},
    ]);
    const clicks = await eventsOf(() => meeting.clickButton('Participants'));
    expect(clicks).to.deep.equal([{name: 'click', payload: 'Participants'}]);
    expect(await eventsOf(() => meeting.clickButton('Nothing'))).to.deep.equal([]);
  });
});
