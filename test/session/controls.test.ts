import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import {CONTROL_METHODS, type ControlMethod} from '../../src/protocol/controls.js';
import type {ReceivedPluginMessage} from '../../src/protocol/external-chat.js';
import type {SelfState} from '../../src/protocol/roster.js';
import {Controls} from '../../src/session/controls.js';
import type {MeetingSession} from '../../src/session/meeting-session.js';
import {Roster} from '../../src/session/roster.js';
import {recordMeeting, Recorder} from './recorders.js';

const METHODS = Object.keys(CONTROL_METHODS) as ControlMethod[];
const FEATURES = [
  ...['chat', 'participants', 'roster', 'self', 'mute', 'mute-video', 'mute-all-guests', 'admit'],
  ...['disconnect', 'spotlight', 'raise-hand', 'set-role', 'transfer', 'dtmf'],
];

/** For each method, arguments that are right, and what they send. */
const RIGHT: {readonly [Method in ControlMethod]: readonly [unknown[], string, object]} = {
  mute: [['u', false], 'mute', {participantUuid: 'u', muted: false}],
  muteVideo: [['u', false], 'mute-video', {participantUuid: 'u', muted: false}],
  muteAllGuests: [[false], 'mute-all-guests', {muted: false}],
  admit: [['u'], 'admit', {participantUuid: 'u'}],
  disconnectParticipant: [['u'], 'disconnect', {participantUuid: 'u'}],
  spotlight: [['u', false], 'spotlight', {participantUuid: 'u', active: false}],
  raiseHand: [['u', false], 'raise-hand', {participantUuid: 'u', raised: false}],
  setParticipantsActive: [[true], 'participants-state', {active: true}],
  setRole: [['u', 'guest'], 'set-role', {participantUuid: 'u', role: 'guest'}],
  transfer: [
    ['u', {alias: 'other', role: 'host', pin: '12#'}],
    'transfer',
    {participantUuid: 'u', alias: 'other', role: 'host', pin: '12#'},
  ],
  sendDtmf: [['u', '1#'], 'dtmf', {participantUuid: 'u', digits: '1#'}],
};
const IN_CALL = METHODS.filter((method) => method !== 'setParticipantsActive');

const wire = (name: string, fields: object = {}): object => ({
  action: `rocketchat:videoconf/${name}`,
  ...fields,
});
const panel = (active: boolean): object => wire('participants-state', {active});

describe('Controls', () => {
  let session: MeetingSession;
  let roster: Roster;
  let controls: Controls;
  let sent: Recorder<object>;

  const receive = (...messages: readonly ReceivedPluginMessage[]): void =>
    messages.forEach((message) => session.receive(message));
  const start = (features: readonly string[] = FEATURES): void =>
    receive({type: 'ready', dialect: 'videoconf', features: [...features]});
  /** In a meeting with a plugin that can do everything. */
  const join = (features?: readonly string[]): void => {
    start(features);
    receive({type: 'connected'});
  };
  const ask = (method: ControlMethod, ...args: readonly unknown[]): void =>
    controls.ask(method, args);
  const askRightly = (method: ControlMethod): void => ask(method, ...RIGHT[method][0]);
  const errorOf = (task: () => void): PexipChatError => {
    try {
      task();
    } catch (error) {
      expect(error).to.be.instanceOf(PexipChatError);
      return error as PexipChatError;
    }
    throw new Error('It was not refused.');
  };
  const codeOf = (task: () => void): string => errorOf(task).code;
  /** A roster of one; what is left out of `can` is forbidden. */
  const know = (uuid: string, can: object = {}): void =>
    void roster.receive(wire('roster', {participants: [{uuid, can}]}));
  const beMe = (self: Partial<SelfState>): void =>
    void roster.receive(wire('self', {participantUuid: 'me', ...self}));

  beforeEach(() => {
    ({session} = recordMeeting());
    roster = new Roster();
    sent = new Recorder();
    controls = new Controls(session, roster, sent.add);
    session.start(60_000);
  });
  afterEach(() => session.stop('idle'));

  for (const method of METHODS) {
    const [, name, fields] = RIGHT[method];

    it(`sends ${name} for ${method}(), with just its fields`, () => {
      join();
      askRightly(method);
      expect(sent.all).to.deep.equal([wire(name, fields)]);
    });
  }

  it('switches on what is switched, unless the page says otherwise', () => {
    join();
    for (const method of ['mute', 'muteVideo', 'spotlight', 'raiseHand'] as const) ask(method, 'u');
    ask('muteAllGuests');
    expect(sent.all).to.deep.equal([
      wire('mute', {participantUuid: 'u', muted: true}),
      wire('mute-video', {participantUuid: 'u', muted: true}),
      wire('spotlight', {participantUuid: 'u', active: true}),
      wire('raise-hand', {participantUuid: 'u', raised: true}),
      wire('mute-all-guests', {muted: true}),
    ]);
    expect(errorOf(() => ask('setParticipantsActive')).message).to.contain('"active"');
  });

  it('changes nothing: only the roster tells what has come of it', () => {
    join();
    know('u', {mute: true, spotlight: true, raiseHand: true, disconnect: true, transfer: true});
    beMe({canControl: true});
    const before = [roster.getState(), session.getState()];
    METHODS.forEach(askRightly);
    expect(sent.all).to.have.length(METHODS.length);
    expect([roster.getState(), session.getState()]).to.deep.equal(before);
  });

  describe('refuses with invalid-argument, and names the field', () => {
    const cases: readonly (readonly [ControlMethod, readonly unknown[], string])[] = [
      ['mute', [], 'participantUuid'],
      ['mute', ['u', 'yes'], 'muted'],
      ['mute', ['u', null], 'muted'],
      ['muteVideo', [{uuid: 'u'}], 'participantUuid'],
      ['muteAllGuests', [1], 'muted'],
      ['admit', [''], 'participantUuid'],
      ['disconnectParticipant', ['x'.repeat(129)], 'participantUuid'],
      ['spotlight', ['u', 0], 'active'],
      ['raiseHand', ['u', 'true'], 'raised'],
      ['setParticipantsActive', [undefined], 'active'],
      ['setRole', ['u', 'chair'], 'role'],
      ['setRole', ['u'], 'role'],
      ['transfer', ['u'], 'alias'],
      ['transfer', ['u', null], 'alias'],
      ['transfer', ['u', 'other'], 'alias'],
      ['transfer', ['u', {alias: 'a b'}], 'alias'],
      ['transfer', ['u', {alias: 'a', role: 'HOST'}], 'role'],
      ['transfer', ['u', {alias: 'a', pin: 1234}], 'pin'],
      ['transfer', ['u', Object.create({alias: 'a'})], 'alias'],
      ['sendDtmf', ['u', 12], 'digits'],
      ['sendDtmf', ['u', '1\r\n2'], 'digits'],
    ];

    it('whatever is missing or wrong, and sends nothing', () => {
      join();
      for (const [method, args, field] of cases) {
        const error = errorOf(() => ask(method, ...args));
        expect(error.code, `${method} ${field}`).to.equal('invalid-argument');
        expect(error.message).to.contain(`${method}() `).and.to.contain(`"${field}"`);
      }
      expect(sent.all).to.deep.equal([]);
    });

    it('a target whose getter or proxy throws', () => {
      join();
      const target = {
        get alias(): string {
          throw new Error('from the page');
        },
      };
      const proxy = new Proxy(
        {},
        {
          getOwnPropertyDescriptor: () => {
            throw new Error('from the page');
          },
        },
      );
      for (const odd of [target, proxy]) {
        expect(codeOf(() => ask('transfer', 'u', odd))).to.equal('invalid-argument');
      }
      expect(sent.all).to.deep.equal([]);
    });

    it('and never repeats the value', () => {
      join();
      const secret = '98765 secret';
      const target = {alias: 'a', pin: secret};
      expect(errorOf(() => ask('transfer', 'u', target)).message).not.to.contain('98765');
      expect(errorOf(() => ask('sendDtmf', 'u', secret)).message).not.to.contain('98765');
    });

    it('also while there is no plugin', () => {
      expect(codeOf(() => ask('mute'))).to.equal('invalid-argument');
    });
  });

  describe('refuses with unsupported', () => {
    for (const method of METHODS) {
      it(`${method}() where the features lack it, and only then`, () => {
        const [, name] = RIGHT[method];
        const feature = name === 'participants-state' ? 'participants' : name;
        join(FEATURES.filter((each) => each !== feature));
        const error = errorOf(() => askRightly(method));
        expect(error.code).to.equal('unsupported');
        expect(error.message).to.contain(`"${feature}"`);
        expect(sent.all).to.deep.equal([]);
        join([feature]);
        askRightly(method);
        expect(sent.all).to.have.length(1);
      });
    }

    it('everything with the documented dialect, whose plugin has said nothing of itself', () => {
      receive({type: 'ready', features: FEATURES}, {type: 'connected'});
      for (const method of METHODS) {
        expect(codeOf(() => askRightly(method))).to.equal('unsupported');
      }
      receive({type: 'ready', version: 1, features: FEATURES});
      METHODS.forEach(askRightly);
      expect(sent.all).to.have.length(METHODS.length);
    });

    it('everything without a plugin', () => {
      for (const method of METHODS) {
        expect(codeOf(() => askRightly(method))).to.equal('unsupported');
      }
    });

    const NEEDS = {
      mute: 'mute',
      muteVideo: 'mute',
      disconnectParticipant: 'disconnect',
      transfer: 'transfer',
      spotlight: 'spotlight',
      raiseHand: 'raiseHand',
    } as const;
    for (const [method, flag] of Object.entries(NEEDS) as [keyof typeof NEEDS, string][]) {
      it(`${method}() for a participant whose can.${flag} forbids it`, () => {
        join();
        const others = [...new Set(Object.values(NEEDS))].filter((each) => each !== flag);
        know('u', Object.fromEntries(others.map((each) => [each, true])));
        const error = errorOf(() => askRightly(method));
        expect(error.code).to.equal('unsupported');
        expect(error.message).to.contain(`can.${flag}`);
        expect(sent.all).to.deep.equal([]);
        know('u', {[flag]: true});
        askRightly(method);
        expect(sent.all).to.have.length(1);
      });
    }

    it('what only a host may do, while the person here is a guest', () => {
      join();
      beMe({isHost: false, canControl: false});
      for (const method of IN_CALL) {
        const error = errorOf(() => askRightly(method));
        expect(error.code, method).to.equal('unsupported');
        expect(error.message).to.contain('guest');
      }
      expect(sent.all).to.deep.equal([]);
      beMe({canControl: true});
      IN_CALL.forEach(askRightly);
      expect(sent.all).to.have.length(IN_CALL.length);
    });
  });

  it('lets a guest mute himself, stop his video and raise his hand, and nothing more', () => {
    join();
    beMe({canControl: false});
    ask('mute', 'me');
    ask('muteVideo', 'me', false);
    ask('raiseHand', 'me');
    expect(sent.take()).to.have.length(3);
    for (const method of IN_CALL) {
      if (['mute', 'muteVideo', 'raiseHand', 'muteAllGuests'].includes(method)) continue;
      const [, ...rest] = RIGHT[method][0];
      expect(
        codeOf(() => ask(method, 'me', ...rest)),
        method,
      ).to.equal('unsupported');
    }
    expect(sent.all).to.deep.equal([]);
  });

  it('lets a guest show whether his panel is open', () => {
    join();
    beMe({canControl: false});
    ask('setParticipantsActive', true);
    expect(sent.all).to.deep.equal([panel(true)]);
  });

  it('sends on what is asked for somebody of whom no flag is known', () => {
    join();
    know('other');
    IN_CALL.forEach(askRightly);
    expect(sent.all).to.have.length(IN_CALL.length);
  });

  it('lets Pexip decide on admitting, roles and tones, which have no flag', () => {
    join();
    know('u');
    for (const method of ['admit', 'setRole', 'sendDtmf'] as const) askRightly(method);
    expect(sent.all).to.have.length(3);
  });

  it('refuses with not-connected before joining and after leaving', () => {
    start();
    const refused = (): void => {
      for (const method of IN_CALL) {
        expect(
          codeOf(() => askRightly(method)),
          method,
        ).to.equal('not-connected');
      }
    };
    refused();
    receive({type: 'connected'}, {type: 'disconnected', userInitiated: true});
    refused();
    expect(sent.all).to.deep.equal([]);
  });

  describe('the state of the panel', () => {
    it('can be set before joining', () => {
      start();
      ask('setParticipantsActive', true);
      expect(sent.all).to.deep.equal([panel(true)]);
    });

    it('is sent again when the plugin has started again', () => {
      join();
      ask('setParticipantsActive', true);
      sent.take();
      start();
      expect(sent.all).to.deep.equal([panel(true)]);
    });

    it('is sent again once a plugin of the documented dialect has told what it can', () => {
      const told = {type: 'ready', version: 1, features: FEATURES} as const;
      receive({type: 'ready'}, {...told, features: [...FEATURES]});
      ask('setParticipantsActive', true);
      sent.take();
      receive({type: 'ready'});
      expect(sent.all).to.deep.equal([]);
      receive({...told, features: [...FEATURES]});
      expect(sent.all).to.deep.equal([panel(true)]);
    });

    it('is not sent to a plugin without such a button, nor for a page that never told of one', () => {
      join();
      start();
      expect(sent.take()).to.deep.equal([]);
      ask('setParticipantsActive', true);
      sent.take();
      start(['chat', 'mute']);
      expect(sent.all).to.deep.equal([]);
    });

    it('is sent again when it is closed, too, as the button is there for it', () => {
      join();
      ask('setParticipantsActive', false);
      sent.take();
      start();
      expect(sent.all).to.deep.equal([panel(false)]);
    });

    it('is not kept where it was refused', () => {
      start(['chat']);
      expect(codeOf(() => ask('setParticipantsActive', true))).to.equal('unsupported');
      start();
      expect(sent.all).to.deep.equal([]);
    });
  });

  it('sends the names of the second dialect, whichever the plugin speaks', () => {
    receive({type: 'ready'}, {type: 'ready', version: 1, features: FEATURES}, {type: 'connected'});
    ask('mute', 'u');
    expect(session.getState().dialect).to.equal('external-chat');
    expect(sent.all).to.deep.equal([
      {action: 'rocketchat:videoconf/mute', participantUuid: 'u', muted: true},
    ]);
  });
});
