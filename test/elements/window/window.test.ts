import {expect, oneEvent} from '@open-wc/testing';

import {PexipChatError} from '../../../src/errors.js';
import {violationsIn} from '../../support/axe.js';
import {press} from '../../support/keys.js';
import {place} from '../../support/mount.js';
import {waitUntil} from '../../support/wait.js';
import {ARABIC, ENGLISH, chatOf, chatsOf, placeWindow} from '../../support/widget-window.js';

/** A screen that is small, or is not: only the browser's driver can make one so. */
const fakeScreen = () => {
  const real = window.matchMedia;
  const screen = Object.assign(new EventTarget(), {matches: false});
  window.matchMedia = (query) =>
    query.includes('max-width') ? (screen as unknown as MediaQueryList) : real.call(window, query);
  after(() => (window.matchMedia = real));
  return {
    resize: (small: boolean) => {
      screen.matches = small;
      screen.dispatchEvent(new Event('change'));
    },
  };
};

/** As in a chat: the focus is in a shadow tree. */
const focusInPane = (body: HTMLElement): HTMLElement => {
  const pane = document.createElement('div');
  const field = document.createElement('input');
  pane.attachShadow({mode: 'open'}).append(field);
  body.append(pane);
  field.focus();
  return field;
};

describe('the window of the widget', () => {
  it('is a dialog named by what it shows, seen while the widget is open', () => {
    const {dialog, open, shut, find, host, show} = placeWindow({chats: chatsOf('Bob')});
    const seen = (): boolean => find('[part=list] li').checkVisibility({visibilityProperty: true});
    show();
    expect([dialog.open, dialog.querySelector('li')]).to.deep.equal([false, null]);
    open();
    expect([dialog.open, seen(), dialog.matches(':modal')]).to.deep.equal([true, true, false]);
    expect(find(`#${dialog.getAttribute('aria-labelledby')}`).textContent?.trim()).to.equal(
      'Chats',
    );
    host.hidden = true;
    show();
    expect(dialog.open).to.equal(false);
    host.hidden = false;
    show();
    expect(dialog.open).to.equal(true);
    shut();
    expect([dialog.open, seen()]).to.deep.equal([false, false]);
  });

  it('takes the focus where a person opens it, and leaves it where a page does', () => {
    const placed = placeWindow({chats: chatsOf('Bob', 'Carol')});
    const {open, shut, button, focused, rows} = placed;
    button.focus();
    open(false);
    expect(focused() === button).to.equal(true);
    shut();
    open();
    expect(focused() === rows()[0]).to.equal(true);
  });

  it('has the focus on its heading where there is nothing else to begin with', () => {
    const {open, focused, find} = placeWindow({known: false});
    open();
    expect(focused() === find('h2')).to.equal(true);
  });

  it('has the focus on the first chat once that is there, where it was on the heading', () => {
    const {open, focused, rows, show} = placeWindow({known: false});
    open();
    show({known: true, chats: chatsOf('Bob', 'Carol')});
    expect(focused() === rows()[0]).to.equal(true);
  });

  it('lets who has gone on stay where they are when the chats come', () => {
    const {open, focused, named, show} = placeWindow({known: false});
    open();
    named('Settings')!.focus();
    show({known: true, chats: chatsOf('Bob')});
    expect(focused() === named('Settings')).to.equal(true);
  });

  it('takes who comes back to the heading to the chats by an arrow, and not by itself', async () => {
    const {open, focused, rows, show, find} = placeWindow({chats: chatsOf('Bob', 'Carol')});
    open();
    find('h2').focus();
    show({chats: chatsOf('Carol', 'Bob')});
    expect(focused() === find('h2')).to.equal(true);
    await press('ArrowDown');
    expect(rows().some((each) => each === focused())).to.equal(true);
  });

  for (const [how, close] of [
    ['Escape', () => press('Escape')],
    ['its button', ({named}: ReturnType<typeof placeWindow>) => named('Close the chats')!.click()],
  ] as const)
    it(`is closed by ${how}, and gives the focus back`, async () => {
      const placed = placeWindow({chats: chatsOf('Bob')});
      placed.button.focus();
      placed.open();
      await close(placed);
      expect([placed.dialog.open, placed.focused()]).to.deep.equal([false, placed.button]);
    });

  for (const [where, into] of [
    ['its list', ({rows}: ReturnType<typeof placeWindow>) => rows()[0]!.focus()],
    ['the pane', ({find}: ReturnType<typeof placeWindow>) => focusInPane(find('[part=body]'))],
  ] as const)
    it(`gives the focus to its button when the page closes it with the focus in ${where}`, () => {
      const placed = placeWindow({chats: chatsOf('Bob')});
      placed.open(false);
      into(placed);
      placed.shut();
      expect(placed.focused() === placed.button).to.equal(true);
    });

  it('leaves the focus alone when the page closes it with the focus elsewhere', () => {
    const {open, shut} = placeWindow({chats: chatsOf('Bob')});
    open(false);
    const field = place(document.createElement('input'));
    field.focus();
    shut();
    expect(document.activeElement === field).to.equal(true);
  });

  it('stays open, and sends the focus nowhere, when the widget is hidden', () => {
    const {open, show, host, button, focused} = placeWindow({chats: chatsOf('Bob')});
    open();
    host.hidden = true;
    show();
    expect(host.hasAttribute('open')).to.equal(true);
    expect(focused() !== button).to.equal(true);
  });

  it('is left by Tab, as the page can be used beside it', async () => {
    const {open, focused, dialog} = placeWindow({chats: chatsOf('Bob')});
    open();
    const behind = document.createElement('button');
    document.body.append(behind);
    await press('Tab');
    behind.remove();
    expect(dialog.contains(focused())).to.equal(false);
  });

  it('goes to the settings and back, with the focus', async () => {
    const {open, named, title, view, focused, find, rows} = placeWindow({chats: chatsOf('Bob')});
    open();
    named('Settings')!.focus();
    await press('Enter');
    expect([title(), view()]).to.deep.equal(['Settings', 'settings']);
    expect(focused() === find('select')).to.equal(true);
    named('Back to the chats')!.focus();
    await press('Enter');
    expect([title(), view(), focused()]).to.deep.equal(['Chats', 'list', rows()[0]]);
  });

  it('is put into another language as it stands', () => {
    const {open, show, named, title} = placeWindow({chats: chatsOf('Bob')});
    open();
    named('Settings')!.click();
    show({}, ARABIC);
    expect(title()).to.equal('الإعدادات');
    expect(named('العودة إلى الدردشات')).to.exist;
  });

  it('stands at the side of the page where its button does, whatever its language', () => {
    const {open, show, dialog} = placeWindow();
    open();
    show({}, ARABIC);
    expect(dialog.getBoundingClientRect().left).to.be.greaterThan(innerWidth / 3);
    document.documentElement.dir = 'rtl';
    const {left} = dialog.getBoundingClientRect();
    document.documentElement.removeAttribute('dir');
    expect(left).to.be.lessThan(32);
  });

  it('is drawn once in a frame, however much comes, with what came last', async () => {
    const {open, side, desk, find, names} = placeWindow({chats: chatsOf('Bob')});
    open();
    let asked = 0;
    let {state} = desk;
    Object.defineProperty(desk, 'state', {get: () => (asked++, state)});
    const fact = (name: string): void => {
      state = {...state, chats: chatsOf(name)};
      side.show(ENGLISH);
    };
    let drawn = 0;
    const observer = new MutationObserver(() => drawn++);
    observer.observe(find('[part=list]'), {childList: true, subtree: true});
    for (let at = 1; at <= 1_000; at++) fact(`chat ${at}`);
    expect([asked, names()]).to.deep.equal([0, ['Bob']]);
    await waitUntil(() => drawn);
    observer.disconnect();
    expect(names()).to.deep.equal(['chat 1000']);
    const once = asked;
    fact('the last');
    await waitUntil(() => names()[0] === 'the last');
    expect(asked).to.equal(2 * once);
  });

  it('is not drawn while it is closed, nor once it was taken away', () => {
    const {open, shut, show, names, side, desk} = placeWindow({chats: chatsOf('Bob')});
    open();
    shut();
    show({chats: chatsOf('Carol')});
    expect(names()).to.deep.equal(['Bob']);
    open();
    expect(names()).to.deep.equal(['Carol']);
    desk.state = {...desk.state, chats: chatsOf('Dave')};
    const frames: FrameRequestCallback[] = [];
    const own = globalThis.requestAnimationFrame;
    globalThis.requestAnimationFrame = (done) => frames.push(done);
    side.show(ENGLISH);
    globalThis.requestAnimationFrame = own;
    side.remove();
    expect(() => frames.forEach((each) => each(0))).not.to.throw();
    expect([frames.length, names()]).to.deep.equal([1, []]);
  });

  it('leaves nothing behind when it is taken away', () => {
    const {open, side, root, button} = placeWindow();
    open();
    side.remove();
    expect([...root.children]).to.deep.equal([button]);
    expect(root.adoptedStyleSheets).to.deep.equal([]);
  });
});

describe('the window on a small screen', () => {
  const {resize} = fakeScreen();
  beforeEach(() => resize(true));

  it('is modal: it covers the page and keeps the focus', () => {
    const {open, dialog, focused, button} = placeWindow({chats: chatsOf('Bob')});
    button.focus();
    open();
    expect(dialog.matches(':modal')).to.equal(true);
    const {width, height} = dialog.getBoundingClientRect();
    expect([width, height]).to.deep.equal([innerWidth, innerHeight]);
    button.focus();
    expect(focused() !== button).to.equal(true);
  });

  it('is closed by Escape, and gives the focus back', async () => {
    const {open, dialog, focused, button} = placeWindow({chats: chatsOf('Bob')});
    button.focus();
    open();
    await press('Escape');
    expect([dialog.open, focused()]).to.deep.equal([false, button]);
  });

  it('is closed by other means of the browser', () => {
    const {open, dialog, host} = placeWindow({chats: chatsOf('Bob')});
    open();
    dialog.dispatchEvent(new Event('cancel', {cancelable: true}));
    expect([dialog.open, host.hasAttribute('open')]).to.deep.equal([false, false]);
  });

  it('is closed where the browser does not ask', async () => {
    const {open, dialog, host} = placeWindow({chats: chatsOf('Bob')});
    open();
    dialog.close();
    await waitUntil(() => !host.hasAttribute('open'));
  });

  it('floats once the screen is large, with the focus where it was', () => {
    const {open, dialog, focused, rows, host} = placeWindow({chats: chatsOf('Bob', 'Carol')});
    open();
    rows()[1]!.focus();
    resize(false);
    expect([dialog.open, dialog.matches(':modal')]).to.deep.equal([true, false]);
    expect(focused() === rows()[1]).to.equal(true);
    resize(true);
    expect([dialog.matches(':modal'), host.hasAttribute('open')]).to.deep.equal([true, true]);
    expect(focused() === rows()[1]).to.equal(true);
  });

  it('keeps the focus in the pane when the screen becomes another', () => {
    const {open, find} = placeWindow({chats: chatsOf('Bob')});
    open();
    const field = focusInPane(find('[part=body]'));
    resize(false);
    expect((field.getRootNode() as ShadowRoot).activeElement === field).to.equal(true);
  });

  it('lets go of the page when the widget is hidden or taken away', () => {
    const {open, host, show, dialog, side} = placeWindow();
    open();
    host.hidden = true;
    show();
    expect(document.querySelector('div')!.matches(':modal')).to.equal(false);
    expect(dialog.open).to.equal(false);
    host.hidden = false;
    show();
    side.remove();
    expect(dialog.open).to.equal(false);
  });
});

describe('the settings', () => {
  const settings = (...args: Parameters<typeof placeWindow>) => {
    const placed = placeWindow(...args);
    placed.open();
    placed.named('Settings')!.click();
    return placed;
  };

  it('say who is signed in, by the name that the page gives, and the version', () => {
    const {desk, show, find} = settings();
    const text = (): string => find('[part=settings]').innerText.replace(/\s+/g, ' ');
    expect(text())
      .to.contain('Signed in as alice')
      .and.match(/Version \d+\.\d+\.\d+/);
    desk.people.set('alice', {name: 'Alice <b>Adams</b>'});
    show();
    expect(text()).to.contain('Signed in as Alice <b>Adams</b>');
    show({user: null});
    expect(text()).to.contain('Nobody is signed in.').and.not.contain('Sign out');
  });

  it('change the language of the widget by its attribute', () => {
    const {find, host, show} = settings();
    const select = find<HTMLSelectElement>('select');
    expect([...select.options].map(({text}) => text)).to.deep.equal([
      'العربية',
      'Deutsch',
      'English',
      'Italiano',
    ]);
    expect(select.value).to.equal('en');
    select.value = 'ar';
    select.dispatchEvent(new Event('change'));
    expect(host.getAttribute('language')).to.equal('ar');
    show({}, ARABIC);
    expect([
      select.value,
      select.labels[0]!.querySelector('span')!.textContent.trim(),
    ]).to.deep.equal(['ar', 'اللغة']);
  });

  const WAYS = {
    'the page closes the window': ({shut}) => shut(),
    'the page hides the widget': ({host, show}) => ((host.hidden = true), show()),
    'the widget is taken away': ({side}) => side.remove(),
  } as const satisfies Readonly<Record<string, (placed: ReturnType<typeof settings>) => void>>;
  for (const [how, leave] of Object.entries(WAYS))
    it(`take the question along when ${how}, and sign nobody out`, async () => {
      const placed = settings();
      let asked = 0;
      Object.assign(placed.host, {logout: async () => void asked++});
      const question = placed.find<HTMLDialogElement>('dialog.confirm');
      placed.named('Sign out')!.click();
      expect(question.matches(':modal')).to.equal(true);
      const closed = new Promise((resolve) => question.addEventListener('close', resolve));
      leave(placed);
      expect([question.open, question.matches(':modal')]).to.deep.equal([false, false]);
      await closed;
      expect(asked).to.equal(0);
    });

  it('ask again after the window was closed over the question, and give the focus back', () => {
    const {named, find, shut, open, focused, button} = settings();
    named('Sign out')!.click();
    shut();
    expect(focused() === button).to.equal(true);
    open();
    named('Sign out')!.click();
    expect(find('dialog.confirm').matches(':modal')).to.equal(true);
  });

  it('sign out by the element once a person has agreed', async () => {
    const {named, host, find, focused, dialog, still} = settings();
    let asked = 0;
    Object.assign(host, {logout: async () => void asked++});
    const question = find<HTMLDialogElement>('dialog.confirm');
    named('Sign out')!.focus();
    await press('Enter');
    await waitUntil(() => question.matches(':modal'));
    expect(focused() === named('Cancel')).to.equal(true);
    still();
    expect(await violationsIn(question)).to.deep.equal([]);
    await press('Escape');
    await waitUntil(() => !question.open);
    expect([focused(), dialog.open, asked]).to.deep.equal([named('Sign out'), true, 0]);
    await press('Enter');
    await waitUntil(() => question.open);
    await press('Enter');
    await waitUntil(() => !question.open);
    expect(asked).to.equal(0);
    await press('Enter');
    await waitUntil(() => question.open);
    question.querySelector<HTMLElement>('.strong')!.click();
    await waitUntil(() => asked === 1);
  });
});

describe('the window after its user has changed', () => {
  it('has the list of the new one, and the focus where a person was in it', async () => {
    const {open, rows, show, view, desk, find, dialog, title, names} = placeWindow({
      chats: chatsOf('Bob'),
    });
    open();
    rows()[0]!.click();
    expect(view()).to.equal('chat');
    desk.whose = undefined;
    show({user: null, known: false, chats: []});
    expect([view(), find('rc-chat-pane'), title()]).to.deep.equal(['list', null, 'Chats']);
    expect(dialog.matches(':focus-within')).to.equal(true);
    desk.whose = {};
    show({known: true, chats: chatsOf('Carol')});
    expect(names()).to.deep.equal(['Carol']);
    expect(rows()[0]!.hasAttribute('aria-current')).to.equal(false);
  });

  it('keeps the chat while a sign-in is lost and found again', () => {
    const {open, rows, show, view, find, desk} = placeWindow({chats: chatsOf('Bob')});
    open();
    rows()[0]!.click();
    const pane = find('rc-chat-pane');
    const {state} = desk;
    show({user: null, known: false, chats: []});
    show(state);
    expect([view(), find('rc-chat-pane')]).to.deep.equal(['chat', pane]);
  });

  it('has what a page waits for from the one before refused', async () => {
    const {open, side, show, desk} = placeWindow({chats: chatsOf('Bob')});
    open();
    const shown = side.showChat('direct/Bob').catch((error: {code: string}) => error.code);
    desk.whose = {};
    show();
    expect(await shown).to.equal('disconnected');
  });

  it('does not sign the new one out by the answer to a question that the one before was asked', async () => {
    const {open, named, show, desk, host, find} = placeWindow();
    let asked = 0;
    Object.assign(host, {logout: async () => void asked++});
    open();
    named('Settings')!.click();
    named('Sign out')!.click();
    const question = find<HTMLDialogElement>('dialog.confirm');
    expect(question.open).to.equal(true);
    desk.whose = {};
    const closed = oneEvent(question, 'close');
    show();
    expect(question.open).to.equal(false);
    await closed;
    expect(asked).to.equal(0);
  });
});

describe('axe finds nothing in the window', () => {
  const STATES: Readonly<Record<string, Parameters<typeof placeWindow>[0]>> = {
    'with chats': {
      chats: [
        chatOf('Bob', {status: 'online', count: 120}),
        chatOf('general', {type: 'c', alert: true}),
        chatOf('Carol', {status: 'away'}),
        chatOf('Dave', {status: 'busy', preview: ''}),
        chatOf('Eve', {status: 'offline'}),
        ...chatsOf(...'fghijklm'),
      ],
    },
    'without chats': {},
    'that loads': {known: false, status: 'connecting'},
    'without a connection': {status: 'offline', chats: chatsOf('Bob')},
    'of nobody': {
      known: false,
      signIn: {signedOut: true, wasSignedIn: true, queued: undefined},
    },
  };
  for (const scheme of ['light', 'dark'])
    for (const [what, state] of Object.entries(STATES))
      it(`${what}, ${scheme}`, async () => {
        const {host, open, named, show, dialog, still} = placeWindow(state);
        host.style.colorScheme = scheme;
        open();
        still();
        expect(await violationsIn(dialog)).to.deep.equal([]);
        show({}, ARABIC);
        named('الإعدادات')!.click();
        still();
        expect(await violationsIn(dialog)).to.deep.equal([]);
      });

  for (const scheme of ['light', 'dark']) {
    it(`of which the page has switched the chats off, ${scheme}`, async () => {
      const {host, given, open, message, dialog, still} = placeWindow({chats: chatsOf('Bob')});
      host.style.colorScheme = scheme;
      given.tools = {file_upload: true};
      open();
      expect(message()).to.equal('Chats are switched off on this page.');
      still();
      expect(await violationsIn(dialog)).to.deep.equal([]);
    });

    it(`that could not load the chats, ${scheme}`, async () => {
      const signIn = {signedOut: true, wasSignedIn: false, queued: undefined};
      const placed = placeWindow({known: false, status: 'connecting', signIn});
      const {host, desk, open, message, dialog, still} = placed;
      host.style.colorScheme = scheme;
      desk.failure = new PexipChatError('broker-failed', 'The broker did not answer.');
      open();
      await waitUntil(() => message()?.includes('could not be loaded'));
      still();
      expect(await violationsIn(dialog)).to.deep.equal([]);
    });
  }
});
