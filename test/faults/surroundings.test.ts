import {expect, oneEvent} from '@open-wc/testing';

import {setupConversation} from '../support/conversation.js';
import {makePane, setupCall, setupMeeting, showPane} from '../support/mount.js';
import {uncaught} from '../support/uncaught.js';

const STORES = ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore'] as const;

/** Has every store of the window throw, as where a browser blocks them. Put right after the test. */
const blockStorage = (): void => {
  const block = (target: object, name: string): void => {
    const own = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, {
      configurable: true,
      get: () => {
        throw new DOMException(`${name} is blocked.`, 'SecurityError');
      },
    });
    undo.push(() =>
      own ? Object.defineProperty(target, name, own) : Reflect.deleteProperty(target, name),
    );
  };
  for (const name of STORES) block(window, name);
  block(document, 'cookie');
};

const undo: (() => unknown)[] = [];
afterEach(() => undo.splice(0).forEach((task) => task()));

describe('F22: a page whose storage is blocked', () => {
  it('has the meeting, its button and dialling out as ever', async () => {
    blockStorage();
    expect(() => localStorage).to.throw('blocked');
    const errors = uncaught();
    const {room, meeting} = await setupCall();
    await meeting.clickChat();
    await meeting.until(({button}) => button?.pressed === true);
    const {displayName} = await room.dialOut({
      role: 'GUEST',
      destination: 'carol@example.com',
      protocol: 'sip',
    });
    expect(displayName).to.equal('carol');
    expect(errors).to.deep.equal([]);
  });

  it('has the conversation, signed in', async () => {
    blockStorage();
    const errors = uncaught();
    const {name, auth, me} = await setupConversation();
    const pane = makePane('', {room: `#${name}`});
    pane.auth = auth;
    const signedIn = oneEvent(pane, 'rc-logged-in');
    await showPane(pane);
    expect((await signedIn).detail).to.include({userId: me.userId});
    expect(errors).to.deep.equal([]);
  });
});

describe('F22: a page that grants its frame nothing', () => {
  it('has the bridge all the same: state, button and badge', async () => {
    const errors = uncaught();
    const {room, meeting} = await setupMeeting();
    const frame = room.renderRoot.querySelector('iframe')!;
    frame.removeAttribute('allow');
    const ready = oneEvent(room, 'pexip-ready');
    room.reload();
    await ready;
    expect(frame.allow).to.equal('');
    const connected = oneEvent(room, 'pexip-connected');
    await meeting.join();
    await connected;
    room.setChatBadge(true);
    await meeting.clickChat();
    await meeting.until(({button}) => button?.pressed === true && button.badge);
    expect(errors).to.deep.equal([]);
  });
});
