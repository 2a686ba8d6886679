import {expect, oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import type {CredentialsAsk} from '../../src/protocol/credentials.js';
import {setupConversation} from '../support/conversation.js';
import {hasten} from '../support/hasten.js';
import {frameIn, place, record, setAttributes, setupCall} from '../support/mount.js';
import {simulators} from 'test-simulators';

const makePane = (attributes: Readonly<Record<string, string>>): RcChatPaneElement => {
  const pane = document.createElement('rc-chat-pane');
  setAttributes(pane, {server: simulators.rocketChat, ...attributes});
  return pane;
};

/** A pane in the page that shows a room, signed in by token. */
const setupPane = async (type: Parameters<typeof setupConversation>[0] = 'c') => {
  const conversation = await setupConversation(type);
  const pane = makePane({room: `#${conversation.name}`});
  pane.auth = conversation.auth;
  const ready = oneEvent(pane, 'rc-ready');
  place(pane);
  await ready;
  const frame = pane.renderRoot.querySelector('iframe')!;
  return {...conversation, pane, page: conversation.workspace.frame(frame)};
};

describe('<rc-chat-pane> with a Rocket.Chat workspace', () => {
  it('signs in by token and shows the room', async () => {
    const {me, auth, name, workspace} = await setupConversation();
    const pane = makePane({room: `#${name}`});
    pane.auth = auth;
    const seen = record(pane, 'rc-logged-in', 'rc-ready', 'rc-room-opened');
    const loggedIn = oneEvent(pane, 'rc-logged-in');
    const opened = oneEvent(pane, 'rc-room-opened');
    place(pane);
    expect((await loggedIn).detail).to.include({userId: me.userId});
    expect((await opened).detail).to.include({name, type: 'c'});
    expect(pane.state).to.equal('ready');
    expect(pane.matches(':state(ready)')).to.be.true;
    expect(seen).to.deep.equal(['rc-logged-in', 'rc-ready', 'rc-room-opened']);
    const page = workspace.frame(pane.renderRoot.querySelector('iframe')!);
    const {user} = await page.until(({screen}) => screen === 'room');
    expect(user).to.equal(me.username);
  });

  it("shows Rocket.Chat's own login form without auth, and is ready once the person has signed in", async () => {
    const {me, name, server, workspace} = await setupConversation('c', simulators.freshRocketChat);
    const pane = place(makePane({server, room: `#${name}`}));
    const page = workspace.frame(await frameIn(pane));
    await page.until(({screen}) => screen === 'login');
    expect(pane.state).to.equal('authenticating');
    const ready = oneEvent(pane, 'rc-ready');
    await page.loginForm(me.username, me.password);
    await ready;
    expect(pane.state).to.equal('ready');
  });

  const KINDS = {
    c: 'a channel',
    p: 'a private group',
    d: 'a direct message',
    discussion: 'a discussion',
  };
  for (const [type, kind] of Object.entries(KINDS) as [keyof typeof KINDS, string][]) {
    it(`opens ${kind}`, async () => {
      const {workspace, room, other, auth} = await setupConversation(type);
      const pane = makePane({room: '#general'});
      // Known at once, the token is sent before the page listens, which still has the session of the
      // test before.
      pane.auth = await auth();
      const path = {c: 'channel', p: 'group', d: 'direct', discussion: 'channel'}[type];
      pane.setAttribute('room', type === 'd' ? `@${other.username}` : `${path}/${room.name}`);
      const opened = oneEvent(pane, 'rc-room-opened');
      place(pane);
      expect((await opened).detail).to.include({roomId: room._id, type});
      const page = workspace.frame(await frameIn(pane));
      expect((await page.until(({screen}) => screen === 'room')).roomId).to.equal(room._id);
    });
  }

  it('tries channel, group and direct in turn for a bare id', async () => {
    // Not hastened: the page has to open the group before the next one is tried.
    const {room, auth} = await setupConversation('p');
    const pane = makePane({room: String(room.name)});
    pane.auth = auth;
    const opened = oneEvent(pane, 'rc-room-opened');
    place(pane);
    expect((await opened).detail.roomId).to.equal(room._id);
  });

  it('goes back to a room it has shown before, of which Rocket.Chat tells nothing again', async () => {
    const {pane, name, page, workspace, me, other} = await setupPane();
    const second = await workspace.createRoom({
      type: 'p',
      name: `second-${name}`,
      members: [me.username, other.username],
    });
    const first = await oneEventOr(pane, () => pane.open(`group/${second.name}`));
    expect(first.roomId).to.equal(second._id);
    const back = await pane.open(`#${name}`);
    expect(back.name).to.equal(name);
    expect((await page.until(({roomId}) => roomId === back.roomId)).roomId).to.equal(back.roomId);
  });

  it('tells what is unread, in all and by room', async () => {
    const {pane, write, room} = await setupPane();
    const changed = oneEvent(pane, 'rc-unread-changed');
    await write('hello');
    const {detail} = await changed;
    expect(detail.alert).to.be.true;
    const told = detail.rooms.find(({roomId}: {roomId: string}) => roomId === room._id);
    expect(told).to.include({count: 0, alert: true});
  });

  it('counts a mention, and has nothing unread once the conversation has the focus', async () => {
    const {pane, write, me, page} = await setupPane();
    const counted = new Promise<void>((resolve) =>
      pane.addEventListener('rc-unread-changed', ({detail}) => detail.count === 1 && resolve()),
    );
    await write(`@${me.username} hello`);
    await counted;
    const read = new Promise<void>((resolve) =>
      pane.addEventListener('rc-unread-changed', ({detail}) => {
        if (!detail.alert && detail.count === 0) resolve();
      }),
    );
    pane.renderRoot.querySelector('iframe')!.focus();
    await page.focus();
    await read;
    expect(pane.unread).to.include({count: 0, alert: false});
  });

  it('asks auth again with "rejected" when a token has no effect, and uses the fresh one', async () => {
    hasten();
    const {auth, name} = await setupConversation();
    const pane = makePane({room: `#${name}`});
    const reasons: string[] = [];
    pane.auth = async ({surface, reason}: CredentialsAsk) => {
      if (surface === 'embed') reasons.push(`${surface} ${reason}`);
      const credentials = await auth();
      return reason === 'initial' ? {...credentials, authToken: 'x'.repeat(43)} : credentials;
    };
    const ready = oneEvent(pane, 'rc-ready');
    place(pane);
    await ready;
    expect(reasons).to.deep.equal(['embed initial', 'embed rejected']);
  });

  it('fires rc-error with credentials-failed when auth fails, with its error as the cause', async () => {
    const pane = makePane({room: '#general'});
    const cause = new Error('no session');
    pane.auth = () => Promise.reject(cause);
    const failed = oneEvent(pane, 'rc-error');
    place(pane);
    const {error} = (await failed).detail;
    expect(error.code).to.equal('credentials-failed');
    expect(error.cause).to.equal(cause);
    expect(pane.state).to.equal('degraded');
  });

  for (const [what, credentials] of Object.entries({
    'no token': {userId: 'u1'},
    'an empty token': {userId: 'u1', authToken: ''},
    'a token that is no token': {userId: 'u1', authToken: 'undefined'},
    nothing: undefined,
  })) {
    it(`sends nothing when auth gives ${what}`, async () => {
      const pane = makePane({room: '#general'});
      pane.auth = async () => credentials as never;
      const failed = oneEvent(pane, 'rc-error');
      place(pane);
      expect((await failed).detail.error.code).to.equal('credentials-failed');
    });
  }

  it('signs out with logout(), fires rc-logged-out, and the token no longer works', async () => {
    const {pane, page} = await setupPane();
    const seen = record(pane, 'rc-logged-out');
    await pane.logout();
    expect(seen).to.deep.equal(['rc-logged-out']);
    await page.until(({screen}) => screen === 'login');
    expect(pane.user).to.equal(null);
  });

  it('rejects unsupported what the embedded page cannot do', async () => {
    const {pane} = await setupPane();
    const error = await pane.compose('A draft').catch((reason) => reason);
    expect(error.code).to.equal('unsupported');
    expect(error.message).to.contain('compose');
  });

  it('rejects unsupported what takes a user whose token it has, where a person signs in by the form', async () => {
    const pane = makePane({room: '#general'});
    place(pane);
    for (const asked of [pane.send('Hello'), pane.markRead()]) {
      const error = await asked.catch((reason) => reason);
      expect(error.code).to.equal('unsupported');
      expect(error.message).to.contain('auth, login() or a broker');
    }
  });

  it('keeps the token out of URLs, referrers, the document, events and the console', async () => {
    const {workspace, me, name} = await setupConversation();
    const credentials = await workspace.token(me.username);
    const said: unknown[] = [];
    const {warn, log, error} = console;
    for (const level of ['warn', 'log', 'error'] as const) {
      console[level] = (...texts: unknown[]) => said.push(texts);
    }
    const pane = makePane({room: `#${name}`});
    const details: unknown[] = [];
    for (const type of [
      'rc-logged-in',
      'rc-ready',
      'rc-room-opened',
      'rc-unread-changed',
    ] as const) {
      pane.addEventListener(type, (event) => details.push(event.detail));
    }
    try {
      pane.auth = credentials;
      const ready = oneEvent(pane, 'rc-ready');
      place(pane);
      await ready;
    } finally {
      Object.assign(console, {warn, log, error});
    }
    const places = JSON.stringify([
      details,
      said,
      document.documentElement.outerHTML,
      (pane.renderRoot as ShadowRoot).innerHTML,
      pane.diagnose(),
      Object.entries(pane),
      pane.auth,
      performance.getEntries().map((entry) => entry.name),
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      (await workspace.requests()).map(({line, referer}) => [line, referer]),
    ]);
    expect(places).not.to.contain(credentials.authToken);
  });
});

describe('a room with its pane', () => {
  const setupBoth = async (attributes: Readonly<Record<string, string | boolean>> = {}) => {
    const conversation = await setupConversation();
    const pane = makePane({room: `#${conversation.name}`});
    pane.auth = conversation.auth;
    const ready = oneEvent(pane, 'rc-ready');
    const {room, meeting} = await setupCall(attributes, pane);
    await ready;
    const page = conversation.workspace.frame(pane.renderRoot.querySelector('iframe')!);
    return {...conversation, room, meeting, pane, page};
  };

  it('shows the badge on the Chat button when somebody writes and the chat is closed', async () => {
    const {meeting, write} = await setupBoth();
    expect((await meeting.state()).button!.badge).to.be.false;
    await write('hello');
    await meeting.until((state) => state.button?.badge === true);
  });

  it('takes the badge away when the chat is opened', async () => {
    const {meeting, write} = await setupBoth();
    await write('hello');
    await meeting.until((state) => state.button?.badge === true);
    await meeting.clickChat();
    await meeting.until((state) => state.button?.badge === false && state.button.pressed);
  });

  it('shows the pane while the chat is open; closed, it stays loaded, laid out and inert', async () => {
    const {room, pane} = await setupBoth();
    const frame = pane.renderRoot.querySelector('iframe')!;
    const visible = (): boolean => frame.checkVisibility({visibilityProperty: true});
    expect(visible()).to.be.false;
    expect(frame.checkVisibility()).to.be.true;
    expect(pane.matches(':state(closed)')).to.be.true;
    expect(pane.renderRoot.querySelector('[inert]')).to.exist;
    const opened = oneEvent(room, 'pexip-chat-toggled');
    room.setChatActive(true);
    expect((await opened).detail).to.deep.equal({active: true, by: 'page'});
    await pane.updateComplete;
    expect(visible()).to.be.true;
    expect(pane.active).to.be.true;
    expect(pane.renderRoot.querySelector('[inert]')).to.equal(null);
  });

  it('opens the chat when the pane is asked for another room', async () => {
    const {room, pane, name} = await setupBoth();
    const toggled = oneEvent(room, 'pexip-chat-toggled');
    await pane.open(`#${name}`);
    expect((await toggled).detail).to.deep.equal({active: true, by: 'pane'});
    expect(room.chat).to.be.true;
  });

  it("holds the page's badge until the pane's next count", async () => {
    const {room, meeting, write} = await setupBoth();
    room.setChatBadge(true);
    await meeting.until((state) => state.button?.badge === true);
    await meeting.clickChat();
    await meeting.until((state) => state.button?.pressed === true);
    expect((await meeting.state()).button!.badge).to.be.true;
    await write('hello');
    await meeting.until((state) => state.button?.badge === false);
  });
});

/** Opens a room and resolves with the detail of the event that tells of it. */
const oneEventOr = async (pane: RcChatPaneElement, open: () => Promise<unknown>) => {
  const opened = oneEvent(pane, 'rc-room-opened');
  await open();
  return (await opened).detail;
};
