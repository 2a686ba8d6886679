import {expect, oneEvent} from '@open-wc/testing';

import {OPERATIONS} from '../../src/elements/floating/operation-names.js';
import {VERSION} from '../../src/version.js';
import {setupConversation} from '../support/conversation.js';
import {place, setAttributes} from '../support/mount.js';
import {untilSaid} from '../support/status-line.js';
import {simulators, startBrokerFor} from 'test-simulators';

/** A page of its own with the built script, as one tag in its head. */
const setupPage = async (address = '/test/fixtures/script.html') => {
  const frame = document.createElement('iframe');
  frame.title = 'page';
  frame.src = address;
  const loaded = oneEvent(frame, 'load');
  place(frame);
  await loaded;
  const page = frame.contentWindow! as Window & typeof globalThis;
  const warnings: string[] = [];
  page.console.warn = (...texts: unknown[]) => warnings.push(texts.join(' '));
  const add = (src: string): Promise<Event> => {
    const script = page.document.createElement('script');
    script.src = src;
    const done = oneEvent(script, 'load');
    page.document.head.append(script);
    return done;
  };
  return {page, warnings, add};
};

describe('the built script', () => {
  it('attaches one global with version(), and defines all elements', async () => {
    const {page} = await setupPage();
    const before = document.createElement('iframe');
    place(before);
    const fresh = new Set(Object.getOwnPropertyNames(before.contentWindow));
    const added = Object.getOwnPropertyNames(page).filter((name) => !fresh.has(name));
    expect(
      added.filter((name) => name.startsWith('Pexip') || name.startsWith('pexip')),
    ).to.deep.equal(['PexipChatRoom']);
    expect(page.PexipChatRoom!.version()).to.equal(VERSION);
    expect(page.customElements.get('pexip-chat-room')).to.equal(
      page.PexipChatRoom!.PexipChatRoomElement,
    );
    expect(page.customElements.get('rc-chat-pane')).to.equal(page.PexipChatRoom!.RcChatPaneElement);
    expect(page.customElements.get('pexip-chat-widget')).to.equal(
      page.PexipChatRoom!.PexipChatWidgetElement,
    );
  });

  it('has every operation of the widget, as the element has, and loads nothing for that', async () => {
    const {page} = await setupPage();
    const api = page.PexipChatRoom! as unknown as Record<string, unknown>;
    const {prototype} = page.PexipChatRoom!.PexipChatWidgetElement;
    for (const name of OPERATIONS) {
      expect(api[name], name).to.be.a('function');
      expect(name in prototype, name).to.equal(true);
    }
    expect(page.document.querySelectorAll('script[src^="/dist/"]')).to.have.length(1);
  });

  it('keeps the first and warns with both versions when loaded twice', async () => {
    const {page, warnings, add} = await setupPage();
    const first = page.PexipChatRoom;
    await add('/dist/pexip-chat-room.min.js');
    expect(page.PexipChatRoom).to.equal(first);
    expect(warnings).to.have.length(1);
    expect(warnings[0]!.split(VERSION)).to.have.length(4);
    expect(warnings[0]).to.contain('docs/errors.md#loaded-twice');
  });

  it('keeps the first when another version comes, names both, and goes on working', async () => {
    const {page, warnings} = await setupPage();
    const text = await (await fetch('/dist/pexip-chat-room.min.js')).text();
    const other = page.document.createElement('script');
    other.text = text.replaceAll(VERSION, '99.0.0');
    page.document.head.append(other);
    expect(page.PexipChatRoom!.version()).to.equal(VERSION);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain(`Version ${VERSION}`).and.to.contain('version 99.0.0');
    const room = page.document.createElement('pexip-chat-room');
    setAttributes(room, {node: simulators.webApp3, room: 'consultation'});
    const ready = oneEvent(room, 'pexip-ready');
    page.document.body.append(room);
    await ready;
  });

  it('says so when another script has taken the name of an element, and defines the other', async () => {
    const {page, warnings, add} = await setupPage('/test/fixtures/blank.html');
    page.customElements.define('rc-chat-pane', class extends page.HTMLElement {});
    await add('/dist/pexip-chat-room.min.js');
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('loaded-twice').and.to.contain('<rc-chat-pane>');
    expect(page.customElements.get('pexip-chat-room')).to.equal(
      page.PexipChatRoom!.PexipChatRoomElement,
    );
  });

  it('speaks Arabic by the file beside it', async () => {
    const {page} = await setupPage();
    const room = page.document.createElement('pexip-chat-room');
    room.language = 'ar';
    page.document.body.append(room);
    await room.updateComplete;
    const text = room.shadowRoot!.querySelector('.cover p')!;
    const arabic = new Promise<void>((resolve) => {
      new MutationObserver(() => resolve()).observe(text, {childList: true});
    });
    await arabic;
    expect(text.textContent).to.match(/^[\u0600-\u06ff .]+$/);
    expect(page.getComputedStyle(text).direction).to.equal('rtl');
  });

  it('says part-failed when a language does not load, stays English, and shows the meeting', async () => {
    const {page} = await setupPage();
    const blocker = page.document.createElement('meta');
    blocker.httpEquiv = 'Content-Security-Policy';
    blocker.content = "script-src 'none'";
    page.document.head.append(blocker);
    const room = page.document.createElement('pexip-chat-room');
    setAttributes(room, {node: simulators.webApp3, room: 'consultation', language: 'ar'});
    const failed = oneEvent(room, 'pexip-error');
    const ready = oneEvent(room, 'pexip-ready');
    page.document.body.append(room);
    const {error} = (await failed).detail;
    expect(error.code).to.equal('part-failed');
    expect(error.message).to.contain('pexip-chat-room.hashes.min.js');
    await ready;
    expect(room.shadowRoot!.querySelector('iframe')!.title).to.equal('Meeting');
  });

  it("shows a conversation by the file beside it, which it loads with integrity and the script's nonce", async () => {
    const {page} = await setupPage();
    const {name, auth} = await setupConversation();
    const pane = page.document.createElement('rc-chat-pane');
    setAttributes(pane, {server: simulators.rocketChat, room: `#${name}`});
    pane.auth = auth;
    const ready = oneEvent(pane, 'rc-ready');
    page.document.body.append(pane);
    await ready;
    const scripts = [...page.document.querySelectorAll('script')];
    const part = scripts.find(({src}) => src.endsWith('/dist/pexip-chat-room.embed.min.js'))!;
    expect(part.integrity).to.match(/^sha384-/);
    expect(part.nonce).to.equal('abc');
    expect(part.crossOrigin).to.equal('anonymous');
  });

  it('says by one more file that the conversation of a meeting waits', async () => {
    const {page} = await setupPage();
    const room = page.document.createElement('pexip-chat-room');
    const pane = page.document.createElement('rc-chat-pane');
    const broker = await startBrokerFor(simulators.rocketChat);
    setAttributes(room, {node: simulators.webApp3, room: 'consultation', broker, chat: true});
    setAttributes(pane, {room: 'auto'});
    room.append(pane);
    page.document.body.append(room);
    await untilSaid(pane, /opens when the meeting has begun/);
    expect(pane.state).to.equal('idle');
  });

  it('works both ways with the plugin in a page that is itself framed', async () => {
    const {page} = await setupPage();
    expect(page.parent).not.to.equal(page);
    const room = page.document.createElement('pexip-chat-room');
    setAttributes(room, {node: simulators.webApp3, room: 'consultation', join: true});
    const connected = oneEvent(room, 'pexip-connected');
    page.document.body.append(room);
    await connected;
    const {displayName} = await room.dialOut({
      role: 'GUEST',
      destination: 'carol@example.com',
      protocol: 'sip',
    });
    expect(displayName).to.equal('carol');
  });

  it("says part-failed when the page's policy forbids that file", async () => {
    const {page} = await setupPage();
    const blocker = page.document.createElement('meta');
    blocker.httpEquiv = 'Content-Security-Policy';
    blocker.content = "script-src 'none'";
    page.document.head.append(blocker);
    const pane = page.document.createElement('rc-chat-pane');
    setAttributes(pane, {server: simulators.rocketChat, room: '#general'});
    const failed = oneEvent(pane, 'rc-error');
    page.document.body.append(pane);
    const {error} = (await failed).detail;
    expect(error.code).to.equal('part-failed');
    expect(error.message).to.contain('pexip-chat-room.hashes.min.js');
    expect(pane.state).to.equal('failed');
  });
});
