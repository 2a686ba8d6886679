import {expect} from '@open-wc/testing';

import {strings as ar} from '../../src/elements/strings/ar.js';
import {aroundEnglish} from '../../src/elements/strings/around-en.js';
import {ARABIC, placeAround, roomsOf} from '../support/around-place.js';

const OFFLINE = aroundEnglish.statusOffline;
const RECOVERING = aroundEnglish.statusRecovering;
const CONNECTED = aroundEnglish.statusConnected;
/** Longer than any test: what is said for so long is said until the test has ended. */
const FOR_EVER = 1e8;

const setup = (connectedFor?: number) => {
  const around = placeAround(connectedFor);
  const region = around.find('[part=status]');
  const changes = new MutationObserver(() => undefined);
  changes.observe(region, {childList: true, characterData: true, subtree: true});
  return {
    ...around,
    region,
    says: () => region.textContent,
    /** How often the text was written since this was asked last. */
    writes: () => changes.takeRecords().length,
    signIn: around.find<HTMLButtonElement>('.line button'),
    link: around.find<HTMLAnchorElement>('[part=link]'),
  };
};

/** Resolves when the text of an element has changed. */
const nextText = (element: Element): Promise<string | null> =>
  new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      resolve(element.textContent);
    });
    observer.observe(element, {childList: true, characterData: true, subtree: true});
  });

describe('the status line of a pane', () => {
  it('is a live region before it says anything, and takes no room then', () => {
    const {region, find} = setup();
    expect(region.getAttribute('role')).to.equal('status');
    expect(region.checkVisibility()).to.be.true;
    expect(find('.line').getBoundingClientRect().height).to.equal(0);
  });

  it('says nothing while all is well, or not yet', () => {
    const {show, says} = setup();
    for (const status of [undefined, 'connecting', 'live', undefined, 'live'] as const) {
      show({status});
      expect(says()).to.equal('');
    }
  });

  it('says that the connection is away, and how', () => {
    const {show, says, find} = setup();
    show({status: 'recovering'});
    expect(says()).to.equal(RECOVERING);
    expect(find('.line').getBoundingClientRect().height).to.be.greaterThan(0);
    show({status: 'offline'});
    expect(says()).to.equal(OFFLINE);
  });

  it('says that it is back, for a while', async () => {
    const {show, says, region} = setup(1);
    show({status: 'recovering'});
    show({status: 'live'});
    expect(says()).to.equal(CONNECTED);
    expect(await nextText(region)).to.equal('');
  });

  it('says so after each way of being away, and not without one', () => {
    const {show, says} = setup(FOR_EVER);
    show({status: 'connecting'});
    show({status: 'live'});
    expect(says()).to.equal('');
    for (const way of [
      ['recovering'],
      ['offline'],
      ['offline', 'connecting'],
      ['recovering', 'offline'],
    ] as const) {
      for (const status of way) show({status});
      show({status: 'live'});
      expect(says(), way.join()).to.equal(CONNECTED);
    }
  });

  it('says so no longer once the connection is away again, or none is wanted', () => {
    const {show, says} = setup(FOR_EVER);
    show({status: 'offline'});
    show({status: 'live'});
    show({status: 'recovering'});
    expect(says()).to.equal(RECOVERING);
    show({status: 'live'});
    show({status: undefined});
    show({status: 'live'});
    expect(says()).to.equal('');
  });

  it('says it for its time however often it is shown meanwhile', async () => {
    const {show, says, region} = setup(50);
    show({status: 'offline'});
    show({status: 'live'});
    const end = nextText(region);
    show({status: 'live'});
    show({status: 'live', roomId: 'other'});
    expect(says()).to.equal(CONNECTED);
    expect(await end).to.equal('');
  });

  it('says nothing more of it once it was stopped, and goes on when it is shown again', () => {
    const {show, says, part} = setup(FOR_EVER);
    show({status: 'offline'});
    show({status: 'live'});
    part.stop();
    expect(says()).to.equal('');
    show({status: 'live'});
    expect(says()).to.equal('');
    show({status: 'offline'});
    expect(says()).to.equal(OFFLINE);
    part.stop();
    show({status: 'live'});
    expect(says(), 'of a connection that was given up').to.equal('');
  });

  it('leaves no timer behind when it is stopped', () => {
    const {setTimeout, clearTimeout} = window;
    const running = new Set<unknown>();
    const watch = ((run: () => void, delay: number) => {
      const timer = setTimeout(run, delay);
      running.add(timer);
      return timer;
    }) as typeof setTimeout;
    const end = ((timer?: number) => {
      running.delete(timer);
      clearTimeout(timer);
    }) as typeof clearTimeout;
    Object.assign(window, {setTimeout: watch, clearTimeout: end});
    try {
      const {show, part} = setup(FOR_EVER);
      show({status: 'offline'});
      show({status: 'live'});
      expect(running.size).to.equal(1);
      part.stop();
      expect(running.size).to.equal(0);
    } finally {
      Object.assign(window, {setTimeout, clearTimeout});
    }
  });

  it('hears of nobody once it was stopped, and of each press once when it is shown again', () => {
    const {show, signIn, signIns, part} = setup();
    show({signedOut: true});
    part.stop();
    signIn.click();
    expect(signIns()).to.equal(0);
    show({signedOut: true});
    show({signedOut: true, status: 'offline'});
    signIn.click();
    expect(signIns()).to.equal(1);
  });

  it('can be stopped before it was shown', () => {
    const {part, says} = setup();
    part.stop();
    expect(says()).to.equal('');
  });

  it('tells the place in the queue, in numbers of the language', () => {
    const {show, says} = setup();
    show({queued: 3});
    expect(says()).to.equal('Signing in. You are number 3 in the queue.');
    show({queued: 1200});
    expect(says()).to.equal('Signing in. You are number 1,200 in the queue.');
    show({queued: 1200, language: ARABIC});
    expect(says()).to.equal(
      ar.statusQueued.other.replace('#', new Intl.NumberFormat('ar').format(1200)),
    );
  });

  it('asks for patience in a queue that does not tell the place', () => {
    const {show, says, signIn} = setup();
    show({queued: null});
    expect(says()).to.equal('Signing in. Please wait.');
    expect(signIn.checkVisibility()).to.be.false;
    show({queued: undefined});
    expect(says()).to.equal('');
  });

  it('puts the sign-in before the queue, and the queue before the connection', () => {
    const {show, says} = setup();
    for (const status of ['offline', 'recovering', 'connecting', 'live', undefined] as const) {
      show({signedOut: true, queued: 3, status});
      expect(says()).to.equal(aroundEnglish.statusSignedOut);
      show({queued: 3, status});
      expect(says()).to.match(/number 3/);
    }
  });

  it('keeps the focus where the button was that somebody has pressed', () => {
    const {show, signIn, region} = setup();
    show({signedOut: true, wasSignedIn: true});
    signIn.focus();
    show({signedOut: false, wasSignedIn: true});
    expect((region.getRootNode() as ShadowRoot).activeElement).to.equal(region);
  });

  it('has a button to sign in again, only when the sign-in has ended', () => {
    const {show, signIn, signIns} = setup();
    show({status: 'offline', queued: 3});
    expect(signIn.checkVisibility()).to.be.false;
    show({signedOut: true});
    expect(signIn.checkVisibility()).to.be.true;
    expect(signIn.textContent).to.equal('Sign in again');
    signIn.click();
    expect(signIns()).to.equal(1);
    show({});
    expect(signIn.checkVisibility()).to.be.false;
  });

  it('speaks of no end where nobody was signed in yet', () => {
    const {show, says, signIn, signIns} = setup();
    show({signedOut: true, wasSignedIn: false});
    expect(says()).to.equal('You are not signed in to the conversation.');
    expect(signIn.checkVisibility()).to.be.true;
    expect(signIn.textContent).to.equal('Sign in');
    signIn.click();
    expect(signIns()).to.equal(1);
    show({wasSignedIn: false});
    expect(says()).to.equal('');
    expect(signIn.checkVisibility()).to.be.false;
  });

  it('leads to the conversation in a window of its own, which gets no hold of this one', () => {
    const {show, link} = setup();
    show({});
    expect(link.checkVisibility()).to.be.false;
    show({link: 'https://chat.example.com/channel/general'});
    expect(link.checkVisibility()).to.be.true;
    expect(link.textContent).to.equal('Open the conversation in a new window');
    expect([link.href, link.target]).to.deep.equal([
      'https://chat.example.com/channel/general',
      '_blank',
    ]);
    expect([...link.relList]).to.have.members(['noopener', 'noreferrer']);
    show({});
    expect(link.checkVisibility()).to.be.false;
  });

  it('reads neither button nor link as part of what it says', () => {
    const {show, says} = setup();
    show({signedOut: true, link: 'https://chat.example.com/'});
    expect(says()).to.equal(aroundEnglish.statusSignedOut);
  });

  it('writes its text only when it has changed, as it would be read again', () => {
    const {show, writes} = setup();
    show({status: 'offline'});
    expect(writes()).to.equal(1);
    show({status: 'offline'});
    show({status: 'offline', rooms: roomsOf('a'), link: 'https://chat.example.com/'});
    expect(writes()).to.equal(0);
    show({status: 'recovering'});
    expect(writes()).to.equal(1);
  });

  it('speaks Arabic, from right to left', () => {
    const {show, says, region, signIn, link} = setup(FOR_EVER);
    const language = ARABIC;
    const texts = [
      [{status: 'recovering'}, ar.statusRecovering],
      [{status: 'offline'}, ar.statusOffline],
      [{status: 'live'}, ar.statusConnected],
      [{queued: null}, ar.statusWaiting],
      [{signedOut: true}, ar.statusSignedOut],
      [{signedOut: true, wasSignedIn: false}, ar.statusNotSignedIn],
    ] as const;
    for (const [content, text] of texts) {
      show({...content, language});
      expect(says()).to.equal(text);
    }
    show({signedOut: true, wasSignedIn: false, language});
    expect(signIn.textContent).to.equal(ar.statusSignInFirst);
    show({signedOut: true, link: 'https://chat.example.com/', language});
    expect(signIn.textContent).to.equal(ar.statusSignIn);
    expect(link.textContent).to.equal(ar.statusLink);
    for (const element of [region, signIn, link]) {
      expect(element.lang).to.equal('ar');
      expect(getComputedStyle(element).direction).to.equal('rtl');
    }
  });
});

describe('what stands around a conversation', () => {
  it('never loads its frame again', async () => {
    const {frame, show, body} = placeAround();
    let loads = 0;
    await new Promise((resolve) => {
      frame.addEventListener('load', () => {
        loads++;
        resolve(undefined);
      });
    });
    const seen = frame.contentWindow;
    const moved = new MutationObserver(() => undefined);
    moved.observe(body, {childList: true});
    show({rooms: roomsOf('a', 'b'), status: 'offline'});
    show({rooms: undefined, signedOut: true});
    show({rooms: roomsOf('b')});
    expect(moved.takeRecords()).to.deep.equal([]);
    expect(frame.contentWindow).to.equal(seen);
    expect(loads).to.equal(1);
  });

  it('is accessible in each state', async () => {
    const {host, show, search} = placeAround(FOR_EVER);
    const link = 'https://chat.example.com/';
    const rooms = roomsOf('general', 'random').concat(
      {...roomsOf('team')[0]!, type: 'p', count: 120, alert: true},
      {...roomsOf('bob')[0]!, type: 'd', alert: true},
      {...roomsOf('plan')[0]!, type: 'discussion', name: ''},
    );
    const states = [
      {},
      {status: 'recovering'},
      {status: 'live'},
      {signedOut: true, link, rooms: []},
      {signedOut: true, wasSignedIn: false},
      {queued: 2, rooms, roomId: rooms[1]!.roomId},
      {status: 'offline', link, rooms, language: ARABIC},
    ] as const;
    for (const state of states) {
      show(state);
      await expect(host).shadowDom.to.be.accessible();
    }
    host.style.inlineSize = '20rem';
    await expect(host).shadowDom.to.be.accessible();
    search.value = 'nothing of this';
    search.dispatchEvent(new InputEvent('input'));
    await expect(host).shadowDom.to.be.accessible();
  });
});
