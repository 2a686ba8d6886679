import {expect} from '@open-wc/testing';

import {colourOf} from '../../../src/elements/letter-picture.js';
import {PexipChatError} from '../../../src/errors.js';
import {press} from '../../support/keys.js';
import {waitUntil} from '../../support/wait.js';
import {ARABIC, chatOf, chatsOf, placeWindow} from '../../support/widget-window.js';

const NOW = {signedOut: false, wasSignedIn: true, queued: undefined};

/** What a button is called by what it holds: its parts stand below each other. */
const nameOf = (button: Element): string =>
  [...button.children]
    .filter((each) => !each.ariaHidden && each.textContent)
    .map((each) => (each.matches('.said') ? '' : ' ') + each.textContent)
    .join('')
    .trim();

const opened = (...args: Parameters<typeof placeWindow>) => {
  const placed = placeWindow(...args);
  placed.open();
  return placed;
};

describe('the list of chats', () => {
  it('shows the chats in the order of the desk, with what is known of each', () => {
    const {names, rows} = opened({
      chats: [
        chatOf('Bob', {status: 'online', count: 2, preview: 'See you'}),
        chatOf('general', {type: 'c', alert: true, lastMessage: 0, preview: ''}),
        chatOf('Carol', {status: 'busy'}),
      ],
    });
    expect(names()).to.deep.equal(['Bob', 'general', 'Carol']);
    const [bob, general, carol] = rows().map(nameOf);
    expect(bob).to.match(/^Bob, online, 2 unread messages \S.* See you$/);
    expect(general).to.equal('general, new messages');
    expect(carol).to.match(/^Carol, busy \S.* Hello from Carol$/);
    expect(rows()[0]!.querySelector<HTMLElement>('.count')!.dataset['count']).to.equal('2');
    expect(rows()[1]!.querySelector('.dot')).to.exist;
    expect(rows()[2]!.querySelector('.count, .dot')).not.to.exist;
  });

  it('writes no more than 99 on a badge, and says how many there are', () => {
    const {rows} = opened({chats: [chatOf('Bob', {count: 1234})]});
    expect(rows()[0]!.querySelector<HTMLElement>('.count')!.dataset['count']).to.equal('99+');
    expect(nameOf(rows()[0]!)).to.contain('1,234 unread messages');
  });

  it('shows names and messages of others as text, whatever they hold', () => {
    const evil = '<img src=x onerror=alert(1)>$&';
    const {rows, names} = opened({chats: [chatOf(evil, {preview: evil}), chatOf('\u202e \u200b')]});
    expect(rows()[0]!.querySelector('img')).not.to.exist;
    expect(rows()[0]!.querySelector('.preview')!.textContent).to.equal(evil);
    // One without a name that can be seen has its id.
    expect(names()).to.deep.equal([evil, 'id-of-']);
  });

  it('has a picture where there is one, and the first letter where it does not load', async () => {
    const {rows} = opened({
      chats: [chatOf('bob', {image: 'data:image/png;base64,AA'}), chatOf('e\u0301mile')],
    });
    const [bob, emile] = rows();
    const picture = bob!.querySelector('img')!;
    expect(picture.alt).to.equal('');
    expect(picture.referrerPolicy).to.equal('no-referrer');
    picture.dispatchEvent(new Event('error'));
    expect(bob!.querySelector('img')).not.to.exist;
    expect(bob!.querySelector('.initial')!.textContent).to.equal('B');
    expect(emile!.querySelector('.initial')!.textContent).to.equal('E\u0301');
  });

  it("has a person's letter on one colour, whatever the person is called", () => {
    const chats = [
      chatOf('Bob', {username: 'bob'}),
      chatOf('bob'),
      chatOf('Dr Keller', {username: 'bob'}),
    ];
    const {rows} = opened({chats});
    const colours = rows().map((row) => row.querySelector('.initial')!.className);
    expect(new Set(colours).size).to.equal(1);
    expect(colours[0]).to.equal(`initial c${colourOf('bob')}`);
    expect(colourOf('alice')).not.to.equal(colourOf('bob'));
  });

  it('says that chats are on their way, that there are none, and that they are off', () => {
    const {show, message, names, host, given} = opened({known: false, status: 'connecting'});
    expect(message()).to.equal('Your chats are loading…');
    show({known: true, status: 'live'});
    expect(message()).to.equal('You have no chats yet.');
    show({chats: chatsOf('Bob')});
    expect(message()).to.equal('');
    host.setAttribute('chat', 'false');
    show();
    expect([message(), names()]).to.deep.equal(['Chats are switched off on this page.', []]);
    host.removeAttribute('chat');
    for (const [tools, off] of [
      [{}, true],
      [{file_upload: true}, true],
      [{chat: true}, false],
      [undefined, false],
    ] as const) {
      given.tools = tools;
      show();
      expect(names(), JSON.stringify(tools)).to.deep.equal(off ? [] : ['Bob']);
    }
  });

  it('keeps the chats while there is no connection, and says so', () => {
    const {show, status, names} = opened({chats: chatsOf('Bob')});
    expect(status()).to.equal('');
    show({status: 'recovering'});
    expect(status()).to.equal('Connecting again…');
    show({status: 'offline'});
    expect(status()).to.contain('Offline.');
    expect(names()).to.deep.equal(['Bob']);
    show({status: 'live'});
    expect(status()).to.equal('Connected again.');
  });

  it('tells of nobody whether they are there while there is no connection', () => {
    const {show, rows} = opened({chats: [chatOf('Bob', {status: 'online'})]});
    const told = (): boolean[] => [
      nameOf(rows()[0]!).includes('online'),
      !!rows()[0]!.querySelector('.presence'),
    ];
    expect(told()).to.deep.equal([true, true]);
    show({status: 'offline'});
    expect(told()).to.deep.equal([false, false]);
    show({status: 'live'});
    expect(told()).to.deep.equal([true, true]);
  });

  it('lets the latest message go on below the time, and end before the badge', () => {
    const preview = 'A message that is far longer than a line of the window is wide. '.repeat(3);
    const {rows} = opened({
      chats: [chatOf('Bob', {preview}), chatOf('Carol', {preview, count: 100})],
    });
    const edge = (row: number, part: string): number =>
      rows()[row]!.querySelector(part)!.getBoundingClientRect().right;
    expect(edge(0, '.preview')).to.be.closeTo(edge(0, '.time'), 1);
    const badge = rows()[1]!.querySelector('.count')!.getBoundingClientRect();
    expect(badge.right).to.be.closeTo(edge(1, '.time'), 1);
    expect(edge(1, '.preview'))
      .to.be.below(badge.left)
      .and.above(badge.left - 24);
  });

  it('says that it is offline, and not that it loads, before there was a connection', () => {
    const {status} = opened({known: false, status: 'offline'});
    expect(status()).to.contain('Offline.');
  });

  it('offers to sign in where nobody is, and shows nothing of who was', () => {
    const {show, status, names, named, desk, message} = opened({
      chats: chatsOf('Bob'),
      signIn: {...NOW, signedOut: true},
    });
    expect([status(), message(), names()]).to.deep.equal(['Your sign-in has ended.', '', []]);
    named('Sign in again')!.click();
    expect(desk.signIns).to.equal(1);
    show({signIn: {...NOW, queued: 3}, known: false});
    expect(status()).to.equal('Signing in. You are number 3 in the queue.');
    show({signIn: {signedOut: true, wasSignedIn: false, queued: undefined}});
    expect(status()).to.equal('You are not signed in to the conversation.');
    expect(named('Sign in')).to.exist;
  });

  it('says that the chats could not be loaded, and tries again', async () => {
    const signedOut = {signedOut: true, wasSignedIn: false, queued: undefined};
    const placed = placeWindow({known: false, status: 'connecting', signIn: signedOut});
    const {show, message, named, desk, status, open} = placed;
    desk.failure = new PexipChatError('broker-failed', 'The broker did not answer.');
    open();
    await waitUntil(() => message()?.includes('could not be loaded'));
    expect([status(), named('Sign in')?.hidden]).to.deep.equal(['', true]);
    named('Try again')!.click();
    expect(desk.signIns).to.equal(1);
    desk.failure = undefined;
    show({signIn: {...signedOut, signedOut: false}});
    expect([message(), named('Try again')?.hidden]).to.deep.equal([
      'Your chats are loading…',
      true,
    ]);
  });

  it('is read in the language of the widget', () => {
    const {show, rows, title, find} = opened({chats: [chatOf('Bob', {count: 2})]});
    show({}, ARABIC);
    expect(title()).to.equal('الدردشات');
    expect(nameOf(rows()[0]!)).to.contain('رسالتان غير مقروءتين');
    expect([find('.frame').lang, find('.frame').dir]).to.deep.equal(['ar', 'rtl']);
  });
});

describe('the list of chats by keyboard', () => {
  it('has one chat in the order of Tab, and the others by arrows, Home and End', async () => {
    const {rows, focused} = opened({chats: chatsOf('a', 'b', 'c')});
    const name = (): string => focused()!.querySelector('.name')!.textContent;
    expect(name()).to.equal('a');
    await press('ArrowDown');
    expect(name()).to.equal('b');
    expect(rows().map(({tabIndex}) => tabIndex)).to.deep.equal([-1, 0, -1]);
    await press('End');
    expect(name()).to.equal('c');
    await press('ArrowDown');
    expect(name()).to.equal('c');
    await press('Home', 'ArrowUp');
    expect(name()).to.equal('a');
  });

  it('keeps the focus on a chat that goes to the top, and moves it on from one that goes', () => {
    const {show, rows, focused} = opened({chats: chatsOf('a', 'b', 'c')});
    const name = (): string | undefined => focused()?.querySelector('.name')?.textContent;
    rows()[2]!.focus();
    let left = 0;
    rows()[2]!.addEventListener('blur', () => left++);
    show({chats: chatsOf('c', 'a', 'b')});
    expect([name(), left]).to.deep.equal(['c', 0]);
    show({chats: chatsOf('a', 'b')});
    expect(name()).to.equal('a');
  });

  it('is searched where there are many chats', async () => {
    const many = chatsOf(...Array.from({length: 12}, (_, i) => `Person ${i}`), 'Zoë');
    const {find, names, message, dialog, rows, focused, show} = opened({chats: many});
    const search = find<HTMLInputElement>('[part=list] input');
    search.focus();
    search.value = 'zoe';
    search.dispatchEvent(new InputEvent('input'));
    expect(names()).to.deep.equal(['Zoë']);
    await press('ArrowDown');
    expect(focused()).to.equal(rows()[0]);
    search.focus();
    search.value = 'nobody';
    search.dispatchEvent(new InputEvent('input'));
    expect([names(), message()]).to.deep.equal([[], 'No chat has this name.']);
    await press('Escape');
    expect([names().length, search.value, dialog.open]).to.deep.equal([13, '', true]);
    show({chats: chatsOf('Bob')});
    expect(search.hidden).to.equal(true);
    expect(names()).to.deep.equal(['Bob']);
  });
});

describe('a list of 1,000 chats', () => {
  it('lays out those in sight alone, and draws anew what has changed alone', () => {
    const many = Array.from({length: 1000}, (_, i) => chatOf(`Person ${i}`));
    const {show, rows, find} = opened({chats: many});
    expect(rows()).to.have.lengthOf(1000);
    const drawn = rows().filter((row) => row.checkVisibility({contentVisibilityAuto: true}));
    expect(drawn.length).to.be.lessThan(1000);
    const changed: Node[] = [];
    const observer = new MutationObserver((records) =>
      changed.push(...records.map(({target}) => target)),
    );
    observer.observe(find('[part=list] ul'), {subtree: true, childList: true, attributes: true});
    const next = [{...many[900]!, count: 1}, ...many.filter((_, i) => i !== 900)];
    show({chats: next});
    changed.push(...observer.takeRecords().map(({target}) => target));
    expect(changed.length).to.be.lessThan(12);
    expect(rows()[0]!.querySelector('.name')!.textContent).to.equal('Person 900');
  });
});
