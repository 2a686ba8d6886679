import {expect, oneEvent} from '@open-wc/testing';

import '../../src/define.js';
import type {PexipChatWidgetElement} from '../../src/elements/pexip-chat-widget.js';
import {waitUntil} from '../support/wait.js';
import {holdFile, openPage, type Page} from '../support/delivery-page.js';

const LAUNCHER = 'pexip-chat-room.launcher.min.js';
const TOKEN = 'a.secret.token';

const create = (): PexipChatWidgetElement => document.createElement('pexip-chat-widget');

/** A widget in a page of its own, whose file does not come or has not come yet. */
const widgetOf = ({document: page}: Page): PexipChatWidgetElement =>
  page.createElement('pexip-chat-widget');

describe('<pexip-chat-widget> before its file has come', () => {
  it('answers at once what the types promise', () => {
    const widget = create();
    expect(widget.isAuthenticated()).to.equal(false);
    expect(widget.getChats()).to.deep.equal([]);
    expect(widget.getUsersStatusList()).to.deep.equal([]);
    expect(widget.getUnreadMessages()).to.deep.equal([]);
    expect(widget.getLastMessageReceived()).to.equal(null);
    expect(widget.getLastMessageSent()).to.equal(null);
  });

  it('says whether there is a widget: one that stands in the page', () => {
    const widget = create();
    const asked = [
      'showWidget',
      'hideWidget',
      'toggleWidget',
      'openWidget',
      'closeWidget',
    ] as const;
    for (const name of asked) expect(widget[name](), name).to.equal(false);
    const standing = create();
    document.body.append(standing);
    for (const name of asked) expect(standing[name](), name).to.equal(true);
    standing.remove();
  });

  it('gives a user at once, who can be awaited too', () => {
    const asked = create().getUser('bob');
    expect({...asked}).to.deep.include({userAlias: 'bob', status: 'offline'});
    expect(asked.then).to.be.a('function');
  });

  it('gives a new list each time, so that a page that changes it changes nothing', () => {
    const widget = create();
    (widget.getChats() as unknown[]).push('x');
    expect(widget.getChats()).to.deep.equal([]);
  });
});

describe('<pexip-chat-widget>', () => {
  it('has no method that is the business of window.PexipChatRoom alone', () => {
    for (const name of ['create', 'compat', 'follow', 'version'])
      expect(name in create(), name).to.be.false;
  });

  it('tells its token to nobody, and the other properties as they were given', () => {
    const widget = create();
    const layout = {body: {color: 'red'}};
    Object.assign(widget, {accessToken: TOKEN, layout});
    expect(widget.accessToken).to.equal(undefined);
    expect(widget.layout).to.equal(layout);
    expect(JSON.stringify(widget)).not.to.contain(TOKEN);
    expect(widget.outerHTML).not.to.contain(TOKEN);
  });

  it('takes over properties that were set before it was defined, and hides the token then', async () => {
    const page = await openPage(`missing:${LAUNCHER}/`);
    const early = document.createElement('pexip-chat-widget-early') as PexipChatWidgetElement;
    const layout = {};
    Object.assign(early, {accessToken: TOKEN, layout});
    expect(early.accessToken).to.equal(TOKEN);
    const Early = class extends (customElements.get(
      'pexip-chat-widget',
    ) as typeof PexipChatWidgetElement) {};
    customElements.define('pexip-chat-widget-early', Early);
    document.body.append(early);
    await early.updateComplete;
    expect(early.accessToken).to.equal(undefined);
    expect(early.layout).to.equal(layout);
    early.remove();
    expect(page.PexipChatRoom).to.be.an('object');
  });

  it('comes and goes, and comes again', async () => {
    const widget = create();
    widget.toggleAttribute('use-cookie', true);
    for (let times = 0; times < 2; times++) {
      document.body.append(widget);
      await widget.updateComplete;
      expect(widget.showWidget()).to.equal(true);
      widget.remove();
    }
    expect(widget.isConnected).to.equal(false);
  });
});

describe('<pexip-chat-widget> whose file comes', () => {
  it('does in their order what was called before, and then each at once', async () => {
    const page = await openPage(`whole:${LAUNCHER}/`);
    const done: unknown[] = [];
    const noted = (name: string) => [name, (...args: unknown[]) => done.push([name, ...args])];
    const body = Object.fromEntries(['on', 'showWidget', 'hideWidget', 'addChat'].map(noted));
    // In the place of the file's own.
    const parts = (page.PexipChatRoom as unknown as {parts: object}).parts;
    Object.defineProperty(parts, 'launcher', {value: {launcher: () => body}});
    const widget = widgetOf(page);
    const {isAsked, release} = holdFile(page, LAUNCHER);
    const listener = (): void => undefined;
    widget.on('message_received', listener);
    widget.showWidget();
    const added = widget.addChat('bob');
    await isAsked;
    expect(done).to.deep.equal([]);
    release();
    await added;
    expect(done).to.deep.equal([
      ['on', 'message_received', listener],
      ['showWidget'],
      ['addChat', 'bob'],
    ]);
    widget.hideWidget();
    expect(done.at(-1)).to.deep.equal(['hideWidget']);
  });

  it('tries again where it did not come, and does then what is called', async () => {
    const page = await openPage(`late:${LAUNCHER}:${crypto.randomUUID()}/`);
    const widget = widgetOf(page);
    const told = oneEvent(widget, 'widget-error');
    let heard = 0;
    const listener = (): unknown => heard++;
    widget.on('message_read', listener);
    widget.openWidget();
    expect((await told).detail.error.code).to.equal('part-failed');
    // There is a button for whoever can be signed in.
    widget.toggleAttribute('use-cookie', true);
    page.document.body.append(widget);
    await waitUntil(() => widget.shadowRoot!.querySelector('[part=launcher]'));
    // What was called before is not done then: docs/widget.md.
    const read = (): boolean => widget.dispatchEvent(new CustomEvent('widget-message-read'));
    read();
    expect(heard).to.equal(0);
    widget.on('message_read', listener);
    read();
    expect(heard).to.equal(1);
    widget.remove();
  });
});

describe('<pexip-chat-widget> whose file does not come', () => {
  const failed = async (): Promise<PexipChatWidgetElement> =>
    widgetOf(await openPage(`missing:${LAUNCHER}/`));

  it('says so by widget-error, once for each try, and on the page that it stands in', async () => {
    const widget = await failed();
    const {ownerDocument} = widget;
    const {console} = ownerDocument.defaultView as unknown as typeof globalThis;
    const warnings: string[] = [];
    console.warn = (...texts: unknown[]) => void warnings.push(texts.join(' '));
    const errors: string[] = [];
    ownerDocument.addEventListener('widget-error', ({detail}) => errors.push(detail.error.code));
    const told = oneEvent(ownerDocument, 'widget-error');
    ownerDocument.body.append(widget);
    const refused = widget.addChat('bob').catch(() => undefined);
    const {error} = (await told).detail;
    expect(error.code).to.equal('part-failed');
    expect(error.message).to.contain(LAUNCHER);
    await refused;
    expect(errors).to.deep.equal(['part-failed']);
    expect(warnings.filter((each) => each.includes('part-failed'))).to.have.length(1);
  });

  it('rejects what was promised with that code, and tries again with the next call', async () => {
    const widget = await failed();
    const errors: string[] = [];
    widget.addEventListener('widget-error', ({detail}) => errors.push(detail.error.code));
    const code = (promise: PromiseLike<unknown>): PromiseLike<unknown> =>
      promise.then(
        () => 'answered',
        (error) => error.code,
      );
    const first = [code(widget.addChat('bob')), code(widget.logout()), code(widget.getUser('bob'))];
    expect(await Promise.all(first)).to.deep.equal(['part-failed', 'part-failed', 'part-failed']);
    expect(errors).to.deep.equal(['part-failed']);
    expect(await code(widget.selectChat('bob'))).to.equal('part-failed');
    expect(errors).to.deep.equal(['part-failed', 'part-failed']);
  });

  it('leaves no rejection behind that nobody takes', async () => {
    const widget = await failed();
    const page = widget.ownerDocument.defaultView!;
    const untaken: unknown[] = [];
    page.addEventListener('unhandledrejection', ({reason}) => untaken.push(reason));
    const told = oneEvent(widget, 'widget-error');
    widget.addChat('bob');
    widget.getUser('bob');
    widget.on('message_received', () => undefined);
    widget.showWidget();
    await told;
    // Rejections are told of at the end of a task: that of the next try comes later.
    const again = oneEvent(widget, 'widget-error');
    widget.getChats();
    await again;
    expect(untaken).to.deep.equal([]);
  });
});
