import {expect, oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../../src/elements/rc-chat-pane.js';
import {violationsIn} from '../../support/axe.js';
import {setupBroker} from '../../support/broker-pane.js';
import {press, type} from '../../support/keys.js';
import {waitUntil} from '../../support/wait.js';
import {ARABIC, chatOf, chatsOf, placeWindow} from '../../support/widget-window.js';

/** A window whose desk knows a broker that does not answer. */
const setup = () => {
  const placed = placeWindow({chats: chatsOf('Bob', 'Carol')});
  placed.open();
  const pane = (): RcChatPaneElement => placed.find<RcChatPaneElement>('rc-chat-pane');
  return {...placed, pane};
};

/** The same of a broker that does, with its room as the only chat. */
const setupLive = async () => {
  const {broker, remote, me, write, name, server} = await setupBroker();
  const chat = chatOf(name, {type: 'c', path: `channel/${name}`});
  const placed = placeWindow({chats: [chat, chatOf('general', {path: 'channel/general'})]});
  const {desk, given, find} = placed;
  desk.broker = broker;
  desk.server = server;
  given.accessToken = () => remote.accessToken(me.username);
  const pane = (): RcChatPaneElement => find<RcChatPaneElement>('rc-chat-pane');
  const field = () => pane().renderRoot.querySelector<HTMLTextAreaElement>('rc-composer textarea');
  return {...placed, pane, field, write, path: chat.path};
};

describe('a chat in the window', () => {
  it('is opened by a person, with its name, its picture and its status in the header', async () => {
    const {rows, title, view, find, show, focused, named} = setup();
    show({chats: [chatOf('Bob', {status: 'away'}), chatOf('Carol')]});
    rows()[0]!.focus();
    await press('Enter');
    expect([title(), view()]).to.deep.equal(['Bob', 'chat']);
    expect(find('[part=header] .title p').textContent).to.equal('away');
    expect(find('[part=header] .avatar')).to.exist;
    expect(focused()).to.equal(find('h2'));
    named('Back to the chats')!.focus();
    await press('Enter');
    expect([view(), focused()]).to.deep.equal(['list', rows()[0]]);
    expect(rows()[0]!.getAttribute('aria-current')).to.equal('true');
  });

  it('has one pane for all, which knows what the desk knows', () => {
    const {rows, pane, find, desk, named, show, host} = setup();
    desk.server = 'https://chat.invalid/';
    rows()[0]!.click();
    const first = pane();
    const attributes = (): Record<string, string | null> =>
      Object.fromEntries(
        ['room', 'view', 'broker', 'server', 'language'].map((name) => [
          name,
          pane().getAttribute(name),
        ]),
      );
    expect(attributes()).to.deep.equal({
      room: 'direct/Bob',
      view: 'native',
      broker: 'https://broker.invalid/',
      server: 'https://chat.invalid/',
      language: 'en',
    });
    named('Back to the chats')!.click();
    rows()[1]!.click();
    host.setAttribute('view', 'embed');
    show({}, ARABIC);
    expect(attributes()).to.include({room: 'direct/Carol', view: 'embed', language: 'ar'});
    expect(pane()).to.equal(first);
    expect(find('[part=chat]').children).to.have.lengthOf(1);
  });

  it('is neither seen nor reached while the list is shown', () => {
    const {rows, named, find, view} = setup();
    rows()[0]!.click();
    named('Back to the chats')!.click();
    expect(view()).to.equal('list');
    expect(find('[part=chat]').inert).to.equal(true);
  });

  it('is left for the list when it is no longer there', () => {
    const {rows, show, view, find, desk} = setup();
    rows()[0]!.click();
    // What is away for a moment may come again.
    show({status: 'recovering', chats: []});
    expect(view()).to.equal('chat');
    show({status: 'live', chats: [...desk.state.chats, chatOf('Carol')]});
    expect(view()).to.equal('list');
    expect(find('.frame > .said').textContent).to.equal(
      'The chat with Bob is no longer in your list.',
    );
  });

  it('tells the pane what people are called and whether files can be sent, anew when it is another', () => {
    const {rows, pane, desk, given, show} = setup();
    rows()[0]!.click();
    const gifts: {person(username: string): object; files: boolean}[] = [];
    let outside = 0;
    document.addEventListener('rc-options-request', () => outside++, {once: true});
    const detail = {give: (gift: (typeof gifts)[0]) => gifts.push(gift)};
    const init = {detail, bubbles: true, composed: true};
    pane().dispatchEvent(new CustomEvent('rc-options-request', init));
    expect([gifts.length, outside, gifts[0]!.files]).to.deep.equal([1, 0, true]);
    expect(gifts[0]!.person('bob')).to.deep.equal({name: 'bob'});
    show();
    expect(gifts).to.have.lengthOf(1);
    desk.people.set('bob', {name: 'Bob', image: 'data:image/png;base64,AA'});
    show();
    expect(gifts).to.have.lengthOf(2);
    given.tools = {chat: true};
    show();
    expect(gifts[2]!.files).to.equal(false);
    given.tools = {chat: true, file_upload: true};
    show();
    expect(gifts[3]!.files).to.equal(true);
  });

  it('that a page shows waits, until another one is asked for', async () => {
    const {side, title} = setup();
    const first = side.showChat('direct/Bob');
    const second = side.showChat('direct/Carol');
    const code = await first.catch((error: {code: string}) => error.code);
    expect([code, title()]).to.deep.equal(['disconnected', 'Carol']);
    side.remove();
    expect(await second.catch((error: {code: string}) => error.code)).to.equal('disconnected');
  });
});

describe('a chat with a workspace', () => {
  it('goes by keyboard from the list to a message that was sent, and back', async () => {
    const {open, rows, pane, field, focused, path, view, dialog} = await setupLive();
    open();
    await press('Enter');
    await waitUntil(() => pane()?.state === 'ready');
    expect(pane().room).to.equal(path);
    // There is somewhere to write, and the focus is there.
    await waitUntil(() => field()?.matches(':focus'));
    const sent = oneEvent(pane(), 'rc-message-sent');
    await type('By keyboard');
    await press('Enter');
    expect((await sent).detail.text).to.equal('By keyboard');
    const header = dialog.querySelector<HTMLElement>('[part=header] button')!;
    header.focus();
    await press('Enter');
    expect([view(), focused()]).to.deep.equal(['list', rows()[0]]);
  });

  it('is shown by a page, with a text where one writes and without taking the focus before', async () => {
    const {open, side, path, field, view, button} = await setupLive();
    button.focus();
    open(false);
    await side.showChat(path, 'Please call me');
    expect(view()).to.equal('chat');
    await waitUntil(() => field()?.value === 'Please call me');
  });

  it('is not read while the list is shown, or the window is closed', async () => {
    const {open, pane, write, named, rows, path} = await setupLive();
    open();
    rows()[0]!.click();
    await waitUntil(() => pane()?.state === 'ready');
    named('Back to the chats')!.click();
    const reads: unknown[] = [];
    pane().addEventListener('rc-message-read', (event) => reads.push(event));
    const received = oneEvent(pane(), 'rc-message-received');
    await write('Hello again');
    await received;
    await waitUntil(() => pane().renderRoot.textContent?.includes('Hello again'));
    rows()[0]!.focus();
    expect(reads).to.have.lengthOf(0);
    const read = oneEvent(pane(), 'rc-message-read');
    rows()[0]!.click();
    await read;
    expect(pane().room).to.equal(path);
  });

  for (const scheme of ['light', 'dark'])
    it(`has nothing that axe finds, ${scheme}`, async () => {
      const {open, host, side, path, field, still, dialog} = await setupLive();
      host.style.colorScheme = scheme;
      open();
      await side.showChat(path);
      await waitUntil(field);
      still();
      expect(await violationsIn(dialog)).to.deep.equal([]);
    });
});
