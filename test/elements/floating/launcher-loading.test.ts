import {expect} from '@open-wc/testing';

import {keepBusy, setupDesk, setupLauncher} from '../../support/launcher-place.js';
import {waitUntil} from '../../support/wait.js';

/** Lets all that is on its way arrive, of what waits for no clock. */
const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));

describe('what a widget loads', () => {
  it('is nothing without credentials, and there is no button', async () => {
    const {host, asked, button, insert, body} = setupLauncher({
      given: {},
      attributes: {open: true},
    });
    insert();
    expect(body.openWidget()).to.be.false;
    expect(body.getChats()).to.deep.equal([]);
    host.setAttribute('view', 'embed');
    await settled();
    expect(asked).to.deep.equal([]);
    expect(button()).to.equal(null);
  });

  it('is the desk once the page is idle, and nothing before', async () => {
    const page = keepBusy();
    const {asked, button, insert, desks} = setupLauncher();
    insert();
    await settled();
    expect(button()!.ariaLabel).to.equal('Chats');
    expect(asked).to.deep.equal([]);
    page.idle();
    await waitUntil(() => desks.length);
    expect(asked).to.deep.equal(['desk']);
  });

  it('begins with a cookie as with a token', async () => {
    const {asked, insert, desks} = setupLauncher({given: {}, attributes: {'use-cookie': true}});
    insert();
    await waitUntil(() => desks.length);
    expect(asked).to.deep.equal(['desk']);
  });

  for (const type of ['pointerenter', 'focus'])
    it(`is the desk at once on ${type}`, async () => {
      keepBusy();
      const {asked, button, insert, desks} = setupLauncher();
      insert();
      button()!.dispatchEvent(new Event(type));
      await waitUntil(() => desks.length);
      expect(asked).to.deep.equal(['desk']);
    });

  for (const operation of ['addChat', 'getChats', 'getUser'] as const)
    it(`is the desk at once with ${operation}()`, async () => {
      keepBusy();
      const {insert, desks, body} = setupLauncher();
      insert();
      void body[operation]('bob');
      await waitUntil(() => desks.length);
    });

  it('is all that a window needs side by side with the click', async () => {
    keepBusy();
    const {asked, button, insert, windows} = setupLauncher();
    insert();
    button()!.click();
    // In one go, before any of them has come. They run in this order.
    await Promise.resolve();
    expect(asked.filter((name) => name !== 'desk')).to.deep.equal(['lit', 'window', 'native']);
    expect(asked).to.include('desk');
    await waitUntil(() => windows.length);
    expect(asked).to.have.length(4);
  });

  it('is the frame, and no native view, where Rocket.Chat shows the conversations', async () => {
    const {asked, button, windows} = await setupDesk({attributes: {view: 'embed'}});
    button()!.click();
    await waitUntil(() => windows.length);
    expect(asked).to.deep.equal(['desk', 'lit', 'window', 'embed']);
  });

  it('is the window once, however often it is opened', async () => {
    const {asked, body, windows} = await setupDesk();
    for (const _ of [1, 2, 3]) {
      body.openWidget();
      await waitUntil(() => windows[0]?.element.open);
      body.closeWidget();
      await waitUntil(() => !windows[0]!.element.open);
    }
    expect(asked.filter((name) => name === 'window')).to.have.length(1);
  });

  it('is no window while the widget is hidden, until it is shown', async () => {
    const {asked, body, windows} = await setupDesk({attributes: {hidden: true}});
    expect(body.openWidget()).to.be.true;
    await settled();
    expect(asked).to.deep.equal(['desk']);
    expect(body.showWidget()).to.be.true;
    await waitUntil(() => windows.length);
  });

  for (const name of ['desk', 'window', 'lit'])
    it(`is told of with part-failed if ${name} fails, and tried again with the next click`, async () => {
      const {host, away, button, errors, insert, windows} = setupLauncher({failing: [name]});
      insert();
      button()!.click();
      await waitUntil(() => !host.hasAttribute('open') && errors.length);
      expect(errors.map(({code}) => code)).to.deep.equal(['part-failed']);
      expect(button()!.dataset['state']).to.equal('failed');
      expect(button()!.title).to.contain('Try again');
      away.clear();
      button()!.click();
      await waitUntil(() => windows[0]?.element.open);
      expect(button()!.dataset['state']).to.equal('');
      expect(errors).to.have.length(1);
    });

  it('is tried again when there is a network', async () => {
    const {away, desks, errors, insert} = setupLauncher({failing: ['desk']});
    insert();
    await waitUntil(() => errors.length);
    away.clear();
    window.dispatchEvent(new Event('online'));
    await waitUntil(() => desks.length);
  });

  it('is not tried again once the widget is gone, nor with the next one by what was of the one before', async () => {
    const page = keepBusy();
    const {asked, away, body, errors, host, insert} = setupLauncher({failing: ['desk']});
    insert();
    page.idle();
    await waitUntil(() => errors.length);
    away.clear();
    host.remove();
    body.follow();
    await settled();
    const before = asked.length;
    window.dispatchEvent(new Event('online'));
    await settled();
    expect(asked).to.have.length(before);
  });

  it('leaves open what was opened after one that could not be', async () => {
    keepBusy();
    const {body, host, insert, windows} = setupLauncher({attributes: {open: true}});
    insert();
    // The window is on its way when the widget goes, and comes again.
    host.remove();
    body.follow();
    await Promise.resolve();
    insert();
    await waitUntil(() => windows.length);
    await settled();
    expect(host.hasAttribute('open')).to.be.true;
  });

  it('goes on without the native view, of which a conversation tells', async () => {
    const {button, errors, windows} = await setupDesk({failing: ['native']});
    button()!.click();
    await waitUntil(() => windows.length);
    await settled();
    expect(errors).to.deep.equal([]);
  });

  it('stops with the element, and whoever waits is told', async () => {
    keepBusy();
    const {asked, body, host, insert} = setupLauncher();
    insert();
    const later = body.addChat('bob').then(
      () => 'done',
      ({code}: {code: string}) => code,
    );
    host.remove();
    body.follow();
    expect(await later).to.equal('not-created');
    await settled();
    expect(asked.filter((name) => name !== 'desk')).to.deep.equal([]);
  });

  it('is the same after a move within the page, and another after a while out of it', async () => {
    const {body, desks, host, insert} = await setupDesk();
    host.remove();
    body.follow();
    document.body.append(host);
    body.follow();
    await settled();
    expect(desks).to.have.length(1);
    expect(desks[0]!.done).not.to.include('stop');
    host.remove();
    body.follow();
    await settled();
    expect(desks[0]!.done).to.include('stop');
    insert();
    await waitUntil(() => desks.length === 2);
  });

  it('ends when the page takes the credentials back', async () => {
    const {asked, body, button, desk, given} = await setupDesk();
    given.accessToken = null;
    body.follow();
    await settled();
    expect(desk().done).to.include('stop');
    expect(button()).to.equal(null);
    expect(asked).to.deep.equal(['desk']);
  });
});
