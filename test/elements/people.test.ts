import {expect, oneEvent} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import type {Participant, SelfState} from '../../src/protocol/roster.js';
import {holdFile, openPage} from '../support/delivery-page.js';
import {place, record} from '../support/mount.js';
import {puppetMail, puppetSends} from '../support/puppet.js';
import {
  documented,
  FEATURES,
  puppetComes,
  setupPuppetCall,
  setupPuppetPeople,
  videoconf,
} from '../support/puppet-people.js';
import {rejectionOf} from '../session/recorders.js';
import {simulators} from 'test-simulators';

const PEOPLE = 'pexip-chat-room.people.min.js';
const EVENTS = [
  'pexip-roster-changed',
  'pexip-self-changed',
  'pexip-participants-toggle-request',
] as const;

const ALICE: Participant = {
  uuid: 'alice',
  displayName: '<img src=x onerror=alert(1)>',
  uri: 'sip:alice@example.com',
  isWaiting: false,
  isHost: true,
  isMuted: false,
  isClientMuted: true,
  isCameraMuted: false,
  isPresenting: true,
  isSpotlight: false,
  raisedHand: true,
  can: {
    control: true,
    mute: true,
    disconnect: true,
    transfer: true,
    spotlight: true,
    fecc: false,
    raiseHand: true,
    changeLayout: false,
  },
};
const SELF: SelfState = {
  participantUuid: 'alice',
  micMuted: false,
  camMuted: true,
  clientMuted: false,
  isHost: true,
  canControl: true,
};
const rosterOf = (...participants: readonly object[]): object =>
  videoconf('roster', {participants});
const uuids = (people: readonly Participant[] | null): string[] | undefined =>
  people?.map(({uuid}) => uuid);

/** Every method with arguments that are right, and what it sends. */
const ASKS: readonly (readonly [
  string,
  (room: PexipChatRoomElement) => Promise<void>,
  string,
  object,
])[] = [
  ['mute', (room) => room.mute('bob'), 'mute', {participantUuid: 'bob', muted: true}],
  [
    'muteVideo',
    (room) => room.muteVideo('bob', false),
    'mute-video',
    {participantUuid: 'bob', muted: false},
  ],
  ['muteAllGuests', (room) => room.muteAllGuests(), 'mute-all-guests', {muted: true}],
  ['admit', (room) => room.admit('bob'), 'admit', {participantUuid: 'bob'}],
  [
    'disconnectParticipant',
    (room) => room.disconnectParticipant('bob'),
    'disconnect',
    {participantUuid: 'bob'},
  ],
  [
    'spotlight',
    (room) => room.spotlight('bob'),
    'spotlight',
    {participantUuid: 'bob', active: true},
  ],
  [
    'raiseHand',
    (room) => room.raiseHand('bob', false),
    'raise-hand',
    {participantUuid: 'bob', raised: false},
  ],
  [
    'setParticipantsActive',
    (room) => room.setParticipantsActive(true),
    'participants-state',
    {active: true},
  ],
  [
    'setRole',
    (room) => room.setRole('bob', 'host'),
    'set-role',
    {participantUuid: 'bob', role: 'host'},
  ],
  [
    'transfer',
    (room) => room.transfer('bob', {alias: 'other', role: 'guest', pin: '12#'}),
    'transfer',
    {participantUuid: 'bob', alias: 'other', role: 'guest', pin: '12#'},
  ],
  [
    'sendDtmf',
    (room) => room.sendDtmf('bob', '1#'),
    'dtmf',
    {participantUuid: 'bob', digits: '1#'},
  ],
];

/** What came with each event of people, in its order. */
const recordPeople = (room: PexipChatRoomElement): [string, unknown][] => {
  const seen: [string, unknown][] = [];
  for (const type of EVENTS) room.addEventListener(type, ({detail}) => seen.push([type, detail]));
  return seen;
};

describe('the people of a meeting', () => {
  it('come with pexip-roster-changed: everybody, with every field, as text', async () => {
    const {room, say} = await setupPuppetCall();
    const changed = oneEvent(room, 'pexip-roster-changed');
    await say(rosterOf(ALICE, {uuid: 'bob', displayName: 7, can: {mute: 'yes'}, secret: 1}));
    const {detail, bubbles, composed, cancelable} = await changed;
    expect({bubbles, composed, cancelable}).to.deep.equal({
      bubbles: true,
      composed: true,
      cancelable: false,
    });
    const nothing = <Fields extends object>(fields: Fields): Fields =>
      Object.fromEntries(Object.keys(fields).map((name) => [name, false])) as Fields;
    const {uuid: _1, displayName: _2, uri: _3, can, ...flags} = ALICE;
    const bob = {uuid: 'bob', displayName: '', ...nothing(flags), can: nothing(can)};
    expect(detail).to.deep.equal({participants: [ALICE, bob]});
    expect(room.participants).to.equal(detail.participants);
    expect(Object.isFrozen(room.participants)).to.equal(true);
    expect(room.renderRoot.querySelector('img')).to.equal(null);
  });

  it('come with pexip-self-changed for the own person, with just its fields', async () => {
    const {room, say} = await setupPuppetCall();
    expect(room.self).to.equal(null);
    const changed = oneEvent(room, 'pexip-self-changed');
    await say(videoconf('self', {...SELF, token: 'x', micMuted: 'yes'}));
    const {detail, bubbles, composed} = await changed;
    expect([bubbles, composed]).to.deep.equal([true, true]);
    expect(detail).to.deep.equal(SELF);
    expect(room.self).to.deep.equal(SELF);
  });

  it('ask for their panel with pexip-participants-toggle-request, of which nothing follows', async () => {
    const {room, say} = await setupPuppetCall();
    const mail = puppetMail();
    const asked = oneEvent(room, 'pexip-participants-toggle-request');
    await say(videoconf('toggle-participants', {active: true, by: 'x'}));
    const {detail, bubbles, composed} = await asked;
    expect([bubbles, composed]).to.deep.equal([true, true]);
    expect(detail).to.deep.equal({active: true});
    await say(videoconf('toggle-participants', {active: false}));
    expect(mail).to.deep.equal([]);
  });

  it('are heard outside of the shadow root that the room is in', async () => {
    const host = place(document.createElement('div'));
    const {room, say} = await setupPuppetCall();
    host.attachShadow({mode: 'open'}).append(room);
    await puppetComes();
    const seen = record(document, ...EVENTS);
    const toggled = oneEvent(room, 'pexip-participants-toggle-request');
    await say(videoconf('ready', {features: FEATURES}));
    await say(rosterOf(ALICE), videoconf('self', SELF));
    await say(videoconf('toggle-participants', {active: true}));
    await toggled;
    expect(seen).to.deep.equal(EVENTS);
  });

  it('are null without the features, and nobody before the first roster', async () => {
    const {room, say} = await setupPuppetPeople();
    expect([room.participants, room.self]).to.deep.equal([null, null]);
    await say(videoconf('ready', {features: ['chat', 'self']}));
    expect(room.participants).to.equal(null);
    await say(videoconf('ready', {features: ['chat', 'roster']}));
    expect([room.participants, room.self]).to.deep.equal([[], null]);
    const told = oneEvent(room, 'pexip-self-changed');
    await say(rosterOf(ALICE), videoconf('self', SELF));
    await told;
    expect(room.self).to.equal(null);
    expect(uuids(room.participants)).to.deep.equal(['alice']);
    await say(documented('ready'));
    expect([room.participants, room.self]).to.deep.equal([null, null]);
  });

  it('are told in the second name space also by a plugin of the documented dialect', async () => {
    const {room, say} = await setupPuppetPeople();
    await say(documented('ready'), documented('ready', {version: 1, features: FEATURES}));
    const changed = oneEvent(room, 'pexip-roster-changed');
    await say(documented('roster', {participants: [{uuid: 'mallory'}]}), rosterOf(ALICE));
    await changed;
    expect(uuids(room.participants)).to.deep.equal(['alice']);
    expect(room.dialect).to.equal('external-chat');
  });

  for (const [what, end] of [
    ['the person has left', videoconf('disconnected', {userInitiated: true})],
    ['the plugin has started again', videoconf('ready', {features: FEATURES})],
  ] as const) {
    it(`are gone once ${what}, told once, before the page hears of that`, async () => {
      const {room, say} = await setupPuppetCall();
      const changed = oneEvent(room, 'pexip-self-changed');
      await say(rosterOf(ALICE), videoconf('self', SELF));
      await changed;
      const seen: unknown[] = [];
      for (const type of ['pexip-disconnected', 'pexip-ready', ...EVENTS])
        room.addEventListener(type, () => seen.push([type, room.participants, room.self]));
      await say(end);
      const told = what.startsWith('the plugin') ? 'pexip-ready' : 'pexip-disconnected';
      expect(seen).to.deep.equal([
        ['pexip-roster-changed', [], null],
        [told, [], null],
      ]);
    });
  }

  it('are gone when the way into the meeting ends before the person has joined', async () => {
    const {room, say} = await setupPuppetPeople();
    await say(videoconf('ready', {features: FEATURES}));
    const changed = oneEvent(room, 'pexip-self-changed');
    await say(rosterOf(ALICE), videoconf('self', SELF));
    await changed;
    await say(videoconf('disconnected', {userInitiated: true}));
    expect([room.participants, room.self]).to.deep.equal([[], null]);
    expect(room.state).to.equal('ready');
  });

  it('are gone with the element, and with another meeting before anybody has joined', async () => {
    const {room, say} = await setupPuppetPeople();
    const seen = recordPeople(room);
    for (const end of ['another', 'removed']) {
      await say(videoconf('ready', {features: FEATURES}));
      const changed = oneEvent(room, 'pexip-roster-changed');
      await say(rosterOf(ALICE));
      await changed;
      seen.splice(0);
      const comes = puppetComes();
      if (end === 'removed') room.remove();
      else room.room = 'other';
      await room.updateComplete;
      expect(seen, end).to.deep.equal([['pexip-roster-changed', {participants: []}]]);
      if (end === 'another') await comes;
    }
  });

  it('of a plugin that was quicker than the load of its page outlast that load', async () => {
    const id = crypto.randomUUID();
    const url = `${simulators.puppetNode}/nest?id=${id}`;
    const release = () => fetch(`${simulators.puppetNode}/release?id=${id}`, {mode: 'no-cors'});
    const comes = puppetComes();
    const room = place(Object.assign(document.createElement('pexip-chat-room'), {url}));
    await comes;
    const frame = room.renderRoot.querySelector('iframe')!;
    const say = async (...messages: readonly object[]): Promise<void> => {
      for (const each of messages) await puppetSends(frame.contentWindow![0]!, each, {up: 2});
    };
    const ready = videoconf('ready', {features: FEATURES});
    const loads = async (): Promise<void> => {
      const loaded = oneEvent(frame, 'load');
      await release();
      await loaded;
    };
    await say(ready, videoconf('connected'), rosterOf({uuid: 'old'}));
    await loads();
    const again = puppetComes();
    frame.contentWindow!.location.replace(url);
    await again;
    const seen = record(room, 'pexip-disconnected');
    const changed = oneEvent(room, 'pexip-self-changed');
    await say(ready, rosterOf({uuid: 'new'}), videoconf('self', SELF));
    await changed;
    await loads();
    expect(seen).to.deep.equal(['pexip-disconnected']);
    expect(uuids(room.participants)).to.deep.equal(['new']);
    expect(room.self).to.deep.equal(SELF);
  });

  it('count only from the bound window: not before its ready, not from beside or inside it', async () => {
    const {room, say} = await setupPuppetPeople();
    const attack = [rosterOf({uuid: 'mallory'}), videoconf('self', SELF)];
    await say(...attack);
    expect(room.diagnose().messages.unbound).to.equal(2);
    await say(videoconf('ready', {features: FEATURES}));
    const comes = puppetComes();
    const sibling = place(document.createElement('iframe'));
    sibling.src = `${simulators.evil}/`;
    await comes;
    for (const each of attack) await puppetSends(sibling.contentWindow!, each);
    const seen = recordPeople(room);
    const toggled = oneEvent(room, 'pexip-participants-toggle-request');
    await say(rosterOf(ALICE), videoconf('toggle-participants', {active: true}));
    await toggled;
    expect(seen.map(([type]) => type)).to.deep.equal([EVENTS[0], EVENTS[2]]);
    expect(uuids(room.participants)).to.deep.equal(['alice']);
    expect(room.self).to.equal(null);
  });

  it('of a malformed message change nothing, which is counted as malformed', async () => {
    const {room, say} = await setupPuppetCall();
    const first = oneEvent(room, 'pexip-roster-changed');
    await say(rosterOf(ALICE));
    await first;
    const seen = recordPeople(room);
    const {accepted} = room.diagnose().messages;
    await say(videoconf('roster', {participants: {length: 1}}));
    await say(videoconf('self', {canControl: true}), videoconf('toggle-participants'));
    // Of those that come at once the last of each name is read, before anything is asked.
    await room.setParticipantsActive(true);
    const last = oneEvent(room, 'pexip-self-changed');
    await say(videoconf('self', SELF));
    await last;
    expect(seen).to.deep.equal([['pexip-self-changed', SELF]]);
    const {messages, seen: names} = room.diagnose();
    // What the puppet says of itself has no name.
    expect(messages.malformed - names['malformed ?']!).to.equal(3);
    expect(messages.accepted).to.equal(accepted + 1);
    expect(names).to.include({
      'accepted roster': 1,
      'malformed roster': 1,
      'accepted self': 1,
      'malformed self': 1,
      'malformed toggle-participants': 1,
    });
  });

  it('and the answers to a dial-out that are malformed are counted so, and end nothing', async () => {
    const {room, say} = await setupPuppetCall();
    const asked = oneEvent(room, 'pexip-dial-out-request');
    const call = room.dialOut({role: 'GUEST', destination: 'al', protocol: 'sip'});
    const {requestId} = (await asked).detail;
    await say(videoconf('dial-out-success', {uuid: 7}));
    await say(videoconf('dial-out-error', {message: null}));
    await say(videoconf('dial-out-success', {uuid: 'al'}));
    expect(await call).to.deep.equal({uuid: 'al', requestId});
    expect(room.diagnose().seen).to.include({
      'malformed dial-out-success': 1,
      'malformed dial-out-error': 1,
      'accepted dial-out-success': 1,
    });
  });

  it('of a malformed message count no more once the frame is gone', async () => {
    const {room, say} = await setupPuppetCall();
    await say(videoconf('roster'));
    await room.setParticipantsActive(true);
    const last = oneEvent(room, 'pexip-roster-changed');
    await say(rosterOf(ALICE));
    await last;
    expect(room.diagnose().seen).to.include({'accepted roster': 1, 'malformed roster': 1});
    room.remove();
    expect(room.diagnose().messages).to.deep.equal({
      accepted: 0,
      foreign: 0,
      origin: 0,
      malformed: 0,
      unbound: 0,
    });
  });

  it('are cut where there are 10,000 of them, and read the last list of many', async () => {
    const {room, say} = await setupPuppetCall();
    const crowd = Array.from({length: 10_000}, (_, index) => ({uuid: `u-${index}`}));
    for (const participants of [crowd, crowd.toReversed()])
      await say(videoconf('roster', {participants}));
    const changed = oneEvent(room, 'pexip-self-changed');
    await say(videoconf('self', SELF));
    await changed;
    expect(room.participants).to.have.length(5000);
    expect(room.participants![0]!.uuid).to.equal('u-9999');
  });
});

describe('the controls of a room', () => {
  for (const [method, ask, name, fields] of ASKS) {
    it(`send ${name} for ${method}(), exactly as Rocket.Chat's own page would`, async () => {
      const {room, say} = await setupPuppetCall();
      const mail = puppetMail();
      expect(await ask(room)).to.equal(undefined);
      await room.setParticipantsActive(false);
      await say('and that is all');
      expect(mail).to.deep.equal([
        {action: `rocketchat:videoconf/${name}`, ...fields},
        {action: 'rocketchat:videoconf/participants-state', active: false},
      ]);
    });
  }

  it('change nothing, and fire nothing: the roster tells what has come of them', async () => {
    const {room, say} = await setupPuppetCall();
    const told = oneEvent(room, 'pexip-self-changed');
    await say(rosterOf({...ALICE, uuid: 'bob'}), videoconf('self', SELF));
    await told;
    const seen = recordPeople(room);
    const before = [room.participants, room.self, room.state, room.features];
    for (const [, ask] of ASKS) await ask(room);
    expect(seen).to.deep.equal([]);
    expect([room.participants, room.self, room.state, room.features]).to.deep.equal(before);
  });

  it('reject with unsupported where the plugin speaks the documented dialect only', async () => {
    const {room, say} = await setupPuppetPeople();
    await say(documented('ready'), documented('connected'));
    const mail = puppetMail();
    for (const [method, ask] of ASKS) {
      const error = (await rejectionOf(ask(room))) as PexipChatError;
      expect(error, method).to.be.instanceOf(PexipChatError);
      expect(error.code, method).to.equal('unsupported');
    }
    await say('and that is all');
    expect(mail).to.deep.equal([]);
  });

  it('reject with not-connected before anybody has joined, but for the state of the panel', async () => {
    const {room, say} = await setupPuppetPeople();
    await say(videoconf('ready', {features: FEATURES}));
    for (const [method, ask] of ASKS) {
      if (method === 'setParticipantsActive') await ask(room);
      else expect(await rejectionOf(ask(room)), method).to.include({code: 'not-connected'});
    }
  });

  it("reject with unsupported what a participant's flags or the own role forbid", async () => {
    const {room, say} = await setupPuppetCall();
    const told = oneEvent(room, 'pexip-self-changed');
    await say(rosterOf({uuid: 'bob'}), videoconf('self', {...SELF, canControl: false}));
    await told;
    expect(await rejectionOf(room.admit('bob'))).to.include({code: 'unsupported'});
    await room.mute('alice');
    const again = oneEvent(room, 'pexip-self-changed');
    await say(videoconf('self', SELF));
    await again;
    expect(await rejectionOf(room.mute('bob'))).to.include({code: 'unsupported'});
  });

  it('reject with invalid-argument, naming the field, and never throw', async () => {
    const {room} = await setupPuppetCall();
    const throwing = {
      get alias(): string {
        throw new Error('thrown in a getter');
      },
    };
    const wrong: readonly (readonly [() => Promise<void>, string])[] = [
      [() => room.mute(undefined as unknown as string), 'participantUuid'],
      [() => room.setRole('bob', 'chair' as 'host'), 'role'],
      [() => room.transfer('bob', null as unknown as {alias: string}), 'alias'],
      [() => room.transfer('bob', throwing), 'alias'],
      [() => room.transfer('bob', {alias: 'a', pin: '1\r\n2'}), 'pin'],
      [() => room.sendDtmf('bob', 'call me'), 'digits'],
    ];
    for (const [ask, field] of wrong) {
      const error = (await rejectionOf(ask())) as PexipChatError;
      expect(error.code).to.equal('invalid-argument');
      expect(error.message).to.contain(`"${field}"`);
    }
  });

  it('tell a plugin that has started again whether the panel is open', async () => {
    const {room, say} = await setupPuppetCall();
    await room.setParticipantsActive(true);
    await say('and that is all');
    const mail = puppetMail();
    await say(videoconf('ready', {features: FEATURES}), 'and that is all');
    expect(mail).to.deep.include({
      action: 'rocketchat:videoconf/participants-state',
      active: true,
    });
    expect(mail).to.have.length(4);
  });
});

describe('people while their file is loading', () => {
  it('are not lost: the last of each message is told once it is there', async () => {
    const page = await openPage(`whole:${PEOPLE}/`);
    const {isAsked, release} = holdFile(page, PEOPLE);
    const {room, say} = await setupPuppetPeople({}, page.document);
    const seen = recordPeople(room);
    await say(videoconf('ready', {features: FEATURES}), rosterOf({uuid: 'early'}));
    await say(videoconf('toggle-participants', {active: true}), rosterOf(ALICE));
    await isAsked;
    expect(room.participants).to.deep.equal([]);
    const toggled = oneEvent(room, 'pexip-participants-toggle-request');
    release();
    await toggled;
    expect(seen).to.deep.equal([
      ['pexip-roster-changed', {participants: [ALICE]}],
      ['pexip-participants-toggle-request', {active: true}],
    ]);
  });

  for (const [what, restart] of [
    ['the plugin started again', videoconf('ready', {features: FEATURES})],
    ['the person left', videoconf('disconnected', {userInitiated: true})],
  ] as const) {
    it(`are not shown if ${what} before it came`, async () => {
      const page = await openPage(`whole:${PEOPLE}/`);
      const {isAsked, release} = holdFile(page, PEOPLE);
      const {room, say} = await setupPuppetPeople({}, page.document);
      const seen = recordPeople(room);
      await say(videoconf('ready', {features: FEATURES}), videoconf('connected'));
      await say(rosterOf(ALICE), videoconf('self', SELF));
      await isAsked;
      await say(restart, rosterOf({uuid: 'new'}));
      const changed = oneEvent(room, 'pexip-roster-changed');
      release();
      await changed;
      expect(seen.map(([type]) => type)).to.deep.equal(['pexip-roster-changed']);
      expect(uuids(room.participants)).to.deep.equal(['new']);
      expect(room.self).to.equal(null);
    });
  }

  it('are not shown if another meeting was loaded before it came', async () => {
    const page = await openPage(`whole:${PEOPLE}/`);
    const {isAsked, release} = holdFile(page, PEOPLE);
    const {room, say} = await setupPuppetPeople({}, page.document);
    const seen = recordPeople(room);
    await say(videoconf('ready', {features: FEATURES}), rosterOf(ALICE));
    await isAsked;
    const comes = puppetComes();
    room.room = 'other';
    await comes;
    await say(videoconf('ready', {features: FEATURES}), videoconf('self', SELF));
    const changed = oneEvent(room, 'pexip-self-changed');
    release();
    await changed;
    expect(seen.map(([type]) => type)).to.deep.equal(['pexip-self-changed']);
    expect(room.participants).to.deep.equal([]);
  });

  it('cost the people only if it does not come, said once, and it is tried again', async () => {
    const {document: page} = await openPage(`late:${PEOPLE}:${crypto.randomUUID()}/`);
    const {room, say} = await setupPuppetPeople({}, page);
    const failed = oneEvent(room, 'pexip-error');
    await say(videoconf('ready', {features: FEATURES}), rosterOf({uuid: 'early'}));
    expect((await failed).detail.error.code).to.equal('part-failed');
    expect(room.state).to.equal('ready');
    const seen = record(room, 'pexip-error');
    const changed = oneEvent(room, 'pexip-roster-changed');
    await say(videoconf('ready', {features: FEATURES}), rosterOf(ALICE));
    await changed;
    expect(uuids(room.participants)).to.deep.equal(['alice']);
    expect(seen).to.deep.equal([]);
  });
});
