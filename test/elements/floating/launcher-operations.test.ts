import {expect} from '@open-wc/testing';

import {keepBusy, setupDesk, setupLauncher} from '../../support/launcher-place.js';
import {waitUntil} from '../../support/wait.js';

const codeOf = (promise: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(promise).then(
    () => 'done',
    ({code}: {code: unknown}) => code,
  );

const SHOWING = ['showWidget', 'hideWidget', 'toggleWidget', 'openWidget', 'closeWidget'] as const;

describe('an operation on a widget', () => {
  it('is refused with not-created where there is none, or nobody is signed in by it', async () => {
    const nobody = setupLauncher({given: {}});
    nobody.insert();
    for (const {body} of [setupLauncher(), nobody])
      for (const promise of [
        body.addChat('bob'),
        body.removeChat('bob'),
        body.selectChat('bob'),
        body.composeMessage('bob', 'Hello'),
        body.updateAccessToken('token'),
        body.getUser('bob'),
        body.logout(),
      ])
        expect(await codeOf(promise)).to.equal('not-created');
  });

  it('answers with what is known where that is nothing', () => {
    const {body} = setupLauncher();
    expect(body.isAuthenticated()).to.be.false;
    expect(body.getChats()).to.deep.equal([]);
    expect(body.getUsersStatusList()).to.deep.equal([]);
    expect(body.getUnreadMessages()).to.deep.equal([]);
    expect(body.getLastMessageSent()).to.equal(null);
    expect(body.getLastMessageReceived()).to.equal(null);
    const {userAlias, status} = body.getUser('bob');
    expect({userAlias, status}).to.deep.equal({userAlias: 'bob', status: 'offline'});
  });

  it('waits for the desk, with its arguments', async () => {
    keepBusy();
    const {body, desk, insert} = setupLauncher();
    insert();
    await Promise.all([body.composeMessage('bob', 'Hello', true), body.addChat('carol')]);
    expect(desk().done).to.include.members(['composeMessage bob,Hello,true', 'addChat carol']);
  });

  it('finds the widget that was put into the page in the same task', async () => {
    for (const operation of ['addChat', 'logout', 'getUser'] as const) {
      const {body, host} = setupLauncher();
      host.attachShadow({mode: 'open'});
      document.body.append(host);
      // The element has not told of it yet.
      expect(await codeOf(body[operation]('bob') as PromiseLike<unknown>)).to.equal('done');
      host.remove();
      body.follow();
    }
  });

  it('answers at once with what the desk knows, which can be awaited', async () => {
    const {body} = await setupDesk();
    expect(body.isAuthenticated()).to.be.true;
    expect(body.getChats()).to.deep.equal([{chat: 'c1'}]);
    expect(body.getLastMessageSent()).to.deep.equal({id: 'm1'});
    expect(body.getUser('bob').status).to.equal('busy');
    expect((await body.getUser('bob')).status).to.equal('online');
  });

  it('asks for a user once there is somebody to ask', async () => {
    keepBusy();
    const {body, insert} = setupLauncher();
    insert();
    expect((await body.getUser('bob')).status).to.equal('online');
  });

  it('shows, hides, opens and closes, and says that it did', async () => {
    const {body, host} = await setupDesk();
    const after = SHOWING.map((name) => {
      expect(body[name]()).to.be.true;
      return [name, host.hidden, host.hasAttribute('open')];
    });
    expect(after).to.deep.equal([
      ['showWidget', false, false],
      ['hideWidget', true, false],
      ['toggleWidget', true, true],
      ['openWidget', true, true],
      ['closeWidget', true, false],
    ]);
  });

  it('says false, and does nothing, where there is no widget', () => {
    const {body, host} = setupLauncher();
    for (const name of SHOWING) expect(body[name]()).to.be.false;
    expect(host.getAttributeNames()).to.deep.equal([]);
  });

  it('opens the window of a hidden widget, which is seen once the widget is', async () => {
    const {body, button, host} = await setupDesk({attributes: {hidden: true}});
    body.openWidget();
    expect(host.hasAttribute('open')).to.be.true;
    expect(button()!.checkVisibility()).to.be.false;
  });

  it('lets the desk show a hidden widget, and a chat', async () => {
    const {desk, host, window} = await setupDesk({attributes: {hidden: true}});
    desk().place.reveal();
    await desk().place.showChat('direct/bob', 'Hello');
    expect(host.hidden).to.be.false;
    expect(host.hasAttribute('open')).to.be.true;
    expect(window().done).to.include('showChat direct/bob Hello');
  });

  it("empties the page's own element by logout, and leaves it where it is: a framework takes it away", async () => {
    const {body, button, desk, given, host, window, windows} = await setupDesk({
      attributes: {'use-cookie': true, broker: 'https://broker.example.com'},
    });
    body.openWidget();
    await waitUntil(() => windows.length);
    await body.logout();
    expect(desk().done).to.include.members(['logout', 'stop']);
    expect(host.isConnected).to.be.true;
    expect(host.getAttributeNames()).to.deep.equal(['broker']);
    expect(button()).to.equal(null);
    expect(window().element.isConnected).to.be.false;
    expect(given.accessToken).to.equal(undefined);
    expect(body.isAuthenticated()).to.be.false;
    expect(await codeOf(body.addChat('bob'))).to.equal('not-created');
  });

  it('signs out whom there was, though the page gives another token or takes the element away at once', async () => {
    for (const next of ['another', undefined]) {
      const {body, desk, given, host} = await setupDesk();
      const left = body.logout();
      expect(desk().done).to.include.members(['logout', 'stop']);
      expect(given.accessToken).to.equal(undefined);
      given.accessToken = next;
      if (next) body.follow();
      else host.remove();
      await left;
      expect(desk().done.filter((each) => each === 'logout')).to.have.length(1);
    }
  });

  it('takes the widget away at once by logout, which then waits for the broker', async () => {
    const {body, desk, host, button} = await setupDesk();
    let told!: () => void;
    let asked!: () => void;
    const wasAsked = new Promise<void>((resolve) => (asked = resolve));
    desk().logout = () => {
      asked();
      return new Promise((resolve) => (told = resolve));
    };
    const left = body.logout();
    await wasAsked;
    await Promise.resolve();
    expect(button()).to.equal(null);
    const {length} = desk().done;
    host.setAttribute('language', 'de');
    body.follow();
    expect(desk().done).to.have.length(length);
    told();
    await left;
  });

  it("starts the page's own element again after logout, with another token", async () => {
    const {body, button, desks, given} = await setupDesk();
    await body.logout();
    given.accessToken = 'another';
    // As the element does.
    body.follow();
    await body.addChat('bob');
    expect(desks).to.have.length(2);
    expect(button()).not.to.equal(null);
  });

  it("starts the page's own element again after logout, once use-cookie is set anew", async () => {
    const {body, button, desks, host} = await setupDesk({
      attributes: {'use-cookie': true},
      given: {},
    });
    await body.logout();
    host.toggleAttribute('use-cookie', true);
    await waitUntil(() => button());
    await body.addChat('bob');
    expect(desks).to.have.length(2);
  });

  it('empties the element even if the broker could not be told', async () => {
    const {body, button, desk} = await setupDesk();
    desk().logout = () => Promise.reject(Object.assign(new Error(), {code: 'broker-failed'}));
    expect(await codeOf(body.logout())).to.equal('broker-failed');
    expect(button()).to.equal(null);
  });

  it('are plain functions: whoever only looks at them changes nothing', async () => {
    const {body, host} = setupLauncher();
    host.attachShadow({mode: 'open'});
    document.body.append(host);
    expect('then' in body).to.be.false;
    expect(Object.values(body).every((each) => typeof each === 'function')).to.be.true;
    expect(host.shadowRoot!.childElementCount).to.equal(0);
    host.remove();
  });

  it('tells an address of an extension that could not be kept, and leaves no rejection behind', async () => {
    const {body, errors} = setupLauncher({failing: ['create']});
    const untaken: unknown[] = [];
    const note = ({reason}: PromiseRejectionEvent): unknown => untaken.push(reason);
    addEventListener('unhandledrejection', note);
    expect(body.setExtensionUrl('https://chrome.google.com/webstore/detail/abc')).to.equal(
      undefined,
    );
    await waitUntil(() => errors.length);
    // Rejections are told of at the end of a task.
    await new Promise((resolve) => setTimeout(resolve));
    removeEventListener('unhandledrejection', note);
    expect(errors.map(({code}) => code)).to.deep.equal(['part-failed']);
    expect(untaken).to.deep.equal([]);
  });

  it('creates the widget, which stands once the page was idle and the user is signed in', async () => {
    const page = keepBusy();
    const {asked, body, host} = setupLauncher({given: {}});
    let stands = false;
    const created = body.create({accessToken: 'token'}).then((client) => {
      stands = true;
      return client;
    });
    await waitUntil(() => host.isConnected);
    expect(asked).to.deep.equal(['create']);
    expect(stands).to.be.false;
    page.idle();
    expect(await created).to.equal(host);
    expect(asked).to.deep.equal(['create', 'desk']);
    host.remove();
  });

  it('rejects what waits for the sign-in of a widget that is taken away', async () => {
    keepBusy();
    const {body, host} = setupLauncher({given: {}});
    const created = body.create({accessToken: 'token'});
    await waitUntil(() => host.isConnected);
    host.remove();
    body.follow();
    expect(await codeOf(created)).to.equal('not-created');
  });

  describe('that is called while a widget is on its way by create()', () => {
    const hosts: HTMLElement[] = [];
    afterEach(() => hosts.splice(0).forEach((host) => host.remove()));

    /** As pages write it that do not await `create()`. */
    const setupComing = () => {
      const launched = setupLauncher({given: {}});
      const created = launched.body.create({accessToken: 'token'});
      hosts.push(launched.host);
      return {...launched, created};
    };

    it('waits for that widget', async () => {
      const {body, created, desk} = setupComing();
      const asked = body.getUser('bob');
      await Promise.all([body.addChat('bob'), body.composeMessage('bob', 'Hello', true)]);
      expect((await asked).status).to.equal('online');
      await created;
      expect(desk().done).to.include.members(['addChat bob', 'composeMessage bob,Hello,true']);
    });

    it('shows, hides and opens the one that comes, though there is none as yet', async () => {
      const {body, created, host} = setupComing();
      expect(body.hideWidget()).to.be.false;
      expect(body.toggleWidget()).to.be.false;
      expect(host.getAttributeNames()).to.deep.equal([]);
      await created;
      await waitUntil(() => host.hidden && host.hasAttribute('open'));
    });

    it('takes the one away that comes, by logout', async () => {
      const {body, desk, host} = setupComing();
      await body.logout();
      expect(desk().done).to.include('logout');
      expect(host.isConnected).to.be.false;
    });

    it('is told nothing but its own error by a second logout, as the widget is gone', async () => {
      const {body, created, host} = setupComing();
      let told = 0;
      await created;
      host.addEventListener('widget-logged-out', () => told++);
      await body.logout();
      expect(await codeOf(body.logout())).to.equal('not-created');
      expect(told).to.equal(1);
      expect(host.isConnected).to.be.false;
    });

    it('is refused as create() is', async () => {
      const {asked, body, host} = setupLauncher({given: {}, failing: ['create']});
      const created = body.create({accessToken: 'token'});
      const added = body.addChat('bob');
      body.openWidget();
      expect(await codeOf(created)).to.equal('part-failed');
      expect(await codeOf(added)).to.equal('part-failed');
      expect(host.getAttributeNames()).to.deep.equal([]);
      // That one is over.
      expect(await codeOf(body.addChat('bob'))).to.equal('not-created');
      expect(asked).to.deep.equal(['create']);
    });

    it('waits for the first one where a second one is refused', async () => {
      const {body, created, desk} = setupComing();
      const second = body.create({accessToken: 'token'});
      const added = body.addChat('bob');
      expect(await codeOf(second)).to.equal('already-created');
      await added;
      await created;
      expect(desk().done).to.include('addChat bob');
    });
  });
});
