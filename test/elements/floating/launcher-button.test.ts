import {expect} from '@open-wc/testing';

import {loadLanguage} from '../../../src/elements/strings/strings.js';
import {violationsIn} from '../../support/axe.js';
import {AT_REST, setupDesk, setupLauncher, type Launched} from '../../support/launcher-place.js';
import {waitUntil} from '../../support/wait.js';

const look = ({button, badge}: Launched) => ({
  name: button()!.ariaLabel,
  badge: badge()!.hidden ? undefined : badge()!.dataset['count'],
});
const signedOut = {...AT_REST.signIn, signedOut: true};

describe("the widget's button", () => {
  it('is a round button that says what it opens', async () => {
    const {button} = await setupDesk();
    expect(button()!.ariaLabel).to.equal('Chats');
    expect(button()!.getAttribute('aria-haspopup')).to.equal('dialog');
    expect(button()!.type).to.equal('button');
    const {width, height} = button()!.getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(44);
    expect(getComputedStyle(button()!).borderRadius).to.equal('50%');
    expect(button()!.querySelector('path')).to.be.instanceOf(SVGPathElement);
  });

  it('is 56 px wide with letters of its own, whatever those of the page are', async () => {
    const page = document.documentElement.style;
    Object.assign(page, {fontSize: '62.5%', letterSpacing: '1em', textTransform: 'uppercase'});
    Object.assign(page, {fontStyle: 'italic', fontFamily: 'serif', lineHeight: '3'});
    try {
      const {button, badge, desk, host} = await setupDesk();
      desk().unread(3);
      const {width, height} = button()!.getBoundingClientRect();
      expect([width, height]).to.deep.equal([56, 56]);
      const {fontSize, fontFamily, letterSpacing, textTransform, fontStyle} = getComputedStyle(
        badge()!,
      );
      expect([fontSize, fontFamily, letterSpacing, textTransform, fontStyle].join(' ')).to.equal(
        '13px system-ui, sans-serif normal none normal',
      );
      expect(badge()!.getBoundingClientRect().height).to.be.closeTo(24, 0.5);
      host.style.setProperty('--pexip-chat-widget-font-family', 'serif');
      expect(getComputedStyle(badge()!).fontFamily).to.equal('serif');
    } finally {
      document.documentElement.removeAttribute('style');
    }
  });

  it('says at once that it opens, before there is anything else', () => {
    const {insert, button, host, desks} = setupLauncher();
    insert();
    const atRest = button()!.querySelector('path')!.getAttribute('d');
    button()!.click();
    expect([desks.length, button()!.dataset.state]).to.deep.equal([0, 'connecting']);
    expect(button()!.querySelector('path')!.getAttribute('d')).not.to.equal(atRest);
    // A second press takes it back.
    button()!.click();
    expect(host.hasAttribute('open')).to.equal(false);
  });

  it('says how much is unread, and shows no more than 99', async () => {
    const launched = await setupDesk();
    const seen = [0, 1, 2, 99, 100, 12_345].map((count) => {
      launched.desk().unread(count);
      return look(launched);
    });
    expect(seen).to.deep.equal([
      {name: 'Chats', badge: undefined},
      {name: 'Chats, 1 unread message', badge: '1'},
      {name: 'Chats, 2 unread messages', badge: '2'},
      {name: 'Chats, 99 unread messages', badge: '99'},
      {name: 'Chats, 100 unread messages', badge: '99+'},
      {name: 'Chats, 12,345 unread messages', badge: '99+'},
    ]);
  });

  it('shows a dot where something is new that does not count', async () => {
    const launched = await setupDesk();
    launched.desk().unread(0, true);
    expect(look(launched)).to.deep.equal({name: 'Chats, new messages', badge: ''});
    expect(launched.badge()!.checkVisibility()).to.be.true;
  });

  const STATES = {
    connecting: [{status: 'connecting'}, 'Connecting…'],
    'connecting again': [{status: 'recovering'}, 'Connecting…'],
    offline: [{status: 'offline'}, 'No connection.'],
    'signed out': [{status: 'live', signIn: signedOut}, 'You are not signed in.'],
    'at rest': [{}, ''],
  } as const;
  for (const [what, [state, title]] of Object.entries(STATES))
    it(`says and shows that it is ${what}`, async () => {
      const {button, desk} = await setupDesk();
      const atRest = button()!.querySelector('path')!.getAttribute('d');
      desk().set(state);
      expect(button()!.title).to.equal(title);
      expect(button()!.ariaLabel).to.equal('Chats');
      const sign = button()!.querySelector('path')!.getAttribute('d');
      if (title) expect(sign).not.to.equal(atRest);
      else expect(sign).to.equal(atRest);
    });

  it('says whether the window is open, and what it controls once that is there', async () => {
    const {button, badge, desk, windows} = await setupDesk();
    desk().unread(3);
    expect([button()!.ariaExpanded, button()!.getAttribute('aria-controls')]).to.deep.equal([
      'false',
      '',
    ]);
    button()!.click();
    await waitUntil(() => windows[0]?.element.open);
    expect([button()!.ariaExpanded, button()!.getAttribute('aria-controls')]).to.deep.equal([
      'true',
      'window',
    ]);
    // The list says it.
    expect(badge()!.hidden).to.be.true;
    expect(button()!.ariaLabel).to.equal('Chats, 3 unread messages');
  });

  it('speaks the language of the attribute, else that of the page, and follows both', async () => {
    await Promise.all([loadLanguage('it'), loadLanguage('ar')]);
    const launched = await setupDesk({attributes: {language: 'it'}});
    const {button, desk, host} = launched;
    const page = document.documentElement;
    const before = page.lang;
    try {
      desk().unread(2);
      expect(look(launched).name).to.equal('Chat, 2 messaggi non letti');
      expect(button()!.lang).to.equal('it');
      page.lang = 'ar';
      host.removeAttribute('language');
      await waitUntil(() => button()!.lang === 'ar');
      expect(button()!.dir).to.equal('rtl');
      expect(look(launched).name).to.contain('رسالتان');
      page.lang = 'en';
      await waitUntil(() => look(launched).name === 'Chats, 2 unread messages');
    } finally {
      page.lang = before;
    }
  });

  it('stands in the corner where lines end, above the page', async () => {
    const {host} = await setupDesk();
    const corner = (): number => host.getBoundingClientRect().left;
    expect(getComputedStyle(host).position).to.equal('fixed');
    expect(getComputedStyle(host).zIndex).to.equal('1000');
    const right = corner();
    host.dir = 'rtl';
    expect(corner()).to.be.below(right);
    host.style.setProperty('--pexip-chat-widget-z-index', '7');
    expect(getComputedStyle(host).zIndex).to.equal('7');
  });

  it('has the background of the layout at once, and a sign that can be seen on it', async () => {
    const layout = {launcher: {background: '#ffffee'}};
    const {body, button, given} = await setupDesk({given: {accessToken: 'token', layout}});
    expect(getComputedStyle(button()!).backgroundColor).to.equal('rgb(255, 255, 238)');
    expect(getComputedStyle(button()!).color).not.to.equal('rgb(255, 255, 255)');
    given.layout = null;
    body.follow();
    expect(getComputedStyle(button()!).backgroundColor).to.equal('rgb(11, 83, 148)');
  });

  const HOSTILE = {
    'a picture': {background: 'url(/test/fixtures/none.png)'},
    'no text': {background: {}},
    'a symbol': {background: Symbol('colour')},
    'a getter that throws': {
      get background(): never {
        throw new Error('no');
      },
    },
  } as const;
  for (const [what, given] of Object.entries(HOSTILE))
    it(`keeps its own background where the layout has ${what}, before and after it is read`, async () => {
      const layout = {launcher: given} as never;
      const launched = setupLauncher({given: {accessToken: 'token', layout}});
      launched.insert();
      const shown = (): string => getComputedStyle(launched.button()!).backgroundColor;
      expect([launched.desks.length, shown()]).to.deep.equal([0, 'rgb(11, 83, 148)']);
      await launched.body.getUser('bob');
      expect([launched.desks.length, shown()]).to.deep.equal([1, 'rgb(11, 83, 148)']);
      expect(getComputedStyle(launched.button()!).backgroundImage).to.equal('none');
      expect(launched.errors.map(({code}) => code)).to.deep.equal(['invalid-option']);
    });

  it('has the background of the layout before the desk is there', () => {
    const layout = {launcher: {background: '#ffffee'}};
    const {insert, button, desks} = setupLauncher({given: {accessToken: 'token', layout}});
    insert();
    expect(desks).to.deep.equal([]);
    expect(getComputedStyle(button()!).backgroundColor).to.equal('rgb(255, 255, 238)');
  });

  it('is found right by axe in every state', async () => {
    const {button, desk, host} = await setupDesk();
    for (const state of Object.values(STATES)) {
      desk().set({...AT_REST, ...state[0], unread: {count: 120, alert: true}});
      expect(await violationsIn(host)).to.deep.equal([]);
    }
    button()!.click();
    await waitUntil(() => button()!.ariaExpanded === 'true');
    expect(await violationsIn(host)).to.deep.equal([]);
  });
});
