import {expect} from '@open-wc/testing';

import {embeddingPage, PageChannel} from '../../plugin/src/page-channel.js';
import {ACTION_PREFIX, type ReceivedPageMessage} from '../../src/protocol/external-chat.js';
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

  const open = (origins: readonly string[] = [ORIGIN, OTHER]): PageChannel => {
    const {self, page} = windows;
    const {signal} = controller;
    return new PageChannel({self: self.asWindow(), page: page.asWindow(), origins, signal});
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
        {action: `${ACTION_PREFIX}ready`, version: 1, features: ['chat', 'dial-out']},
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
});
