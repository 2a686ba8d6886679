import {ROSTER_MESSAGES} from '../protocol/arbitraries.js';
import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import type {Dialect} from '../../src/protocol/dialects.js';
import {
  toWire,
  type PageMessage,
  type ReceivedPluginMessage,
} from '../../src/protocol/external-chat.js';
import {
  MeetingSession,
  type MeetingFact,
  type MeetingPhase,
} from '../../src/session/meeting-session.js';
import {recordMeeting, Recorder} from './recorders.js';

const LATER = 60_000;
const READY: ReceivedPluginMessage = {type: 'ready'};
const CONNECTED: ReceivedPluginMessage = {type: 'connected'};
const LEFT: ReceivedPluginMessage = {type: 'disconnected', userInitiated: true};
const TOGGLE: ReceivedPluginMessage = {type: 'toggle-chat', active: true};
const SIX: readonly ReceivedPluginMessage[] = [
  READY,
  CONNECTED,
  LEFT,
  TOGGLE,
  {type: 'dial-out-success', data: {}},
  {type: 'dial-out-error', data: {}},
];

const button = (active: boolean): PageMessage => ({type: 'toggle-chat-button-state', active});
const badge = (visible: boolean): PageMessage => ({type: 'toggle-chat-badge', visible});
const HELLO: PageMessage = {type: 'hello', version: 1};

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, index) =>
        permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
      );

describe('MeetingSession', () => {
  let session: MeetingSession;
  let sent: Recorder<PageMessage>;
  let facts: Recorder<MeetingFact>;

  beforeEach(() => {
    ({session, sent, facts} = recordMeeting());
  });
  afterEach(() => session.stop('idle'));

  const phase = (): MeetingPhase => session.getState().phase;
  const receive = (...messages: ReceivedPluginMessage[]): void =>
    messages.forEach((message) => session.receive(message));
  const types = (): string[] => facts.all.map(({type}) => type);
  const start = (...messages: ReceivedPluginMessage[]): void => {
    session.start(LATER);
    receive(...messages);
    sent.take();
    facts.take();
  };

  it('is idle before its frame has an address, and knows nothing of a plugin', () => {
    expect(session.getState()).to.deep.equal({
      phase: 'idle',
      features: [],
      dialect: null,
      version: undefined,
    });
  });

  it('loads when the frame is given an address', () => {
    session.start(LATER);
    expect(phase()).to.equal('loading');
    expect(types()).to.deep.equal(['phase']);
    expect(sent.all).to.deep.equal([]);
  });

  it('freezes its state, down to the features', () => {
    start(READY);
    expect(Object.isFrozen(session.getState())).to.equal(true);
    expect(Object.isFrozen(session.getState().features)).to.equal(true);
    receive({type: 'ready', version: 1, features: ['chat']});
    expect(Object.isFrozen(session.getState().features)).to.equal(true);
  });

  describe('at a bare ready', () => {
    it('answers with button state, badge and hello, each once and in this order', () => {
      session.start(LATER);
      receive(READY);
      expect(sent.all).to.deep.equal([button(false), badge(false), HELLO]);
    });

    it('is ready, with what the documented dialect means', () => {
      session.start(LATER);
      receive(READY);
      expect(session.getState()).to.deep.equal({
        phase: 'ready',
        features: ['chat', 'dial-out'],
        dialect: 'external-chat',
        version: undefined,
      });
      expect(facts.all.at(-1)).to.deep.equal({
        type: 'ready',
        detail: {features: ['chat', 'dial-out'], dialect: 'external-chat'},
      });
    });

    it('tells of it after the answer, so that what a listener sets goes out after hello', () => {
      session.start(LATER);
      session.subscribe((_, {type}) => {
        if (type === 'ready') session.setChatActive(true);
      });
      receive(READY);
      expect(sent.all).to.deep.equal([button(false), badge(false), HELLO, button(true)]);
    });

    it('answers once more when the plugin starts again, with the state of then', () => {
      start(READY);
      session.setChatActive(true);
      session.setBadge(true);
      sent.take();
      receive(READY);
      expect(sent.all).to.deep.equal([button(true), badge(true), HELLO]);
      expect(types()).to.deep.equal(['ready']);
    });

    it('stays connected when the plugin starts again in mid-call', () => {
      start(READY, CONNECTED);
      receive(READY);
      expect(phase()).to.equal('connected');
      expect(types()).to.deep.equal(['ready']);
    });

    it('forgets the version until the plugin has answered hello again', () => {
      start(READY, {type: 'ready', version: 1, features: ['chat']});
      receive(READY);
      expect(session.getState()).to.include({version: undefined});
      expect(session.getState().features).to.deep.equal(['chat', 'dial-out']);
    });

    it('takes features without a version for a bare one', () => {
      session.start(LATER);
      receive({type: 'ready', features: ['chat', 'roster']});
      expect(sent.all).to.have.length(3);
      expect(types()).to.include('ready');
    });
  });

  describe('at the answer to hello', () => {
    it('knows version and features, and sends nothing', () => {
      start(READY);
      receive({type: 'ready', version: 1, features: ['chat', 'dial-out', 'roster']});
      expect(sent.all).to.deep.equal([]);
      expect(session.getState()).to.deep.equal({
        phase: 'ready',
        features: ['chat', 'dial-out', 'roster'],
        dialect: 'external-chat',
        version: 1,
      });
    });

    it('tells of features that differ from those known, and of no second ready', () => {
      start(READY);
      const features = ['chat', 'roster'];
      receive({type: 'ready', version: 1, features});
      expect(facts.all).to.deep.equal([{type: 'features-changed', detail: {features, version: 1}}]);
    });

    it('tells of none if they are those known, in whatever order', () => {
      start(READY);
      receive({type: 'ready', version: 1, features: ['dial-out', 'chat']});
      expect(types()).to.deep.equal(['phase']);
      receive({type: 'ready', version: 2, features: ['dial-out']});
      expect(types()).to.deep.equal(['phase', 'features-changed']);
    });

    it('takes a missing list for none', () => {
      start(READY);
      receive({type: 'ready', version: 1});
      expect(session.getState().features).to.deep.equal([]);
    });

    it('stays connected', () => {
      start(READY, CONNECTED);
      receive({type: 'ready', version: 1, features: ['chat', 'dial-out']});
      expect(phase()).to.equal('connected');
    });
  });

  describe('with a plugin of the second dialect', () => {
    const second = (...features: string[]): ReceivedPluginMessage => ({
      type: 'ready',
      dialect: 'videoconf',
      features,
    });
    const names = {
      'external-chat': [
        'pexip:plugin:external-chat/toggle-chat-button-state',
        'pexip:plugin:external-chat/toggle-chat-badge',
        'pexip:plugin:external-chat/hello',
      ],
      videoconf: [
        'rocketchat:videoconf/chat-state',
        'rocketchat:videoconf/chat-unread',
        'pexip:plugin:external-chat/hello',
      ],
    } as const;

    /** A meeting whose messages are taken as they travel. */
    const setup = () => {
      const wire = new Recorder<Record<string, unknown>>();
      const dialects = new Recorder<Dialect>();
      const meeting = new MeetingSession((message, dialect) => {
        wire.add(toWire(message, dialect));
        dialects.add(dialect);
      });
      const actions = (): unknown[] => wire.take().map(({action}) => action);
      return {meeting, wire, dialects, actions};
    };

    it('answers its bare ready with chat-state, chat-unread, and then the documented hello', () => {
      const {meeting, wire} = setup();
      meeting.start(LATER);
      meeting.setChatActive(true);
      meeting.receive(second('chat'));
      expect(wire.all).to.deep.equal([
        {action: 'rocketchat:videoconf/chat-state', active: true},
        {action: 'rocketchat:videoconf/chat-unread', unread: false},
        {action: 'pexip:plugin:external-chat/hello', version: 1},
      ]);
      meeting.stop('idle');
    });

    it('is ready with the features of that ready, frozen', () => {
      session.start(LATER);
      receive(second('chat', 'roster', 'mute'));
      const features = ['chat', 'roster', 'mute'];
      const known = {features, dialect: 'videoconf'};
      expect(session.getState()).to.deep.equal({phase: 'ready', version: undefined, ...known});
      expect(facts.all.at(-1)).to.deep.equal({type: 'ready', detail: known});
      expect(Object.isFrozen(session.getState().features)).to.equal(true);
    });

    it('takes one without features for one that has a chat, and an empty list for none', () => {
      start({type: 'ready', dialect: 'videoconf'});
      expect(session.getState().features).to.deep.equal(['chat']);
      receive(second());
      expect(session.getState().features).to.deep.equal([]);
    });

    it('speaks its dialect from then on', () => {
      const {meeting, actions} = setup();
      meeting.start(LATER);
      meeting.receive(second('chat'));
      actions();
      meeting.setChatActive(true);
      meeting.setBadge(true);
      expect(actions()).to.deep.equal(names.videoconf.slice(0, 2));
      meeting.stop('idle');
    });

    it('follows a plugin that starts again in the other dialect, both ways', () => {
      const {meeting, actions} = setup();
      meeting.start(LATER);
      meeting.receive(second('chat', 'mute'));
      expect(actions()).to.deep.equal(names.videoconf);
      meeting.receive(READY);
      expect(actions()).to.deep.equal(names['external-chat']);
      expect(meeting.getState()).to.deep.include({
        dialect: 'external-chat',
        features: ['chat', 'dial-out'],
      });
      meeting.receive(second('chat', 'mute'));
      expect(actions()).to.deep.equal(names.videoconf);
      expect(meeting.getState()).to.deep.include({
        dialect: 'videoconf',
        features: ['chat', 'mute'],
      });
      meeting.stop('idle');
    });

    it('learns features from its answer to hello, in whichever dialect that comes', () => {
      const answer = {type: 'ready', version: 1, features: ['chat', 'self']} as const;
      for (const dialect of ['external-chat', 'videoconf'] as const) {
        for (const bare of [READY, second('chat')]) {
          const {meeting, actions, dialects} = setup();
          meeting.start(LATER);
          meeting.receive(bare);
          const before = meeting.getState().dialect;
          const told = dialects.take();
          actions();
          meeting.receive({
            ...answer,
            features: [...answer.features],
            ...(dialect === 'videoconf' && {dialect}),
          });
          expect(actions()).to.deep.equal([]);
          expect(meeting.getState()).to.deep.equal({
            phase: 'ready',
            features: ['chat', 'self'],
            dialect: before,
            version: 1,
          });
          meeting.setChatActive(true);
          expect(dialects.all).to.deep.equal([told[0]]);
          meeting.stop('idle');
        }
      }
    });

    it('stays connected when it starts again in mid-call', () => {
      start(second('chat'), CONNECTED);
      receive(second('chat'));
      expect(phase()).to.equal('connected');
    });
  });

  it('hands on what is about people as it is, and changes nothing', () => {
    start(READY, CONNECTED);
    const before = session.getState();
    const data = {action: 'x', participants: {odd: true}};
    for (const type of ROSTER_MESSAGES) receive({type, data});
    expect(facts.all).to.deep.equal(ROSTER_MESSAGES.map((type) => ({type, data})));
    expect(facts.all.every((fact) => 'data' in fact && fact.data === data)).to.equal(true);
    expect(session.getState()).to.deep.equal(before);
    expect(sent.all).to.deep.equal([]);
  });

  describe('joining and leaving', () => {
    it('is connected, and tells the alias if the plugin did', () => {
      start(READY);
      receive({type: 'connected', conferenceAlias: 'meet'});
      expect(phase()).to.equal('connected');
      expect(facts.all).to.deep.equal([{type: 'connected', detail: {conferenceAlias: 'meet'}}]);
    });

    it('tells of joining once', () => {
      start(READY, CONNECTED);
      receive(CONNECTED, CONNECTED);
      expect(facts.all).to.deep.equal([]);
    });

    it('is disconnected, and tells what the plugin did', () => {
      start(READY, CONNECTED);
      const detail = {userInitiated: false, error: 'Call lost', errorCode: '#pex1'};
      receive({type: 'disconnected', ...detail});
      expect(phase()).to.equal('disconnected');
      expect(facts.all).to.deep.equal([{type: 'disconnected', detail}]);
    });

    it('tells of leaving only after joining, and once', () => {
      start(READY);
      receive(LEFT);
      expect(phase()).to.equal('ready');
      expect(facts.all).to.deep.equal([]);
      receive(CONNECTED, LEFT, LEFT);
      expect(types()).to.deep.equal(['connected', 'disconnected']);
    });

    it('can be joined again, as Web App 3 offers', () => {
      start(READY, CONNECTED, LEFT);
      receive(CONNECTED);
      expect(phase()).to.equal('connected');
      expect(types()).to.deep.equal(['connected']);
    });

    it('takes a second load of the frame while connected for a lost meeting', () => {
      start(READY);
      session.frameLoaded();
      receive(CONNECTED);
      facts.take();
      session.frameLoaded();
      expect(phase()).to.equal('disconnected');
      expect(facts.all).to.deep.equal([{type: 'disconnected', detail: {userInitiated: false}}]);
      receive(READY);
      expect(phase()).to.equal('ready');
    });

    it('is ready after a second load whose plugin was heard before it', () => {
      start(READY, CONNECTED);
      session.frameLoaded(true);
      receive(READY);
      facts.take();
      session.frameLoaded(true);
      expect(phase()).to.equal('ready');
      expect(facts.all).to.deep.equal([{type: 'disconnected', detail: {userInitiated: false}}]);
    });

    it('is connected anew if that plugin has told of joining, too', () => {
      start(READY, CONNECTED);
      session.frameLoaded(true);
      receive(READY, {type: 'connected', conferenceAlias: 'again'});
      facts.take();
      session.frameLoaded(true);
      expect(phase()).to.equal('connected');
      expect(facts.all).to.deep.equal([
        {type: 'disconnected', detail: {userInitiated: false}},
        {type: 'connected', detail: {conferenceAlias: 'again'}},
      ]);
    });

    it('keeps a connection that only the new plugin has told of', () => {
      start(READY);
      session.frameLoaded(true);
      receive(READY, CONNECTED);
      facts.take();
      session.frameLoaded(true);
      expect(phase()).to.equal('connected');
      expect(facts.all).to.deep.equal([]);
    });

    it('takes a load without its plugin for a lost meeting, however often the old one started', () => {
      start(READY, CONNECTED, READY, CONNECTED);
      session.frameLoaded();
      session.frameLoaded();
      expect(phase()).to.equal('disconnected');
      receive(READY);
      expect(phase()).to.equal('ready');
    });

    it('takes the first load, and any before joining, for nothing', () => {
      start();
      session.frameLoaded();
      receive(READY);
      session.frameLoaded();
      session.frameLoaded();
      expect(phase()).to.equal('ready');
      expect(types()).to.deep.equal(['ready']);
    });

    it('counts the loads anew for another address', () => {
      start(READY, CONNECTED);
      session.frameLoaded();
      session.start(LATER);
      receive(READY, CONNECTED);
      session.frameLoaded();
      expect(phase()).to.equal('connected');
    });

    it('takes another address while connected for a lost meeting', () => {
      start(READY, CONNECTED);
      session.start(LATER);
      expect(types()).to.deep.equal(['disconnected', 'phase']);
      expect(facts.all[0]).to.deep.equal({type: 'disconnected', detail: {userInitiated: false}});
      expect(session.getState()).to.include({phase: 'loading', dialect: null});
    });

    it('takes the end of the frame while connected for a lost meeting', () => {
      for (const end of ['idle', 'failed'] as const) {
        start(READY, CONNECTED);
        session.stop(end);
        expect(types()).to.deep.equal(['disconnected', 'phase']);
        expect(session.getState()).to.deep.equal({
          phase: end,
          features: [],
          dialect: null,
          version: undefined,
        });
        facts.take();
      }
    });
  });

  describe('the button and the badge', () => {
    it('are kept before ready, and sent once with it', () => {
      session.start(LATER);
      for (let turn = 0; turn < 1000; turn++) {
        session.setChatActive(turn % 2 === 0);
        session.setBadge(turn % 2 === 0);
      }
      session.setChatActive(true);
      session.setBadge(true);
      expect(sent.all).to.deep.equal([]);
      receive(READY);
      expect(sent.all).to.deep.equal([button(true), badge(true), HELLO]);
    });

    it('are sent at once after ready', () => {
      start(READY);
      session.setChatActive(true);
      session.setBadge(true);
      session.setChatActive(false);
      expect(sent.all).to.deep.equal([button(true), badge(true), button(false)]);
    });

    it('are not sent again while they are as they were', () => {
      start(READY);
      session.setChatActive(false);
      session.setBadge(false);
      session.setChatActive(true);
      session.setChatActive(true);
      expect(sent.all).to.deep.equal([button(true)]);
    });

    it('are sent again where an echo is asked for, as the button does not move by itself', () => {
      start(READY);
      session.setChatActive(false, true);
      session.setChatActive(true, true);
      session.setChatActive(true, true);
      expect(sent.all).to.deep.equal([button(false), button(true), button(true)]);
    });

    it('are kept while the plugin of another address is awaited', () => {
      start(READY);
      session.setChatActive(true);
      session.start(LATER);
      sent.take();
      session.setBadge(true);
      expect(sent.all).to.deep.equal([]);
      receive(READY);
      expect(sent.all).to.deep.equal([button(true), badge(true), HELLO]);
    });

    it('only ask when the button is pressed: nothing is sent until the page has decided', () => {
      start(READY);
      receive(TOGGLE);
      expect(facts.all).to.deep.equal([{type: 'toggle-chat', active: true}]);
      expect(sent.all).to.deep.equal([]);
    });
  });

  describe('without a plugin', () => {
    it('is unbridged after the time limit, and says so', async () => {
      session.start(1);
      await facts.until((all) => all.some(({type}) => type === 'plugin-timeout'));
      expect(phase()).to.equal('unbridged');
      expect(types()).to.deep.equal(['phase', 'phase', 'plugin-timeout']);
    });

    it('is ready all the same if one comes later', async () => {
      session.start(1);
      await facts.until((all) => all.some(({type}) => type === 'plugin-timeout'));
      receive(READY);
      expect(phase()).to.equal('ready');
      expect(sent.all).to.deep.equal([button(false), badge(false), HELLO]);
    });

    /** Ends when timers as short as those of a session that was started before have ended. */
    const clock = async (): Promise<void> => {
      const other = recordMeeting();
      other.session.start(5);
      await other.facts.until((all) => all.some(({type}) => type === 'plugin-timeout'));
    };

    it('waits no longer once there is one', async () => {
      session.start(1);
      receive(READY);
      await clock();
      expect(phase()).to.equal('ready');
      expect(types()).not.to.include('plugin-timeout');
    });

    it('waits no longer once the frame is gone', async () => {
      session.start(1);
      session.stop('idle');
      await clock();
      expect(phase()).to.equal('idle');
    });

    it('counts anew for another address', async () => {
      session.start(1);
      session.start(LATER);
      await clock();
      expect(phase()).to.equal('loading');
    });
  });

  describe('in whatever order messages come', () => {
    /** What DESIGN 3.2 and 4 say of the last of joining, leaving and starting. */
    const expectedPhase = (order: readonly ReceivedPluginMessage[]): MeetingPhase => {
      const [ready, joined, left] = [READY, CONNECTED, LEFT].map((each) => order.indexOf(each));
      if (left! < joined!) return 'connected';
      return ready! > left! ? 'ready' : 'disconnected';
    };

    const orders = permutations(SIX);

    it('knows 720 of them', () => {
      expect(new Set(orders.map((order) => order.map(({type}) => type).join())).size).to.equal(720);
    });

    for (const [index, name] of SIX.map(({type}) => type).entries()) {
      it(`ends as the rules say, with ${name} first`, () => {
        for (const order of orders.slice(index * 120, index * 120 + 120)) {
          const meeting = recordMeeting();
          // As the element does: it follows the button, and echoes.
          meeting.session.subscribe((_, fact) => {
            if (fact.type === 'toggle-chat') meeting.session.setChatActive(fact.active, true);
          });
          meeting.session.start(LATER);
          order.forEach((message) => meeting.session.receive(message));
          const told = meeting.facts.all.map(({type}) => type);
          const list = order.map(({type}) => type).join();
          expect(meeting.session.getState(), list).to.deep.equal({
            phase: expectedPhase(order),
            features: ['chat', 'dial-out'],
            dialect: 'external-chat',
            version: undefined,
          });
          expect(meeting.sent.all.filter(({type}) => type === 'hello')).to.deep.equal([HELLO]);
          const toggledFirst = order.indexOf(TOGGLE) < order.indexOf(READY);
          expect(meeting.sent.all, list).to.deep.equal([
            button(toggledFirst),
            badge(false),
            HELLO,
            ...(toggledFirst ? [] : [button(true)]),
          ]);
          const leftLast = order.indexOf(CONNECTED) < order.indexOf(LEFT);
          expect(told.filter((type) => type === 'disconnected')).to.have.length(leftLast ? 1 : 0);
          expect(told.filter((type) => type === 'connected')).to.have.length(1);
          expect(told.filter((type) => type === 'ready')).to.have.length(1);
          meeting.session.stop('idle');
        }
      });
    }

    it('never throws on a walk of any length, and pairs joining with leaving', () => {
      const step = fc.oneof(
        fc.constantFrom<ReceivedPluginMessage | 'load' | 'quick' | 'start' | 'stop'>(
          ...SIX,
          'load',
          'quick',
          'start',
          'stop',
        ),
        fc.constant<ReceivedPluginMessage>({type: 'ready', version: 1, features: ['chat']}),
      );
      fc.assert(
        fc.property(fc.array(step, {maxLength: 40}), (steps) => {
          const meeting = recordMeeting();
          for (const each of steps) {
            if (each === 'load') meeting.session.frameLoaded();
            else if (each === 'quick') meeting.session.frameLoaded(true);
            else if (each === 'start') meeting.session.start(LATER);
            else if (each === 'stop') meeting.session.stop('idle');
            else meeting.session.receive(each);
          }
          meeting.session.stop('idle');
          const told = meeting.facts.all.map(({type}) => type);
          const calls = told.filter((type) => type === 'connected' || type === 'disconnected');
          calls.forEach((type, index) => {
            expect(type).to.equal(index % 2 === 0 ? 'connected' : 'disconnected');
          });
          expect(calls.length % 2).to.equal(0);
          const bare = steps.filter((each) => each === READY).length;
          expect(meeting.sent.all.filter(({type}) => type === 'hello')).to.have.length(bare);
          expect(told.filter((type) => type === 'ready')).to.have.length(bare);
        }),
        {numRuns: 2000},
      );
    });
  });
});
