import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import type {Telling} from '../../plugin/src/documented-keys.js';
import {FEATURES} from '../../plugin/src/features.js';
import {embeddingPage, PageChannel} from '../../plugin/src/page-channel.js';
import {ACTION_PREFIXES, readAction, type Dialect} from '../../src/protocol/dialects.js';
import {ACTION_PREFIX, toWire, type ReceivedPageMessage} from '../../src/protocol/external-chat.js';
import {readParticipant, type Participant, type SelfState} from '../../src/protocol/roster.js';
import {pageMessage, pluginMessage} from '../protocol/arbitraries.js';
import {
  anything,
  HOSTILE_RUNS,
  INHERITED_NAMES,
  keepingPrototypes,
  objectWith,
} from '../protocol/hostile.js';
import {captureConsole, FakeWindow, fakeWindows} from './fakes.js';

const ORIGIN = 'https://app.example.com';
const OTHER = 'https://other.example.com';
const OPEN = {action: `${ACTION_PREFIX}toggle-chat-button-state`, active: true};
const HELLO = {action: `${ACTION_PREFIX}hello`, version: 1};
const ERROR = {
  type: 'dial-out-error',
  message: 'no',
  code: 'dial-out-refused',
  requestId: 'r-1',
} as const;

const ALICE: Participant = readParticipant({uuid: 'u-1', displayName: 'Alice', uri: 'alice@x'})!;
const SELF: SelfState = {
  participantUuid: 'u-1',
  micMuted: false,
  camMuted: true,
  clientMuted: false,
  isHost: true,
  canControl: true,
};
/** What the page may say on the wire, by either dialect, and what it is handed on as. */
const WIRE_NAMES: Readonly<Record<string, ReceivedPageMessage['type']>> = {
  'toggle-chat-button-state': 'toggle-chat-button-state',
  'chat-state': 'toggle-chat-button-state',
  'toggle-chat-badge': 'toggle-chat-badge',
  'chat-unread': 'toggle-chat-badge',
  'dial-out': 'dial-out',
  'dial-out-cancel': 'dial-out-cancel',
  hello: 'hello',
  mute: 'mute',
  'mute-video': 'mute-video',
  'mute-all-guests': 'mute-all-guests',
  admit: 'admit',
  disconnect: 'disconnect',
  spotlight: 'spotlight',
  'raise-hand': 'raise-hand',
  'set-role': 'set-role',
  transfer: 'transfer',
  dtmf: 'dtmf',
  'participants-state': 'participants-state',
};

/** Values with which these fields are right. */
const RIGHT: Readonly<Record<string, unknown>> = {
  active: true,
  visible: false,
  unread: true,
  version: 1,
  participantUuid: 'u-1',
  muted: true,
  raised: false,
  role: 'host',
  alias: 'other',
  digits: '1#',
  requestId: 'r-1',
};

describe('embeddingPage', () => {
  it('is the window that embeds Web App 3', () => {
    const {page, self} = fakeWindows();
    expect(embeddingPage(self.asWindow())).to.equal(page);
  });

  it('is that window also when it is framed itself', () => {
    const {page, self} = fakeWindows();
    page.parent = new FakeWindow();
    expect(embeddingPage(self.asWindow())).to.equal(page);
  });

  it('is missing if Web App 3 is embedded by nobody', () => {
    expect(embeddingPage(new FakeWindow(new FakeWindow()).asWindow())).to.equal(undefined);
  });
});

describe('PageChannel', () => {
  let windows: ReturnType<typeof fakeWindows>;
  let log: ReturnType<typeof captureConsole>;
  let heard: ReceivedPageMessage[];
  let controller: AbortController;

  beforeEach(() => {
    windows = fakeWindows();
    log = captureConsole();
    heard = [];
    controller = new AbortController();
  });
  afterEach(() => {
    controller.abort();
    log.restore();
  });

  const open = (
    origins: readonly string[] = [ORIGIN, OTHER],
    dialect: Dialect = 'external-chat',
  ): PageChannel => {
    const {signal} = controller;
    const [self, page] = [windows.self.asWindow(), windows.page.asWindow()];
    return new PageChannel({self, page, origins, dialect, signal});
  };
  const announce = (channel: PageChannel): void =>
    channel.announce((message) => heard.push(message));
  const say = (data: unknown, origin = ORIGIN): void =>
    windows.self.receive(windows.page, origin, data);

  describe('hears', () => {
    it('the page', () => {
      announce(open());
      say(OPEN);
      expect(heard).to.deep.equal([{type: 'toggle-chat-button-state', active: true}]);
    });

    it('no page of another origin, and says so once', () => {
      announce(open());
      say(OPEN, 'https://evil.example.com');
      say(OPEN, 'https://evil.example.com');
      say(OPEN, `${ORIGIN}.evil.example.com`);
      say(OPEN, 'null');
      expect(heard).to.deep.equal([]);
      expect(log.lines).to.have.length(3);
      expect(log.lines[0]).to.contain('https://evil.example.com');
    });

    it('any page if it was packaged without origins', () => {
      announce(open([]));
      say(OPEN, 'https://anybody.example.com');
      expect(heard).to.have.length(1);
    });

    it('no other window, whose messages it does not even read', () => {
      announce(open());
      const read = (): never => {
        throw new Error('was read');
      };
      const {self, webApp3} = windows;
      const sibling = new FakeWindow(webApp3);
      const below = new FakeWindow(self);
      for (const source of [sibling, below, self, webApp3, null]) {
        self.receive(source, ORIGIN, read);
      }
      expect(heard).to.deep.equal([]);
      expect(log.lines).to.deep.equal([]);
    });

    it('nothing after its signal was aborted', () => {
      announce(open());
      controller.abort();
      say(OPEN);
      expect(heard).to.deep.equal([]);
    });
  });

  describe('warns', () => {
    it('once of messages without the prefix', () => {
      announce(open());
      [null, 1, 'text', {}, {action: 'other/ready'}, {action: 1}].forEach((data) => say(data));
      expect(heard).to.deep.equal([]);
      expect(log.lines).to.have.length(1);
      expect(log.lines[0]).to.match(/without the prefix/);
    });

    it('once of messages with the prefix that it cannot read, without their content', () => {
      announce(open());
      say({action: `${ACTION_PREFIX}secret-name`});
      say({...OPEN, active: 'yes'});
      say({action: `${ACTION_PREFIX}__proto__`});
      say({...HELLO, version: 2});
      expect(heard).to.deep.equal([]);
      expect(log.lines).to.have.length(1);
      expect(log.lines[0]).not.to.contain('secret-name');
    });

    it('never of what Web App 3 tells plugin-api', () => {
      announce(open());
      const {self, webApp3} = windows;
      self.receive(webApp3, 'https://node.example.com', {event: 'event:connected', chanId: 'x'});
      expect(log.lines).to.deep.equal([]);
    });
  });

  describe('guards plugin-api', () => {
    it('from the messages of every window but Web App 3', () => {
      const {self, webApp3, page} = windows;
      const reached: unknown[] = [];
      const {signal} = controller;
      open();
      self.addEventListener('message', (event) => reached.push((event as MessageEvent).data), {
        signal,
      });
      self.receive(page, ORIGIN, null);
      self.receive(new FakeWindow(webApp3), 'null', null);
      self.receive(webApp3, 'https://node.example.com', 'from Web App 3');
      expect(reached).to.deep.equal(['from Web App 3']);
    });
  });

  describe('speaks', () => {
    const targets = (): string[] => windows.page.posted.map(({target}) => target);

    it('to each listed origin until the page has spoken', () => {
      announce(open());
      expect(targets()).to.deep.equal([ORIGIN, OTHER]);
    });

    it('to the origin of the page as soon as it has spoken', () => {
      const channel = open();
      announce(channel);
      say(OPEN, OTHER);
      channel.send({type: 'toggle-chat', active: true});
      expect(targets()).to.deep.equal([ORIGIN, OTHER, OTHER]);
    });

    it('to each listed origin still, if what it heard was no valid message', () => {
      const channel = open();
      announce(channel);
      say({action: 'other'});
      say(OPEN, 'https://evil.example.com');
      channel.send({type: 'connected'});
      expect(targets()).to.deep.equal([ORIGIN, OTHER, ORIGIN, OTHER]);
    });

    it('to any origin only when packaged without origins, and until the page has spoken', () => {
      const channel = open([]);
      announce(channel);
      say(OPEN, 'https://anybody.example.com');
      channel.send({type: 'connected'});
      expect(targets()).to.deep.equal(['*', 'https://anybody.example.com']);
    });

    it('to a page with an opaque origin, which cannot be named', () => {
      const channel = open([]);
      announce(channel);
      say(OPEN, 'null');
      channel.send({type: 'connected'});
      expect(targets()).to.deep.equal(['*', '*']);
    });

    it('with the documented keys alone until hello', () => {
      const channel = open([ORIGIN]);
      announce(channel);
      channel.send({type: 'connected', conferenceAlias: 'meet'});
      channel.send({type: 'dial-out-success', uuid: 'u', displayName: 'Al', requestId: 'r'});
      channel.send({...ERROR, field: 'role'});
      channel.send({type: 'disconnected', userInitiated: false, error: 'e', errorCode: 'c'});
      channel.send({type: 'toggle-chat', active: true});
      expect(windows.page.posted.map(({data}) => data)).to.deep.equal([
        {action: `${ACTION_PREFIX}ready`},
        {action: `${ACTION_PREFIX}connected`},
        {action: `${ACTION_PREFIX}dial-out-success`, uuid: 'u', displayName: 'Al'},
        {action: `${ACTION_PREFIX}dial-out-error`, message: 'no'},
        {
          action: `${ACTION_PREFIX}disconnected`,
          userInitiated: false,
          error: 'e',
          errorCode: 'c',
        },
        {action: `${ACTION_PREFIX}toggle-chat`, active: true},
      ]);
    });

    it('with all keys after hello, which it answers with version and features', () => {
      const channel = open([ORIGIN]);
      announce(channel);
      channel.greet();
      channel.send({type: 'connected', conferenceAlias: 'meet'});
      expect(windows.page.posted.slice(1).map(({data}) => data)).to.deep.equal([
        {action: `${ACTION_PREFIX}ready`, version: 1, features: FEATURES},
        {action: `${ACTION_PREFIX}connected`, conferenceAlias: 'meet'},
      ]);
    });

    it('only after ready, which comes first and bare, and in order', () => {
      const channel = open([ORIGIN]);
      channel.send({type: 'connected'});
      channel.send({type: 'disconnected', userInitiated: true});
      expect(windows.page.posted).to.deep.equal([]);
      announce(channel);
      expect(windows.page.actions).to.deep.equal(['ready', 'connected', 'disconnected']);
    });

    it('and hands on what it heard before it was ready', () => {
      const channel = open();
      say(HELLO);
      say(OPEN);
      expect(heard).to.deep.equal([]);
      announce(channel);
      expect(heard.map(({type}) => type)).to.deep.equal(['hello', 'toggle-chat-button-state']);
    });
  });

  describe('in the second dialect', () => {
    const videoconf = (name: string, fields: object = {}): Record<string, unknown> => ({
      action: ACTION_PREFIXES.videoconf + name,
      ...fields,
    });
    const READY = videoconf('ready', {features: FEATURES});
    const data = (): Record<string, unknown>[] => windows.page.posted.map((each) => each.data);
    const SPOKEN = [
      videoconf('chat-state', {active: true}),
      videoconf('chat-unread', {unread: true}),
      videoconf('participants-state', {active: true}),
      videoconf('mute', {participantUuid: 'u', muted: true}),
      videoconf('mute-video', {participantUuid: 'u', muted: true}),
      videoconf('mute-all-guests', {muted: true}),
      videoconf('admit', {participantUuid: 'u'}),
      videoconf('disconnect', {participantUuid: 'u'}),
      videoconf('spotlight', {participantUuid: 'u', active: true}),
      videoconf('raise-hand', {participantUuid: 'u', raised: true}),
      videoconf('set-role', {participantUuid: 'u', role: 'host'}),
      videoconf('transfer', {participantUuid: 'u', alias: 'other'}),
      videoconf('dtmf', {participantUuid: 'u', digits: '1'}),
      videoconf('dial-out', {role: 'GUEST', destination: 'a@example.com', protocol: 'sip'}),
    ];

    it('starts with a ready that has features, if it was packaged so', () => {
      announce(open([ORIGIN], 'videoconf'));
      expect(data()).to.deep.equal([READY]);
    });

    it('offers the chat alone, if it was packaged without origins', () => {
      announce(open([], 'videoconf'));
      expect(data()).to.deep.equal([videoconf('ready', {features: ['chat']})]);
    });

    for (const spoken of SPOKEN) {
      it(`changes to it when a page without hello says ${readAction(spoken)!.name}`, () => {
        const channel = open([ORIGIN]);
        announce(channel);
        say(spoken);
        say(spoken);
        channel.send({type: 'toggle-chat', active: true});
        expect(data()).to.deep.equal([
          {action: `${ACTION_PREFIX}ready`},
          READY,
          videoconf('toggle-chat', {active: true}),
        ]);
        expect(heard).to.have.length(2);
      });
    }

    it('does not change to it for what is no valid message of it', () => {
      announce(open([ORIGIN]));
      say(videoconf('mute', {participantUuid: 'u', muted: 'yes'}));
      say(videoconf('hello', {version: 1}));
      say(videoconf('toggle-chat-button-state', {active: true}));
      say(videoconf('roster', {participants: []}));
      say(SPOKEN[0], 'https://evil.example.com');
      windows.self.receive(new FakeWindow(windows.webApp3), ORIGIN, SPOKEN[0]);
      expect(data()).to.deep.equal([{action: `${ACTION_PREFIX}ready`}]);
    });

    it('does not change to it after hello', () => {
      const channel = open([ORIGIN]);
      announce(channel);
      channel.greet();
      SPOKEN.forEach((spoken) => say(spoken));
      channel.send({type: 'connected'});
      expect(windows.page.actions).to.deep.equal(['ready', 'ready', 'connected']);
      expect(data().at(-1)).to.deep.equal({action: `${ACTION_PREFIX}connected`});
      expect(heard).to.have.length(SPOKEN.length);
    });

    it('does not change back, whatever the page says', () => {
      const channel = open([ORIGIN]);
      announce(channel);
      say(SPOKEN[0]);
      say(OPEN);
      channel.greet();
      say(OPEN);
      channel.send({type: 'connected'});
      expect(data().slice(1)).to.deep.equal([
        READY,
        videoconf('ready', {version: 1, features: FEATURES}),
        videoconf('connected'),
      ]);
    });

    it('answers in it what came before the plugin was ready, which is said first', () => {
      const channel = open([ORIGIN]);
      say(SPOKEN[0]);
      channel.send({type: 'connected'});
      announce(channel);
      expect(data()).to.deep.equal([
        {action: `${ACTION_PREFIX}ready`},
        READY,
        videoconf('connected'),
      ]);
    });

    it('sends the documented keys alone until hello', () => {
      const channel = open([ORIGIN], 'videoconf');
      announce(channel);
      channel.send({type: 'connected', conferenceAlias: 'meet'});
      channel.send({...ERROR, field: 'role'});
      channel.send({type: 'roster', participants: [ALICE]});
      channel.send({type: 'self', ...SELF});
      channel.send({type: 'toggle-participants', active: true});
      const {uri: _, ...withoutAddress} = ALICE;
      expect(data().slice(1)).to.deep.equal([
        videoconf('connected'),
        videoconf('dial-out-error', {message: 'no'}),
        videoconf('roster', {participants: [withoutAddress]}),
        videoconf('self', SELF),
        videoconf('toggle-participants', {active: true}),
      ]);
    });

    describe('people', () => {
      const PEOPLE: Telling[] = [
        {type: 'roster', participants: [ALICE]},
        {type: 'self', ...SELF},
        {type: 'toggle-participants', active: true},
      ];

      it('are not told of to a page of the documented dialect without hello', () => {
        const channel = open([ORIGIN]);
        PEOPLE.forEach((message) => channel.send(message));
        announce(channel);
        PEOPLE.forEach((message) => channel.send(message));
        say(OPEN);
        PEOPLE.forEach((message) => channel.send(message));
        expect(data()).to.deep.equal([{action: `${ACTION_PREFIX}ready`}]);
      });

      it('are not told of at all if it was packaged without origins', () => {
        for (const dialect of ['external-chat', 'videoconf'] as const) {
          windows = fakeWindows();
          const channel = open([], dialect);
          announce(channel);
          say(SPOKEN[0]);
          PEOPLE.forEach((message) => channel.send(message));
          expect(new Set(windows.page.actions)).to.deep.equal(new Set(['ready']));
        }
      });

      it('are told of after hello, in the names of the second dialect and with addresses', () => {
        const channel = open([ORIGIN]);
        announce(channel);
        channel.greet();
        PEOPLE.forEach((message) => channel.send(message));
        expect(data().slice(2)).to.deep.equal([
          videoconf('roster', {participants: [ALICE]}),
          videoconf('self', SELF),
          videoconf('toggle-participants', {active: true}),
        ]);
      });

      it('are asked for whenever the page may hear of them, after its ready', () => {
        const asked: string[] = [];
        const ask = (): void => void asked.push(windows.page.actions.join(' '));
        const channel = open([ORIGIN]);
        channel.announce(() => undefined, ask);
        say(OPEN);
        expect(asked).to.deep.equal([]);
        say(SPOKEN[0]);
        say(SPOKEN[1]);
        expect(asked).to.deep.equal(['ready ready']);
        channel.greet();
        expect(asked).to.deep.equal(['ready ready', 'ready ready ready']);
      });

      it('are asked for once at a start in the second dialect, also if hello came before', () => {
        let asked = 0;
        open([ORIGIN], 'videoconf').announce(
          () => undefined,
          () => asked++,
        );
        expect(asked).to.equal(1);
        windows = fakeWindows();
        const channel = open([ORIGIN], 'videoconf');
        say(HELLO);
        channel.announce(
          () => channel.greet(),
          () => asked++,
        );
        expect(asked).to.equal(2);
        expect(windows.page.actions).to.deep.equal(['ready', 'ready']);
      });

      it('are never asked for if it was packaged without origins', () => {
        const never = (): never => expect.fail('asked for people');
        open([], 'videoconf').announce(() => undefined, never);
        windows = fakeWindows();
        open([]).announce(() => undefined, never);
        say(SPOKEN[0]);
      });
    });
  });

  describe('whatever happens', () => {
    const KEYS: Readonly<Record<string, readonly string[]>> = {
      ready: [],
      connected: [],
      disconnected: ['userInitiated', 'error', 'errorCode'],
      'toggle-chat': ['active'],
      'dial-out-success': ['uuid', 'displayName'],
      'dial-out-error': ['message'],
    };
    const telling = fc.oneof(
      pluginMessage(),
      fc.constant<Telling>({type: 'roster', participants: [ALICE]}),
      fc.constant<Telling>({type: 'self', ...SELF}),
      fc.boolean().map((active): Telling => ({type: 'toggle-participants', active})),
    );
    const documented = pageMessage()
      .filter(({type}) => type !== 'hello')
      .map((message): unknown => toWire(message));

    it('a page of the documented dialect hears nothing but documented keys until hello', () => {
      const counts = new Map<string, number>();
      const tells = telling.map((message) => ({tell: message}));
      const says = fc.oneof(documented, anything()).map((message) => ({say: message}));
      fc.assert(
        fc.property(fc.array(fc.oneof(tells, says), {maxLength: 8}), (steps) => {
          windows = fakeWindows();
          const channel = open([ORIGIN]);
          announce(channel);
          for (const step of steps) {
            if ('tell' in step) channel.send(step.tell as Telling);
            else say(step.say);
          }
          for (const {data} of windows.page.posted) {
            const {action, ...fields} = data;
            expect(action).to.match(/^pexip:plugin:external-chat\//);
            const name = String(action).slice(ACTION_PREFIX.length);
            expect(KEYS[name], name).to.include.members(Object.keys(fields));
            counts.set(name, (counts.get(name) ?? 0) + 1);
          }
        }),
        {...HOSTILE_RUNS, numRuns: 2_000},
      );
      for (const name of Object.keys(KEYS)) expect(counts.get(name), name).to.be.greaterThan(50);
    });

    it('stands 10,000 hostile messages in both name spaces, and hands on what it knows alone', () => {
      const names = [...Object.keys(WIRE_NAMES), ...INHERITED_NAMES, '', 'roster', 'ready'];
      const prefix = fc.constantFrom(...Object.values(ACTION_PREFIXES), 'rocketchat:', '');
      const value = (right: unknown): fc.Arbitrary<unknown> =>
        fc.oneof({weight: 4, arbitrary: fc.constant(right)}, {weight: 1, arbitrary: anything()});
      const fields = fc.record(
        Object.fromEntries(Object.entries(RIGHT).map(([name, right]) => [name, value(right)])),
        {requiredKeys: []},
      );
      const aimed = fc
        .tuple(prefix, fc.constantFrom(...names), fc.oneof(fields, objectWith(Object.keys(RIGHT))))
        .map(([start, name, rest]): unknown => ({...rest, action: start + name}));
      const seen = new Set<string>();
      const channel = open([ORIGIN]);
      channel.announce(({type}) => seen.add(type));
      fc.assert(
        fc.property(fc.oneof({weight: 5, arbitrary: aimed}, anything()), (message) => {
          keepingPrototypes(() => say(message));
        }),
        HOSTILE_RUNS,
      );
      expect([...seen].sort()).to.deep.equal([...new Set(Object.values(WIRE_NAMES))].sort());
      expect(windows.page.actions).to.deep.equal(['ready', 'ready']);
      expect(log.lines.length).to.be.at.most(2);
    });
  });
});
