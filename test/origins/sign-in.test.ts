import {expect, oneEvent} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import type {Credentials, CredentialsAsk} from '../../src/protocol/credentials.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from '../support/conversation.js';
import {isLive, makeLivePane, showLive} from '../support/live-pane.js';
import {frameIn, place, record, setAttributes} from '../support/mount.js';
import {startBrokerFor} from 'test-simulators';

/** An `auth` that counts what it was asked, and whose tokens end soon. */
const countingAuth = (auth: () => Promise<Credentials>, life?: number) => {
  const asks: string[] = [];
  return {
    asks,
    auth: async ({surface, reason}: CredentialsAsk): Promise<Credentials> => {
      asks.push(`${surface} ${reason}`);
      const credentials = await auth();
      const expiresAt = new Date(Date.now() + (life ?? 3_600_000)).toISOString();
      return {...credentials, expiresAt};
    },
  };
};

const statusLine = (pane: RcChatPaneElement): HTMLElement | null =>
  pane.renderRoot.querySelector('[part=status]');

/** Resolves when the pane's line has a text that matches. */
const untilSaid = async (pane: RcChatPaneElement, text: RegExp): Promise<HTMLElement> => {
  await pane.updateComplete;
  const found = (): HTMLElement | undefined => {
    const line = statusLine(pane);
    return line && text.test(line.textContent ?? '') ? line : undefined;
  };
  let line = found();
  if (!line) {
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!found()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(pane.renderRoot, {childList: true, subtree: true, characterData: true});
    });
    line = found();
  }
  return line!;
};

describe('a token of <rc-chat-pane>', () => {
  it('is refreshed before it ends, with no visible break', async () => {
    const conversation = await setupConversation();
    const {asks, auth} = countingAuth(conversation.auth, 2_000);
    const pane = await showLive(makeLivePane({...conversation, auth: auth as never}));
    const expiring = oneEvent(pane, 'rc-token-expiring');
    const broken = record(
      pane,
      'rc-connection-changed',
      'rc-logged-out',
      'rc-token-expired',
      'rc-error',
    );
    const {surface, expiresAt} = (await expiring).detail;
    expect(['embed', 'live']).to.include(surface);
    expect(Date.parse(expiresAt!)).to.be.greaterThan(Date.now());
    // Until each surface was refreshed twice.
    const twice = (): boolean =>
      ['embed', 'live'].every(
        (each) => asks.filter((ask) => ask === `${each} expiring`).length > 1,
      );
    while (!twice()) await oneEvent(pane, 'rc-token-expiring');
    const received = oneEvent(pane, 'rc-message-received');
    await conversation.write('Still here?');
    await received;
    expect(broken).to.deep.equal([]);
    expect(asks.filter((ask) => ask.endsWith('initial'))).to.have.lengthOf(2);
  });

  it('is replaced where it was revoked, in the frame, too', async () => {
    const conversation = await setupConversation();
    const {asks, auth} = countingAuth(conversation.auth);
    const pane = await showLive(makeLivePane({...conversation, auth: auth as never}));
    const page = conversation.workspace.frame(await frameIn(pane));
    await page.until(({screen}) => screen === 'room');
    const seen = record(pane, 'rc-token-expired', 'rc-error');
    const back = isLive(pane);
    await conversation.workspace.revoke(conversation.me.username);
    await back;
    await page.until(({user, screen}) => screen === 'room' && user === conversation.me.username);
    expect(asks).to.have.members([
      'embed initial',
      'live initial',
      'embed rejected',
      'live rejected',
    ]);
    expect(seen).to.deep.equal([]);
  });

  it('that was revoked and cannot be replaced is told once, with a way to sign in again', async () => {
    const conversation = await setupConversation();
    const pane = makeLivePane(conversation);
    let revoked = false;
    pane.auth = ({surface}) =>
      revoked
        ? Promise.reject(new Error('no session'))
        : conversation.auth().then((each) => ({...each, surface}));
    await showLive(pane);
    const expired = record(pane, 'rc-token-expired');
    const told = oneEvent(pane, 'rc-token-expired');
    revoked = true;
    await conversation.workspace.revoke(conversation.me.username);
    const {detail} = await told;
    expect(detail.surface).to.equal('live');
    const line = await untilSaid(pane, /sign-in has ended/);
    const button = line.parentElement!.querySelector('button');
    expect(pane.rooms).to.deep.equal([]);
    expect(expired).to.have.lengthOf(1);
    revoked = false;
    const back = isLive(pane);
    button!.click();
    await back;
    const received = oneEvent(pane, 'rc-message-received');
    await conversation.write('Welcome back.');
    await received;
  });

  it('is not handed on to another pane whose user may be another one by now', async () => {
    const conversation = await setupConversation();
    const {workspace, me, other} = conversation;
    let whose = me.username;
    const auth = () => workspace.token(whose);
    const pane = await showLive(makeLivePane({...conversation, auth}));
    pane.remove();
    whose = other.username;
    const next = await showLive(makeLivePane({...conversation, auth}));
    expect(next.user?.userId).to.equal(other.userId);
    const page = workspace.frame(await frameIn(next));
    await page.until(({user}) => user === other.username);
  });

  it('that is refused from the start is said to be so', async () => {
    const conversation = await setupConversation();
    const auth = async () => ({...(await conversation.auth()), authToken: 'x'.repeat(43)});
    const pane = makeLivePane({...conversation, auth});
    const failed = oneEvent(pane, 'rc-error');
    place(pane);
    expect((await failed).detail.error.code).to.equal('token-rejected');
    expect(pane.state).to.equal('degraded');
    await untilSaid(pane, /sign-in has ended/);
  }).timeout(60_000);

  it('of another user is not used: nothing of anybody is shown any more', async () => {
    const conversation = await setupConversation();
    const {workspace, me, other} = conversation;
    let whose = me.username;
    const pane = await showLive(
      makeLivePane({...conversation, auth: () => workspace.token(whose)}),
    );
    const seen = record(pane, 'rc-message-received');
    const failed = oneEvent(pane, 'rc-error');
    whose = other.username;
    await workspace.revoke(me.username);
    const {error} = (await failed).detail;
    expect(error.code).to.equal('other-user');
    expect(pane.state).to.equal('failed');
    await pane.updateComplete;
    expect(pane.renderRoot.querySelector('iframe')).to.equal(null);
    expect(pane.rooms).to.deep.equal([]);
    await workspace.post(me.username, conversation.room._id, 'For the other one');
    expect(seen).to.deep.equal([]);
  });
});

describe('<rc-chat-pane> with a broker', () => {
  const setupBroker = async (options: Parameters<typeof startBrokerFor>[1] = {}) => {
    const conversation = await setupConversation();
    const {server, name, me} = conversation;
    const broker = await startBrokerFor(server, options);
    const remote = new BrokerRemote(broker);
    const pane = document.createElement('rc-chat-pane');
    setAttributes(pane, {broker, room: `#${name}`});
    pane.accessToken = () => remote.accessToken(me.username);
    return {...conversation, pane, broker, remote};
  };

  it('needs no server and no auth: the broker names the one and is the other, in one request', async () => {
    const {pane, remote, me, write} = await setupBroker();
    await showLive(pane);
    expect(pane.user).to.deep.equal({userId: me.userId, username: me.username});
    expect(await remote.sessions()).to.equal(1);
    expect((await remote.mints()).map(({surface}) => surface)).to.have.members(['embed', 'live']);
    const received = oneEvent(pane, 'rc-message-received');
    await write('Hello');
    await received;
  });

  it('says how many are before it while it waits for its turn', async () => {
    const {pane, remote} = await setupBroker();
    await remote.queue(3, 0);
    const both = [oneEvent(pane, 'rc-ready'), isLive(pane)];
    place(pane);
    const said = untilSaid(pane, /number \d/);
    expect((await said).textContent).to.match(/You are number \d/);
    await Promise.all(both);
  });

  it('renews its lease, and takes the tokens that come with it', async () => {
    const {pane, remote, me} = await setupBroker({leaseTime: 11_000, lifetime: 3_600_000});
    await showLive(pane);
    const changed = record(pane, 'rc-connection-changed', 'rc-logged-out');
    const asked = await remote.sessions();
    // At half of it.
    while ((await remote.sessions()) === asked);
    expect(await remote.leases(me.username)).to.equal(1);
    expect(changed).to.deep.equal([]);
  });

  it('says what the broker refuses, and what to check', async () => {
    const {pane, remote} = await setupBroker();
    pane.accessToken = 'x.y.z';
    const failed = oneEvent(pane, 'rc-error');
    place(pane);
    const {error} = (await failed).detail;
    expect(error.code).to.equal('sign-in-required');
    expect(error.message).to.include('access-token-invalid').and.to.include('accessToken');
    expect(error.message).not.to.include('x.y.z');
    expect(await remote.leases('me')).to.equal(0);
  });

  it('signs out everywhere', async () => {
    const {pane, remote, me} = await setupBroker();
    await showLive(pane);
    const out = oneEvent(pane, 'rc-logged-out');
    await pane.logout();
    await out;
    expect(await remote.leases(me.username)).to.equal(0);
  });

  it('lets its lease go when the page goes', async () => {
    const {pane, remote, me} = await setupBroker();
    await showLive(pane);
    expect(await remote.leases(me.username)).to.equal(1);
    dispatchEvent(new PageTransitionEvent('pagehide', {persisted: false}));
    while (await remote.leases(me.username));
  });
});
