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

/** The same of a broker that does, with its room and another one as chats. */
const setupLive = async () => {
  const {broker, remote, me, name, server, workspace} = await setupBroker();
  const chat = chatOf(name, {type: 'c', path: `channel/${name}`});
  const second = `second-${name}`;
  await workspace.createRoom({type: 'c', name: second, members: [me.username]});
  const placed = placeWindow({chats: [chat, chatOf(second, {path: `channel/${second}`})]});
  const {desk, given, find} = placed;
  desk.broker = broker;
  desk.server = server;
  given.accessToken = () => remote.accessToken(me.username);
  const pane = (): RcChatPaneElement => find<RcChatPaneElement>('rc-chat-pane');
  const field = () => pane().renderRoot.querySelector<HTMLTextAreaElement>('rc-composer textarea');
  return {...placed, pane, field, path: chat.path};
};

describe('a chat in the window', () => {
  it('says nothing of whether the person is there while there is no connection', () => {
    const {rows, find, show} = setup();
    show({chats: [chatOf('Bob', {status: 'online'})]});
    rows()[0]!.click();
    const told = (): boolean[] => [
      !!find('[part=header] .title p'),
      !!find('[part=header] .presence'),
    ];
    expect(told()).to.deep.equal([true, true]);
    show({status: 'recovering'});
    expect(told()).to.deep.equal([false, false]);
    show({status: 'live'});
    expect(told()).to.deep.equal([true, true]);
  });

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

  it('is left for the list when the page switches chats off, which says so', () => {
    for (const chats of [chatsOf('Bob'), []]) {
      const {rows, show, view, title, host, message, find} = setup();
      rows()[0]!.click();
      host.setAttribute('chat', 'false');
      show({chats});
      expect([view(), title()]).to.deep.equal(['list', 'Chats']);
      expect(message()).to.equal('Chats are switched off on this page.');
      expect(find('input[type=search]').checkVisibility()).to.equal(false);
    }
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

  for (const shown of ['native', 'embed'])
    it(`is shown again after it was removed, in any order, in the ${shown} view`, async () => {
      const {open, side, host, desk, show, view} = await setupLive();
      host.setAttribute('view', shown);
      open(false);
      const {chats} = desk.state;
      const [first, second] = chats.map((each) => each.path) as [string, string];
      const remove = (gone: string): void =>
        show({chats: chats.filter((each) => each.path !== gone)});
      const add = async (added: string): Promise<void> => {
        show({chats});
        await side.showChat(added);
        expect(view()).to.equal('chat');
      };
      await add(first);
      remove(first);
      expect(view()).to.equal('list');
      await add(first);
      remove(first);
      remove(first);
      await add(first);
      remove(first);
      await add(second);
      remove(second);
      await add(first);
      // Of three in a row, the one before the last was never there.
      const wait = side.showChat(second).catch((error: {code: string}) => error.code);
      await add(first);
      expect(await wait).to.equal('disconnected');
      // One that goes while it is waited for.
      const going = side.showChat(second).catch((error: {code: string}) => error.code);
      remove(second);
      expect(await going).to.equal('disconnected');
      await add(second);
    });

  it('has the text that a page gives after it was removed', async () => {
    const {open, side, path, field, desk, show} = await setupLive();
    open(false);
    const {chats} = desk.state;
    await side.showChat(path);
    await waitUntil(field);
    show({chats: []});
    show({chats});
    await side.showChat(path, 'Once more');
    await waitUntil(() => field()?.value === 'Once more');
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
